"""What a workbook's package has that another one, written from it, has no longer."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

from lxml import etree

_PARTS = {
    "xl/charts/chart": "biểu đồ",
    "xl/pivotTables/": "bảng tổng hợp (PivotTable)",
    "xl/slicers/": "nút lọc (slicer)",
    "xl/timelines/": "thanh lọc theo thời gian",
    "xl/threadedComments/": "trao đổi trong ô (threaded comment)",
    "xl/ctrlProps/": "nút, ô đánh dấu, hộp chọn trên trang (form control)",
    "xl/activeX/activeX": "điều khiển ActiveX",
    "xl/vbaProject.bin": "macro (VBA)",
    "xl/embeddings/": "tệp nhúng",
    "xl/externalLinks/externalLink": "liên kết tới tệp khác",
    "xl/diagrams/data": "sơ đồ SmartArt",
    "xl/queryTables/": "bảng lấy từ nguồn khác",
    "xl/connections": "kết nối dữ liệu",
    "xl/printerSettings/": "thiết lập của máy in",
    "xl/tables/table": "bảng (Table)",
    "xl/richData/": "kiểu dữ liệu riêng của Excel",
    "customXml/item": "dữ liệu XML kèm theo",
    "customUI/": "nút riêng trên thanh công cụ",
    "_xmlsignatures/": "chữ ký số",
}
_COUNTED_OTHERWISE = re.compile(
    r".*\.rels$|\[Content_Types\]|docProps/|customXml/itemProps|_xmlsignatures/origin"
    r"|xl/(workbook|styles|sharedStrings|calcChain|metadata|theme/|worksheets/|chartsheets/"
    r"|comments|media/|drawings/|charts/(style|colors)|diagrams/|pivotCache/|slicerCaches/"
    r"|timelineCaches/|persons/|activeX/|vbaProjectSignature)"
)
_ELEMENTS = {
    "pic": "hình ảnh",
    "sp": "hình vẽ, ô chữ",
    "cxnSp": "đường nối",
    "grpSp": "nhóm hình",
    "comment": "ghi chú của ô",
    "cfRule": "định dạng theo điều kiện",
    "dataValidation": "danh sách chọn, kiểm tra khi nhập",
    "hyperlink": "liên kết",
    "mergeCell": "ô gộp",
    "autoFilter": "bộ lọc",
    "sheetProtection": "khoá trang tính",
    "protectedRange": "vùng được phép sửa",
    "customSheetView": "kiểu xem riêng",
    "scenario": "kịch bản (scenario)",
    "oleObject": "đối tượng nhúng",
    "picture": "hình nền của trang tính",
    "legacyDrawingHF": "hình ở đầu trang, chân trang in",
    "brk": "chỗ ngắt trang",
    "definedName": "tên vùng",
    "sparkline": "biểu đồ trong ô (sparkline)",
}
_EXTENSIONS = {
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "định dạng theo điều kiện kiểu mới",
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "danh sách chọn lấy từ trang tính khác (kiểu mới)",
}
_LOOKED_INTO = re.compile(
    r"xl/(workbook\.xml|worksheets/[^/]+\.xml|drawings/[^/]+\.xml|comments[^/]*\.xml"
    r"|comments/[^/]+\.xml)$"
)
_FORMATTED = "chữ đậm, màu trong ghi chú của ô"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def lost_parts(before: bytes, after: bytes) -> tuple[str, ...]:
    """Return in words what a package had `before` and has not, or less of, `after`."""
    had, has = _counts(before), _counts(after)
    return tuple(sorted(_in_words(what, n, has[what]) for what, n in had.items() if n > has[what]))


def _in_words(what: str, before: int, after: int) -> str:
    lost = before - after
    return f"{what} ({lost})" if lost > 1 else what


def _counts(package: bytes) -> Counter[str]:
    counts: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(package)) as book:
        for name in book.namelist():
            known = next((what for part, what in _PARTS.items() if name.startswith(part)), "")
            if known:
                counts[known] += not name.endswith((".rels", "/"))
            elif not _COUNTED_OTHERWISE.match(name) and not name.endswith("/"):
                counts[f"phần “{name.rpartition('/')[0] or name}” của tệp"] += 1
            if _LOOKED_INTO.match(name):
                counts += _elements(etree.fromstring(book.read(name), _PARSER))
    return counts


def _elements(root: etree._Element) -> Counter[str]:
    counts: Counter[str] = Counter()
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name == "sparkline":
            counts[_ELEMENTS[name]] += 1
        elif name == "ext" and (uri := element.get("uri")):
            counts[_EXTENSIONS.get(uri.upper(), "")] += 1
        elif name in _ELEMENTS and not _in_extension(element):
            counts[_ELEMENTS[name]] += 1
            if name == "comment" and len(element.findall(".//{*}r")) > 1:
                counts[_FORMATTED] += 1
    del counts[""]
    return counts


def _in_extension(element: etree._Element) -> bool:
    return next(element.iterancestors("{*}ext"), None) is not None
