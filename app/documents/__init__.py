"""Printed documents: pages built from a few drawing primitives."""
