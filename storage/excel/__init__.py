"""Workbooks: written for departments, read back, checked at the gate."""
