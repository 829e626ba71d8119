"""Initiatives in printed order, filtered, looked up, by department."""
