"""A sheet of paper that brings answers back from an office without an account."""
