"""Pages as PDF, and the fonts they are set in."""
