"""The list: all initiatives as a table."""
