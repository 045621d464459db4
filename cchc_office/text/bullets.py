"""The signs that stand before the items of a list."""

BULLETS = frozenset("-–—−+*•·●○▪■◦")
