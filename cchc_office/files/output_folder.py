"""The output folder: its papers appear whole or not at all, and never over a person's edits.

The output folder keeps a small record (`.cchc-da-ghi.json`) of the content that was written under
each name, and of what each content was made from. A file that differs from its record was changed
by a person: it is kept, and the new one is written beside it. A file that is no longer needed and
was not changed moves to `luu-cu/`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from itertools import chain, count
from pathlib import Path, PurePosixPath

from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.errors import CchcError, NotSeenError, reason_of
from cchc_office.files.being_there import is_there
from cchc_office.files.folders import is_file_there
from cchc_office.files.last_run import LAST_RUN_FOLDER, LastRun, Replaced
from cchc_office.files.whole_writing import move_patiently, patiently, write_whole
from cchc_office.text.command_line import advised

RECORD_NAME = ".cchc-da-ghi.json"
ARCHIVE_FOLDER = "luu-cu"

_LONGEST_PATH = 259  # MAX_PATH of Windows, which counts the end of the text too

_RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def is_safe_name(name: str, longest: int = 30) -> bool:
    """Tell whether `name` can be (part of) a file name on every system.

    Plain letters, digits, hyphen and underscore, and no device name of Windows.
    """
    return 0 < len(name) <= longest and set(name) <= _SAFE and name.lower() not in _RESERVED


class Fate(Enum):
    """What became of a file that a command had to write."""

    NEW = "mới"
    CHANGED = "cập nhật"
    SAME = "không đổi"
    BESIDE = "ghi bên cạnh"


@dataclass(frozen=True)
class Written:
    """A file written: its path, and what became of it."""

    path: Path
    fate: Fate


@dataclass(frozen=True)
class Outcome:
    """What a step wrote into which folder, and what there is to know of it."""

    folder: str
    written: tuple[Written, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A file to write: its place below the output folder ("cong-van/X.docx") and its content.

    `made_from` stands for what it was made from, where somebody will ask.
    """

    name: str
    content: bytes
    made_from: str = ""


