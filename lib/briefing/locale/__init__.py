"""The words, marks and numbers of a country: texts for people by language, and locale packs."""
