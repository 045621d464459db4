"""What the last run replaced in the output folder, so that it can be had back.

`luu-cu/lan-truoc/` holds the content that a run wrote over; what it moved away lies where it was
moved. The next run that replaces anything takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LAST_RUN_FOLDER = "luu-cu/lan-truoc"
_MESSAGE = ".eml"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Replaced:
    """Content that a run replaced: where it lies now below the output folder, and its digest.

    `source` is the digest of what it was made of, where it is a copy (a PDF); "" otherwise.
    """

    place: str
    digest: str
    source: str = ""


class LastRun:
    """What the last run replaced, by the names of the files."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.replaced: dict[str, Replaced] = {}
        self._is_of_this_run = False

    @classmethod
    def read(cls, told: object) -> LastRun:
        """Return what the record tells; of anything that is not as we write it, nothing."""
        found = cls()
        for name, parts in told.items() if isinstance(told, dict) else ():
            is_ours = isinstance(parts, list) and len(parts) == _PARTS
            if is_ours and all(isinstance(text, str) for text in (name, *parts)):
                found.replaced[name] = Replaced(*parts)
        return found

    def as_json(self) -> Mapping[str, list[str]]:
        """Return it as the record has it."""
        return {n: [r.place, r.digest, r.source] for n, r in sorted(self.replaced.items())}

    def digests(self) -> Iterator[str]:
        """Yield the digests of what was replaced."""
        yield from (one.digest for one in self.replaced.values())

    def note(self, output: Path, name: str, replaced: Replaced) -> None:
        """Take note of what this run replaces; what the run before it did is let go.

        A message is never had back: one that went out would be a draft again.
        """
        if name.endswith(_MESSAGE):
            return
        if not self._is_of_this_run:
            for old in self.replaced.values():
                if old.place.startswith(f"{LAST_RUN_FOLDER}/") and old.place != replaced.place:
                    (output / old.place).unlink(missing_ok=True)
            self.replaced, self._is_of_this_run = {}, True
        self.replaced.setdefault(name, replaced)
