"""Printed pages in the window and on a printer."""
