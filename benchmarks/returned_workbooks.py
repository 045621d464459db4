"""Filled score workbooks in any number (số liệu minh họa), as units would send them back.

The form is issued once by the project's own writer. What differs from unit to unit is then set into
its XML: the unit, its answers with the sums over them, and the shared strings. Every second
workbook looks as if Excel had saved it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from cchc_office.model import Assignment, Campaign, CampaignInfo, Criterion, Role, Unit
from cchc_office.papers.form.layout import NOT_APPLICABLE, PLACES

FIELDS = 8
_LEAVES_PER_CRITERION = 4
_YEAR = 2024
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_ID, _SCORE, _APPLIES, _RESULT, _EVIDENCE = (
    chr(ord("A") + PLACES[key]) for key in ("id", "score", "applies", "result", "evidence")
)
_SOMEBODY = Unit("(mã đơn vị)", "(tên đơn vị)")
_DEADLINE = dt.datetime(_YEAR, 11, 30, 17, tzinfo=dt.UTC)

_FIELD_NAMES = (
    "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
    "XÂY DỰNG VÀ TỔ CHỨC THỰC HIỆN VĂN BẢN",
    "CẢI CÁCH THỦ TỤC HÀNH CHÍNH",
    "CẢI CÁCH TỔ CHỨC BỘ MÁY",
    "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ",
    "CẢI CÁCH TÀI CHÍNH CÔNG",
    "XÂY DỰNG CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ",
    "TÁC ĐỘNG ĐẾN NGƯỜI DÂN VÀ DOANH NGHIỆP",
)
_DEEDS = (
    "Mức độ thực hiện",
    "Ban hành kịp thời",
    "Tỷ lệ hoàn thành",
    "Rà soát, đánh giá",
    "Công bố, công khai",
    "Xử lý kết quả kiểm tra về",
    "Chất lượng",
)
_MATTERS = (
    "kế hoạch CCHC",
    "báo cáo định kỳ",
    "thủ tục hành chính",
    "văn bản quy phạm pháp luật",
    "quy định về vị trí việc làm",
    "dịch vụ công trực tuyến toàn trình",
    "hồ sơ công việc trên môi trường mạng",
    "quy chế chi tiêu nội bộ, quản lý tài sản công",
    "kiến nghị, phản ánh của tổ chức, cá nhân",
    "đào tạo, bồi dưỡng cán bộ, công chức, viên chức",
    "cơ chế một cửa, một cửa liên thông",
)
_CIRCUMSTANCES = (
    "trong năm",
    "đúng thời hạn",
    "thuộc thẩm quyền",
    "theo quy định của pháp luật",
    "của đơn vị",
)
_MAXIMA = tuple(map(Decimal, ("0.5", "0.75", "1", "1.25", "1.5", "2")))
_UNIT_KINDS = ("Ủy ban nhân dân phường", "Ủy ban nhân dân xã", "Phòng Quản lý khu vực", "Trung tâm")
_RESULTS = (
    "Đã hoàn thành {a}/{a} nhiệm vụ theo kế hoạch, đạt 100%; không có nhiệm vụ quá hạn.",
    "Đã thực hiện {a} nội dung, trong đó {b} nội dung hoàn thành trước hạn; còn lại đúng tiến độ.",
    "Tiếp nhận {a}{b} hồ sơ, giải quyết trước và đúng hạn 98,{b}%, đang giải quyết {b} hồ sơ.",
    "Đã tổ chức {b} đợt kiểm tra tại {a} đơn vị; các tồn tại < 5% đã được khắc phục.",
    "Đạt yêu cầu theo hướng dẫn chấm điểm; đã báo cáo quý {b} và báo cáo năm đầy đủ nội dung.",
)
_DOCUMENTS = (
    "Kế hoạch số {n}/KH-{code} ngày {day} về cải cách hành chính năm 2024",
    "Báo cáo số {n}/BC-{code} ngày {day} về kết quả thực hiện nhiệm vụ",
    "Quyết định số {n}/QĐ-{code} ngày {day} phê duyệt danh mục",
    "Công văn số {n}/{code}-VP ngày {day} gửi cơ quan cấp trên",
    "Biên bản số {n}/BB-{code} ngày {day} & tài liệu kèm theo",
)
_WHY_NOT = "Trong năm không phát sinh nội dung này tại đơn vị."
_PERCENTAGES = (100, 100, 100, 100, 90, 80, 60, 50, 20, 0)


# --- the campaign ---


def campaign_of(units: int, rows: int) -> Campaign:
    """Return a campaign of 8 fields with `rows` leaves in all, each scored by every unit."""
    return _campaign(tuple(_unit(number) for number in range(units)), rows)


def _unit(number: int) -> Unit:
    kind = _UNIT_KINDS[number % len(_UNIT_KINDS)]
    return Unit(f"DV{number:05}", f"{kind} số {number + 1} (minh họa)")


def _campaign(units: tuple[Unit, ...], rows: int) -> Campaign:
    criteria = tuple(_criteria(rows))
    leads = (c for c in criteria if c.max_score is not None)
    assignments = tuple(
        Assignment(c.id, unit.code, Role.LEAD, each=True) for c in leads for unit in units
    )
    info = CampaignInfo(_YEAR, "Sở Thử Nghiệm", "STN", "/STN-VP", "Tỉnh A", "BẢNG PHÂN CÔNG")
    return Campaign("dot-cham.xlsx", info, units, criteria, assignments)


def _criteria(rows: int) -> Iterator[Criterion]:
    edges = [rows * f // FIELDS for f in range(FIELDS + 1)]
    for f, (first, end) in enumerate(pairwise(edges), start=1):
        yield Criterion(f"TC-{f}", f"{f}", _FIELD_NAMES[f - 1], 1, "", 1)
        for leaf in range(first, end):
            c, s = divmod(leaf - first, _LEAVES_PER_CRITERION)
            above = f"{f}.{c + 1}"
            if s == 0:
                name = _name(rows + leaf)
                yield Criterion(f"TC-{above}", above, name, 2, f"TC-{f}", 1)
            code, maximum = f"{above}.{s + 1}", _MAXIMA[leaf % len(_MAXIMA)]
            name, level = _name(leaf), 3
            yield Criterion(f"TC-{code}", code, name, level, f"TC-{above}", 1, maximum)


def _name(number: int) -> str:
    words = (_DEEDS, _MATTERS, _CIRCUMSTANCES)
    return " ".join(some[number % len(some)] for some in words)


# --- the answers ---


@dataclass(frozen=True)
class Answered:
    """What a unit says of a leaf; without a score it is blank or does not apply."""

    score: Decimal | None
    as_text: bool = False
    applies: bool = True
    result: str = ""
    evidence: str = ""


def answers_of(campaign: Campaign, number: int) -> list[Answered]:
    """Return the answers of the unit with this number, leaf by leaf.

    Of a hundred leaves two do not apply, two are blank and two have their number typed as text.
    """
    code = campaign.units[number].code
    return [
        _answered(leaf, code, zlib.crc32(f"{number} {place}".encode()))
        for place, leaf in enumerate(campaign.leaves)
    ]


def _answered(leaf: Criterion, code: str, chance: int) -> Answered:
    kind, chance = chance % 100, chance // 100
    if kind in (0, 1):
        return Answered(None, applies=False, result=_WHY_NOT)
    if kind in (2, 3):
        return Answered(None)
    share = _PERCENTAGES[chance % len(_PERCENTAGES)]
    score = ((leaf.max_score or Decimal(0)) * share / 100).quantize(Decimal("0.01"))
    result = _RESULTS[chance % len(_RESULTS)].format(a=chance % 37 + 10, b=chance % 4 + 1)
    documents = (_document(code, chance), _document(code, chance // 7))
    return Answered(score, kind in (4, 5), True, result, "\n".join(documents))


def _document(code: str, chance: int) -> str:
    day = dt.date(_YEAR, 1, 2) + dt.timedelta(days=chance % 320)
    text = _DOCUMENTS[chance % len(_DOCUMENTS)]
    return text.format(n=chance % 997 + 1, code=code, day=f"{day:%d/%m/%Y}")


# --- the workbooks ---


def write_workbooks(folder: Path, units: int, rows: int) -> int:
    """Write a filled workbook of every unit into `folder`; return how many leaves have a score."""
    return write_workbooks_of(campaign_of(units, rows), folder)


def write_workbooks_of(campaign: Campaign, folder: Path) -> int:
    """Write a filled workbook of every unit of a campaign, all of which score all leaves."""
    form = _issued_form(campaign)
    forms = (FilledForm(form, campaign), FilledForm(as_excel_saves(form), campaign))
    scored = 0
    for number, unit in enumerate(campaign.units):
        answers = answers_of(campaign, number)
        scored += sum(answer.score is not None for answer in answers)
        content = forms[number % len(forms)].of(number, answers)
        (folder / f"{campaign.paper_name(unit)}.xlsx").write_bytes(content)
    return scored


def _issued_form(campaign: Campaign) -> bytes:
    from cchc_office.decree30.figures import DEFAULT_PROFILE
    from cchc_office.papers.form.writer import build_form

    parts = tuple(
        Assignment(leaf.id, _SOMEBODY.code, Role.LEAD, each=True) for leaf in campaign.leaves
    )
    to_nobody = replace(campaign, units=(_SOMEBODY,), assignments=parts)
    return build_form(to_nobody, _SOMEBODY, DEFAULT_PROFILE)


class FilledForm:
    """A form cut at the cells that units fill in, so that filling one is joining strings."""

    _cell = re.compile(
        r'<c r="(?P<address>[A-Z]+\d+)" s="(?P<style>\d+)"'
        r"(?:/>|>(?P<formula><f>IF[^<]*</f>)<v></v></c>)"
    )

    def __init__(self, form: bytes, campaign: Campaign) -> None:
        """Cut `form`, which was issued to nobody, for the units of `campaign`."""
        from cchc_office.files.archive import PreparedArchive

        self._archive = PreparedArchive(form)
        self._campaign = campaign
        with zipfile.ZipFile(io.BytesIO(form)) as archive:
            self._sheet = archive.read(_SHEET).decode("utf-8")
            self._strings = archive.read(_STRINGS).decode("utf-8")
            self._names = {n: archive.read(n).decode("utf-8") for n in (_CORE, _CUSTOM)}
        self._pieces: list[str] = []
        self._places: dict[str, tuple[int, str, str]] = {}
        self._cut()
        known = re.findall("<si><t[^>]*>([^<]*)</t></si>", self._strings)
        self._known = {unescape(text): place for place, text in enumerate(known)}
        self._row_of = self._find_rows(known)

    def _cut(self) -> None:
        end = 0
        for cell in self._cell.finditer(self._sheet):
            self._pieces += [self._sheet[end : cell.start()], cell.group()]
            found = (len(self._pieces) - 1, cell["style"], cell["formula"] or "")
            self._places[cell["address"]] = found
            end = cell.end()
        self._pieces.append(self._sheet[end:])

    def _find_rows(self, strings: list[str]) -> dict[str, str]:
        """Return the sheet row of each id; under "" that of the total, right after the last."""
        cell = rf'<c r="{_ID}(\d+)" s="\d+" t="s"><v>(\d+)</v></c>'
        ids = re.findall(cell, self._sheet)
        rows = {strings[int(text)]: row for row, text in ids}
        return rows | {"": str(max(map(int, rows.values())) + 1)}

    def of(self, number: int, answers: Sequence[Answered]) -> bytes:
        """Return the form as the unit with this number filled it in."""
        unit = self._campaign.units[number]
        pieces, strings = self._pieces.copy(), self._known.copy()
        for leaf, answer in zip(self._campaign.leaves, answers, strict=True):
            self._fill(pieces, strings, self._row_of[leaf.id], answer)
        for heading, total in self._sums(answers):
            self._put_sum(pieces, f"{_SCORE}{self._row_of[heading]}", total)
        sheet = "".join(pieces)
        saved = _DEADLINE - dt.timedelta(minutes=number * 7)
        changed = {
            _SHEET: sheet,
            _STRINGS: _for_unit(self._with_strings(sheet, strings), unit),
            _CORE: re.sub(
                "(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{saved:%Y-%m-%dT%H:%M:%SZ}",
                _for_unit(self._names[_CORE], unit),
            ),
            _CUSTOM: _for_unit(self._names[_CUSTOM], unit),
        }  # fmt: skip
        return self._archive.with_files({n: text.encode("utf-8") for n, text in changed.items()})

    def _fill(self, pieces: list[str], strings: dict[str, int], row: str, answer: Answered) -> None:
        texts = {
            _APPLIES: "" if answer.applies else NOT_APPLICABLE,
            _RESULT: answer.result,
            _EVIDENCE: answer.evidence,
        }
        if answer.score is not None and answer.as_text:
            texts[_SCORE] = str(answer.score).replace(".", ",")
        elif answer.score is not None:
            address = f"{_SCORE}{row}"
            place, style, _ = self._places[address]
            pieces[place] = f'<c r="{address}" s="{style}"><v>{_number(answer.score)}</v></c>'
        for column, text in texts.items():
            if text:
                address = f"{column}{row}"
                place, style, _ = self._places[address]
                index = strings.setdefault(text, len(strings))
                pieces[place] = f'<c r="{address}" s="{style}" t="s"><v>{index}</v></c>'

    def _sums(self, answers: Sequence[Answered]) -> Iterator[tuple[str, Decimal | None]]:
        """Yield what the formula of each heading shows, and of the total (""); None is blank."""
        typed = {
            leaf.id: answer.score
            for leaf, answer in zip(self._campaign.leaves, answers, strict=True)
            if answer.score is not None and not answer.as_text
        }
        for heading in self._campaign.criteria:
            if heading.max_score is None:
                below = self._campaign.leaves_under(heading)
                numbers = [typed[leaf.id] for leaf in below if leaf.id in typed]
                yield heading.id, sum(numbers, Decimal(0)) if numbers else None
        yield "", sum(typed.values(), Decimal(0)) if typed else None

    def _put_sum(self, pieces: list[str], address: str, total: Decimal | None) -> None:
        place, style, formula = self._places[address]
        kind, shown = (' t="str"', "") if total is None else ("", _number(total))
        pieces[place] = f'<c r="{address}" s="{style}"{kind}>{formula}<v>{shown}</v></c>'

    def _with_strings(self, sheet: str, strings: dict[str, int]) -> str:
        added = list(strings)[len(self._known) :]
        items = "".join(f"<si>{_text_element(text)}</si>" for text in added)
        uses = sheet.count('t="s"') - self._sheet.count('t="s"')
        text = re.sub(
            r'count="(\d+)" uniqueCount="\d+"',
            lambda m: f'count="{int(m[1]) + uses}" uniqueCount="{len(strings)}"',
            self._strings,
            count=1,
        )
        return text.replace("</sst>", f"{items}</sst>")


def _for_unit(text: str, unit: Unit) -> str:
    return text.replace(_SOMEBODY.code, escape(unit.code)).replace(
        _SOMEBODY.name, escape(unit.name)
    )


def _text_element(text: str) -> str:
    start = '<t xml:space="preserve">' if "\n" in text else "<t>"
    return f"{start}{escape(text)}</t>"


def _number(value: Decimal) -> str:
    """Return a number as Excel saves it: 17 digits of the binary fraction, 1.1000000000000001."""
    return f"{float(value):.17g}"


# --- as Excel saves it ---


def as_excel_saves(form: bytes) -> bytes:
    """Return the form with what Excel adds and leaves out when it saves one."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as source,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {name: source.read(name).decode("utf-8") for name in source.namelist()}
        sheets = [name for name in parts if name.startswith("xl/worksheets/")]
        chain = _calculation_chain(parts[_SHEET])
        for name in sheets:
            parts[name] = _excel_sheet(parts[name])
        _add_chain(parts, chain)
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            'calcId="124519" fullCalcOnLoad="1"', 'calcId="191029"'
        )
        parts[_CORE] = parts[_CORE].replace(
            "<cp:lastModifiedBy></cp:lastModifiedBy>",
            "<cp:lastModifiedBy>Văn thư (minh họa)</cp:lastModifiedBy>",
        )
        for name, part in parts.items():
            target.writestr(name, part.encode("utf-8"))
    return saved.getvalue()


