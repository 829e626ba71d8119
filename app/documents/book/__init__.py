"""The book: cover, contents, index tables, guide, sheets."""
