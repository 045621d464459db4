"""Prepares CCHC on this computer, and opens its page. Lies in the portable folder, as app/start.py.

    start.py prepare OWN            make the environment in OWN, unless it is there and works
    start.py open OWN [FOLDER]      start the page with that environment

OWN is a folder of the user's, one for each version: the portable folder may be read-only, on a
share, on a stick that is taken away, and it is replaced by the next version. Needs nothing but the
standard library, and no network. Ends with 0; with 3 where it has told why not; with 4 where this
Python cannot do it, and another one may.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

APP = Path(__file__).resolve().parent
READY = "xong.txt"
TOLD, OTHER_PYTHON = 3, 4
_LOG = "nhat-ky.txt"
_LOG_CAP = 1_000_000
_TITLE = "CCHC"
_ADDRESS = "http://127.0.0.1"
"""What a page says once it runs."""

_PATIENCE = 20.0
"""Seconds after which a page that said nothing is left alone."""

_EXPLAINED = (2, 3)
"""How the program ends where it has said itself why it does nothing."""

_UNUSED_DAYS = 60
_NO_WINDOW = 0x08000000
_WARNING, _INFORMATION, _IN_FRONT = 0x30, 0x40, 0x10000

_FIRST_TIME = (
    "Đang chuẩn bị CCHC cho lần mở đầu tiên trên máy này. Việc này mất khoảng một phút, chỉ một "
    "lần; xong thì trang tự mở trong trình duyệt. Không cần bấm gì thêm."
)
_DAMAGED = (
    "Chưa chuẩn bị được CCHC trên máy này. Thường là do thư mục chương trình chép chưa đủ hoặc bị "
    "hỏng, hoặc ổ đĩa đã đầy. Hãy giải nén lại toàn bộ tệp nén vào một thư mục mới rồi mở lại. Nếu "
    "vẫn vậy, gửi cho người phụ trách máy tính tệp này:\n{log}"
)
_NOT_OPENED = "Chưa mở được trang CCHC.\n\n{said}\n\nGhi ở: {log}"
_BROKEN = (
    "Chưa mở được trang CCHC: bản đã chuẩn bị trên máy này bị thiếu hoặc hỏng tệp. Hãy mở lại lần "
    "nữa, chương trình sẽ tự chuẩn bị lại. Nếu vẫn vậy, gửi cho người phụ trách máy tính tệp "
    "này:\n{log}"
)


def main(words: Sequence[str]) -> int:
    """Do what the words ask for; whatever goes wrong is told to the user, never shown as is."""
    job, own, *rest = words
    log = Path(own).parent / _LOG
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if job == "prepare":
            return prepare(Path(own), log)
        return open_page(Path(own), log, rest)
    except (OSError, subprocess.SubprocessError) as error:
        with suppress(OSError):
            _note(log, f"{job}: {error!r}")
        tell(_DAMAGED.format(log=log))
        return TOLD


def prepare(own: Path, log: Path) -> int:
    """Make the environment in `own`; of two at once the second waits for the first."""
    if is_virtual():
        return OTHER_PYTHON
    with _locked(own.with_name(f"{own.name}.khoa")):
        if not _works(own):
            tell(_FIRST_TIME, waits=False)
            _make(own, log)
            (own / READY).write_text(own.name, encoding="utf-8")
        _remove_unused(own)
    return 0


def is_virtual() -> bool:
    """Tell whether Windows keeps apart what this Python writes: that from the Store is such a one.

    What it put into the user's folder no other program would see there.
    """
    return sys.platform == "win32" and "\\windowsapps\\" in f"{sys.base_prefix}\\".casefold()


def environment_python(own: Path) -> Path:
    """Return the Python of the environment."""
    return own / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _works(own: Path) -> bool:
    """Tell whether an environment is whole: what it was made with may have been taken away."""
    if not (own / READY).is_file():
        return False
    try:
        _run([environment_python(own), "-I", "-c", "import cchc_office"], subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _make(own: Path, log: Path) -> None:
    own.mkdir(parents=True, exist_ok=True)
    (own / READY).unlink(missing_ok=True)
    scratch = own / "tam"
    uv = (APP / ("uv.exe" if os.name == "nt" else "uv"), "--no-config", "--offline")
    alike = ("--no-progress", "--color", "never", "--cache-dir", scratch)
    with log.open("ab") as said:
        _run([*uv, "venv", *alike, "--clear", "--no-project", *_python(own)], said)
        _run(
            [
                *(*uv, "pip", "install", *alike, "--python", environment_python(own)),
                *("--no-index", "--find-links", APP / "wheels", "--no-build", "--no-deps"),
                *("--require-hashes", "--requirement", APP / "requirements.txt"),
            ],
            said,
        )
    shutil.rmtree(scratch, ignore_errors=True)


def _python(own: Path) -> list[str | Path]:
    """Return how uv is told which Python to use, and where: this one, copied if it came along."""
    python, base = Path(getattr(sys, "_base_executable", sys.executable)), Path(sys.base_prefix)
    brought = APP / "python"
    if brought.is_dir() and base.resolve() == brought.resolve():
        copy = own / "python"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(brought, copy, symlinks=True)
        python = copy / python.resolve().relative_to(brought.resolve())
    return ["--python", python, own / "env"]


def _run(words: Sequence[str | Path], said: BinaryIO | int) -> None:
    """Run a program without a window of its own; raises CalledProcessError where it fails."""
    subprocess.run(
        list(map(str, words)),
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        creationflags=_NO_WINDOW if os.name == "nt" else 0,
        cwd=APP.anchor,
        env=_clean_environment(),
        check=True,
    )


def _clean_environment() -> dict[str, str]:
    """Return the variables without those that would lead uv or Python elsewhere."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("UV_", "PYTHON", "VIRTUAL_ENV", "CONDA_", "PIP_"))
    }


