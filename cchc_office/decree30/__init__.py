"""Decree 30/2020/NĐ-CP: its figures, and the check of a Word document against them."""
