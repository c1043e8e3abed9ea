"""Tables of persons or places: their rows, read into one cumulative."""
