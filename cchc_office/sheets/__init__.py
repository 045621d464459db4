"""Workbooks: writing them, and reading whatever program saved them. Knows no campaign."""
