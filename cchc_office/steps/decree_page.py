"""The page of what was found in Word documents: one HTML file that needs nothing else."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from cchc_office.catalogue.findings import Finding, Severity, TextPlace
from cchc_office.errors import CchcError, UsageError, reason_of
from cchc_office.files.output_folder import Fate, Written
from cchc_office.files.whole_writing import write_whole
from cchc_office.steps.decree_check import CheckedDocument, CheckedDocuments

_OURS = "<!-- cchc the-thuc html -->"
_STYLE = """
:root{color-scheme:light dark;--line:#8888;--error:#b00020;--warning:#8a5a00;--note:#2b5797}
@media (prefers-color-scheme:dark){:root{--error:#ff8a80;--warning:#ffc875;--note:#9cc4ff}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}
section{border-top:2px solid var(--line);margin-top:2rem}
h2{overflow-wrap:anywhere}
.muc{font-weight:bold}.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--note)}
.can-lam,.cho{margin:.2rem 0 .2rem 1.2rem}
code{font-size:.9em}
@media print{body{max-width:none}details{display:block}}
"""
_CLASSES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def write_page(found: CheckedDocuments, path: Path) -> Written:
    """Write the page of what was found to `path`: documents, counts, every place, and links.

    One that was written before is replaced. Raises UsageError where another file has that name,
    CchcError where nothing can be written.
    """
    content = _page(found, path).encode("utf-8", "backslashreplace")
    try:
        before = path.read_bytes() if path.exists() else None
        if before is not None and _OURS.encode() not in before[:200]:
            raise UsageError(f"{path} đã có và không phải trang do lệnh này ghi; đặt tên khác.")
        write_whole(path, content)
    except OSError as error:
        raise CchcError(f"Không ghi được {path}: {reason_of(error)}.") from error
    return Written(path, Fate.NEW if before is None else Fate.CHANGED)


def _page(found: CheckedDocuments, path: Path) -> str:
    title = "Thể thức văn bản theo Nghị định 30/2020/NĐ-CP"
    lines = (
        "<!doctype html>",
        f'{_OURS}<html lang="vi"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1><p>{escape(found.words)} Đối chiếu với {escape(found.held_against)}.</p>",
        *_documents(found.documents),
        *_rules(found.documents),
        *(line for at, one in enumerate(found.documents) for line in _document(at, one, path)),
        "</body></html>",
    )
    return "\n".join(lines) + "\n"


def _documents(documents: Iterable[CheckedDocument]) -> Iterator[str]:
    yield "<h2>Văn bản</h2><table><thead><tr><th>Văn bản</th><th>Kết luận</th>"
    heads = "".join(f'<th class="n">{head}</th>' for head in ("Lỗi", "Cần xem", "Chỗ"))
    yield f"{heads}</tr></thead><tbody>"
    for at, one in enumerate(documents):
        errors = sum(finding.is_error for finding in one.findings)
        counts = (errors, len(one.findings) - errors, sum(map(_places, one.findings)))
        told = (str(count) if one.was_judged else "–" for count in counts)
        cells = "".join(f'<td class="n">{count}</td>' for count in told)
        name = (
            f'<a href="#vb-{at + 1}">{escape(one.name)}</a>' if one.findings else escape(one.name)
        )
        yield f"<tr><td>{name}</td><td>{escape(one.verdict)}</td>{cells}</tr>"
    yield "</tbody></table>"


def _rules(documents: Iterable[CheckedDocument]) -> Iterator[str]:
    """Yield how often each rule is broken: in how many documents, at how many places."""
    judged = [one for one in documents if one.was_judged]
    found = [finding for one in judged for finding in one.findings]
    files = Counter(slug for one in judged for slug in {f.code.slug for f in one.findings})
    places, examples = Counter[str](), dict[str, str]()
    for finding in found:
        places[finding.code.slug] += _places(finding)
        examples.setdefault(finding.code.slug, finding.sentence)
    if not files:
        return
    yield "<h2>Điều hay gặp</h2><table><thead><tr><th>Mã</th><th>Ví dụ</th>"
    yield '<th class="n">Văn bản</th><th class="n">Chỗ</th></tr></thead><tbody>'
    for slug, count in sorted(files.items(), key=lambda pair: (-pair[1], -places[pair[0]], pair)):
        yield (
            f"<tr><td><code>{slug}</code></td><td>{escape(examples[slug])}</td>"
            f'<td class="n">{count}</td><td class="n">{places[slug]}</td></tr>'
        )
    yield "</tbody></table>"


def _document(at: int, one: CheckedDocument, page: Path) -> Iterator[str]:
    if not one.findings and not one.told:
        return
    yield f'<section id="vb-{at + 1}"><h2>{escape(one.name)}</h2>'
    yield f"<p>{escape(_sentence(one.verdict))} "
    links = [f'<a href="{_link(one.path, page)}">Mở văn bản</a>']
    if one.written:
        copy = one.written.path
        links.append(f'<a href="{_link(copy, page)}">Mở bản đánh dấu {escape(copy.name)}</a>')
    yield " · ".join(links) + "</p><ol>"
    order = list(Severity)
    for finding in sorted((*one.told, *one.findings), key=lambda f: order.index(f.severity)):
        yield from _finding(finding)
    yield "</ol></section>"


def _finding(finding: Finding) -> Iterator[str]:
    kind = _CLASSES[finding.severity]
    yield f'<li><span class="muc {kind}">{finding.severity.value}</span> {escape(finding.sentence)}'
    yield f' <code>{finding.code.slug}</code><p class="can-lam">→ {escape(finding.advice)}</p>'
    places = [told for place in finding.places if (told := _place(place))]
    if len(places) == 1:
        yield f'<p class="cho">{places[0]}</p>'
    elif places:
        yield f'<details class="cho"><summary>{len(places)} chỗ</summary><ul>'
        yield from (f"<li>{told}</li>" for told in places)
        yield "</ul></details>"
    yield "</li>"


def _place(place: TextPlace) -> str:
    """Return where it is, and its words, those that are meant set out; "" for pages."""
    if place.paragraph is None:
        return ""
    passage = place.passage or place.words
    shown = f"“{escape(passage)}”" if passage else ""
    if place.words and place.words != passage:
        shown += f": <mark>{escape(place.words)}</mark>"
    where = ", ".join(filter(None, (place.where, place.about, place.found)))
    return f"{escape(where)}: {shown}" if where and shown else escape(where) or shown


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _places(finding: Finding) -> int:
    return max(1, len(finding.places))


def _link(target: Path, page: Path) -> str:
    """Return the address of a file as a page beside or above it names it."""
    try:
        relative = Path(os.path.relpath(target.absolute(), page.absolute().parent))
    except ValueError:  # on another drive of Windows
        return escape(target.absolute().as_uri())
    return escape(quote(os.fsencode(relative.as_posix())))
