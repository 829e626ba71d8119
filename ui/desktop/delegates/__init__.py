"""How cards and rows are painted."""
