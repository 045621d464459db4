"""What `tools/make_portable.py` is made of."""
