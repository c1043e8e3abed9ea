"""The list: a table of rows, read into one cumulative."""
