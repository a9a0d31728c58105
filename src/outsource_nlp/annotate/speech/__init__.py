"""Who says what: the pure parts of the quotations component."""
