"""`cchc the-thuc`: holding Word documents against Decree 30."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

import click

from cchc_office.catalogue.findings import Code, Finding, Severity, need_a_person
from cchc_office.cli import console, json_output
from cchc_office.cli.group import cli
from cchc_office.cli.vietnamese_click import PATH, VietnameseCommand
from cchc_office.errors import UsageError, reason_of
from cchc_office.files.folders import label, list_folder, look, not_read

_DONE, _NEEDS_A_PERSON, _NOT_DONE = 0, 1, 3
_UNREADABLE = {
    Code.DOCUMENT_UNREADABLE,
    Code.DOCUMENT_LOCKED,
    Code.FILE_NOT_OPENED,
    Code.FOLDER_NOT_READ,
}
_ENDINGS = {".docx", ".docm", ".doc"}
_WHAT = (
    "TỆP là văn bản Word (.docx) bất kỳ, hoặc thư mục có các văn bản. Tệp chỉ được đọc, không bị "
    "sửa. LỖI là chỗ sai quy định, CẦN XEM là chỗ chưa kết luận được."
)


@cli.command(
    "the-thuc",
    cls=VietnameseCommand,
    epilog=_WHAT,
)
@click.argument("paths", metavar="TỆP...", nargs=-1, required=True, type=PATH)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--debug", is_flag=True, expose_value=False, help="Hiện lỗi kỹ thuật.")
def check_format(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check documents against Decree 30."""
    from cchc_office.decree30.checker import check_content

    names, found = _documents(paths)
    for path, name in names.items():
        if path in found:
            continue
        try:
            found[path] = check_content(path.read_bytes(), name)
        except OSError as error:
            found[path] = [Finding(Code.FILE_NOT_OPENED, name, found=reason_of(error))]
    status = _status(found.values())
    if as_json:
        _print_json(found, status)
        return status
    for path, findings in found.items():
        click.secho(f"{names[path]}: {_verdict(findings)}", bold=True)
        console.show_findings(findings)
    click.echo(_summary(found))
    return status


def _documents(paths: Iterable[Path]) -> tuple[dict[Path, str], dict[Path, list[Finding]]]:
    """Return the documents that were named, and those in folders, each with how it is called.

    What could not be looked at is among them, and stands in the second part with the reason.
    """
    names: dict[Path, str] = {}
    shut: dict[Path, list[Finding]] = {}
    for path in paths:
        if _is_folder(path):
            listing = list_folder(path)
            inside = [file for file in listing.files if file.suffix.lower() in _ENDINGS]
            names |= {file: label(file.relative_to(path)) for file in inside}
            for unseen, finding in zip(listing.unseen, not_read(listing), strict=True):
                names[unseen.path], shut[unseen.path] = finding.file, [finding]
        else:
            names[path] = path.name
    if not names:
        raise UsageError("Trong thư mục này không có văn bản Word (.docx) nào.")
    return names, shut


def _is_folder(path: Path) -> bool:
    try:
        status = look(path)
    except OSError:
        return False  # reading it as a file tells why
    if status is None:
        raise UsageError(f"Không có tệp {path}.")
    return stat.S_ISDIR(status.st_mode)


def _status(found: Iterable[list[Finding]]) -> int:
    every = list(found)
    if all(any(f.code in _UNREADABLE for f in findings) for findings in every):
        return _NOT_DONE
    return _NEEDS_A_PERSON if any(need_a_person(tuple(f)) for f in every) else _DONE


def _verdict(findings: list[Finding]) -> str:
    if any(f.code in _UNREADABLE for f in findings):
        return "chưa kiểm tra được"
    if not findings:
        return "không thấy chỗ nào sai thể thức"
    errors = sum(f.severity is Severity.ERROR for f in findings)
    unclear = len(findings) - errors
    parts = [f"{errors} lỗi thể thức"] if errors else []
    parts += [f"{unclear} chỗ cần xem"] if unclear else []
    return ", ".join(parts)


def _summary(found: dict[Path, list[Finding]]) -> str:
    checked = [f for f in found.values() if not any(x.code in _UNREADABLE for x in f)]
    clean, left = sum(not findings for findings in checked), len(found) - len(checked)
    rest = f" Chưa kiểm tra được {left} chỗ." if left else ""
    return f"Đã kiểm tra {len(checked)} văn bản: {clean} văn bản không thấy chỗ nào sai.{rest}"


def _print_json(found: dict[Path, list[Finding]], status: int) -> None:
    everything = tuple(finding for findings in found.values() for finding in findings)
    files = [
        {"tep": path.as_posix(), "loai": "van-ban", "ket_luan": _verdict(findings)}
        for path, findings in found.items()
    ]
    json_output.print_json(
        "the-thuc", status, tep_doc=files, phat_hien=json_output.findings_as_json(everything)
    )
