"""Every document of the project against Decree 30: by the checker, and straight from the XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office import consolidate, gather_returns, load_campaign
from cchc_office.catalogue.findings import Severity
from cchc_office.decree30 import check
from cchc_office.decree30.checker import check_content
from cchc_office.model import Campaign, Consolidation
from cchc_office.steps.papers import dispatches, reminders, table

from . import days
from .calls import made
from .conftest import ROOT
from .sheets import campaign_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 1440 / 25.4


def documents(data: Consolidation, folder: Path) -> list[Path]:
    """Write every Word document of a campaign; return their paths."""
    done = made(data, folder / "ra", table, dispatches, reminders())
    assert done.findings == ()
    return [written.path for written in done.written if written.path.suffix == ".docx"]


def test_every_document_of_the_example_conforms(
    example_data: Consolidation, tmp_path: Path
) -> None:
    made = documents(example_data, tmp_path)
    assert len(made) > 10
    for path in made:
        assert check(path) == [], path.name


# --- campaigns of any shape ---

words = st.text("abcdeghiklmnopqrstuvxyàáảãạăâđêôơưếệốờ ABCĐ,.;:()&<>-0123456789", max_size=60).map(
    lambda text: " ".join(text.split())
)
long_words = st.integers(1, 60).map(lambda count: " ".join(["nội dung rất dài"] * count))
names = st.one_of(words, long_words).map(lambda text: f"Tiêu chí {text}".strip())

OPTIONAL = {
    "Cơ quan chủ quản": "UBND TỈNH A",
    "Địa danh": "Tỉnh A",
    "Ngày văn bản": "/5/2024",
    "Quyền hạn ký": "KT. GIÁM ĐỐC",
    "Chức vụ người ký": "CHÁNH VĂN PHÒNG",
    "Người ký": "Nguyễn Văn A",
    "Hạn nộp": "30/11/2024",
    "Hạn bổ sung": "15/12/2024",
    "Đầu mối": "Văn phòng Sở",
    "Nơi nhận": "Như trên; Lãnh đạo Sở; Lưu: VT, VP",
    "Căn cứ": "Căn cứ Kế hoạch số 01/KH-UBND;Căn cứ Quyết định số 02/QĐ-UBND",
}


@st.composite
def campaigns(draw: st.DrawFn) -> dict[str, str]:
    """Give the three sheets of a campaign as text tables."""
    chosen = draw(st.sets(st.sampled_from(sorted(OPTIONAL))))
    rows = [f"{name} | {OPTIONAL[name]} |" for name in sorted(chosen)]
    head = [
        "Mục | Nội dung | Hướng dẫn",
        "Năm | 2024 |",
        f"Cơ quan ban hành | {draw(st.sampled_from(AGENCIES))} |",
        "Tên viết tắt | STN |",
        "Số và ký hiệu văn bản | /STN-VP |",
        "Tiêu đề bảng | BẢNG PHÂN CÔNG THỰC HIỆN BỘ CHỈ SỐ |",
    ]
    count = draw(st.integers(1, 30))
    units = ["Mã | Tên đơn vị | Tên gọi khác | Nhóm | Thủ trưởng | Email"]
    units += [f"P{n} | Phòng số {n} | | các phòng | | p{n}@a.example" for n in range(count)]
    leaves = draw(st.lists(st.tuples(names, st.integers(0, count)), min_size=1, max_size=12))
    criteria = [
        "STT | Lĩnh vực/Tiêu chí/Tiêu chí thành phần | Điểm tối đa | Đơn vị thực hiện | Ghi chú"
    ]
    criteria += ["1 | Lĩnh vực một | | |"]
    for place, (name, unit) in enumerate(leaves, start=1):
        who = "Các phòng" if unit == count else f"Phòng số {unit}"
        criteria.append(f"1.{place} | {name.replace('|', '/')} | 1 | {who} |")
    return {
        "settings": "\n".join(head + rows),
        "units": "\n".join(units),
        "criteria": "\n".join(criteria),
    }


AGENCIES = (
    "Sở Thử Nghiệm",
    "Sở Nông nghiệp và Môi trường",
    "Ban Quản lý các khu công nghiệp, khu kinh tế và khu du lịch quốc gia của tỉnh A",
    "Ủy ban nhân dân xã B",
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sheets=campaigns())
def test_campaigns_of_any_shape_make_documents_that_conform(
    sheets: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("dot")
    campaign = load_campaign(campaign_file(folder, **sheets))
    data = consolidate(campaign, gather_returns([], campaign), as_of=days.AFTER_DEADLINE)
    for path in documents(data, folder / "ra"):
        breaches = [f for f in check(path) if f.severity is Severity.ERROR]
        assert breaches == [], (path.name, [f.sentence for f in breaches])


# --- the same, not by our own reader ---


def parts_of(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def value(element: Any, path: str, name: str = "val") -> str | None:
    found = None if element is None else element.find("/".join(f"{W}{s}" for s in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def text_runs(parts: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give the text, run and paragraph style of every run that shows something."""
    styles = {s.get(f"{W}styleId"): s for s in parts["word/styles.xml"].iter(f"{W}style")}
    for paragraph in parts["word/document.xml"].iter(f"{W}p"):
        style = styles.get(value(paragraph, "pPr/pStyle") or "Normal")
        for run in paragraph.iter(f"{W}r"):
            text = "".join(t.text or "" for t in run.iter(f"{W}t"))
            if text.strip("\u00a0 "):
                yield text, run, style


