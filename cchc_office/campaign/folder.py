"""The campaign folder: the names in it, finding its workbook, starting one."""

from __future__ import annotations

import stat
from pathlib import Path

from cchc_office.errors import CampaignError, CchcError, UsageError, reason_of
from cchc_office.files.being_there import is_there, look
from cchc_office.files.folders import is_file_there
from cchc_office.files.resources import sample_folder
from cchc_office.files.whole_writing import write_whole
from cchc_office.text.command_line import advised

CAMPAIGN_FILE = "dot-cham.xlsx"
OUTPUT_FOLDER = "output"
RETURNS_FOLDER = "nhan-ve"
EVIDENCE_FOLDER = "minh-chung"
APPRAISALS_FOLDER = "tham-dinh"


def find_campaign_file(path: Path) -> Path:
    """Return the campaign workbook that `path` means: itself, or `dot-cham.xlsx` in the folder.

    Raises UsageError where there is nothing at `path`, CampaignError where there is no workbook,
    NotSeenError where that cannot be told.
    """
    try:
        status = look(path)
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {reason_of(error)}.") from error
    if status is None:
        raise UsageError(f"Không có thư mục hay tệp {path}. Kiểm tra lại tên và nơi để.")
    if stat.S_ISREG(status.st_mode):
        return path
    workbook = path / CAMPAIGN_FILE
    if not is_file_there(workbook):
        raise CampaignError(
            f"Thư mục {path} không có tệp {CAMPAIGN_FILE}. Tạo bằng lệnh: "
            f"{advised('khoi-tao', path)}"
        )
    return workbook


def usual_output(path: Path) -> Path:
    """Return where the papers of the campaign that `path` means go, where nobody names a place.

    That is its own folder of papers, which each campaign has that was started by the program or
    worked on in the page. A campaign without one, and what is none, has the one of where we are.
    """
    folder = path.parent if path.name == CAMPAIGN_FILE else path
    own = folder / OUTPUT_FOLDER
    return own if own.is_dir() else Path(OUTPUT_FOLDER)


def place_of_new_campaign(folder: Path) -> Path:
    """Return the path of the workbook that `folder` gets; raises CchcError where it has one."""
    workbook = folder / CAMPAIGN_FILE
    if is_file_there(workbook):
        raise CchcError(
            f"{workbook} đã có, nên không tạo mới. Chọn thư mục khác, hoặc đổi tên tệp đang có."
        )
    return workbook


def start_folder(folder: Path, content: bytes | None = None) -> Path:
    """Make `folder` with a campaign workbook, an empty nhan-ve/ and output/; return the workbook.

    Without `content` the workbook is the sample's. Nothing that is there is overwritten: raises
    CchcError where the workbook exists, or nothing can be written.
    """
    workbook = place_of_new_campaign(folder)
    if content is None:
        content = (sample_folder() / CAMPAIGN_FILE).read_bytes()
    try:
        write_whole(workbook, content)
        for name in (RETURNS_FOLDER, OUTPUT_FOLDER):
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise CchcError(
            f"Không ghi được vào {folder}: {reason_of(error)}. Kiểm tra quyền ghi."
        ) from error
    return workbook


def add_sample_returns(folder: Path) -> tuple[Path, ...]:
    """Put the sample's returned forms into `folder`, as if units had sent them; return them.

    What they say is illustrative. A file that is there is kept. Raises CchcError where nothing can
    be written.
    """
    returns = folder / RETURNS_FOLDER
    added = []
    try:
        for form in sorted((sample_folder() / RETURNS_FOLDER).glob("*.xlsx")):
            if not is_there(returns / form.name):
                write_whole(returns / form.name, form.read_bytes())
                added.append(returns / form.name)
    except OSError as error:
        raise CchcError(
            f"Không ghi được vào {returns}: {reason_of(error)}. Kiểm tra quyền ghi."
        ) from error
    return tuple(added)
