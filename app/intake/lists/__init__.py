"""Lists: a row an initiative, known by their heads."""
