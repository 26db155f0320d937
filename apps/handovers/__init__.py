"""Handovers: what becomes of open work when the people who had it change."""
