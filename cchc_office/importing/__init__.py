"""Bringing an office's own table in: from whatever file holds it to a campaign workbook."""