def open_page(own: Path, log: Path, rest: Sequence[str]) -> int:
    """Start the page and leave it running; tell what it says if it ends with a failure at once."""
    with suppress(OSError):
        (own / READY).touch()
    asked = [str(Path(word).absolute()) for word in rest[:1]]
    # Of two double-clicks the second is to find the page of the first.
    with _locked(log.with_name("mo.khoa")):
        status, said = _start_page(own, log, asked)
    if not status:
        return 0
    if status in _EXPLAINED and "Traceback" not in said:
        tell(_NOT_OPENED.format(said=said, log=log))
    else:
        (own / READY).unlink(missing_ok=True)
        tell(_BROKEN.format(log=log))
    return TOLD


def _start_page(own: Path, log: Path, asked: Sequence[str]) -> tuple[int, str]:
    """Return how the page ended, 0 while it runs, and what it has said since it was started."""
    with suppress(OSError):
        if log.stat().st_size > _LOG_CAP:
            log.write_bytes(b"")
    with log.open("ab") as output:
        before = output.tell()
        page = subprocess.Popen(
            [environment_python(own), "-I", "-X", "utf8", "-m", "cchc_office", "mo", *asked],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
            start_new_session=True,
            cwd=Path.home(),
            env=_clean_environment() | {"CCHC_LENH": _command()},
        )

    def said() -> str:
        return log.read_bytes()[before:].decode("utf-8", "replace").strip()

    patience = time.monotonic() + _PATIENCE
    while page.poll() is None and time.monotonic() < patience and _ADDRESS not in said():
        time.sleep(0.1)
    return page.returncode or 0, said()[-2000:]


def _command() -> str:
    """Return what can be typed to start the program from its folder, as messages name it."""
    return f'"{APP.parent / ("CCHC.bat" if os.name == "nt" else "CCHC.sh")}"'


def tell(text: str, *, waits: bool = True) -> None:
    """Show a text to the user; one that is not waited for goes away with this program."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"{text}\n")
    elif waits:
        _show(text, waits=True)
    else:
        threading.Thread(target=_show, args=(text,), kwargs={"waits": False}, daemon=True).start()


def _show(text: str, *, waits: bool) -> None:
    if sys.platform == "win32":
        import ctypes

        sign = _WARNING if waits else _INFORMATION
        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, sign | _IN_FRONT)
        return
    kind = "--warning" if waits else "--info"
    shown = (
        ["zenity", kind, f"--title={_TITLE}", "--no-markup", "--width=460", f"--text={text}"],
        ["kdialog", "--title", _TITLE, "--sorry" if waits else "--msgbox", text],
        ["xmessage", "-center", text],
    )
    for words in shown:
        if shutil.which(words[0]) and (os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
            subprocess.run(words, stderr=subprocess.DEVNULL, check=False)
            return
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def _note(log: Path, text: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{time.strftime('%d/%m/%Y %H:%M')} {text}\n")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file's lock, which the system takes back from a program that dies."""
    with path.open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with suppress(OSError):
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                time.sleep(0.3)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_unused(own: Path) -> None:
    """Remove the environments of other versions that nobody has started for a while."""
    for ready in own.parent.glob(f"*/{READY}"):
        with suppress(OSError):
            is_old = time.time() - ready.stat().st_mtime > _UNUSED_DAYS * 24 * 3600
            if ready.parent != own and is_old:
                ready.unlink()
                shutil.rmtree(ready.parent, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
