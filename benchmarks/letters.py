"""How long a letter takes: the engine beside docxtpl, docx-mailmerge2 and the floor.

    uv run --with docx-mailmerge2 python benchmarks/letters.py [LETTERS]
    uv run python benchmarks/letters.py --memory

Each way makes the same letters, the project's task dispatch with a table of 20 rows, in a process
of its own that is measured whole, from its start to its end. The ways take turns, three rounds,
and the fastest round of each counts. The floor renders the document's XML from a string and writes
the archive with zipfile: no escaping, no checks. `--memory` prints the most memory that the engine
held after 1,000, 10,000 and 100,000 letters, each in a process of its own.
"""

from __future__ import annotations

import importlib.util
import io
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_office.decree30.figures import DEFAULT_PROFILE
from cchc_office.files.resources import templates_folder
from cchc_office.model import Assignment, Campaign, CampaignInfo, Criterion, Role, Unit
from cchc_office.papers.dispatch import dispatch_values
from cchc_office.papers.kinds import DISPATCH
from cchc_office.word.templates import DocumentTemplate

ROWS = 20
ROUNDS = 3
KIBIBYTES_PER_MEBIBYTE = 1024
MERGE_TEMPLATE = "mau-mailmerge.docx"
VALUE = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
STATEMENT = re.compile(r"\{%.*?%\}")
LOOP = re.compile(r"\{%tr for (\w+) in nhiem_vu %\}")
Fill = Callable[[int], bytes]


def template_path() -> Path:
    """Return the project's task dispatch, the letter that is measured."""
    return templates_folder() / DISPATCH.template


def values_for() -> Callable[[int], dict[str, Any]]:
    """Return what gives the values of one letter: a dispatch with 20 tasks."""
    given: dict[str, Any] = {}

    class Recorder(DocumentTemplate):
        def __init__(self) -> None:
            pass

        def fill(self, values: Mapping[str, Any]) -> bytes:
            given.update(values)
            return b""

    unit = Unit("VP", "Văn phòng Sở")
    criteria = tuple(
        Criterion(
            f"TC-{n}",
            f"1.{n}",
            f"Mức độ hoàn thành kế hoạch cải cách hành chính số {n}",
            2,
            "",
            n,
            Decimal(2),
        )
        for n in range(1, ROWS + 1)
    )
    assignments = tuple(Assignment(c.id, unit.code, Role.LEAD) for c in criteria)
    info = CampaignInfo(2024, "Sở Công Thương", "SCT", "/SCT-VP", "Tỉnh A", "BẢNG PHÂN CÔNG")
    campaign = Campaign("dot-cham.xlsx", info, (unit,), criteria, assignments)
    Recorder().fill(dispatch_values(campaign, unit, DEFAULT_PROFILE))
    return lambda number: given | {"so": str(number)}


# --- the ways ---


def engine(_: Path) -> Fill:
    """Return the project's own engine."""
    template = DocumentTemplate(template_path())
    values_of = values_for()
    return lambda number: template.fill(values_of(number))


def plain_docxtpl(_: Path) -> Fill:
    """Return docxtpl as its documentation shows it."""
    import docxtpl

    content = template_path().read_bytes()
    values_of = values_for()

    def fill(number: int) -> bytes:
        template = docxtpl.DocxTemplate(io.BytesIO(content))
        template.render(values_of(number), autoescape=True)
        written = io.BytesIO()
        template.save(written)
        return written.getvalue()

    return fill


def mailmerge(folder: Path) -> Fill:
    """Return docx-mailmerge2 as its documentation shows it."""
    from mailmerge import MailMerge  # type: ignore[import-not-found, unused-ignore]

    values_of = values_for()

    def fill(number: int) -> bytes:
        values = values_of(number)
        rows = [asdict(row) for row in values.pop("nhiem_vu")]
        values |= {f"don_vi_{name}": text for name, text in asdict(values["don_vi"]).items()}
        merged = {k: "; ".join(v) if isinstance(v, list) else v for k, v in values.items()}
        written = io.BytesIO()
        with MailMerge(str(folder / MERGE_TEMPLATE)) as document:
            document.merge_rows("ma", [{k: str(v) for k, v in row.items()} for row in rows])
            document.merge(**{k: v for k, v in merged.items() if isinstance(v, str)})
            document.write(written)
        return written.getvalue()

    return fill


