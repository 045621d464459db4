"""PDF files made of letters and lines at places that a test says; each letter is half its size wide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SIZE = 10
LETTER = 0.5 * SIZE
A4 = (595, 842)
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def words(x: float, top: float, text: str, *, bold: bool = False, height: float = A4[1]) -> str:
    """Return a line of text whose upper left corner is at a place on the page."""
    coded = text.encode("utf-16-be").hex()
    font = "F2" if bold else "F1"
    return f"BT /{font} {SIZE} Tf {x} {height - top - 8} Td <{coded}> Tj ET"


def line(x0: float, y0: float, x1: float, y1: float, *, height: float = A4[1]) -> str:
    """Return a straight line."""
    return f"{x0} {height - y0} m {x1} {height - y1} l S"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return the lines of a table between columns and rows."""
    across = [line(xs[0], y, xs[-1], y) for y in ys]
    return "\n".join([*across, *(line(x, ys[0], x, ys[-1]) for x in xs)])


def pdf_file(path: Path, *pages: str, extra: str = "", size: tuple[int, int] = A4) -> Path:
    """Write a PDF with pages of the content that is given."""
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: _font("Times", 5),
        4: _font("Times-Bold", 7),
        5: _descendant("Times"),
        7: _descendant("Times-Bold"),
        6: _stream(_TO_UNICODE),
    }
    kids = []
    for number, drawn in enumerate(pages):
        page, stream = 10 + 2 * number, 11 + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] {extra} "
            f"/Resources << /Font {fonts} >> /Contents {stream} 0 R >>"
        ).encode()
        objects[stream] = _stream(drawn.encode("ascii"))
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    made = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1,
        start,
    )
    path.write_bytes(made)
    return path


def _font(name: str, descendant: int) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode 6 0 R >>"
    ).encode()


def _descendant(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 "
        "/FontBBox [0 0 500 800] /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 "
        "/StemV 80 >> >>"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
