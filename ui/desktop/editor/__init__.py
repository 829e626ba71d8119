"""The sheet of one initiative, to be filled in."""
