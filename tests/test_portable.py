"""The folder that starts by a double-click: unpacked and started here, its Windows twin read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

from .conftest import ROOT
from .sheets import campaign_file

sys.path.insert(0, str(ROOT / "tools"))

from portable import folder as portable_folder
from portable.brought_python import PythonSource, bring_python
from portable.folder import make_folder, pack
from portable.platforms import LINUX, PYTHON_VERSIONS, WINDOWS, Platform
from portable.wheels import BuildError, run_uv

pytestmark = pytest.mark.slow

VERSION = version("cchc-office")
PREPARING = "Đang chuẩn bị CCHC cho lần mở đầu tiên trên máy này"
LONGEST_PATH = 259
"""What Windows takes where long paths are not allowed, without the end."""

ONE_SYSTEM_ONLY = {"colorama", "jeepney", "pywin32-ctypes", "secretstorage"}
"""What belongs to one system: its colours, its store of passwords."""

OFFLINE = ["unshare", "-n"] if os.geteuid() == 0 and shutil.which("unshare") else []
"""Without any network, the loopback too, where one may ask for that."""


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no wheel can be brought."""
    words = ("tool", "run", "pip", "download", "-q", "--no-deps", "--no-cache-dir", "click", "-d")
    try:
        run_uv(*words, tmp_path_factory.mktemp("registry"))
    except BuildError:
        pytest.skip("no package index can be reached from here; .ci/run has one")


def test_without_a_network_it_is_said_how_a_python_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uv = tmp_path / "uv"
    uv.write_text(
        "#!/bin/sh\necho 'error: Failed to install cpython' >&2\n"
        "echo '  cause: error sending request for url (https://github.example/)' >&2\nexit 1\n"
    )
    uv.chmod(0o755)
    monkeypatch.setenv("UV", str(uv))
    with pytest.raises(BuildError) as told:
        bring_python(PythonSource(), LINUX, "3.13", tmp_path / "python", tmp_path)
    assert "không vào được github.com" in str(told.value)
    assert "tools/make_portable.py linux --with-python TỆP" in str(told.value)
    assert "error" not in str(told.value)
    with pytest.raises(BuildError, match="Kiểm tra mạng, proxy của cơ quan"):
        run_uv("tool", "run", "pip", "download", "click")


def folder_of(platform: Platform, to: Path, *, python: PythonSource | None = None) -> Path:
    scratch = to / "scratch"
    scratch.mkdir()
    return make_folder(platform, ROOT, to, scratch, python=python)


