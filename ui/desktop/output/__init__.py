"""The view of what can be written and printed, and the writing of it."""
