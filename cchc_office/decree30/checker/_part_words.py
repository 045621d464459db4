"""The words and forms by which the parts of a document are known, in folded text."""

from __future__ import annotations

import re


def _named(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))


# Appendix III, I: the kinds of documents that have a name.
TYPE_NAMES = _named(
    "nghi quyet, quyet dinh, chi thi, quy che, quy dinh, thong cao, thong bao, huong dan, "
    "chuong trinh, ke hoach, phuong an, de an, du an, bao cao, bien ban, to trinh, "
    "hop dong, cong dien, ban ghi nho, ban thoa thuan, giay uy quyen, giay moi, "
    "giay gioi thieu, giay nghi phep, phieu gui, phieu chuyen, phieu bao, noi quy, "
    "dieu le"
)
_CODES = _named(
    "NQ, QĐ, CT, QC, QyĐ, TC, TB, HD, CTr, KH, PA, ĐA, DA, BC, BB, TTr, HĐ, CĐ, BGN, BTT, GUQ, GM, "
    "GGT, GNP, PG, PC, PB"
)
# The same place lists the letters of each, in the same order.
TYPE_CODES = dict(zip(TYPE_NAMES, _CODES, strict=False))
TYPES_WITH_SUBJECT = _named(
    "nghi quyet, quyet dinh, chi thi, thong bao, huong dan, chuong trinh, ke hoach, "
    "phuong an, de an, bao cao, to trinh"
)
TYPES_WITHOUT_RECIPIENTS = _named("bien ban, hop dong, quy che, quy dinh, noi quy, dieu le")
HEAD_WORDS = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")

URGENCY_MARKS = _named(
    "hoa toc, thuong khan, khan, hoa toc hen gio, mat, toi mat, tuyet mat, "
    "luu hanh noi bo, xem xong tra lai"
)

