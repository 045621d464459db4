"""Cells that are not what they seem: shares for points, errors, letters that are broken."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cchc_office import CampaignError, Code, import_table

HEADINGS = ("STT", "Nội dung tiêu chí", "Điểm tối đa", "Đơn vị thực hiện")
ROWS = (
    ("1", "Ban hành kế hoạch đúng hạn", 0.02, "Văn phòng"),
    ("2", "Gửi báo cáo định kỳ", 2, "Phòng Nội vụ"),
    ("3", "Công khai thủ tục", 1, "Phòng Nội vụ"),
)


def workbook(path: Path, **cells: object) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    for address, value in cells.items():
        sheet[address].value = value
    sheet["C2"].number_format = "0%"
    book.save(path)
    return path


def test_a_share_is_no_number_of_points(tmp_path: Path) -> None:
    found = import_table(workbook(tmp_path / "bang.xlsx"))
    first = found.draft.rows[0]
    assert first.max_score is None
    assert first.text("max_score") == "2%"
    assert found.words.missing == ()


def test_an_error_is_told_at_its_own_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bang.xlsx", B3="#NAME?", C4="=1+1")
    told = {(f.code, f.cell) for f in import_table(path).findings}
    assert {(Code.ERROR_CELL, "B3"), (Code.FORMULA_WITHOUT_VALUE, "C4")} <= told


@pytest.mark.parametrize("broken", [b"\xe1\xbb", b"\xc6"])
def test_a_text_with_broken_letters_is_not_taken_for_another_encoding(
    tmp_path: Path, broken: bytes
) -> None:
    path = tmp_path / "bang.txt"
    lines = ("\t".join(map(str, row)) for row in (HEADINGS, *ROWS))
    path.write_bytes("\n".join(lines).encode() + broken)
    with pytest.raises(CampaignError, match="dòng 4 có chữ bị hỏng"):
        import_table(path)
