"""Mending a document given as bytes.

It is gone through again until nothing is left to change, since what is recognised and how long a
line is depend on its letters. What comes out is held against the decree again, and its text against
the original's: where either does not come out, there is no result.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.checker import judge, unreadable
from cchc_office.decree30.checker._breaches import Breaches
from cchc_office.decree30.checker._find_parts import recognise
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing._layout import fix_layout
from cchc_office.decree30.fixing._letters import fix_letters
from cchc_office.decree30.fixing._page_numbers import fix_page_numbers
from cchc_office.decree30.fixing._pages import fix_pages
from cchc_office.decree30.fixing._rules import fix_rules
from cchc_office.decree30.fixing._session import FixSession, Told
from cchc_office.decree30.fixing._signs import fix_signs
from cchc_office.decree30.fixing._texts import said_around, same_text
from cchc_office.decree30.fixing.kinds import SAFE_FIXES, FixKind, FormatChange
from cchc_office.word.edited_package import is_signature, with_parts
from cchc_office.word.format_editor import FormatEditor, free_id
from cchc_office.word.package_editor import PackageEditor
from cchc_office.word.reading import (
    UnreadableDocumentError,
    read_with_sources,
    transitional,
)

AUTHOR = "cchc the-thuc"
_MOST_PASSES = 8


@dataclass(frozen=True)
class FixedContent:
    """A document's bytes after mending, None where it is left as it is; see `Fixed`."""

    content: bytes | None
    changes: tuple[FormatChange, ...]
    findings: tuple[Finding, ...]


def fix_content(
    content: bytes,
    name: str,
    *,
    asked_for: Iterable[FixKind] = (),
    profile: Profile = DEFAULT_PROFILE,
    day: dt.date,
    tracked: bool = True,
) -> FixedContent:
    """Return the document `content`, called `name`, with what is safe mended, and what was asked.

    `tracked` changes are dated `day`.
    """
    wanted = frozenset((*SAFE_FIXES, *asked_for))
    editor = FormatEditor(AUTHOR if tracked else "", f"{day.isoformat()}T00:00:00Z")
    try:
        return _Work(name, profile, wanted, editor).done(transitional(content))
    except UnreadableDocumentError as error:
        return FixedContent(None, (), (unreadable(error, name),))


@dataclass(frozen=True)
class _Judged:
    """A state of the document: its bytes, what is found in it, and the session that mends it."""

    content: bytes
    findings: tuple[Finding, ...]
    session: FixSession
    around: set[tuple[str, ...]]


@dataclass(frozen=True)
class _Work:
    """What is the same for every pass."""

    name: str
    profile: Profile
    kinds: frozenset[FixKind]
    editor: FormatEditor

    def done(self, content: bytes) -> FixedContent:
        """Return what comes of the document; raises UnreadableDocumentError where it is none."""
        first = one = self.judged(content)
        if any(map(is_signature, first.session.sources.package.names)):
            return FixedContent(None, (), (Finding(Code.FIX_SIGNED, self.name), *first.findings))
        told: dict[Told, dict[str | int, None]] = {}
        typed: set[int] = set()
        for _ in range(_MOST_PASSES):
            made = self.mended(one)
            if made is None:
                break
            for change, places in one.session.told.items():
                told.setdefault(change, {}).update(places)
            typed |= one.session.typed
            one = self.judged(made)
        else:
            return FixedContent(None, (), (Finding(Code.FIX_UNSETTLED, self.name), *first.findings))
        changes = tuple(_change(*change, tuple(places)) for change, places in told.items())
        if not changes:
            return FixedContent(None, (), first.findings)
        refusals = _refusals(first, one, frozenset(typed), self.name)
        if refusals:
            return FixedContent(None, changes, (*refusals, *first.findings))
        return FixedContent(one.content, changes, one.findings)

    def judged(self, content: bytes) -> _Judged:
        """Read and judge the document; raises UnreadableDocumentError where it is none."""
        document, sources = read_with_sources(content)
        parts = recognise(document)
        breaches = Breaches(self.name, sources)
        judge(parts, breaches)
        session = FixSession(
            parts,
            sources,
            tuple(breaches.raised),
            self.editor,
            PackageEditor(sources.package),
            self.profile,
            self.kinds,
        )
        return _Judged(content, tuple(breaches.findings), session, said_around(sources.package))

    def mended(self, one: _Judged) -> bytes | None:
        """Return the document after one more pass, None where nothing was left to change."""
        session, package = one.session, one.session.sources.package
        self.editor.roots.clear()
        self.editor.next_id = free_id(package.parsed().values())
        for fix in (fix_pages, fix_page_numbers, fix_letters, fix_layout, fix_signs):
            fix(session)
        if not session.changed and not session.again:
            fix_rules(session)  # as long as lines that are as they stay
        if not session.changed and not session.again:
            return None
        changed = {n: root for n, root in package.parsed().items() if root in self.editor.roots}
        return with_parts(one.content, changed | session.package.added)


def _change(
    kind: FixKind, about: str, before: str, after: str, places: tuple[str | int, ...]
) -> FormatChange:
    passages = tuple(place for place in places if isinstance(place, str))
    sections = tuple(sorted(place for place in places if isinstance(place, int)))
    return FormatChange(kind, about, before, after, passages, sections)


def _refusals(
    first: _Judged, last: _Judged, typed: frozenset[int], name: str
) -> tuple[Finding, ...]:
    before, after = (one.session.parts.document.paragraphs for one in (first, last))
    if first.around != last.around or not same_text(before, after, typed):
        return (Finding(Code.FIX_CHANGED_WORDS, name),)
    new = _new_findings(first.findings, last.findings)
    if new:
        found = "; ".join(finding.sentence.rstrip(".") for finding in new)
        return (Finding(Code.FIX_NEW_BREACH, name, found=found),)
    return ()


def _new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings of the copy that the original had not, or not at as many places."""
    new = Counter(kind for finding in after for kind in _kinds_of(finding))
    new.subtract(kind for finding in before for kind in _kinds_of(finding))
    return [finding for finding in after if any(new[kind] > 0 for kind in _kinds_of(finding))]


def _kinds_of(finding: Finding) -> list[tuple[str, str]]:
    """Return for each place of what kind it is, and of what."""
    abouts = [place.about or finding.about for place in finding.places] or [finding.about]
    return [(finding.code.slug, about.partition(" (phần ")[0]) for about in abouts]
