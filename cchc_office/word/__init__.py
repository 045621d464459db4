"""Word documents: reading and writing them. Knows no campaign."""
