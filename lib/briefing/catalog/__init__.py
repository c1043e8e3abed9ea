"""What the project says of each code, figure and table, once: every room reads it from here."""
