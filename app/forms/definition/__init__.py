"""A form read from its TOML file, and checked."""
