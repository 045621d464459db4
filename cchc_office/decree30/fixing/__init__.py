"""Mending the looks of Word documents that break Decree 30, without a word changed."""
