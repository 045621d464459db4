"""Links in a message to files that lie on somebody's drive, sent instead of the files."""

from __future__ import annotations

import html
import re
from email.message import Message
from urllib.parse import urlsplit

from cchc_office.files.folders import printable
from cchc_office.returns.message_files import parts_of, text_of

_SERVICES = {
    "drive.google.com": "Google Drive",
    "docs.google.com": "Google Drive",
    "drive.usercontent.google.com": "Google Drive",
    "onedrive.live.com": "OneDrive",
    "1drv.ms": "OneDrive",
    "sharepoint.com": "OneDrive",
    "dropbox.com": "Dropbox",
    "wetransfer.com": "WeTransfer",
    "we.tl": "WeTransfer",
    "icloud.com": "iCloud",
    "box.com": "Box",
    "mega.nz": "MEGA",
    "mediafire.com": "MediaFire",
    "transfernow.net": "TransferNow",
    "terabox.com": "TeraBox",
    "fshare.vn": "Fshare",
}
"""Where offices put files to share, by the end of the host's name."""

_LINK = re.compile(r"https?://[^\s<>\"'\\]{1,2000}", re.IGNORECASE)
_MOST_TEXT, _MOST_LINKS, _LONGEST_LINK = 512 * 1024, 5, 150


def shared_links(message: Message) -> tuple[tuple[str, str], ...]:
    """Return the links in what the sender wrote: the service's name and the address, each once."""
    found: dict[str, str] = {}
    for part in parts_of(message):
        if part.get_content_maintype() != "text":
            continue
        for match in _LINK.finditer(html.unescape(text_of(part)[:_MOST_TEXT])):
            link = match.group().rstrip(".,;:)]")
            if service := _service(link):
                found.setdefault(printable(link)[:_LONGEST_LINK], service)
    return tuple((service, link) for link, service in found.items())[:_MOST_LINKS]


def _service(link: str) -> str:
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""
    ends = (e for e in _SERVICES if host == e or host.endswith(f".{e}"))
    return next((_SERVICES[end] for end in ends), "")
