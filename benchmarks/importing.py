"""How the time to read an office's file grows with its rows: in a straight line, or faster.

    uv run python benchmarks/importing.py [TIMES]

A table of criteria with units that span rows, through DOCX (python-docx writes it), XLSX and, where
LibreOffice is there, PDF; the least of TIMES (3) each. Told is the time for a row at each size,
over that at the smallest: 1.0 is a straight line.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import docx
import openpyxl

from cchc_office.files.libreoffice import find_libreoffice, run_libreoffice
from cchc_office.importing.reading import read_source

SIZES = (150, 300, 600)
HEADINGS = ("STT", "Nội dung", "Điểm tối đa", "Đơn vị thực hiện")


def rows_of(count: int) -> list[tuple[str, ...]]:
    """Return the rows of a table with names of one to three lines."""
    return [
        (
            f"{n // 10 + 1}.{n % 10 + 1}",
            "Mức độ thực hiện nhiệm vụ theo kế hoạch cải cách hành chính " * (n % 3 + 1),
            "0,5",
            f"Phòng {n // 5 % 7}",
        )
        for n in range(count)
    ]


def write_docx(path: Path, count: int) -> Path:
    """Write the table as a Word document."""
    document = docx.Document()
    table = document.add_table(0, len(HEADINGS))
    table.style = "Table Grid"
    for texts in (HEADINGS, *rows_of(count)):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text.strip()
    document.add_paragraph("Nơi nhận")
    document.save(str(path))
    return path


def write_xlsx(path: Path, count: int) -> Path:
    """Write the table as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for texts in (HEADINGS, *rows_of(count)):
        sheet.append([text.strip() for text in texts])
    book.save(path)
    return path


def seconds_to_read(path: Path, times: int) -> float:
    """Return the least time that reading a file takes."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        read_source(path)
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Measure and print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    program = find_libreoffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[str, dict[int, Path]] = {"docx": {}, "xlsx": {}, "pdf": {}}
        for count in SIZES:
            files["docx"][count] = write_docx(folder / f"{count}.docx", count)
            files["xlsx"][count] = write_xlsx(folder / f"{count}.xlsx", count)
        if program:
            run_libreoffice(program, [*files["docx"].values()], "pdf", folder)
            files["pdf"] = {count: folder / f"{count}.pdf" for count in SIZES}
        for kind, by_count in files.items():
            taken = {count: seconds_to_read(path, times) for count, path in by_count.items()}
            least = min(taken, default=0)
            for count, seconds in taken.items():
                ratio = (seconds / count) / (taken[least] / least)
                print(f"{kind}  {count:4} rows  {seconds * 1000:7.0f} ms  a row: {ratio:4.2f}")


if __name__ == "__main__":
    main()