def floor(_: Path) -> Fill:
    """Return what any engine must do at least: render a string, write an archive."""
    import docxtpl
    import jinja2

    with zipfile.ZipFile(template_path()) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    ready = docxtpl.DocxTemplate(io.BytesIO(template_path().read_bytes()))
    ready.render_init()
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - the floor
    template = environment.from_string(ready.patch_xml(ready.get_xml()))
    name = "word/document.xml"
    document = parts[name].decode("utf-8")
    start, end = document.index("<w:body"), document.index("</w:body>") + len("</w:body>")
    head, tail = document[:start], document[end:]
    values_of = values_for()

    def fill(number: int) -> bytes:
        parts[name] = f"{head}{template.render(values_of(number))}{tail}".encode()
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return written.getvalue()

    return fill


WAYS = {"floor": floor, "engine": engine, "docxtpl": plain_docxtpl, "docx-mailmerge2": mailmerge}


# --- the same letter with merge fields ---


def write_merge_template(path: Path) -> None:
    """Write the letter with Word's merge fields; conditions go, lists become one field."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(template_path()))
    body = document.element.body
    task = ""
    for row in list(body.iter(qn("w:tr"))):
        text = "".join(t.text or "" for t in row.iter(qn("w:t")))
        if match := LOOP.search(text):
            task = match.group(1)
        # Of the rows for a bold and for a plain task one is enough.
        is_second = f"{{{{ {task}." in text and any(
            f"{{{{ {task}." in (t.text or "") for t in row.getprevious().iter(qn("w:t"))
        )
        if "{%tr" in text or is_second:
            row.getparent().remove(row)
    for paragraph in list(body.iter(qn("w:p"))):
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        if "{%p" in text:
            paragraph.getparent().remove(paragraph)
    for text in list(body.iter(qn("w:t"))):
        _make_fields(text, task)
    document.save(str(path))


def _make_fields(text: Any, task: str) -> None:
    """Cut a run at its tags and set a merge field in the place of each."""
    import copy

    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    words = VALUE.split(STATEMENT.sub("", text.text or ""))
    run = text.getparent()
    for place, word in enumerate(words):
        piece = copy.deepcopy(run)
        piece.find(qn("w:t")).text = f"«{word}»" if place % 2 else word
        piece.find(qn("w:t")).set(qn("xml:space"), "preserve")
        if place % 2:
            field = OxmlElement("w:fldSimple")
            name = word.removeprefix(f"{task}.").replace(".", "_")
            field.set(qn("w:instr"), f" MERGEFIELD {name} ")
            field.append(piece)
            piece = field
        run.addprevious(piece)
    run.getparent().remove(run)


# --- measuring ---


def work(way: str, folder: Path, letters: int) -> None:
    """Make the letters in one way; the last is kept to be looked at."""
    fill = WAYS[way](folder)
    content = b""
    for number in range(letters):
        content = fill(number)
    (folder / f"{way}.docx").write_bytes(content)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def measured(way: str, folder: Path, letters: int) -> tuple[float, float]:
    """Return the seconds that a process of its own took, and the most mebibytes it held."""
    start = time.perf_counter()
    command = [sys.executable, __file__, "--work", way, str(folder), str(letters)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return time.perf_counter() - start, int(done.stdout) / KIBIBYTES_PER_MEBIBYTE


def compare(folder: Path, letters: int) -> None:
    """Print the time of each way, and the two ratios that matter."""
    ways = [way for way in WAYS if way != "docx-mailmerge2"]
    if importlib.util.find_spec("mailmerge"):
        ways.append("docx-mailmerge2")
    else:
        print("docx-mailmerge2 is left out: run with `uv run --with docx-mailmerge2`.")
    rounds = [{way: measured(way, folder, letters)[0] for way in ways} for _ in range(ROUNDS)]
    best = {way: min(times[way] for times in rounds) for way in ways}
    print(f"{letters} letters with {ROWS} rows, whole processes, best of {ROUNDS} rounds")
    for way, seconds in best.items():
        rows = _rows_in(folder / f"{way}.docx")
        print(f"{way:<16}{seconds:8.2f} s{1000 * seconds / letters:8.2f} ms a letter, {rows} rows")
    for way in ways:
        if way not in {"engine", "floor"}:
            print(f"{way} / engine: {best[way] / best['engine']:.1f}")
    print(f"engine / floor: {best['engine'] / best['floor']:.2f}")


def _rows_in(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    return text.count("Mức độ hoàn thành kế hoạch")


def show_memory(folder: Path) -> None:
    """Print the most memory that the engine held, for ever more letters."""
    for letters in (1_000, 10_000, 100_000):
        seconds, most = measured("engine", folder, letters)
        print(f"{letters:>7} letters{most:8.1f} MiB{seconds:8.1f} s", flush=True)


def main() -> None:
    """Do what the command line asks for."""
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_merge_template(folder / MERGE_TEMPLATE)
        if sys.argv[1:2] == ["--memory"]:
            show_memory(folder)
        else:
            compare(folder, int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)


if __name__ == "__main__":
    main()
