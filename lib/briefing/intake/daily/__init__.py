"""Mẫu 02: a table of rows, read into one cumulative."""
