"""Initiatives as a list with columns."""
