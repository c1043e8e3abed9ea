"""One file in, submissions out: facts where they can be read, findings where they can't."""
