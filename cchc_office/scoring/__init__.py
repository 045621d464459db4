"""Scores: the form, issuing it, reading it back, consolidating, the report."""

from cchc_office.scoring.consolidation import consolidate
from cchc_office.scoring.return_reader import read_return, read_returns, return_files

__all__ = ["consolidate", "read_return", "read_returns", "return_files"]
