"""What people send as files: taken in pieces, looked at, cleaned, kept."""
