"""Official forms: read from TOML, filled into a Sheet, fitted to pages."""
