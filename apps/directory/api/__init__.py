"""The directory for programs: the same queries as the pages."""
