"""Settling what two people changed."""