@pytest.fixture(scope="session")
def linux(registry: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for Linux, from its archive."""
    made = tmp_path_factory.mktemp("linux")
    archive = pack(folder_of(LINUX, made), made / LINUX.archive)
    unpacked = made / "Thư mục của tôi"
    unpacked.mkdir()
    with tarfile.open(archive) as opened:
        opened.extractall(unpacked, filter="data")
    return unpacked / "CCHC"


@pytest.fixture(scope="session")
def windows(registry: None, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The archive for Windows."""
    made = tmp_path_factory.mktemp("windows")
    return zipfile.ZipFile(pack(folder_of(WINDOWS, made), made / WINDOWS.archive))


@dataclass(frozen=True)
class Account:
    """An account in which nothing was ever done."""

    home: Path
    path: str = "/usr/bin:/bin"

    def command(self, *words: str | Path, **variables: str) -> list[str]:
        settings = {"HOME": str(self.home), "PATH": self.path} | variables
        return ["env", "-i", *(f"{k}={v}" for k, v in settings.items()), *map(str, words)]

    def start(self, folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*OFFLINE, *self.command(folder / "CCHC.sh", *words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=self.home,
        )

    @property
    def own(self) -> Path:
        return self.home / ".local" / "share" / "cchc"

    @property
    def environment(self) -> Path:
        (found,) = self.own.glob("*/env")
        return found


@pytest.fixture
def account(tmp_path: Path) -> Account:
    home = tmp_path / "Nguyễn Văn"
    home.mkdir()
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink", "cat", "env"):
        (tools / name).symlink_to(shutil.which(name) or "")
    python = Path(os.path.realpath(sys.executable))
    (tools / f"python3.{sys.version_info.minor}").symlink_to(python)
    return Account(home, path=str(tools))


def without_python(account: Account) -> Account:
    for found in Path(account.path).glob("python*"):
        found.unlink()
    return account


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


def test_it_starts_in_an_empty_account_without_a_network(linux: Path, account: Account) -> None:
    before = state_of(linux)
    first = account.start(linux, "--version")
    assert (first.stdout, first.returncode) == (f"cchc {VERSION}\n", 0)
    assert first.stderr.count(PREPARING) == 1
    second = account.start(linux, "--version")
    assert (second.stdout, second.stderr, second.returncode) == (f"cchc {VERSION}\n", "", 0)
    assert state_of(linux) == before
    assert [p.name for p in account.home.iterdir()] == [".local"]


def test_two_first_starts_at_once_make_one_environment(linux: Path, account: Account) -> None:
    words = [*OFFLINE, *account.command(linux / "CCHC.sh", "--version")]
    starts = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert {start.communicate()[0] for start in starts} == {f"cchc {VERSION}\n"}
    log = (account.own / "nhat-ky.txt").read_text(encoding="utf-8")
    assert log.count("Creating virtual environment") == 1


def test_where_there_is_no_python_it_says_what_to_get(linux: Path, account: Account) -> None:
    started = without_python(account).start(linux, "--version")
    assert started.returncode == 4
    assert "Python 3.11 đến 3.14, bản 64-bit" in started.stderr
    assert "python.org" in started.stderr
    assert "người phụ trách máy tính" in started.stderr
    assert not list(account.own.glob("*/env"))


def test_a_python_that_went_away_is_replaced(linux: Path, account: Account) -> None:
    account.start(linux, "--version")
    python = account.environment / "bin" / "python"
    python.unlink()
    python.symlink_to(account.home / "gone")
    again = account.start(linux, "--version")
    assert (again.stdout, again.stderr.count(PREPARING)) == (f"cchc {VERSION}\n", 1)


def test_a_damaged_folder_is_told_and_not_used(
    linux: Path, account: Account, tmp_path: Path
) -> None:
    copy = tmp_path / "USB"
    shutil.copytree(linux, copy)
    (wheel,) = (copy / "app" / "wheels").glob("click-*.whl")
    wheel.write_bytes(wheel.read_bytes()[:-7])
    started = account.start(copy, "--version")
    assert started.returncode == 3
    assert "giải nén lại" in started.stderr.lower()
    assert str(account.own / "nhat-ky.txt") in started.stderr
    assert "Traceback" not in started.stderr
    assert "error:" not in started.stderr
    assert account.start(linux, "--version").returncode == 0


def test_a_python_that_came_along_serves_and_may_go(account: Account, tmp_path: Path) -> None:
    home = tmp_path / "python"
    name = f"python3.{sys.version_info.minor}"
    shutil.copytree(
        Path(sys.base_prefix) / "lib" / name,
        home / "lib" / name,
        ignore=shutil.ignore_patterns("site-packages", "test", "__pycache__", "config-*"),
    )
    (home / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), home / "bin" / name)
    (home / "bin" / "python3").symlink_to(name)
    archive = tmp_path / "install_only.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        packed.add(home, "python")
    made = tmp_path / "made"
    made.mkdir()
    folder = folder_of(LINUX, made, python=PythonSource(archive))
    tags = {
        tag.interpreter for wheel in wheels_of(folder) for tag in parse_wheel_filename(wheel)[3]
    }
    other = {f"cp{v.replace('.', '')}" for v in PYTHON_VERSIONS} - {name.replace("python3.", "cp3")}
    assert tags.isdisjoint(other - {"cp311"})  # which stands for all later ones in some
    before = state_of(folder)
    started = without_python(account).start(folder, "--version")
    assert (started.stdout, started.returncode) == (f"cchc {VERSION}\n", 0)
    assert state_of(folder) == before
    shutil.rmtree(folder / "app" / "python")
    assert account.start(folder, "--version").stdout == f"cchc {VERSION}\n"


PAGE = """
import fcntl, http.cookiejar, json, os, pathlib, signal, socket, struct, subprocess, sys
import urllib.request
told, state, *command = sys.argv[1:]
if os.geteuid() == 0:  # in a network of its own the loopback is down at first
    fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh22x", b"lo", 1))
first, second = (subprocess.Popen(command) for _ in range(2))  # an impatient double-click
assert first.wait() == second.wait() == 0
subprocess.run(command, check=True)
addresses = pathlib.Path(told).read_text().split()
for address in addresses:
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    proxies = urllib.request.ProxyHandler({})
    page = urllib.request.build_opener(proxies, cookies).open(address, timeout=30)
    print(json.dumps([page.status, page.url, page.read().decode()]))
os.kill(json.loads(pathlib.Path(state).read_text())["tien_trinh"], signal.SIGTERM)
"""


def test_a_campaign_dropped_on_it_opens_in_the_browser_once(
    linux: Path, account: Account, tmp_path: Path
) -> None:
    campaign = campaign_file(tmp_path / "Đợt chấm & 2025").parent
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >>"{told}"\n', encoding="utf-8")
    browser.chmod(0o755)
    state = account.home / ".local" / "state" / "cchc" / "trang.json"
    command = account.command(linux / "CCHC.sh", campaign, BROWSER=f"{browser} %s")
    done = subprocess.run(
        [*OFFLINE, sys.executable, "-c", PAGE, told, state, *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(status, "Sở Thử Nghiệm" in text) for status, _, text in pages] == [(200, True)] * 3
    assert len({url.split("/")[2] for _, url, _ in pages}) == 1


def test_a_page_that_cannot_start_is_told_and_prepared_again(linux: Path, account: Account) -> None:
    account.start(linux, "--version")
    (packages,) = account.environment.glob("lib/python*/site-packages")
    shutil.rmtree(packages / "cchc_office")
    started = account.start(linux)
    assert started.returncode == 3
    assert "Chưa mở được trang CCHC" in started.stderr
    assert "mở lại lần nữa" in started.stderr
    assert "Traceback" not in started.stderr
    assert account.start(linux, "--version").stdout == f"cchc {VERSION}\n"


def listed(text: str) -> dict[Requirement, set[str]]:
    """What is installed, each with the hashes of its wheels."""
    lines = text.replace(" \\\n    ", " ").splitlines()
    return {
        Requirement(line.partition(" --hash")[0]): set(re.findall(r"sha256:(\w{64})", line))
        for line in lines
    }


def wheels_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "app" / "wheels").iterdir())


