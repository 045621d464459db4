"""What the settings of mail are called: names in `thu.toml`, labels where a form has them.

Sentences name a setting as it stands in the file, in one manner (`in_file`); where a form stands in
for the file they are shown with its labels (`on_form`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

LABELS = {
    "nguoi_gui": "Địa chỉ thư gửi đi",
    "tra_loi_ve": "Thư trả lời về địa chỉ",
    "gui.may_chu": "Máy chủ gửi thư",
    "gui.bao_mat": "Mã hoá khi gửi",
    "gui.cong": "Cổng gửi",
    "gui.nguoi_dung": "Tên đăng nhập để gửi",
    "gui.tep_chung_chi": "Tệp chứng chỉ của máy chủ gửi",
    "gui.nhip_moi_phut": "Nhiều nhất mấy thư mỗi phút",
    "gui.cho_giay": "Đợi máy chủ gửi mấy giây",
    "nhan.may_chu": "Máy chủ nhận thư",
    "nhan.bao_mat": "Mã hoá khi nhận",
    "nhan.cong": "Cổng nhận",
    "nhan.nguoi_dung": "Tên đăng nhập để nhận",
    "nhan.hop_thu": "Hộp thư để đọc",
    "nhan.tep_chung_chi": "Tệp chứng chỉ của máy chủ nhận",
    "nhan.cho_giay": "Đợi máy chủ nhận mấy giây",
    "cach_ngay_don_doc": "Hai lần đôn đốc cách nhau ít nhất mấy ngày",
    "thu_lon_nhat_mb": "Một thư nặng nhất mấy MB",
}
"""By each name in the file, a part's names after the part's, the label of its field in a form."""

FORM = "Máy chủ thư"
"""What the form is called."""

_LACKING = {
    "Chưa có tệp thu.toml với phần [nhan]": "Chưa điền nhan.may_chu",
    "Chưa có tệp thu.toml với": "Chưa điền",
    "Tạo thu.toml cạnh dot-cham.xlsx theo mẫu ở docs/gui-thu.md": f"Điền ở “{FORM}”",
    "Khai máy chủ thư theo mẫu ở docs/nhan-thu.md": f"Điền ở “{FORM}”",
    "Sửa lại mục này trong thu.toml": f"Sửa lại ở “{FORM}”",
}
"""What is said where the file, or a line of it, is still to be written."""

_VALUES = {'"starttls"': "STARTTLS", '"tls"': "TLS"}


def in_file(part: str, *names: str) -> str:
    """Return how a sentence names settings of a part of the file; `part` is "" for those of none.

    "cong và bao_mat trong phần [gui] của thu.toml".
    """
    *first, last = names
    named = f"{', '.join(first)} và {last}" if first else last
    return f"{named} trong {f'phần [{part}] của ' if part else ''}thu.toml"


def key_of(part: str, name: str) -> str:
    """Return a name as it is told alone: a part's after the part's."""
    return f"{part}.{name}" if part else name


def on_form(text: str) -> str:
    """Return a text with the labels of the form for the names in the file."""
    if not is_of_settings(text):
        return text
    for said, words in _LACKING.items():
        text = text.replace(said, words)
    text = _patterns().in_file.sub(_listed, text)
    text = _patterns().bad.sub(lambda match: f"Ô “{LABELS[match['key']]}” ghi ", text)
    text = _patterns().key.sub(lambda match: f"“{LABELS[match['key']]}”", text)
    for value, words in _VALUES.items():
        text = text.replace(value, words)
    return text


def is_of_settings(text: str) -> bool:
    """Tell whether a text speaks of the file, or of a setting in it."""
    named = ("thu.toml", "theo mẫu ở docs/nhan-thu.md")
    return any(name in text for name in named) or bool(_patterns().key.search(text))


@dataclass(frozen=True)
class _Patterns:
    """How settings stand in sentences: several in the file, a bad one, one by its name alone."""

    in_file: re.Pattern[str]
    bad: re.Pattern[str]
    key: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns; to compile them takes longer than a first page may wait for."""
    names = "|".join(dict.fromkeys(key.rpartition(".")[2] for key in LABELS))
    keys = "|".join(map(re.escape, LABELS))
    return _Patterns(
        in_file=re.compile(
            rf"(?:mục )?(?P<names>(?:{names})(?:(?:, | và )(?:{names}))*) trong "
            r"(?:phần \[(?P<part>gui|nhan)\] của )?thu\.toml"
        ),
        bad=re.compile(rf"Mục (?P<key>{keys}) = "),
        key=re.compile(rf"(?<![\w.])“?(?P<key>{keys})”?(?!\w|\.\w)"),
    )


def _listed(match: re.Match[str]) -> str:
    part = match["part"] or ""
    names = re.split(r"(, | và )", match["names"])
    named = (LABELS.get(key_of(part, name)) for name in names[::2])
    told = [f"“{label or name}”" for label, name in zip(named, names[::2], strict=True)]
    parts = [text for pair in zip(told, [*names[1::2], ""], strict=True) for text in pair]
    return f"{''.join(parts)} ở “{FORM}”"
