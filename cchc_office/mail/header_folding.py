"""How headers with Vietnamese words are put on lines that every mail program reads back whole."""

from __future__ import annotations

from email.header import Header
from email.policy import SMTP, EmailPolicy
from typing import Any

__all__ = ["WHOLE_WORDS"]


class _WholeWords(EmailPolicy):
    """Folds the subject and the names of addressees so that no space is lost or added.

    Python's own way cuts a long value into encoded words whose spaces between are part of neither,
    and readers leave those out (RFC 2047, 6.2): "Hội đồngnhân dân". Its older `Header` keeps each
    space within a word, so that is what writes here.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return the lines of a header; see `EmailPolicy.fold`."""
        if str(value).isascii() or not _is_text(value):
            plain: str = super().fold(name, value)
            return plain
        folded = _header(name, value, self.max_line_length or 0).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the lines of a header as bytes; see `EmailPolicy.fold_binary`."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


WHOLE_WORDS = _WholeWords(linesep=SMTP.linesep)
"""The policy of every message that is made here."""


def _is_text(value: Any) -> bool:
    """Tell a subject and addressees from headers with parameters, whose words have rules apart."""
    return not hasattr(value, "params")


def _header(name: str, value: Any, width: int) -> Header:
    header = Header(header_name=name, maxlinelen=width)
    addresses = getattr(value, "addresses", None)
    if addresses is None:
        header.append(str(value), "utf-8")
        return header
    for number, address in enumerate(addresses, start=1):
        comma = "," if number < len(addresses) else ""
        if address.display_name.isascii():
            header.append(f"{address}{comma}", "us-ascii")
        else:
            header.append(address.display_name, "utf-8")
            header.append(f"<{address.addr_spec}>{comma}", "us-ascii")
    return header