def _excel_sheet(part: str) -> str:
    more = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    )
    part = re.sub("(<worksheet [^>]*)>", rf"\1 {more}>", part, count=1)
    part = re.sub(r"(<sheetFormatPr [^>]*?)/>", r'\1 x14ac:dyDescent="0.25"/>', part)
    part = re.sub(r"(<row [^>]*?)(/?)>", r'\1 x14ac:dyDescent="0.25"\2>', part)
    part = re.sub(r"(\d)\.0(</v>|</formula2>)", r"\1\2", part)
    identities = iter(range(1, part.count("<dataValidation ") + 1))
    return re.sub(
        r"(<dataValidation [^>]*)>",
        lambda m: f'{m[1]} xr:uid="{{00000000-0002-0000-0000-{next(identities):012X}}}">',
        part,
    )


def _calculation_chain(sheet: str) -> str:
    cells = re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>', sheet)
    links = "".join(f'<c r="{address}" i="1"/>' for address in cells)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<calcChain xmlns="{namespace}">{links}</calcChain>'


def _add_chain(parts: dict[str, str], chain: str) -> None:
    types, links = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    entry = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{relation}" Target="calcChain.xml"/></Relationships>'
    parts["xl/calcChain.xml"] = chain
    parts[types] = parts[types].replace("</Types>", entry)
    parts[links] = parts[links].replace("</Relationships>", link)
