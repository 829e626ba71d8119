"""A document on disk: private copy, publishing, lock, old copies, exchange."""
