"""How long documents take to be held against Decree 30, marked and mended, for ever more of them.

    uv run python benchmarks/decree.py [FOLDER]

The yardstick is python-docx, which opens each document and does nothing else. Each way is a process
of its own over folders of 100, 300 and 1,000 documents: those of FOLDER over and over, or letters
of two pages, every third of them with breaches. Told are the milliseconds of processor time for a
document, over that of opening it, and the most memory held: a straight line keeps the first the
same, and memory that stays as it is holds no more than the findings.
"""

from __future__ import annotations

import itertools
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from cchc_office.steps.decree_check import check_documents, mark_documents
from cchc_office.steps.decree_fixing import fix_documents

SIZES = (100, 300, 1_000)
PARAGRAPHS = 24
SENTENCE = "Thực hiện kế hoạch cải cách hành chính, cơ quan báo cáo kết quả (số liệu minh họa). "
KIBIBYTES_PER_MEBIBYTE = 1024


def open_each(folder: Path) -> None:
    """Open each document with python-docx."""
    for path in folder.glob("*.docx"):
        docx.Document(str(path))


WAYS: dict[str, Callable[[Path], object]] = {
    "python-docx": open_each,
    "check": check_documents,
    "mark": mark_documents,
    "mend": fix_documents,
}


def write_letter(path: Path, number: int) -> None:
    """Write a letter of two pages; of three, one has two fonts, a colour and other spacings."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    usual = document.styles["Normal"].font
    usual.name, usual.size = "Times New Roman", Pt(14)
    head = document.add_table(2, 2)
    name, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
    texts = ("SỞ MINH HỌA", f"{name}\n{motto}", f"Số: {number + 10}/SMH-VP", "Hà Nội, ngày 15/10")
    for cell, text in zip((c for row in head.rows for c in row.cells), texts, strict=True):
        cell.text = text
    document.add_paragraph("Kính gửi: Các đơn vị trực thuộc")
    for index in range(PARAGRAPHS):
        paragraph = document.add_paragraph(f"{index + 1}. {SENTENCE}")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_before = Pt(6)
        run = paragraph.add_run(SENTENCE)
        if number % 3 == 0:
            run.font.name, run.font.color.rgb = "Arial", RGBColor(0, 0, index * 10)
            paragraph.paragraph_format.space_before = Pt(index % 5)
    closing = document.add_table(1, 2)
    closing.rows[0].cells[0].text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    closing.rows[0].cells[1].text = "GIÁM ĐỐC\n\n\nNguyễn Văn A"
    document.save(str(path))


def fill(folder: Path, count: int, given: Path | None) -> None:
    """Lay so many documents into a folder."""
    folder.mkdir()
    if given is None:
        for number in range(count):
            write_letter(folder / f"{number:04}.docx", number)
        return
    found = itertools.cycle(sorted(given.glob("*.docx")))
    for number, path in enumerate(itertools.islice(found, count)):
        shutil.copy(path, folder / f"{number:04}.docx")


def work(way: str, folder: Path) -> None:
    """Go through a folder in one way; print the seconds and the most memory."""
    start = time.process_time()
    WAYS[way](folder)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEBIBYTE
    print(time.process_time() - start, most)


def measured(way: str, folder: Path) -> tuple[float, float]:
    """Return the seconds of processor time of a process of its own, and its most mebibytes."""
    command = [sys.executable, __file__, "--work", way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, most = map(float, done.stdout.split())
    for copy in (*folder.glob("*-danh-dau.docx"), *folder.glob("*-da-sua.docx")):
        copy.unlink()
    return seconds, most


def main() -> None:
    """Print a line for each size and way."""
    given = Path(sys.argv[1]) if sys.argv[1:] else None
    with tempfile.TemporaryDirectory() as name:
        for count in SIZES:
            folder = Path(name) / str(count)
            # In a process of its own: those started here would count this one's memory as theirs.
            filling = multiprocessing.Process(target=fill, args=(folder, count, given))
            filling.start()
            filling.join()
            opening = 0.0
            for way in WAYS:
                seconds, most = measured(way, folder)
                opening = opening or seconds
                each = 1000 * seconds / count
                print(
                    f"{count:>6} documents{way:>13}{each:8.1f} ms each{seconds / opening:7.1f} x"
                    f"{most:8.1f} MiB",
                    flush=True,
                )
            shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