def text_in(windows: zipfile.ZipFile, name: str, encoding: str = "utf-8") -> str:
    return windows.read(f"CCHC/{name}").decode(encoding)


def names_in(windows: zipfile.ZipFile) -> list[str]:
    return [name.removeprefix("CCHC/") for name in windows.namelist()]


def pins(requirements: dict[Requirement, set[str]]) -> set[str]:
    return {f"{r.name}{r.specifier}" for r in requirements if r.name not in ONE_SYSTEM_ONLY}


def test_windows_gets_what_linux_gets_in_the_same_versions(
    linux: Path, windows: zipfile.ZipFile
) -> None:
    here = listed((linux / "app" / "requirements.txt").read_text(encoding="utf-8"))
    there = listed(text_in(windows, "app/requirements.txt"))
    assert pins(here) == pins(there)
    assert len(pins(there)) > 25
    assert {"uvicorn", "starlette", "python-multipart", "jinja2"} <= {r.name for r in there}


@pytest.fixture(scope="session")
def unpacked(windows: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("unpacked")
    windows.extractall(to)
    return to / "CCHC" / "app"


@pytest.mark.parametrize("python", PYTHON_VERSIONS)
def test_each_python_on_windows_gets_everything(
    unpacked: Path, tmp_path: Path, python: str
) -> None:
    """With the dependencies looked up, which `start.py` need not."""
    run_uv(
        *("pip", "install", "--offline", "--no-config", "--cache-dir", unpacked.parent / "cache"),
        *("--no-index", "--find-links", unpacked / "wheels", "--no-build", "--require-hashes"),
        *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", python),
        *("--target", tmp_path, "--requirement", unpacked / "requirements.txt"),
    )
    compiled = {path.name for path in tmp_path.rglob("*.pyd")}
    assert f"_imaging.cp{python.replace('.', '')}-win_amd64.pyd" in compiled
    assert not list(tmp_path.rglob("*.so"))
    assert {"cchc_office", "uvicorn", "win32ctypes"} <= {path.name for path in tmp_path.iterdir()}


def test_every_wheel_is_on_the_list_by_its_hash(windows: zipfile.ZipFile) -> None:
    lists = listed(text_in(windows, "app/requirements.txt")).values()
    names = [name for name in windows.namelist() if name.endswith(".whl")]
    assert len(names) > 35
    hashes = {hashlib.sha256(windows.read(name)).hexdigest() for name in names}
    assert hashes == set().union(*lists)


def test_the_files_of_the_windows_folder_are_these(linux: Path, windows: zipfile.ZipFile) -> None:
    names = [n for n in names_in(windows) if not n.startswith(("app/wheels/", "HUONG-DAN/"))]
    assert sorted(names) == [
        "CCHC.bat",
        "CCHC.vbs",
        "DOC-TRUOC.txt",
        "app/CHUA-CO-PYTHON.txt",
        "app/LICENSE.txt",
        "app/requirements.txt",
        "app/start.py",
        "app/uv-LICENSE-APACHE.txt",
        "app/uv-LICENSE-MIT.txt",
        "app/uv.exe",
    ]
    assert windows.read("CCHC/app/start.py") == (linux / "app" / "start.py").read_bytes()
    executable = windows.read("CCHC/app/uv.exe")
    header = int.from_bytes(executable[0x3C:0x40], "little")
    assert executable[:2] == b"MZ"
    assert executable[header : header + 6] == b"PE\0\0\x64\x86"


def test_the_manual_comes_along_and_is_read_without_a_network(linux: Path) -> None:
    manual = linux / "HUONG-DAN"
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {path.stem for path in manual.glob("*.html")} == pages
    pictures = {path.name for path in (ROOT / "docs" / "hinh").iterdir()}
    assert {path.name for path in (manual / "hinh").iterdir()} == pictures
    for page in manual.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img|iframe)[^>]* src=[\"']?(?:https?:)?//", text)
        assert not re.findall(r"<link[^>]* rel=[\"']?(?:stylesheet|icon)[^>]*//", text)
    assert "HUONG-DAN" in (linux / "DOC-TRUOC.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "mark", "encoding"),
    [
        ("CCHC.vbs", b"\xff\xfe", "utf-16"),
        ("CCHC.bat", b"@echo off", "ascii"),
        ("DOC-TRUOC.txt", b"\xef\xbb\xbf", "utf-8-sig"),
        ("app/CHUA-CO-PYTHON.txt", b"\xef\xbb\xbf", "utf-8-sig"),
    ],
)
def test_what_windows_reads_is_written_as_it_reads(
    windows: zipfile.ZipFile, name: str, mark: bytes, encoding: str
) -> None:
    assert windows.read(f"CCHC/{name}").startswith(mark)
    text = text_in(windows, name, encoding)
    assert text.count("\r\n") == text.count("\n") == text.count("\r") > 10
    assert not re.search(r"@[A-Z_]+@", text)
    if name.endswith(".txt"):
        assert max(map(len, text.splitlines())) <= 105


