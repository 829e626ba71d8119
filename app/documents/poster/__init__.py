"""The board on paper."""
