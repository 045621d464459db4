"""Returned forms: from any file that comes back to what its unit said, and which one counts."""

from cchc_office.returns.gathering import gather_returns
from cchc_office.returns.reader import read_returns, read_source, return_files
from cchc_office.returns.sources import SourceFile

__all__ = ["SourceFile", "gather_returns", "read_returns", "read_source", "return_files"]
