"""Results: consolidating, ranking, comparing and the progress, as values from values."""
