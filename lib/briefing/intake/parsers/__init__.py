"""Single values, cleaned: text, numbers, dates, phones, places."""
