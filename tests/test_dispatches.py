"""Dispatches and reminders, read back from their XML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cchc_office import load_campaign
from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Campaign, Consolidation, Unit
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.kinds import DISPATCH, REMINDER
from cchc_office.papers.reminder import reminder_values
from cchc_office.papers.templates import find_template
from cchc_office.word.document_writer import (
    PageSetup,
    new_document,
    save_document,
    styled_paragraph,
)
from cchc_office.word.templates import DocumentTemplate, TemplateProblemError

from .sheets import campaign_file

ONE_UNIT = "Mã | Tên đơn vị\nX1 | Một"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def tasks() -> DocumentTemplate:
    return DocumentTemplate(templates_folder() / DISPATCH.template)


@pytest.fixture(scope="module")
def reminders() -> DocumentTemplate:
    return DocumentTemplate(templates_folder() / REMINDER.template)


def body(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        return etree.fromstring(archive.read("word/document.xml"))


def texts(element: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in element.iter(f"{W}p")]


def table_rows(document: Any, first_heading: str) -> list[list[str]]:
    """Return the rows under the headings of the table whose first heading is this one."""
    for table in document.iter(f"{W}tbl"):
        rows = [
            ["".join(texts(cell)) for cell in row.iterfind(f"{W}tc")]
            for row in table.iterfind(f"{W}tr")
        ]
        if rows[0][0] == first_heading:
            return rows[1:]
    raise AssertionError(first_heading)


def test_the_union_of_all_dispatches_is_every_leafs_assignments(
    example: Campaign, tasks: DocumentTemplate
) -> None:
    found = set()
    for unit in example.units:
        document = body(tasks.fill(dispatch_values(example, unit, DEFAULT_PROFILE)))
        for code, name, role, *_ in table_rows(document, "STT"):
            if role:
                found.add((unit.code, code, name, role))
    expected = {
        (a.unit, c.code, c.name, a.role.value)
        for c in example.leaves
        for a in example.assignments_of(c)
    }
    assert found == expected


@pytest.mark.parametrize("written", ["at the heading", "at each row"])
def test_role_and_day_stand_with_the_rows_and_not_with_their_heading(
    tmp_path: Path, written: str
) -> None:
    above, below = ("Một", "") if written == "at the heading" else ("", "Một")
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị\n"
        f"1 | Lĩnh vực | | {above}\n1.1 | Kế hoạch | | \n"
        f"1.1.1 | Ban hành | 2 | {below}\n1.1.2 | Thực hiện | 1 | {below}\n"
    )
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria, units=ONE_UNIT))
    values = dispatch_values(campaign, campaign.units[0], DEFAULT_PROFILE)
    assert [(t.ma, t.vai_tro, t.han) for t in values["nhiem_vu"]] == [
        ("1", "", ""),
        ("1.1", "", ""),
        ("1.1.1", "Chủ trì", "30/11/2024"),
        ("1.1.2", "Chủ trì", "30/11/2024"),
    ]


def test_a_heading_keeps_a_role_that_no_row_below_it_says(tmp_path: Path) -> None:
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Chủ trì | Phối hợp\n"
        "1 | Lĩnh vực | | Một |\n1.1 | Kế hoạch | 2 | Hai | Một\n"
    )
    units = f"{ONE_UNIT}\nX2 | Hai"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria, units=units))
    values = dispatch_values(campaign, campaign.units[0], DEFAULT_PROFILE)
    assert [(t.ma, t.vai_tro, t.han) for t in values["nhiem_vu"]] == [
        ("1", "Chủ trì", "30/11/2024"),
        ("1.1", "Phối hợp", "30/11/2024"),
    ]


def test_a_dispatch_shows_maximum_and_deadline(example: Campaign, tasks: DocumentTemplate) -> None:
    unit = example.unit("QLCN")
    rows = table_rows(body(tasks.fill(dispatch_values(example, unit, DEFAULT_PROFILE))), "STT")
    assert ["3.3.4", "Công tác giải quyết TTHC", "Chủ trì", "1,00", "30/11/2024"] in rows


def test_headings_stand_above_their_rows_and_are_bold(
    example: Campaign, tasks: DocumentTemplate
) -> None:
    document = body(tasks.fill(dispatch_values(example, example.unit("QLCN"), DEFAULT_PROFILE)))
    [table] = [t for t in document.iter(f"{W}tbl") if texts(t)[0] == "STT"]
    rows = [
        (
            "".join(texts(row.find(f"{W}tc"))),
            [cell.find(f".//{W}b") is not None for cell in row.iterfind(f"{W}tc")],
        )
        for row in table.iterfind(f"{W}tr")
    ][1:]
    # The bold maximum of a heading is the sum of the rows below it; role and day are none of it.
    heading, own = [True, True, False, True, False], [False] * 5
    assert rows[:6] == [
        ("1", heading),
        ("1.6", heading),
        ("1.6.1", own),
        ("1.6.2", own),
        ("2", heading),
        ("2.1", heading),
    ]
    assert ["3", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "", "1,00", ""] in table_rows(document, "STT")


def test_a_letter_explains_the_kinds_of_rows_it_has_and_no_others(tmp_path: Path) -> None:
    criteria = (
        "STT | Tiêu chí | Điểm tối đa | Đơn vị | Loại điểm\n1 | Lĩnh vực | | |\n"
        "1.1 | Kế hoạch | 2 | Một |\n1.2 | Sáng kiến | 1 | Hai | Thưởng\n"
    )
    units = "Mã | Tên đơn vị\nX1 | Một\nX2 | Hai\nX3 | Ba"
    campaign = load_campaign(campaign_file(tmp_path, criteria=criteria, units=units))
    filled = {
        unit.code: " ".join(
            texts(
                body(
                    DocumentTemplate(templates_folder() / DISPATCH.template).fill(
                        dispatch_values(campaign, unit, DEFAULT_PROFILE)
                    )
                )
            )
        )
        for unit in campaign.units[:2]
    }
    assert "điểm thưởng (ghi" not in filled["X1"].lower()
    assert "Điểm thưởng (ghi dấu +) được cộng thêm" in filled["X2"]
    for letter in filled.values():
        assert "ĐTXHH" not in letter
        assert "phối hợp" not in letter
        assert "Không áp dụng" not in letter


def test_parts_of_a_dispatch(example: Campaign, tasks: DocumentTemplate) -> None:
    document = body(tasks.fill(dispatch_values(example, example.unit("TTra"), DEFAULT_PROFILE)))
    lines = [" ".join(text.split()) for text in texts(document)]
    for line in (
        "UBND TỈNH A",
        "SỞ CÔNG THƯƠNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: /SCT-VP",
        "Tỉnh A, ngày tháng 5 năm 2024",
        "V/v thực hiện Bộ chỉ số cải cách hành chính năm 2024",
        "Kính gửi: Chánh Thanh tra Sở",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, VP.",
        "TL. GIÁM ĐỐC",
        "CHÁNH VĂN PHÒNG",
    ):
        assert line in lines
    assert not any("{" in line or "None" in line for line in lines)
    assert any(line.endswith("./.") for line in lines)


def test_table_headings_repeat_on_every_page(example: Campaign, tasks: DocumentTemplate) -> None:
    document = body(tasks.fill(dispatch_values(example, example.unit("VP"), DEFAULT_PROFILE)))
    table = next(t for t in document.iter(f"{W}tbl") if t.find(f".//{W}tblHeader") is not None)
    assert table.find(f"{W}tr").find(f"{W}trPr/{W}tblHeader") is not None


def test_a_reminder_lists_just_what_is_owed(
    example_data: Consolidation, reminders: DocumentTemplate
) -> None:
    owed = {}
    for result in example_data.units:
        if result.debts:
            content = reminders.fill(reminder_values(example_data, result, DEFAULT_PROFILE))
            rows = table_rows(body(content), "TT")
            owed[result.unit.code] = [(row[1], row[3]) for row in rows]
    assert owed == {
        "VP": [("5.2.1", "chưa có điểm tự chấm")],
        "TTra": [("3.1.4", "điểm tự chấm 5 vượt điểm tối đa 1,25")],
        "KHTCTH": [("6.1.2", "có điểm 0,75 nhưng chưa ghi tài liệu kiểm chứng")],
        "KTAT": [("3.3.4", "chưa có điểm tự chấm")],
    }


def test_a_reminder_is_dated_by_its_own_month(
    example_data: Consolidation, reminders: DocumentTemplate
) -> None:
    content = reminders.fill(reminder_values(example_data, example_data.units[0], DEFAULT_PROFILE))
    lines = [" ".join(text.split()) for text in texts(body(content))]
    assert "Tỉnh A, ngày tháng 12 năm 2024" in lines


def template_with(tmp_path: Path, text: str) -> DocumentTemplate:
    document = new_document("Times New Roman", 13, PageSetup(210, 297, 20, 20, 30, 15), "mẫu")
    document.element.body.insert(0, styled_paragraph(text, "Normal"))
    path = tmp_path / "mau.docx"
    path.write_bytes(save_document(document))
    return DocumentTemplate(path)


@pytest.mark.parametrize(
    "text",
    [
        "{{ don_vi.tne }}",
        "{{ khong_co }}",
        "{{ don_vi.ten",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ trong }}",
    ],
)
def test_mistakes_in_a_template_are_findings(tmp_path: Path, text: str) -> None:
    values = {"don_vi": Unit("VP", "Văn phòng"), "trong": None}
    with pytest.raises(TemplateProblemError) as caught:
        template_with(tmp_path, text).fill(values)
    assert caught.value.finding.file == "mau.docx"
    assert text in caught.value.finding.passage


@pytest.mark.parametrize(
    "value", ["A & B", "điểm < 5 > 3", "\"'", "{{ x }}", "{% if %}", "=1+1", "🙂", "a\u00a0b"]
)
def test_values_come_out_as_typed(tmp_path: Path, value: str) -> None:
    content = template_with(tmp_path, "{{ gia_tri }}").fill({"gia_tri": value})
    assert texts(body(content))[0] == value


def test_a_damaged_template_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "mau.docx"
    path.write_bytes(b"no document")
    with pytest.raises(TemplateProblemError):
        DocumentTemplate(path).fill({})
    with pytest.raises(TemplateProblemError):
        DocumentTemplate(tmp_path / "none.docx")


def test_an_offices_own_template_wins(tmp_path: Path) -> None:
    own = tmp_path / DISPATCH.template
    assert find_template(DISPATCH.template, tmp_path).path != own
    own.write_bytes(b"x")
    assert find_template(DISPATCH.template, tmp_path).path == own
