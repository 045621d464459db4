"""Make docs/hinh/trang-*.png: the page as a clerk sees it in the year that the tests go through.

    AXE_CORE=…/axe.min.js uv run python tools/make_page_pictures.py

Chromium is wanted, LibreOffice and axe-core, as by tests/test_page_year.py. Few colours are enough.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
SHOWN = ("nhap-bang", "giao-viec", "nhan-phieu", "tham-dinh-don-vi", "ket-qua", "nguon-diem")
_COLOURS = 64


def main() -> None:
    """Go through the year, and keep the pictures that the manual shows."""
    year = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    with tempfile.TemporaryDirectory() as folder:
        words = {**os.environ, "CCHC_HINH": folder}
        test = "tests/test_page_year.py::test_the_year_of_an_office"
        subprocess.run((*year, test), cwd=ROOT, env=words, check=True)
        for name in SHOWN:
            target = ROOT / "docs" / "hinh" / f"trang-{name}.png"
            if not (Path(folder) / f"{name}.png").exists():
                sys.exit("The test was skipped: Chromium, LibreOffice or AXE_CORE is not there.")
            with Image.open(Path(folder) / f"{name}.png") as picture:
                small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
                small.save(target, optimize=True)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
