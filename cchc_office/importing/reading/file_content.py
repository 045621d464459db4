"""What a file holds, or the sentence that refuses it, whichever reader takes it."""

from __future__ import annotations

from pathlib import Path

from cchc_office.errors import CampaignError, reason_of
from cchc_office.files.unreadable_file import UnreadableFileError
from cchc_office.files.whole_file import read_whole


def content_of(path: Path) -> bytes:
    """Return what the file at `path` holds.

    Raises CampaignError where it cannot be opened or is too large.
    """
    try:
        return read_whole(path)
    except OSError as error:
        raise CampaignError(f"Không mở được {path}: {reason_of(error)}.") from error
    except UnreadableFileError as error:
        sentence = error.finding(path.name).sentence
        raise CampaignError(f"Không đọc được {path.name}. {sentence}") from error
