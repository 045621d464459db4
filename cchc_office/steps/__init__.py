"""The jobs of a campaign, whole: each builds papers and writes them to the output folder."""
