"""The job of writing `thu.toml` where there is none: an office tells its mail servers once."""

from __future__ import annotations

from cchc_office.errors import CchcError, UsageError, reason_of
from cchc_office.files.folders import is_file_there
from cchc_office.files.output_folder import write_whole
from cchc_office.mail.settings import SETTINGS_FILE, read_mailbox
from cchc_office.mail.settings_file import NewMailSettings, NewServer
from cchc_office.steps.mail_access import MailAccess, mail_access
from cchc_office.steps.opened import Opened


def set_up_mail(
    opened: Opened, sender: str, outgoing: NewServer, incoming: NewServer | None
) -> MailAccess:
    """Write the settings, and tell how mail goes out then.

    Nothing is overwritten: raises UsageError where there is a file, and for what cannot stand in
    one; CchcError where the folder cannot be written.
    """
    path = opened.folder / SETTINGS_FILE
    if is_file_there(path):
        raise UsageError(
            f"Đã có {SETTINGS_FILE} cạnh dot-cham.xlsx, nên chưa ghi gì. Mở tệp đó để sửa."
        )
    mailbox = read_mailbox(sender)
    if mailbox is None:
        raise UsageError(
            f"Người gửi “{sender}” không dùng được: cần một địa chỉ, có thể kèm tên, ví dụ "
            "Văn phòng Sở <van-phong@so.example>."
        )
    settings = NewMailSettings(mailbox, outgoing, incoming)
    wrong = [finding for finding in settings.findings() if finding.is_error]
    if wrong:
        raise UsageError(f"{wrong[0].sentence} {wrong[0].advice}")
    try:
        write_whole(path, settings.text.encode("utf-8"))
    except OSError as error:
        raise CchcError(f"Không ghi được {path}: {reason_of(error)}.") from error
    return mail_access(opened)
