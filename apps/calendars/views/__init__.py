"""Entrances of this app."""
