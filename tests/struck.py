"""Crossing out cells of workbooks, as people do with Ctrl+5."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont


def strike(*cells: Any) -> None:
    """Cross out whole cells."""
    for cell in cells:
        font = copy.copy(cell.font)
        font.strike = True
        cell.font = font


def half_struck(crossed_out: str, left: str) -> Any:
    """Return the content of a cell that begins with something crossed out."""
    return CellRichText(TextBlock(InlineFont(strike=True), crossed_out), left)


def strike_in(path: Path, sheet: str, *addresses: str) -> Path:
    """Cross out cells of a workbook that is on the disk; return its path."""
    book = openpyxl.load_workbook(path)
    strike(*(book[sheet][address] for address in addresses))
    book.save(path)
    return path
