"""Chỉ số cải cách hành chính: one workbook in, every paper out, every return read back."""
