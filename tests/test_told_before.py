"""A screen shows first what the runs before did not tell, and counts what they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from .calls import cchc, example_in


def shown(capsys: pytest.CaptureFixture[str], command: str, folder: Path, out: Path) -> str:
    assert cchc(command, folder, "-o", out, "--ngay", "20/12/2024") == 1
    return capsys.readouterr().out


def test_what_was_told_is_counted_the_next_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = example_in(tmp_path / "dot"), tmp_path / "ra"
    first = shown(capsys, "chay", folder, out)
    assert "ô F12" in first
    assert "Lần trước" not in first
    kept = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    second = shown(capsys, "chay", folder, out)
    assert "ô F12" not in second
    assert "Lần trước đã nêu, nay vẫn còn: " in second
    assert second[second.index("Tất cả: ") :] == first[first.index("Tất cả: ") :]
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == kept
    # What one command told, another does not tell again; what is new stands first, whole.
    (folder / "nhan-ve/CCHC-2024-TTra.xlsx").write_bytes(b"damaged")
    third = shown(capsys, "tong-hop", folder, out)
    assert "CCHC-2024-TTra.xlsx" in third
    assert "ô F12" not in third
    assert third.index("CCHC-2024-TTra.xlsx") < third.index("Lần trước đã nêu")
    # What is wrong with a file as a whole is told each time.
    assert "CCHC-2024-TTra.xlsx" in shown(capsys, "tong-hop", folder, out)
