"""Forms of counts: tables of any shape, and labels with values, read by what params say of them."""
