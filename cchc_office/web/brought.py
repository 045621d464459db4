"""What was brought for a new campaign and is none yet: kept apart until it is made, or dropped."""

from __future__ import annotations

import itertools
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cchc_office.errors import CchcError, UsageError
from cchc_office.steps.import_outline import ImportOutline, import_outline
from cchc_office.steps.starting import PastedTable, Previewed, file_name, preview_table

if TYPE_CHECKING:
    from cchc_office.steps.starting import ImportPreview

_MOST_KEPT = 12


@dataclass(frozen=True)
class Choices:
    """What a clerk chose of a preview: tables, columns, names of units, whose assignments.

    With `rows_as_they_are` no row is added for points that a row has beside those below it.
    """

    tables: tuple[int, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    same_units: tuple[tuple[str, str], ...] = ()
    assignments: Path | None = None
    rows_as_they_are: bool = False

    def as_arguments(self) -> dict[str, Any]:
        """Return them by the names that the library has for them."""
        return {
            "choose": self.tables,
            "columns": dict(self.columns),
            "same_units": dict(self.same_units),
            "assignments": self.assignments,
            "rows_as_they_are": self.rows_as_they_are,
        }

    def on(self, imported: ImportPreview | None) -> Choices:
        """Return them with the tables that a preview took, as its page shows them."""
        if imported is None or len(imported.offers) < 2:
            return self
        taken = tuple(o.number for o in imported.offers if imported.chosen.includes(o))
        return replace(self, tables=taken)


@dataclass(frozen=True)
class Seen:
    """A preview with its rows side by side; `refused` tells why it is not as it was chosen."""

    previewed: Previewed
    outline: ImportOutline | None
    refused: str = ""


@dataclass
class Brought:
    """A table, or last year's campaign, of which one is to be made; `name` is for people.

    `wanted_name` is what the new folder is to be called.
    """

    id: str
    name: str
    table: Path | PastedTable
    own_folder: Path | None = None
    choices: Choices = field(default_factory=Choices)
    wanted_name: str = ""
    _seen: tuple[Choices, Seen] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def seen(self) -> Seen:
        """Return what it is understood as, with what was chosen. Raises CchcError for no table."""
        with self._lock:
            if self._seen is None or self._seen[0] != self.choices:
                self._seen = (self.choices, self._look())
            return self._seen[1]

    def _look(self) -> Seen:
        refused = ""
        try:
            previewed = preview_table(self.table, **self.choices.as_arguments())
        except UsageError as error:
            if self.choices == Choices():
                raise
            refused = str(error)
            previewed = preview_table(self.table)
        imported = previewed.imported
        outline = import_outline(imported, previewed.still_wrong) if imported else None
        return Seen(previewed, outline, refused)


class BroughtTables:
    """All that was brought to a running page; the files are this user's, and gone with the page."""

    def __init__(self) -> None:
        """Begin with nothing; the folder is made with the first file."""
        self._kept: dict[str, Brought] = {}
        self._folder: Path | None = None
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def keep_file(self, given_name: str, content: BinaryIO) -> Brought:
        """Keep an uploaded file under its own name. Raises CchcError where nothing can be kept."""
        name = file_name(given_name)
        try:
            folder = self._new_folder()
            with (folder / name).open("xb") as file:
                shutil.copyfileobj(content, file)
        except OSError as error:
            raise CchcError(
                f"Không giữ tạm được tệp {name}: đĩa đầy, hoặc không ghi được."
            ) from error
        return self._keep(name, folder / name, folder)

    def keep_text(self, text: str) -> Brought:
        """Keep a table that was pasted."""
        pasted = PastedTable(text)
        return self._keep(pasted.name, pasted)

    def keep_campaign(self, folder: Path) -> Brought:
        """Keep which campaign a new one is to be made of."""
        return self._keep(folder.name, folder)

    def find(self, id_: str) -> Brought | None:
        """Return what was brought, by its id."""
        return self._kept.get(id_)

    def drop(self, brought: Brought) -> None:
        """Forget one, with its file."""
        self._kept.pop(brought.id, None)
        if brought.own_folder:
            shutil.rmtree(brought.own_folder, ignore_errors=True)

    def drop_all(self) -> None:
        """Forget all; the page is being closed."""
        for brought in list(self._kept.values()):
            self.drop(brought)
        if self._folder:
            with suppress(OSError):
                self._folder.rmdir()

    def _keep(self, name: str, table: Path | PastedTable, own: Path | None = None) -> Brought:
        brought = Brought(secrets.token_hex(8), name, table, own)
        self._kept[brought.id] = brought
        for oldest in self._too_many():
            self.drop(oldest)
        return brought

    def _too_many(self) -> Iterator[Brought]:
        yield from list(self._kept.values())[:-_MOST_KEPT]

    def _new_folder(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="cchc-"))
            folder = self._folder / str(next(self._numbers))
            folder.mkdir(mode=0o700)
            return folder
