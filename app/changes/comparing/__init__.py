"""Two states compared: initiatives, fields, words."""