class OutputFolder:
    """The folder that commands write to, with its record of what they wrote."""

    def __init__(self, path: Path) -> None:
        """Open the folder at `path`; it is made when something is first written."""
        self.path = path
        self._owner = ""
        self._record: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._made_from: dict[str, str] = {}
        self._pending: dict[str, str] = {}
        self._interrupted: dict[str, str] = {}
        self._last_run = LastRun()
        self._kept_own: set[str] = set()
        self._is_saved = True
        self._unread: OSError | None = None
        self._is_known = self._read_record()
        self._earlier = tuple(self._record)

    def claim(self, campaign: str) -> None:
        """Keep the folder for one campaign; raises CchcError where it holds another's papers.

        Raises NotSeenError where it cannot be told what it holds.
        """
        if self._unread:
            raise NotSeenError(
                f"Không đọc được {self.path / RECORD_NAME} ({reason_of(self._unread)}), nên chưa "
                "biết ở đó đang có kết quả của đợt nào. Xin quyền mở tệp đó; trên "
                "dòng lệnh còn chọn được thư mục khác bằng -o."
            )
        self._owner = self._owner or campaign
        if self._owner != campaign:
            raise CchcError(
                f"Thư mục {self.path} đang có kết quả của đợt {self._owner}, nên không ghi đợt "
                f"{campaign} vào đó. Đổi tên thư mục đó rồi làm lại; trên dòng lệnh còn chọn được "
                f"thư mục khác, ví dụ: -o {self.path / campaign}"
            )

    def write_folder(self, folder: str, papers: list[Paper], keep: Iterable[str] = ()) -> Outcome:
        """Write all papers of a folder, and move away what earlier runs wrote there besides.

        Each paper appears whole or not at all. What is no longer needed goes to the archive, but
        for what is named in `keep`; files that a person changed stay where they are. Raises
        CchcError where writing fails.
        """
        written: list[Written] = []
        findings: list[Finding] = []
        with self._recorded():
            self._announce(papers)
            for paper in papers:
                done, finding = self._write_one(paper)
                written.append(done)
                findings += [finding] if finding else []
            findings += self._retire(folder, {*keep, *(paper.name for paper in papers)})
        return Outcome(
            folder, tuple(written), (*findings, *self._too_long(papers), *self._unsaved())
        )

    def papers_of(self, campaign: str) -> tuple[str, ...]:
        """Return the names of what earlier runs wrote into the folder for a campaign."""
        return self._earlier if self._owner == campaign else ()

    def written_digest(self, name: str) -> str | None:
        """Return the digest of what was last written under `name`, None where nothing was."""
        return self._record.get(name)

    def is_edited(self, name: str) -> bool:
        """Tell whether a file is not what was written here; no where it cannot be read."""
        with suppress(OSError):
            return digest_of((self.path / name).read_bytes()) != self.written_digest(name)
        return False

    def new_version_of(self, name: str) -> str:
        """Return the version that was last written beside an edited file, "" for none."""
        if not self.is_edited(name):
            return ""
        beside = [n for n in self._record if _is_beside(n, name) and is_file_there(self.path / n)]
        own = [n for n in beside if not self.is_edited(n)]
        return max(own, key=lambda n: (len(n), n), default="")

    def keep_own(self, name: str) -> str:
        """Let an edited file stand for what the version beside it says; return where that goes.

        It goes to the archive, and none is written again as long as it would be made of the same.
        Raises KeyError where there is none, CchcError where it cannot be moved.
        """
        beside = self.new_version_of(name)
        with self._recorded():
            digest = self._record[beside]
            archived = self._archive(beside)
            self._record[name] = digest
            self._kept_own.add(name)
        return archived

    def take_new(self, name: str) -> str:
        """Let the version beside an edited file take its place; return where the edited one goes.

        Raises KeyError where there is none, CchcError where a file cannot be moved.
        """
        beside = self.new_version_of(name)
        with self._recorded():
            digest = self._record[beside]
            archived = self._archive(name)
            move_patiently(self.path / beside, self.path / name)
            del self._record[beside]
            self._record[name] = digest
            self._kept_own.discard(name)
        return archived

    def _archive(self, name: str) -> str:
        """Move a file to where no other one is in the archive; return its place there."""
        place = next(
            p for p in _numbered(f"{ARCHIVE_FOLDER}/{name}") if not is_there(self.path / p)
        )
        (self.path / place).parent.mkdir(parents=True, exist_ok=True)
        move_patiently(self.path / name, self.path / place)
        self._record.pop(name, None)
        return place

    def made_from(self, digest: str | None) -> str:
        """Return what content of this digest was made from, "" where nothing tells."""
        return self._made_from.get(digest or "", "")

    def copied_digest(self, copy: str) -> str | None:
        """Return the digest of the content that `copy` was made of, None where nothing tells."""
        return self._sources.get(copy)

    def lacks_copy(self, source: Path, copy: str) -> bool:
        """Tell whether `copy` (the PDF of `source`) is missing or was made of other content."""
        there = is_file_there(self.path / copy)
        return not there or self._sources.get(copy) != digest_of(source.read_bytes())

    def write_copy(self, paper: Paper, source: Path) -> tuple[Written, Finding | None]:
        """Write a paper that was made of another one, and remember of which content.

        Raises CchcError where writing fails.
        """
        with self._recorded():
            done, finding = self._write_one(paper)
            name = done.path.relative_to(self.path).as_posix()
            self._sources[name] = digest_of(source.read_bytes())
        return done, finding or next(iter(self._unsaved()), None)

    @property
    def replaced(self) -> tuple[str, ...]:
        """The names of what the last run replaced or moved away, and can be had back."""
        return tuple(sorted(self._last_run.replaced))

    def take_back(self) -> list[Outcome]:
        """Put back what the last run replaced, folder by folder; doing it again undoes that.

        Files that a person changed since stay. Raises CchcError where writing fails.
        """
        by_folder: dict[str, list[tuple[Written | None, Finding | None]]] = {}
        with self._recorded():
            replaced, self._last_run = self._last_run.replaced, LastRun()
            for name, kept in sorted(replaced.items()):
                folder = PurePosixPath(name).parent.as_posix()
                by_folder.setdefault(folder, []).append(self._take_back_one(name, kept))
        return [
            Outcome(folder, tuple(w for w, _ in done if w), tuple(f for _, f in done if f))
            for folder, done in by_folder.items()
        ]

    def _take_back_one(self, name: str, kept: Replaced) -> tuple[Written | None, Finding | None]:
        target, place = self.path / name, self.path / kept.place
        content = place.read_bytes() if is_file_there(place) else b""
        present = target.read_bytes() if is_file_there(target) else None
        before, since = (_made(path) for path in (place, target))
        is_ours = present is None or digest_of(present) == self._record.get(name)
        if digest_of(content) != kept.digest or not is_ours:
            return None, Finding(Code.FILE_NOT_TAKEN_BACK, file=name, found=kept.place)
        made_of = self._sources.pop(name, "")
        self._put(name, content, kept.digest)
        _say_made(target, before)
        if kept.source:
            self._sources[name] = kept.source
        if present is None:
            place.unlink(missing_ok=True)
            return Written(target, Fate.NEW), None
        beside = f"{LAST_RUN_FOLDER}/{name}"
        write_whole(self.path / beside, present)
        _say_made(self.path / beside, since)
        now = Replaced(beside, digest_of(present), made_of)
        self._last_run.note(self.path, name, now)
        return Written(target, Fate.CHANGED), None

    def _unsaved(self) -> list[Finding]:
        """Tell that the record is not what it should be, where nobody let us write it."""
        if self._is_saved:
            return []
        return [Finding(Code.RECORD_NOT_SAVED, RECORD_NAME)]

    def _too_long(self, papers: list[Paper]) -> list[Finding]:
        """Tell of the paper with the longest path, where Windows cannot open it."""
        lengths = {len(str((self.path / paper.name).absolute())): paper for paper in papers}
        longest = max(lengths, default=0)
        if longest <= _LONGEST_PATH:
            return []
        name, limit = lengths[longest].name, str(_LONGEST_PATH)
        return [Finding(Code.PATH_TOO_LONG, name, found=str(longest), expected=limit)]

    def _announce(self, papers: list[Paper]) -> None:
        """Record what is about to be written, so that a kill in between blames nobody."""
        self._pending = {p.name: digest_of(p.content) for p in papers}
        self._made_from |= {digest_of(p.content): p.made_from for p in papers if p.made_from}
        if any(self._record.get(name) != digest for name, digest in self._pending.items()):
            self._save_record()

    @contextmanager
    def _recorded(self) -> Iterator[None]:
        """Save the record after writing, also where writing fails; explain why it fails."""
        try:
            try:
                if self._unread:
                    raise self._unread
                yield
                self._pending = {}
            finally:
                self._save_record()
        except OSError as error:
            raise CchcError(
                f"Không ghi được vào thư mục {self.path}: {reason_of(error)}. "
                "Kiểm tra quyền ghi và dung lượng ổ đĩa; trên dòng lệnh còn chọn được thư mục "
                "khác bằng -o."
            ) from error

    def _retire(self, folder: str, kept: set[str]) -> list[Finding]:
        ours = (n for n in self._record if PurePosixPath(n).parent.as_posix() == folder)
        outdated = [
            name
            for name in sorted(ours)
            if name not in kept
            and not any(_is_beside(name, k) for k in kept)
            and not self._is_current_copy(name)
        ]
        return [finding for name in outdated if (finding := self._retire_one(name, kept))]

    def _is_current_copy(self, name: str) -> bool:
        """Tell whether a file was made of the present content of a paper beside it."""
        path = PurePosixPath(name)
        stem = path.with_suffix("").as_posix()
        digests = {self._record.get(f"{stem}{ending}") for ending in (".docx", ".xlsx")}
        return path.suffix == ".pdf" and self._sources.get(name) in digests - {None}

    def _write_one(self, paper: Paper) -> tuple[Written, Finding | None]:
        digest = digest_of(paper.content)
        target = self.path / paper.name
        if not is_there(target):
            self._put(paper.name, paper.content, digest)
            return Written(target, Fate.NEW), None
        content, made = patiently(target.read_bytes), target.stat().st_mtime_ns
        present = digest_of(content)
        if present == digest:
            self._record[paper.name] = digest
            return Written(target, Fate.SAME), None
        if present not in (self._record.get(paper.name), self._interrupted.get(paper.name)):
            if self._stands(paper, digest):
                return Written(target, Fate.SAME), None
            return self._write_beside(paper, digest, Code.FILE_KEPT)
        try:
            self._put(paper.name, paper.content, digest)
        except PermissionError:
            return self._write_beside(paper, digest, Code.FILE_IN_USE)
        self._keep(paper.name, content, present, made)
        return Written(target, Fate.CHANGED), None

    def _stands(self, paper: Paper, digest: str) -> bool:
        """Tell whether a person's file was preferred to what would be written beside it now."""
        known = self._record.get(paper.name, "")
        made_from = self.made_from(known)
        is_same = known == digest or bool(
            paper.made_from and made_from and made_from.startswith(paper.made_from)
        )
        return paper.name in self._kept_own and is_same

    def _keep(self, name: str, content: bytes, digest: str, made: int) -> None:
        """Keep what was written over, until the next run that does; no paper waits for that.

        Its time stays `made`: it is no newer for being kept, nor for being had back.
        """
        place = f"{LAST_RUN_FOLDER}/{name}"
        source = self._sources.get(name, "")
        with suppress(OSError):
            write_whole(self.path / place, content)
            _say_made(self.path / place, made)
            self._last_run.note(self.path, name, Replaced(place, digest, source))

    def _write_beside(
        self, paper: Paper, digest: str, code: FindingCode
    ) -> tuple[Written, Finding]:
        for beside in _numbered(paper.name, "ban moi"):
            target = self.path / beside
            present = digest_of(target.read_bytes()) if is_there(target) else None
            if present == digest:
                break
            if present in (None, self._record.get(beside)):
                self._put(beside, paper.content, digest)
                break
        self._record[beside] = digest
        choose = advised("chon-ban")
        finding = Finding(code, file=paper.name, found=beside, expected=choose)
        return Written(target, Fate.BESIDE), finding

    def _retire_one(self, name: str, kept: set[str]) -> Finding | None:
        source = self.path / name
        digest = self._record[name]
        made_of = self._sources.pop(name, "")
        if not is_there(source):
            del self._record[name]
            return None
        content = source.read_bytes()
        if digest_of(content) != digest:
            return Finding(Code.FILE_OUTDATED_KEPT, file=name)
        for archived in _numbered(f"{ARCHIVE_FOLDER}/{name}"):
            place = self.path / archived
            if not is_there(place) or place.read_bytes() == content:
                break
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            move_patiently(source, place)
        except PermissionError:
            return Finding(Code.FILE_OUTDATED_KEPT, file=name)
        del self._record[name]
        self._last_run.note(self.path, name, Replaced(archived, digest, made_of))
        of_kept = PurePosixPath(name).with_suffix("").as_posix()
        is_copy = any(PurePosixPath(k).with_suffix("").as_posix() == of_kept for k in kept)
        code = Code.PDF_OUTDATED if is_copy else Code.FILE_OUTDATED
        return Finding(code, file=name, found=archived)

    def _put(self, name: str, content: bytes, digest: str) -> None:
        write_whole(self.path / name, content)
        self._record[name] = digest

    def _read_record(self) -> bool:
        """Read the record; False where there is one that nobody let us read."""
        try:
            record = json.loads(patiently((self.path / RECORD_NAME).read_bytes))
        except PermissionError:
            self._is_saved = False
            return False
        except (FileNotFoundError, ValueError):
            return True
        except OSError as error:
            self._unread = error
            return False
        if isinstance(record, dict):
            self._owner = str(record.get("dot", ""))
            self._record = _texts(record.get("tep"))
            self._sources = _texts(record.get("nguon"))
            self._made_from = _texts(record.get("lam-tu"))
            self._interrupted = _texts(record.get("dang-ghi"))
            self._last_run = LastRun.read(record.get("lan-truoc"))
            self._kept_own = set(_texts(record.get("giu-ban-sua")))
        return True

    def _save_record(self) -> None:
        # One that could not be read knows more than we do.
        if not self._is_known or (not self._record and not self.path.exists()):
            return
        known = {*self._record.values(), *self._pending.values(), *self._last_run.digests()}
        made_from = {digest: told for digest, told in self._made_from.items() if digest in known}
        whole: dict[str, object] = {"dot": self._owner, "tep": self._record, "nguon": self._sources}
        whole |= {"lam-tu": made_from} if made_from else {}
        if kept := self._kept_own & self._record.keys():
            whole["giu-ban-sua"] = {name: self._record[name] for name in sorted(kept)}
        if replaced := self._last_run.as_json():
            whole["lan-truoc"] = replaced
        if self._pending:
            whole["dang-ghi"] = self._pending
        text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        path, content = self.path / RECORD_NAME, text.encode("utf-8")
        try:
            if not path.exists() or patiently(path.read_bytes) != content:
                write_whole(path, content)
            self._is_saved = True
        except PermissionError:
            self._is_saved = False


def _texts(found: object) -> dict[str, str]:
    """Return what of a record's part is as we write it: texts by names."""
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(k, str) and isinstance(v, str)}


def digest_of(content: bytes) -> str:
    """Return what a file's content is known by: its SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _numbered(name: str, word: str = "") -> Iterator[str]:
    """Yield a name with a word in brackets, if there is one, then with 2, 3 and so on."""
    path = PurePosixPath(name)
    for remark in chain([word], (f"{word} {number}".strip() for number in count(2))):
        in_brackets = f" ({remark})" if remark else ""
        yield path.with_name(f"{path.stem}{in_brackets}{path.suffix}").as_posix()


def _made(path: Path) -> int:
    """Return when a file was written, in nanoseconds; 0 for one that is not there."""
    return path.stat().st_mtime_ns if is_file_there(path) else 0


def _say_made(path: Path, made: int) -> None:
    with suppress(OSError):
        os.utime(path, ns=(made, made))


def _is_beside(name: str, of: str) -> bool:
    path, other = PurePosixPath(name), PurePosixPath(of)
    return path.suffix == other.suffix and path.stem.startswith(f"{other.stem} (ban moi")
