"""The layouts of the official files: which columns, what they mean, and what in them is worth a warning."""
