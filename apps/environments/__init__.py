"""The separate space of a municipality: its organizations, members, roles, policies."""
