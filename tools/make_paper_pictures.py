"""Make the pictures of papers in docs/hinh: the example's papers, as LibreOffice prints them.

    uv run python tools/make_paper_pictures.py [NAME ...]

LibreOffice and poppler (pdftoppm) are wanted. Without names all pictures are made anew.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from cchc_office import Question, open_campaign
from cchc_office.files.libreoffice import find_libreoffice, run_libreoffice

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "so-cong-thuong-2024"
DAY = dt.date(2024, 12, 5)
MOST_BYTES = 150_000

_GAP = 12
_EDGE = "#BFBFBF"
_COLOURS = (32, 16, 12, 8)

Page = tuple[str, int]
"""A paper below the output folder (or of the example, after "=") and the number of its page."""


@dataclass(frozen=True)
class Picture:
    """Pages side by side, in rows of so many, each so many pixels wide.

    One that is `cut` shows what is printed on a page without the blank paper below.
    """

    name: str
    pages: tuple[Page, ...]
    in_a_row: int
    width: int
    cut: bool = False


TABLE, TABLE_IN_WORD = "phu-luc/phu-luc.xlsx", "phu-luc/phu-luc.docx"
LETTER, FORM = "cong-van/CCHC-2024-VP.docx", "phieu-cham/CCHC-2024-VP.xlsx"
REMINDER = "don-doc/CCHC-2024-KTAT.docx"
APPRAISAL, EXPLANATION = "tham-dinh/tham-dinh-lan-1.xlsx", "giai-trinh/CCHC-2024-VP.docx"
REPORT, UPWARD = "tong-hop/tong-hop.xlsx", "tong-hop/bao-cao.docx"
PICTURES = (
    Picture(
        "bang-phan-cong",
        ((TABLE, 1), (TABLE, 2), (TABLE_IN_WORD, 1), (TABLE_IN_WORD, 2)),
        in_a_row=2,
        width=450,
    ),
    Picture("ket-qua", ((TABLE, 1), (REPORT, 1), (REMINDER, 1), (FORM, 1)), 2, 500, cut=True),
    Picture("dot-cham", (("=dot-cham.xlsx", 5),), 1, 1000, cut=True),
    Picture("cong-van", ((LETTER, 1), (LETTER, 2)), 2, 560),
    Picture("phieu-cham", ((FORM, 1),), 1, 1000, cut=True),
    Picture("don-doc", ((REMINDER, 1), (EXPLANATION, 1)), 2, 560),
    Picture("tham-dinh", ((APPRAISAL, 1),), 1, 1000, cut=True),
    Picture("tong-hop", ((REPORT, 1),), 1, 760, cut=True),
    Picture("bao-cao", ((UPWARD, 1), (UPWARD, 2)), 2, 560),
)


def main(names: list[str]) -> None:
    """Make the papers of the example, their pages, and of these the pictures."""
    wanted = [one for one in PICTURES if not names or one.name in names]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _make_papers(folder / "output")
        for picture in wanted:
            target = ROOT / "docs" / "hinh" / f"{picture.name}.png"
            target.write_bytes(_small(_drawn(picture, folder)))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KiB")


def _make_papers(output: Path) -> None:
    """Make all papers of the example; what is asked of a unit is illustrative."""
    campaign = open_campaign(EXAMPLE, output=output, day=DAY)
    campaign.do_all()
    campaign.appraise()
    asked = [
        Question("1.1.1", "Chưa có tài liệu kiểm chứng", Decimal("1.25"), Decimal("1.00")),
        Question("1.1.2", "Chưa có tài liệu kiểm chứng", Decimal("0.50"), Decimal("0.25")),
    ]
    campaign.ask_to_explain({"VP": asked}, deadline=dt.date(2024, 12, 27))


def _small(drawn: Image.Image) -> bytes:
    """Return a picture with as many colours as there is room for."""
    for colours in _COLOURS:
        written = io.BytesIO()
        few = drawn.quantize(colours, dither=Image.Dither.NONE)
        few.save(written, "PNG", optimize=True)
        if written.tell() <= MOST_BYTES:
            return written.getvalue()
    raise SystemExit(f"a picture is larger than {MOST_BYTES} bytes")


def _drawn(picture: Picture, folder: Path) -> Image.Image:
    pages = [_page(page, folder, picture) for page in picture.pages]
    rows = [pages[at : at + picture.in_a_row] for at in range(0, len(pages), picture.in_a_row)]
    width = max(sum(page.width for page in row) + _GAP * (len(row) - 1) for row in rows)
    heights = [max(page.height for page in row) for row in rows]
    sheet = Image.new("RGB", (width, sum(heights) + _GAP * (len(rows) - 1)), "white")
    top = 0
    for row, height in zip(rows, heights, strict=True):
        left = 0
        for page in row:
            sheet.paste(page, (left, top))
            left += page.width + _GAP
        top += height + _GAP
    return sheet


def _page(page: Page, folder: Path, picture: Picture) -> Image.Image:
    """Return a page as a picture with an edge."""
    name, number = page
    pdf = _pdf(name, folder)
    stem = folder / f"{pdf.parent.name}-{number}".replace(".", "-")
    command = ["pdftoppm", "-r", "200", "-png", "-singlefile", "-f", f"{number}", "-l", f"{number}"]
    subprocess.run([*command, str(pdf), str(stem)], check=True)
    with Image.open(stem.with_suffix(".png")) as drawn:
        shown = drawn.convert("RGB")
    if picture.cut:
        shown = _cut(shown)
    height = round(shown.height * picture.width / shown.width)
    small = shown.resize((picture.width, height), Image.Resampling.LANCZOS)
    return ImageOps.expand(small, border=1, fill=_EDGE)


def _cut(page: Image.Image) -> Image.Image:
    """Return a page without the blank paper around what is printed, but for a narrow margin."""
    printed = ImageChops.invert(page.convert("L")).getbbox() or (0, 0, *page.size)
    left, top, right, bottom = printed
    margin = min(left, 60)
    return page.crop(
        (left - margin, max(top - margin, 0), min(right + margin, page.width), bottom + margin)
    )


def _pdf(name: str, folder: Path) -> Path:
    """Return the PDF of a paper, made once."""
    source = EXAMPLE / name[1:] if name.startswith("=") else folder / "output" / name
    target = folder / name.lstrip("=").replace("/", "+")
    made = target / source.with_suffix(".pdf").name
    if not made.exists():
        target.mkdir()
        program = find_libreoffice()
        if program is None:
            raise SystemExit("LibreOffice is not on this machine")
        if wrong := run_libreoffice(program, [source], "pdf", target):
            raise SystemExit(f"{name}: {wrong}")
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