def size_of(run: Any, style: Any) -> float:
    half_points = value(run, "rPr/sz") or value(style, "rPr/sz")
    assert half_points is not None
    return int(half_points) / 2


def test_geometry_and_fonts_straight_from_the_xml(
    example_data: Consolidation, tmp_path: Path
) -> None:
    for path in documents(example_data, tmp_path):
        parts = parts_of(path.read_bytes())
        for section in parts["word/document.xml"].iter(f"{W}sectPr"):
            measures = {
                name: int(section.find(f"{W}{tag}").get(f"{W}{name}")) / MM
                for tag, name in (
                    ("pgSz", "w"),
                    ("pgSz", "h"),
                    ("pgMar", "top"),
                    ("pgMar", "bottom"),
                    ("pgMar", "left"),
                    ("pgMar", "right"),
                )
            }
            assert sorted((round(measures["w"]), round(measures["h"]))) == [210, 297]
            assert 19.9 <= measures["top"] <= 25.1
            assert 19.9 <= measures["bottom"] <= 25.1
            assert 29.9 <= measures["left"] <= 35.1
            assert 14.9 <= measures["right"] <= 20.1
            assert section.find(f"{W}titlePg") is not None
        fonts = {
            fonts.get(f"{W}{kind}")
            for part in parts.values()
            for fonts in part.iter(f"{W}rFonts")
            for kind in ("ascii", "hAnsi")
        }
        assert fonts == {"Times New Roman"}
        for text, run, style in text_runs(parts):
            assert 11 <= size_of(run, style) <= 14, text
            if text.startswith(("Số:", "Kính gửi", "V/v")):
                assert run.find(f"{W}rPr/{W}b") is None
                assert style.find(f"{W}rPr/{W}b") is None


def test_the_page_number_stands_centred_in_the_top_margin(
    example: Campaign, tmp_path: Path
) -> None:
    made(example, tmp_path / "ra", table)
    parts = parts_of((tmp_path / "ra/phu-luc/phu-luc.docx").read_bytes())
    headers = [part for name, part in parts.items() if "header" in name]
    shown = [h for h in headers if any("PAGE" in (i.text or "") for i in h.iter(f"{W}instrText"))]
    assert len(shown) == 1
    [style] = [
        s for s in parts["word/styles.xml"].iter(f"{W}style") if s.get(f"{W}styleId") == "Header"
    ]
    assert value(style, "pPr/jc") == "center"
    assert value(style, "rPr/sz") == "26"
    assert not any("footer" in name for name in parts)


each_template = pytest.mark.parametrize(
    "template", sorted((ROOT / "templates").glob("*.docx")), ids=lambda path: path.name
)
SECTION_ORDER = ["headerReference", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"]
MARGINS = {"top", "right", "bottom", "left", "header", "footer", "gutter"}


@each_template
def test_a_sections_properties_stand_in_the_schemas_order(template: Path) -> None:
    """Word for the web calls a document damaged whose `w:sectPr` is in another order."""
    document = parts_of(template.read_bytes())["word/document.xml"]
    for section in document.iter(f"{W}sectPr"):
        names = [child.tag.removeprefix(W) for child in section]
        assert [name for name in SECTION_ORDER if name in names] == list(dict.fromkeys(names))
        assert [name for name in names if names.count(name) > 1] in ([], ["headerReference"] * 2)
        [margins] = section.iter(f"{W}pgMar")
        assert {name.removeprefix(W) for name in margins.attrib} == MARGINS


@each_template
def test_no_styles_name_holds_a_comma(template: Path) -> None:
    """Word takes what stands behind it for an alias, and the style loses its name."""
    styles = parts_of(template.read_bytes())["word/styles.xml"]
    names = [value(style, "name") for style in styles.iter(f"{W}style")]
    assert len(names) > 20
    assert [name for name in names if "," in str(name)] == []


@pytest.mark.libreoffice
def test_documents_that_writer_saved_again_still_conform(
    example_data: Consolidation, tmp_path: Path, libreoffice: Any
) -> None:
    made = documents(example_data, tmp_path)
    chosen = [made[0], made[1], made[-1]]
    for path in chosen:
        again = libreoffice(path, "docx:MS Word 2007 XML")
        assert check_content(again.read_bytes(), path.name) == [], path.name
