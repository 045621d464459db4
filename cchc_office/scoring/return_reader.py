"""Reading returned score workbooks: whose each file is, and which one counts.

A file is known by what is inside it, not by its name; one bad workbook never stops the others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_office.findings import Code, Finding
from cchc_office.model import Campaign, FileRead, Returns, Unit, UnitReturn
from cchc_office.scoring.form_layout import FORM_VERSION, HIDDEN_SHEET, META
from cchc_office.scoring.form_reader import FormReader, cell_text, find_score_sheet
from cchc_office.scoring.returned_file import ReturnedFile, UnreadableFileError

_LEFT_BY_WINDOWS = frozenset(("thumbs.db", "desktop.ini"))


@dataclass(frozen=True)
class ReadFile:
    """What became of one file: a return, or findings that say why it is none."""

    file: str
    returned: UnitReturn | None
    findings: tuple[Finding, ...]


def return_files(folder: Path) -> tuple[Path, ...]:
    """Return the files in `folder` and below, in the order of their names.

    Hidden files and the lock files that Office leaves (~$…, .~lock…) are left out.
    """
    found = (path for path in folder.rglob("*") if path.is_file())
    kept = (
        p
        for p in found
        if not p.name.startswith(("~$", ".")) and p.name.lower() not in _LEFT_BY_WINDOWS
    )
    return tuple(sorted(kept, key=lambda p: _label(p.relative_to(folder))))


def read_returns(
    source: Path | str | Iterable[Path],
    campaign: Campaign,
    *,
    on_file: Callable[[Path], None] | None = None,
) -> Returns:
    """Read every returned workbook in a folder (or of the paths given).

    A folder that does not exist holds no returns. `on_file` is called before each file, for
    progress.
    """
    if isinstance(source, Path | str):
        folder: Path | None = Path(source)
        paths = return_files(Path(source))
    else:
        folder, paths = None, tuple(source)
    results = []
    for path in paths:
        if on_file:
            on_file(path)
        name = path.relative_to(folder) if folder else Path(path.name)
        results.append(read_return(path, campaign, _label(name)))
    return _gather(results, campaign)


def _label(path: Path) -> str:
    """Return a file's name for people and links: in NFC, its spaces kept, on one line."""
    return "".join(c for c in unicodedata.normalize("NFC", path.as_posix()) if c.isprintable())


def read_return(path: Path, campaign: Campaign, name: str = "") -> ReadFile:
    """Read one returned file; never raises for what is in it."""
    name = name or _label(Path(path.name))
    try:
        file = ReturnedFile(path.read_bytes())
        return _read_form(file, campaign, name)
    except UnreadableFileError as error:
        finding = Finding(error.code, name, found=error.found, expected=error.expected)
        return ReadFile(name, None, (finding,))
    except Exception as error:  # one bad workbook never stops the others
        finding = Finding(Code.DAMAGED_FILE, name, found=f"{type(error).__name__}: {error}")
        return ReadFile(name, None, (finding,))


def _read_form(file: ReturnedFile, campaign: Campaign, name: str) -> ReadFile:
    meta = _read_meta(file)
    if meta is None:
        return ReadFile(name, None, (Finding(Code.NOT_A_FORM, name),))
    unit = campaign.find_unit(meta["unit"])
    checks = (
        (meta["campaign"] == campaign.id, Code.OTHER_CAMPAIGN, meta["campaign"], campaign.id),
        (meta["version"] == FORM_VERSION, Code.OTHER_FORM_VERSION, meta["version"], FORM_VERSION),
        (unit is not None, Code.UNIT_NOT_IN_CAMPAIGN, meta["unit"], ""),
    )
    wrong = [
        Finding(c, name, found=f, expected=e, unit=meta["unit"]) for ok, c, f, e in checks if not ok
    ]
    if wrong or unit is None:
        return ReadFile(name, None, tuple(wrong))
    sheet = find_score_sheet(file)
    if sheet is None:
        return ReadFile(name, None, (Finding(Code.NOT_A_FORM, name, unit=unit.code),))
    returned = FormReader(file, sheet, campaign, unit, name).read()
    return ReadFile(name, returned, ())


def _read_meta(file: ReturnedFile) -> dict[str, str] | None:
    names = [n for n in file.sheet_names if n == HIDDEN_SHEET] or file.sheet_names
    for name in names:
        sheet = file.sheet(name)
        keys = tuple(str(sheet.value(row, 0)) for row in range(len(META)))
        if keys == META:
            return {key: cell_text(sheet.value(row, 1)) for row, key in enumerate(META)}
    return None


# --- several files of one unit ---


def _gather(results: list[ReadFile], campaign: Campaign) -> Returns:
    """Choose the return that counts for each unit; say what became of every other file."""
    findings = [finding for result in results for finding in result.findings]
    counted: list[UnitReturn] = []
    for unit in campaign.units:
        of_unit = [r.returned for r in results if r.returned and r.returned.unit == unit.code]
        if not of_unit:
            continue
        latest = max(of_unit, key=_saved_order)
        counted.append(latest)
        findings += _about_others(unit, latest, of_unit)
    chosen = {returned.file for returned in counted}
    files = tuple(
        FileRead(r.file, r.returned.unit if r.returned else "", r.file in chosen) for r in results
    )
    return Returns(tuple(counted), files, tuple(findings))


def _saved_order(returned: UnitReturn) -> tuple[float, str]:
    return (returned.saved.timestamp() if returned.saved else 0.0, returned.file)


def _about_others(
    unit: Unit, latest: UnitReturn, all_of_unit: list[UnitReturn]
) -> Iterator[Finding]:
    for other in all_of_unit:
        if other is latest:
            continue
        if _said(other) == _said(latest):
            yield Finding(Code.SAME_RETURN_AGAIN, other.file, found=latest.file, unit=unit.code)
        else:
            saved = f"lưu {other.saved:%d/%m/%Y}" if other.saved else "không rõ ngày lưu"
            yield Finding(
                Code.SEVERAL_RETURNS,
                other.file,
                about=unit.name,
                found=saved,
                expected=latest.file,
                unit=unit.code,
            )


def _said(returned: UnitReturn) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (x.criterion, x.answer.name, x.typed, x.result, x.evidence, x.note) for x in returned.leaves
    )
