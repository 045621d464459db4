"""Returned workbooks damaged in every way that can be thought of, and what becomes of each."""
