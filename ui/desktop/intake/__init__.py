"""Bringing in the documents that a city has: Excel, Word, PDF, CSV."""
