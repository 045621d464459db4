"""What never ends, or cannot be written down, ends in a sentence: servers, documents, screens."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cchc_office.catalogue.findings import Code
from cchc_office.errors import CampaignError
from cchc_office.mail.connecting import CannotConnectError, connect
from cchc_office.mail.settings import Security, Server
from cchc_office.word.templates import TEXT, check_template

from .conftest import EXAMPLE
from .importing import draft_of
from .template_files import document_file, table


@contextmanager
def _talking_server(*sayings: bytes, pause: float = 0.0) -> Iterator[int]:
    """A server that says the first things once and the last one for ever; yields its port."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _ = listening.accept()
            with connection:
                try:
                    for saying in sayings[:-1]:
                        connection.sendall(saying)
                    while not stop.wait(pause):
                        connection.sendall(sayings[-1])
                except OSError:
                    pass

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        stop.set()
        thread.join(10)


@pytest.mark.parametrize("pause", [0.0, 0.05])
@pytest.mark.parametrize("line", [b"220-xin chao\r\n", b"2", b"220-" + b"x" * 900])
def test_an_endless_greeting_is_no_answer(line: bytes, pause: float) -> None:
    with _talking_server(line, pause=pause) as port:
        server = Server("127.0.0.1", port, Security.STARTTLS, patience=1)
        with pytest.raises(CannotConnectError) as raised:
            connect(server, None, "localhost")
    assert "127.0.0.1" in raised.value.why


_LAUGHS = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "xxxxxxxxxx">'
    for n in range(10)
)
_LONG = f'<!ENTITY a9 "{"x" * 100_000}">'
_FILE = '<!ENTITY a9 SYSTEM "file:///etc/hostname">'


def _with_entities(folder: Path, entities: str, times: int) -> Path:
    path = folder / "bang.docx"
    rows = (("STT", "Nội dung", "Điểm tối đa", "Đơn vị"), ("1", "THAY", "1", "Văn phòng"))
    path.write_bytes(document_file(table(*rows)))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    body = parts["word/document.xml"].replace("THAY", "&a9;" * times)
    start = body.index("<w:document")
    parts["word/document.xml"] = f"{body[:start]}<!DOCTYPE d [{entities}]>{body[start:]}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(("entities", "times"), [(_LAUGHS, 1), (_LONG, 50_000), (_FILE, 1)])
def test_a_document_of_entities_is_refused_in_a_sentence(
    tmp_path: Path, entities: str, times: int
) -> None:
    path = _with_entities(tmp_path, entities, times)
    with pytest.raises(CampaignError, match=r"Không đọc được bang\.docx: nội dung"):
        draft_of(path)
    [finding] = check_template(path, {"ten": TEXT})
    assert finding.code is Code.TEMPLATE_UNREADABLE


_FULL = Path("/dev/full")


def _cchc(*arguments: str, stdout: int, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cchc_office", *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )


@pytest.mark.skipif(not _FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_full_device_is_told_and_the_papers_are_made(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    with _FULL.open("wb") as full:
        done = _cchc(
            "cong-van", str(EXAMPLE), "-o", str(tmp_path / "ra"), *more,
            stdout=full.fileno(), folder=tmp_path,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") <= 2
    assert "đĩa đã đầy" in done.stderr
    assert len(list((tmp_path / "ra" / "cong-van").glob("*.docx"))) == 8


def test_whoever_stops_reading_stops_nothing(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _cchc("kiem-tra", str(EXAMPLE), stdout=writing, folder=tmp_path)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def _in_c_locale(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "cchc_office", *arguments],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        cwd=folder,
        check=False,
    )


def test_vietnamese_paths_are_read_and_shown_in_the_c_locale(tmp_path: Path) -> None:
    folder = tmp_path / "đợt 2024"
    shutil.copytree(EXAMPLE, folder)
    made = _in_c_locale("cong-van", str(folder), "-o", str(folder / "kết quả"), folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, b"")
    assert len(list((folder / "kết quả" / "cong-van").glob("*.docx"))) == 8
    done = _in_c_locale("kiem-tra", str(folder), "--json", folder=tmp_path)
    shown = json.loads(done.stdout.decode("utf-8"))
    assert "đợt 2024" in shown["tep_doc"][0]["tep"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_of_bytes_that_are_no_letters_is_shown(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/dot\xff"
    shutil.copytree(EXAMPLE, os.fsdecode(folder))
    for more in ((), ("--json",)):
        done = subprocess.run(
            [sys.executable, "-m", "cchc_office", "kiem-tra", folder, *more],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        done.stdout.decode("utf-8")
