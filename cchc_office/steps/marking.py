"""The job that writes a copy of the campaign workbook with what is found marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cchc_office.campaign.layout import MARKS_SHEET
from cchc_office.catalogue.findings import Code, Finding
from cchc_office.errors import CchcError, reason_of
from cchc_office.files.copy_beside import place_of_copy, write_copy
from cchc_office.files.output_folder import Outcome
from cchc_office.sheets.marked_copy import Mark, is_untouched, marked_copy, what_a_copy_loses
from cchc_office.steps.brought_back import Checked
from cchc_office.steps.opened import Opened
from cchc_office.steps.understood_sheet import understood_sheet
from cchc_office.text.command_line import on_any_computer

_OF_A_COPY = "-danh-dau"


@dataclass(frozen=True, kw_only=True, repr=False)
class Marked(Checked):
    """What was found, and the copy (`file`) that it is marked in; `lost` is what it is without."""

    file: Path
    lost: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What came of it, in a few Vietnamese words."""
        return f"đã đánh dấu trong {self.file.name}"


def place_of_marked_copy(file: Path) -> Path:
    """Return where the marked copy of a workbook goes."""
    return place_of_copy(file, _OF_A_COPY)


def mark(opened: Opened, checked: Checked) -> Marked:
    """Write the copy beside the workbook; over one that a person saved since, or has open, never.

    Raises CchcError where the workbook is none of Excel's, or nothing can be written.
    """
    try:
        content = opened.file.read_bytes()
    except OSError as error:
        raise CchcError(f"Không đọc được {opened.file.name}: {reason_of(error)}.") from error
    file = opened.file.name
    marks = [_mark(finding, file) for finding in checked.findings]
    try:
        lost = what_a_copy_loses(content)
    except Exception as error:  # openpyxl raises anything at all of what it cannot read
        raise CchcError(
            f"Không đánh dấu được trong {file}. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi làm lại."
        ) from error
    told = (Finding(Code.MARKED_COPY_LOSES, file, found=", ".join(lost)),) if lost else ()
    told_of_loss = (on_any_computer(f"{f.sentence} {f.advice}") for f in told)
    remarks = [_title(file, len(marks)), *told_of_loss]
    understood = understood_sheet(checked.campaign, file)
    marked = marked_copy(content, marks, MARKS_SHEET, remarks, (understood,))
    try:
        written, kept = write_copy(
            place_of_marked_copy(opened.file), opened.file, marked, is_untouched
        )
    except FileExistsError:
        raise CchcError(
            f"Không ghi được bản đánh dấu cạnh {opened.file}: mọi tên đều đã có tệp."
        ) from None
    except OSError as error:
        raise CchcError(
            f"Không ghi được bản đánh dấu cạnh {opened.file}: {reason_of(error)}."
        ) from error
    return Marked(
        campaign=checked.campaign,
        findings=(*checked.findings, *told, *kept),
        templates=checked.templates,
        outcomes=(Outcome("", (written,)),),
        file=written.path,
        lost=lost,
    )


def _title(file: str, marks: int) -> str:
    return (
        f"{file}: {marks} điều cần biết. Bấm vào Chỗ để tới ô; ô ấy có màu và ghi chú. Sửa trong "
        f"{file}, rồi kiểm tra lại; bản này chỉ để xem."
    )


def _mark(finding: Finding, file: str) -> Mark:
    is_here = finding.file in ("", file)
    place = finding.place
    if finding.sheet and is_here:
        place = place.removeprefix(f"{file}, ")
    return Mark(
        finding.severity,
        place,
        on_any_computer(finding.sentence),
        on_any_computer(finding.advice),
        finding.sheet if is_here else "",
        finding.cell if is_here else "",
    )
