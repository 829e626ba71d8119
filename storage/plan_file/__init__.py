"""The plan file: SQLite rows, migrations, and the gate that every file passes."""
