"""Environments with their organizations, members, roles and policies."""
