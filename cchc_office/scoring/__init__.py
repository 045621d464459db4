"""Scores: the form, issuing it, reading it back, consolidating, the report."""

from cchc_office.scoring.consolidation import consolidate
from cchc_office.scoring.returns import gather_returns, read_returns, return_files

__all__ = ["consolidate", "gather_returns", "read_returns", "return_files"]
