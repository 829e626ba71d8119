"""The open format: a plan as JSON, read with places, written without loss."""
