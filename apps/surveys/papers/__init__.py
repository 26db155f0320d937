"""Results as files: tables for spreadsheets and other programs, sheets of A4 for a meeting."""
