"""Writes the pages of docs/ that come from the code.

docs/thong-bao.md has a section for each code of the catalogue, docs/lenh.md all help, docs/api.md
the public names.

uv run python tools/make_docs.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from cchc_office.catalogue import Severity, every_code
from cchc_office.cli.group import VietnameseGroup, cli
from cchc_office.files.whole_writing import write_whole

_DOCS = Path(__file__).parent.parent / "docs"
PAGE = _DOCS / "thong-bao.md"
COMMANDS_PAGE = _DOCS / "lenh.md"
API_PAGE = _DOCS / "api.md"

_PARTS = (
    ("MISSING_SHEET", "Tệp dot-cham.xlsx"),
    ("UNKNOWN_SETTING", "Trang Thông tin (tệp dot-cham.xlsx)"),
    ("RULE_NOT_UNDERSTOOD", "Cách chấm, loại điểm, xếp hạng (tệp dot-cham.xlsx)"),
    ("SURVEY_COLUMN_UNKNOWN", "Kết quả điều tra xã hội học (tệp dot-cham.xlsx)"),
    ("SEVERAL_TABLES", "Bảng có sẵn được nhập (lệnh khoi-tao --tu)"),
    ("PROFILE_UNREADABLE", "Thể thức và tệp ghi ra"),
    ("TEMPLATE_UNREADABLE", "Mẫu văn bản"),
    ("FOLDER_NOT_READ", "Các tệp gửi về"),
    ("FORM_COLUMN_MISSING", "Bên trong phiếu gửi về"),
    ("DECLARED_MISSING", "Số liệu kê khai trong phiếu"),
    ("EARLIER_UNREADABLE", "Báo cáo của kỳ trước"),
    ("SETS_ROW_DOUBTFUL", "Bộ chỉ số cũ và mới (lệnh so-sanh, khoi-tao)"),
    ("APPRAISAL_OF_OTHER_CAMPAIGN", "Thẩm định và giải trình"),
    ("DOCUMENT_UNREADABLE", "Thể thức văn bản theo Nghị định 30/2020/NĐ-CP (lệnh the-thuc)"),
    ("REGISTER_NOT_WRITTEN", "Sổ theo dõi và gửi thư (các lệnh so, gui)"),
    ("MAILBOX_NOT_NAMED", "Nhận thư (lệnh nhan)"),
)
_MEANING = {
    Severity.ERROR: "phải sửa; trong dot-cham.xlsx thì chưa tài liệu nào được tạo, trong văn bản "
    "là chỗ sai Nghị định 30/2020/NĐ-CP",
    Severity.WARNING: "việc vẫn làm tiếp, nhưng cần người xem",
    Severity.NOTE: "để biết, không cần làm gì",
}


def page() -> str:
    """Return the page: what the grades mean, then the codes by what they speak of."""
    lines = [
        "# Các thông báo và cách xử lý",
        "",
        "Mỗi thông báo có một mã trong ngoặc vuông, ví dụ `[thieu-diem]`. Chỗ “…” là tên tiêu chí,",
        "đơn vị, hay nội dung tìm thấy.",
        "",
    ]
    lines += [f"- **{severity.value}**: {meaning}." for severity, meaning in _MEANING.items()]
    starts = dict(_PARTS)
    for code in every_code():
        if code.name in starts:
            lines += ["", f"## {starts[code.name]}"]
        lines += [
            "",
            f"### {code.slug}",
            "",
            f"**{code.severity.value}.** {_shown(code.sentence)}",
        ]
        lines += ["", f"Cách xử lý: {_shown(code.advice)}"]
        if code.demand:
            lines += ["", f"Công văn đôn đốc ghi: {_shown(code.demand)}."]
    return "\n".join(lines) + "\n"


def _shown(template: str) -> str:
    return template.format(
        about="…", found="…", expected="…", candidates="…", clause="…", seen_at="…", cchc="cchc"
    ).strip()


def commands_page() -> str:
    """Return the page of commands: what `--help` says of each, in the order of the year."""
    lines = ["# Mọi lệnh, mọi tuỳ chọn", "", "Như `cchc LỆNH --help` nói."]
    for name, words in _helps(cli, click.Context(cli, info_name="cchc")):
        lines += ["", f"## {name}", "", "```text", words.strip(), "```"]
    return "\n".join(lines) + "\n"


def _helps(group: VietnameseGroup, above: click.Context) -> Iterator[tuple[str, str]]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None:
            continue
        context = click.Context(command, above, info_name=name, terminal_width=80)
        yield context.command_path, command.get_help(context)
        if isinstance(command, VietnameseGroup):
            yield from _helps(command, context)


if __name__ == "__main__":
    os.environ["CCHC_LENH"] = "cchc"  # what the examples of --help begin with
    from api_reference import api_page  # beside this file, which a test loads by its path

    write_whole(API_PAGE, api_page().encode("utf-8"))
    write_whole(COMMANDS_PAGE, commands_page().encode("utf-8"))
    write_whole(PAGE, page().encode("utf-8"))
