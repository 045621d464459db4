"""Mending the looks of a Word document that breaks Decree 30: a copy, the words untouched.

The document is gone through again until nothing is left to change, since what is recognised and
how long a line is depend on its letters. The result is held against the decree again, and its
text against the original's: where either does not come out, there is no result.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cchc_office.catalogue.findings import Code, Finding
from cchc_office.decree30.checker import check_content, judge
from cchc_office.decree30.checker._find_parts import recognise
from cchc_office.decree30.checker._parts import Kind
from cchc_office.decree30.checker._regimes import other_regime
from cchc_office.decree30.figures import DEFAULT_PROFILE, Profile
from cchc_office.decree30.fixing._layout import fix_layout
from cchc_office.decree30.fixing._letters import fix_letters
from cchc_office.decree30.fixing._pages import fix_pages
from cchc_office.decree30.fixing._session import FixSession, Judgements, Told
from cchc_office.decree30.fixing._texts import same_words
from cchc_office.decree30.fixing.kinds import SAFE_FIXES, FixKind, FormatChange
from cchc_office.word.edited_package import with_changed_parts
from cchc_office.word.format_editor import FormatEditor, free_id
from cchc_office.word.reading import (
    WordPackage,
    read_with_sources,
    transitional,
)

AUTHOR = "cchc the-thuc"
_MOST_PASSES = 6


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
    before = tuple(check_content(content, name))
    refusal = _refusal(content, name, before)
    if refusal is not None:
        return FixedContent(None, (), refusal)
    editor = FormatEditor(AUTHOR if tracked else "", f"{day.isoformat()}T00:00:00Z")
    wanted = frozenset((*SAFE_FIXES, *asked_for))
    made = transitional(content)
    told: dict[Told, dict[str, None]] = {}
    typed: set[int] = set()
    for _ in range(_MOST_PASSES):
        session, made = _one_pass(made, editor, profile, wanted)
        for change, passages in session.told.items():
            told.setdefault(change, {}).update(passages)
        typed |= session.typed
        if not session.changed and not session.again:
            break
    if not told:
        return FixedContent(None, (), before)
    changes = tuple(FormatChange(*change, tuple(passages)) for change, passages in told.items())
    after = tuple(check_content(made, name))
    if not same_words(content, made, frozenset(typed)):
        return FixedContent(None, changes, (Finding(Code.FIX_CHANGED_WORDS, name), *before))
    new = _new_findings(before, after)
    if new:
        found = "; ".join(finding.sentence.rstrip(".") for finding in new)
        return FixedContent(
            None, changes, (Finding(Code.FIX_NEW_BREACH, name, found=found), *before)
        )
    return FixedContent(made, changes, after)


def _refusal(
    content: bytes, name: str, findings: tuple[Finding, ...]
) -> tuple[Finding, ...] | None:
    """Return why a document is left as it is, None where it may be mended."""
    left = (
        Code.DOCUMENT_UNREADABLE,
        Code.DOCUMENT_LOCKED,
        Code.OTHER_REGIME,
        Code.DOCUMENT_UNKNOWN,
    )
    if any(finding.code in left for finding in findings):
        return findings
    if _is_signed(content):
        return (Finding(Code.FIX_SIGNED, name), *findings)
    return None


def _is_signed(content: bytes) -> bool:
    return any(n.lower().startswith("_xmlsignatures/") for n in WordPackage(content).names)


def _one_pass(
    content: bytes, editor: FormatEditor, profile: Profile, kinds: frozenset[FixKind]
) -> tuple[FixSession, bytes]:
    document, sources = read_with_sources(content)
    editor.roots.clear()
    editor.next_id = free_id(sources.package.parsed().values())
    parts = recognise(document)
    judgements = Judgements("", sources)
    if not other_regime(parts) and parts.kind is not Kind.UNKNOWN:
        judge(parts, judgements)
    session = FixSession(parts, sources, tuple(judgements.raised), editor, profile, kinds)
    for fix in (fix_pages, fix_letters, fix_layout):
        fix(session)
    changed = {
        name: root for name, root in sources.package.parsed().items() if root in editor.roots
    }
    return session, with_changed_parts(content, changed) if changed else content


def _new_findings(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings of the copy that the original had not, or not at as many places."""
    there = Counter({_kind_of(finding): 0 for finding in before})
    for finding in before:
        there[_kind_of(finding)] += max(1, len(finding.places))
    for finding in after:
        there[_kind_of(finding)] -= max(1, len(finding.places))
    return [finding for finding in after if there[_kind_of(finding)] < 0]


def _kind_of(finding: Finding) -> tuple[str, str]:
    return finding.code.slug, finding.about
