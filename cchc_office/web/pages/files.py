"""Files that a page showed, by their ids: looked at in the browser, opened in their program."""

from __future__ import annotations

import mimetypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from cchc_office.errors import CchcError
from cchc_office.steps.opening import require_document, require_inside
from cchc_office.text.vietnamese import clean_line
from cchc_office.web.campaign_view import campaign_of, desk_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from cchc_office.web.pages import Route

_SHOWN = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}
"""What the browser shows itself; anything else is handed to it as a download."""


def show(request: Request) -> Response:
    """Hand out a file whose id a page gave."""
    path = _file(request)
    if not path.is_file():
        raise HTTPException(404)
    require_inside(path, campaign_of(request).folder)
    with path.open("rb"):
        pass  # what cannot be read is told before an answer begins
    kind = _SHOWN.get(path.suffix.lower())
    known = kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    way = "inline" if kind else "attachment"
    # Names of other systems may not be Unicode.
    name = clean_line(path.name.encode(errors="replace").decode())
    return FileResponse(path, media_type=known, filename=name, content_disposition_type=way)


def open_(request: Request) -> Response:
    """Open a file or folder in the program that this computer opens such files with."""
    path = _file(request)
    require_document(path, campaign_of(request).folder)
    open_in_its_program(path)
    back = request.headers.get("referer", "")
    own = f"http://{request.headers['host']}/"
    return RedirectResponse(back if back.startswith(own) else "/", status_code=303)


def _file(request: Request) -> Path:
    campaign_of(request)
    path = desk_of(request).file(request.path_params["file"])
    if path is None:
        raise HTTPException(404)
    return path


def open_in_its_program(path: Path) -> None:
    """Open a document or folder as a double-click does. Raises CchcError where it is not done."""
    try:
        if sys.platform == "win32":
            # A folder's name alone could also be that of a program beside it.
            named = f"{path}{os.sep}" if path.is_dir() else path
            os.startfile(named)  # noqa: S606 - what a double-click does
            return
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        found = shutil.which(opener)
        if found is None:
            raise CchcError(f"Máy này không tự mở được tệp. Tệp nằm ở: {path}")
        subprocess.Popen(  # noqa: S603 - a path of ours, no shell
            [found, *_as_folder(path), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CchcError(f"Không mở được {path.name}. Tệp nằm ở: {path}") from error


def _as_folder(path: Path) -> tuple[str, ...]:
    """Return what has a Mac show a folder, which it may take for a program by its name."""
    return ("-a", "Finder") if sys.platform == "darwin" and path.is_dir() else ()


ROUTES: tuple[Route, ...] = (
    ("GET", "/d/{campaign}/tep/{file}", show),
    ("POST", "/d/{campaign}/mo/{file}", open_),
)