def test_the_script_of_windows_is_whole(windows: zipfile.ZipFile) -> None:
    script = text_in(windows, "CCHC.vbs", "utf-16")
    assert "Máy này chưa có Python 3.11 đến 3.14 (bản 64-bit, tải từ python.org)" in script
    assert not set("“”‘’") & set(script)
    code = [line.strip() for line in script.splitlines() if not line.strip().startswith("'")]
    assert all(line.count('"') % 2 == 0 for line in code)
    assert "Option Explicit" in code
    for word in ("Sub", "Function"):
        begun = [line for line in code if line.startswith(f"{word} ")]
        assert len(begun) == code.count(f"End {word}") > 2
    defined = set(re.findall(r"^(?:Sub|Function) (\w+)", script, re.MULTILINE))
    assert {"Main", "Prepare", "OpenPage", "Pythons", "Run", "Quoted", "Leave"} <= defined
    assert 'own & "\\env\\Scripts\\python.exe"' in script
    assert [f"cpython-{v}-windows-x86_64-none" for v in PYTHON_VERSIONS] == re.findall(
        r"cpython-[^\"]+", script
    )


def test_the_batch_file_goes_nowhere_but_to_its_labels(windows: zipfile.ZipFile) -> None:
    batch = text_in(windows, "CCHC.bat", "ascii")
    labels = set(re.findall(r"^:(\w+)", batch, re.MULTILINE))
    asked = set(re.findall(r"(?:goto |call :)(\w+)", batch))
    assert asked == labels
    (stamp_vbs,) = re.findall(rf'"\\({VERSION}-\w+)"', text_in(windows, "CCHC.vbs", "utf-16"))
    assert f'set "OWN=%BASE%\\{stamp_vbs}"' in batch


