"""Makes the workbooks of tests/data/fuzzing/ that other programs write (số liệu minh họa).

    uv run python tools/make_fuzzing_samples.py

LibreOffice has to be on the machine, and msoffcrypto-tool in the environment. The samples differ
from making to making, and every case of tools/fuzz_returns.py with them: make them anew only with
a reason.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from fuzzing.seeds import ANSWERS, PASSWORD, SAMPLES

from cchc_office.campaign import load_campaign
from cchc_office.documents.decree30 import DEFAULT_PROFILE
from cchc_office.scoring.form_writer import build_form
from tests.sheets import campaign_file, fill_form


def main() -> None:
    """Write the samples."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        campaign = load_campaign(campaign_file(folder))
        path = folder / "phieu.xlsx"
        path.write_bytes(build_form(campaign, campaign.unit("VP"), DEFAULT_PROFILE))
        fill_form(path, ANSWERS)
        for ending in ("ods", "xls"):
            command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
            command += ["--headless", "--convert-to", ending, "--outdir", str(SAMPLES), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
        (SAMPLES / "phieu-khoa.xlsx").write_bytes(_locked(path.read_bytes()))


def _locked(content: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(PASSWORD, locked)
    return locked.getvalue()


if __name__ == "__main__":
    main()
