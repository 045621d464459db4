"""The words and forms by which the parts of a document are known, in folded text."""

from __future__ import annotations

import re

from cchc_office.checking._spots import Spot

# Appendix III, I: the kinds of documents that have a name.
TYPE_NAMES = frozenset(
    {
        "nghi quyet",
        "quyet dinh",
        "chi thi",
        "quy che",
        "quy dinh",
        "thong cao",
        "thong bao",
        "huong dan",
        "chuong trinh",
        "ke hoach",
        "phuong an",
        "de an",
        "du an",
        "bao cao",
        "bien ban",
        "to trinh",
        "hop dong",
        "cong dien",
        "ban ghi nho",
        "ban thoa thuan",
        "giay uy quyen",
        "giay moi",
        "giay gioi thieu",
        "giay nghi phep",
        "phieu gui",
        "phieu chuyen",
        "phieu bao",
        "noi quy",
        "dieu le",
    }
)


TYPES_WITHOUT_RECIPIENTS = {"bien ban", "hop dong", "quy che", "quy dinh", "noi quy", "dieu le"}


HEAD_WORDS = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")


NUMBER = re.compile(r"so\s*(?::|[\s\d.…_]*/)")


DATE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b|\bngay\b[\s.…_]*\d{0,2}\s*[/.-]\s*\d{0,2}[/.-]")


SUBJECT = re.compile(r"(?:v\s*/\s*v|ve viec)\b")


ADDRESSEE = re.compile(r"kinh gui\b")


RECIPIENTS = re.compile(r"noi nhan\s*[:.]?")


APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s*)?(?:[ivxlc]+|\d+|[a-z]|[….\s\d]+))?\s*[.:]?")


ENCLOSED = re.compile(r"\(\s*(?:ban hanh )?kem theo\b")


LEGAL_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")


AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q)\s*[./]|(?:t/m|k/t|t/l)\b")


TITLE_WORDS = re.compile(
    r"\b(?:giam doc|chu tich|truong|chanh|chu nhiem|thu truong|bo truong|tong|pho|hieu|vien|"
    r"bi thu|uy vien|ke toan|quyen|chanh thanh tra|thay mat)\b"
)


LONGEST_LINE = 200


def is_item(spot: Spot) -> bool:
    """Tell whether a line is an item of a list with dashes, typed or by Word."""
    return spot.text[:1] in "-–—•+" or spot.paragraph.layout.label in {"-", "–", "•"}