def test_no_path_is_too_long_for_windows(windows: zipfile.ZipFile) -> None:
    own = rf"C:\Users\{'n' * 20}\AppData\Local\cchc\{VERSION}-12345678\env\Lib\site-packages"
    for name in windows.namelist():
        assert name.isascii()
        assert len(rf"D:\{'n' * 100}" + name) <= LONGEST_PATH
        if name.endswith(".whl"):
            with windows.open(name) as file, zipfile.ZipFile(file) as wheel:
                assert all(len(f"{own}\\{inner}") <= LONGEST_PATH for inner in wheel.namelist())


def test_the_same_folder_gives_the_same_archive(tmp_path: Path) -> None:
    folder = tmp_path / "CCHC"
    (folder / "app").mkdir(parents=True)
    run = folder / "CCHC.sh"
    run.write_text("#!/bin/sh\n", encoding="utf-8")
    run.chmod(0o755)
    (folder / "app" / "link").symlink_to("../CCHC.sh")
    for name in (WINDOWS.archive, LINUX.archive):
        first = pack(folder, tmp_path / name).read_bytes()
        os.utime(run, (time.time() - 9999, time.time() - 9999))
        assert pack(folder, tmp_path / name).read_bytes() == first
    with tarfile.open(tmp_path / LINUX.archive) as opened:
        assert opened.getmember("CCHC/CCHC.sh").mode == 0o755
        assert opened.getmember("CCHC/app/link").issym()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(Path(portable_folder.__file__).parent / "in_folder")
    yield __import__("start")
    sys.modules.pop("start")


def test_a_python_from_the_store_is_not_taken(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it writes into the user's folder, Windows shows to no other program."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\Python.3.13_x64")
    assert start.main(["prepare", str(tmp_path / "cchc" / "0.1")]) == 4
    monkeypatch.setattr(sys, "base_prefix", r"C:\Users\n\AppData\Local\Programs\Python\Python313")
    assert not start.is_virtual()


def test_environments_that_nobody_started_for_long_are_removed(
    start: ModuleType, tmp_path: Path
) -> None:
    for name, days in (("old", 61), ("lately", 59), ("ours", 90)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "xong.txt").touch()
        then = time.time() - days * 24 * 3600
        os.utime(tmp_path / name / "xong.txt", (then, then))
    (tmp_path / "gan-day.json").touch()
    start._remove_unused(tmp_path / "ours")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["gan-day.json", "lately", "ours"]


def test_a_desktop_entry_finds_its_folder(tmp_path: Path) -> None:
    """The words of `Exec` after both layers of quoting, as the standard describes them."""
    entry = (ROOT / "tools" / "portable" / "in_folder" / "CCHC.desktop").read_text(encoding="utf-8")
    value = entry.partition("\nExec=")[2].partition("\n")[0].replace("\\\\", "\\")
    script = re.findall(r'"((?:[^"\\]|\\.)*)"', value)[0]
    script = re.sub(r"\\(.)", r"\1", script)
    home = tmp_path / "Thư mục của tôi"
    home.mkdir()
    (home / "CCHC.sh").write_text('#!/bin/sh\nprintf "%s|" "$@"\n', encoding="utf-8")
    (home / "CCHC.sh").chmod(0o755)
    words = ["sh", "-c", script, str(home / "CCHC.desktop"), "/đợt 1"]
    assert subprocess.check_output(words, text=True, encoding="utf-8") == "/đợt 1|"
