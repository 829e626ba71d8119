"""Fiscal years, terms, and the years of an initiative."""
