"""The form that a unit fills in: its columns, its cells, its help."""
