"""Edits as values: apply, invert, diff, history."""
