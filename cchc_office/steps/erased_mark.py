"""The file that tells that a campaign's personal data was erased: only its results are left.

What is made anew then is made of nothing, over the results that were kept.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cchc_office.files.whole_writing import write_whole

ERASED_FILE = "DA-XOA-DU-LIEU.txt"

_BEGIN = "Dữ liệu cá nhân của đợt chấm này đã xoá ngày "
_UNKNOWN = "không rõ"


def mark_erased(folder: Path, day: dt.date) -> None:
    """Leave the file in a campaign folder. Raises OSError where it cannot be written."""
    words = (
        f"{_BEGIN}{day:%d/%m/%Y}.\n"
        "Phiếu, thẩm định và sổ theo dõi không còn, nên chương trình không làm lại văn bản, không "
        "tổng hợp lại: bản mới sẽ trống và thay kết quả đã giữ.\n"
        "Đợt mới thì tạo thư mục mới. Vẫn muốn dùng thư mục này thì xoá tệp này.\n"
    )
    write_whole(folder / ERASED_FILE, words.encode("utf-8"), durable=True)


def erased_on(folder: Path) -> str:
    """Return the day, as written, on which a campaign's data was erased; "" where it was not.

    A file that cannot be read, or that an editor saved in other characters, tells of it as well.
    """
    try:
        first = (folder / ERASED_FILE).read_text(encoding="utf-8-sig").partition("\n")[0]
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return _UNKNOWN
    return first.removeprefix(_BEGIN).strip(" .\r") or _UNKNOWN
