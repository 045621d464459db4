"""`cchc nhan-tep`: taking in returns that came by other ways than mail."""

from __future__ import annotations

from typing import Any

import click

from cchc_office.cli import console, options
from cchc_office.cli.command import WHAT_CAMPAIGN, Call, command
from cchc_office.steps.receiving import Received


@command(
    "nhan-tep",
    options.CAMPAIGN,
    options.place("received", "TỆP…", nargs=-1, required=True),
    options.RETURNS,
    options.APPRAISALS,
    options.day("--ngay", "day", text="Ngày nhận, ví dụ 28/11/2025 (mặc định: hôm nay)."),
    options.PASSWORDS,
    epilog=f"{WHAT_CAMPAIGN} TỆP cũng có thể là một thư mục: mọi tệp trong đó được nhận. Bảng "
    "thẩm định đã điền được lưu vào tham-dinh. Không tệp nào bị ghi đè, bị lưu hai lần. "
    "Phiếu đã có trong nhan-ve mà chưa có ngày nhận, hay ngày nhận ghi sai, thì nhận lại với "
    "--ngay.",
)
def receive(call: Call) -> int:
    """Save files and tell whose they are."""
    found = call.open().receive(call["received"], is_day_named=call["day"] is not None)
    return call.answer(found, lambda: _as_json(found), lambda: _show(found))


def _as_json(found: Received) -> dict[str, Any]:
    return {
        "dot": found.campaign.id,
        "tep_nhan": [
            {
                "tep": file.name,
                "ket_qua": file.fate,
                "luu_thanh": file.saved_as,
                "don_vi": list(file.units),
                "tham_dinh": file.is_appraisal,
            }
            for file in found.files
        ],
    }


def _show(found: Received) -> None:
    for file in found.files:
        saved = f" thành {file.saved_as}" if file.saved_as not in ("", file.name) else ""
        console.say(f"{file.name}: {file.fate}{saved}; {found.whose(file)}.", "", "  ")
    click.echo()
    console.show_findings(found.findings)
    console.say(f"{found.words[:1].upper()}{found.words[1:]}.")
