"""What pages are made of: primitives, page builder, typesetting."""
