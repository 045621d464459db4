"""`cchc the-thuc`: any Word documents against Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from typing import Any

import click

from cchc_office.cli import console, json_output, options
from cchc_office.cli.command import Call, command
from cchc_office.errors import UsageError

_WHAT = (
    "TỆP là văn bản Word (.docx) bất kỳ, hoặc thư mục có các văn bản. Tệp chỉ được đọc, không bị "
    "sửa. LỖI là chỗ sai quy định, CẦN XEM là chỗ chưa kết luận được."
)
_FIX = options.maybe_valued(
    "--sua",
    "kinds",
    metavar="[LOẠI,…]",
    text="Ghi thêm bản đã sửa (tên có -da-sua) cạnh bản gốc: lề, khổ giấy, phông, cỡ, màu, đậm, "
    "nghiêng, canh chữ… không đổi một chữ nào. LOẠI: sửa thêm cả những loại phải nêu tên.",
)
_PLAIN = options.flag(
    "--sua-thang", "is_plain", text="Cùng --sua: không để lại dấu Track Changes trong bản đã sửa."
)

_MARKS = options.flag(
    "--danh-dau",
    "marks",
    text="Ghi thêm bản có đánh dấu (tên có -danh-dau) cạnh bản gốc: mỗi chỗ tìm thấy có một ghi "
    "chú (comment) của Word.",
)

_PAGE = options.file(
    "--html",
    "page",
    text="Ghi thêm một trang HTML: các văn bản, số lỗi, từng chỗ, đường dẫn tới văn bản.",
)

_PAGES = options.flag(
    "--so-trang", "pages", text="Nêu số trang của từng chỗ, do LibreOffice dàn trang (chậm hơn)."
)


@command(
    "the-thuc",
    options.place("paths", "TỆP...", nargs=-1, required=True),
    _MARKS,
    _PAGE,
    _PAGES,
    _FIX,
    _PLAIN,
    epilog=_WHAT,
)
def check_format(call: Call) -> int:
    """Check documents against Decree 30."""
    if call["kinds"] is not None:
        others = {"marks": "--danh-dau", "page": "--html", "pages": "--so-trang"}
        if given := [option for name, option in others.items() if call[name]]:
            raise UsageError(f"Chọn một trong hai: {given[0]} hoặc --sua.")
        from cchc_office.cli.decree30_fixing import fix_format

        return fix_format(call)
    if call["is_plain"]:
        raise UsageError("--sua-thang chỉ dùng cùng --sua.")
    from cchc_office.steps.decree_check import check_documents, find_pages, mark_documents

    checked = (mark_documents if call["marks"] else check_documents)(call["paths"])
    checked = find_pages(checked) if call["pages"] else checked
    written = checked.written
    if call["page"]:
        from cchc_office.steps.decree_page import write_page

        written = (*written, write_page(checked, call["page"]))

    def parts() -> dict[str, Any]:
        return {
            "doi_chieu_voi": checked.held_against,
            "tep_doc": [
                {"tep": one.path.as_posix(), "loai": "van-ban", "ket_luan": one.verdict}
                for one in checked.documents
            ],
            "tep_ghi": json_output.written_as_json(written),
        }

    def show() -> None:
        for one in checked.documents:
            click.secho(f"{one.name}: {one.verdict}", bold=True)
            console.show_findings((*one.told, *one.findings))
            if one.written:
                click.echo(f"Đã ghi {one.written.path}: mỗi điều trên đây ở chỗ của nó.\n")
        click.echo(checked.words)
        if call["page"]:
            click.echo(f"Đã ghi {call['page']}: mở bằng trình duyệt.")
        click.echo(f"Đối chiếu với {checked.held_against}.")

    return call.answer(checked, parts, show)
