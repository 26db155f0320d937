"""A need without a name, asked of several offices, until one of them is told whose it is."""
