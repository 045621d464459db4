"""Makes the workbooks of tests/data/fuzzing/ that other programs write (số liệu minh họa).

    uv run python tools/make_fuzzing_samples.py [tham-dinh.ods …]

LibreOffice has to be on the machine, and msoffcrypto-tool in the environment. The samples differ
from making to making, and every case of tools/fuzz_returns.py with them: make them anew only with
a reason.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzzing.seeds import PASSWORD, SAMPLES, filled

from cchc_office.campaign import load_campaign
from cchc_office.model import ReturnKind
from tests.sheets import campaign_file


def main() -> None:
    """Write the samples: those that are named, or all."""
    wanted = sys.argv[1:]
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = filled(load_campaign(campaign_file(folder)))
        for kind, content in written.items():
            path = folder / f"{kind.value}.xlsx"
            path.write_bytes(content)
            for ending in ("ods", "xls"):
                if not wanted or f"{kind.value}.{ending}" in wanted:
                    _convert(path, ending)
        locked = "phieu-khoa.xlsx"
        if not wanted or locked in wanted:
            (SAMPLES / locked).write_bytes(_locked(written[ReturnKind.FORM]))


def _convert(path: Path, ending: str) -> None:
    command = ["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", ending, "--outdir", str(SAMPLES), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def _locked(content: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(PASSWORD, locked)
    return locked.getvalue()


if __name__ == "__main__":
    main()
