"""Questions to many offices at once with their answers."""