NUMBER = re.compile(r"so\s*(?::|[\s\d.…_]*/)")
DATE = re.compile(
    r"\bngay\b.*\bthang\b.*\bnam\b|^.{0,45}\bngay\b[\s.…_]*\d{0,2}\s*[/.-]\s*\d{0,2}[/.-][\s\d]*$"
)
# The place and date that minutes and reports have over those who sign, and nothing else.
DATE_ALONE = re.compile(r"(?:[^,:;]{1,45},\s*)?ngay[^a-z]*thang[^a-z]*nam[^a-z]*")
# How a sentence of the text begins that only names a day, as in the minutes of a meeting.
DAY_IN_TEXT = re.compile(
    r"(?:hom nay|vao|luc|hoi|tu|den|tinh den|truoc|sau|trong|thoi gian|bat dau|ket thuc|can cu|"
    r"theo|thuc hien|tiep theo|ngay sinh|sinh|cap|\(|\d+\s*h)\b"
)
SUBJECT = re.compile(r"(?:v\s*/\s*v|ve viec)\b")
ADDRESSEE = re.compile(r"kinh gui\b")
# "Nơi gửi" stands where "Nơi nhận" is to stand, and is no part of the text.
RECIPIENTS = re.compile(r"noi (?:nhan|gui)\s*[:.]?")
RECIPIENTS_WITH_ITEM = re.compile(r"noi nhan\s*:\s*-")
APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s*)?(?:[ivxlc]+|\d+|[a-z]|[….\s\d]+))?\s*[.:]?")
REMARK = re.compile(r"[(\[]?\s*(?:du thao|ban thao|ban sao|du thao lan .{1,10})\s*[)\]]?")
ENCLOSED = re.compile(
    r"\(\s*(?:(?:duoc )?(?:ban hanh|phe duyet|cong nhan|thong qua) )?"
    r"(?:kem theo|dinh kem(?: theo)?|(?:(?<=ban hanh )|(?<=phe duyet )|(?<=cong nhan ))theo)"
    r"\b(?!\s*:)"
)
# The same as a line of its own that lacks the brackets.
ENCLOSED_BARE = re.compile(
    rf"(?:ban hanh |phe duyet )?kem theo (?:{'|'.join(TYPE_NAMES)}|cong van|van ban)\b"
)
ENCLOSED_IN_LAW = re.compile(r"\(.{0,24}\btheo (?:luat|nghi dinh|thong tu)\b")
# The text of a copy that has no head left: its first lines name the document in words.
COPIED_NUMBER = re.compile(rf"(?:{'|'.join(TYPE_NAMES)})\s+so\s*:?\s*\d+\s*/\s*[a-z0-9đ]")
# The code of a field that a copy has made letters of.
FIELD_CODE = re.compile(r"\s*(?:PAGE|NUMPAGES)\b\s*(?:\\.*)?")
# What says which form of a law it is, over the title: "Biểu số 4", "Mẫu 02a".
FORM_MARK = re.compile(r"(?:bieu|mau)(?: (?:bieu|mau))?(?: so)?\s*[:.]?\s*\d")
CAPTION = re.compile(r"(?:bang|bieu|bieu do|so do|hinh|anh|don vi tinh|dvt)\b\s*[\d:.]")
# The line of a part, chapter or section, as written: its word, its number, and a title if any.
DIVISION = re.compile(
    r"(Phần|Chương|Tiểu mục|Mục)\s+([IVXLC]+|\d+)(?:[.:]?|\s*[.:–-]\s*(?P<title>[^\d\s].*))",
    re.IGNORECASE,
)
FIRST_DIVISION = re.compile(r"(?:phan|chuong|muc)\s+(?:thu\b|[ivx\d])|[ivx\da-z]{1,4}[.)]")
ARCHIVE = re.compile(r"[-–•\s]*luu\b")
LEGAL_BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
# "Thực hiện Kế hoạch số …" may go on with the bases; "Thực hiện nghiêm …" begins the text.
CARRIES_OUT = re.compile(
    rf"thuc hien (?:{'|'.join(TYPE_NAMES)}|cong van|van ban|nghi dinh|thong tu|thong tri|luat)\b"
)
APPENDIX_WITH_TITLE = re.compile(r"phu luc\s+(?:so\s*)?(?:[ivxlc]+|\d+)\s*[.:-]\s*\S")
AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q)\s*[./]|(?:t/m|k/t|t/l)\b")
SIGN_HERE = re.compile(r"\(\s*ký\b[^()]*\)", re.IGNORECASE)
# "(Ký …)", and the notes of a form: "(1) Tên cơ quan ban hành".
UNDER_SIGNATURE = re.compile(r"\(\s*(?:ky\b|\d{1,2}\s*\))")
TITLE_WORDS = re.compile(
    r"\b(?:giam doc|chu tich|truong (?:phong|ban|doan|khoa|tram|cong an)|cuc truong|vu truong|"
    r"bo truong|thu truong|chi cuc truong|hieu truong|vien truong|to truong|doi truong|"
    r"chanh (?:van phong|thanh tra|an)|chu nhiem|tong (?:giam doc|cuc truong|thanh tra|bi thu)|"
    r"pho|bi thu|uy vien|ke toan truong|thu ky|thay mat)\b"
)
# How the line begins that over the legal bases tells who decides.
WHO_DECIDES = re.compile(
    rf"(?:uy ban nhan dan|ubnd|hoi dong|hdnd|ban (?:thuong|chap|chi|giam))\b|{TITLE_WORDS.pattern}"
)

# How the names of agencies begin; what begins otherwise goes on from the line above.
AGENCY_WORDS = tuple(
    f"{name} "
    for name in _named(
        "so, bo, ubnd, cuc, vu, van phong, chi cuc, trung tam, truong, ban, phong, thanh tra, "
        "doan, hoi, vien, cong ty, kho bac, bao hiem, tong cuc, uy ban, hdnd, hoi dong, dang, "
        "chinh phu, benh vien, dai hoc, hoc vien, toa an, lien minh, mat tran, doi, tram, to"
    )
)

LONGEST_LINE = 200
