"""Writing `thu.toml` for an office that has none: who sends, and through which servers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_office.catalogue.findings import Finding
from cchc_office.mail.settings import SETTINGS_FILE, SenderAddress, read_mail_settings

_HEAD = """\
# Máy chủ thư của đợt chấm này. Giải thích từng dòng: docs/gui-thu.md, docs/nhan-thu.md.
# Không ghi mật khẩu vào đây: chương trình hỏi khi gửi, hoặc lấy ở kho mật khẩu của máy.
"""


@dataclass(frozen=True, slots=True)
class NewServer:
    """A server as a person tells it: its name, how the way to it is encrypted, who logs in."""

    host: str
    security: str
    user: str


@dataclass(frozen=True, slots=True)
class NewMailSettings:
    """What a new `thu.toml` is to say; without `incoming` nothing is fetched by mail."""

    sender: SenderAddress
    outgoing: NewServer
    incoming: NewServer | None = None

    @property
    def text(self) -> str:
        """The file, as people read it."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        name, address = self.sender.name, self.sender.address
        yield f"{_HEAD}nguoi_gui = {_quoted(f'{name} <{address}>' if name else address)}"
        for part, server in (("gui", self.outgoing), ("nhan", self.incoming)):
            if server:
                yield f"\n[{part}]\nmay_chu = {_quoted(server.host)}"
                yield f"bao_mat = {_quoted(server.security)}"
                if server.user:
                    yield f"nguoi_dung = {_quoted(server.user)}"

    def findings(self) -> tuple[Finding, ...]:
        """Return what would be wrong in the file, as reading it tells."""
        with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
            (Path(folder) / SETTINGS_FILE).write_text(self.text, encoding="utf-8")
            return read_mail_settings(Path(folder))[1]


def _quoted(text: str) -> str:
    """Return a basic string of TOML, which is written as one of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
