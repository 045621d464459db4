"""`--json`: what a command read, wrote and found, as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_office.catalogue.findings import Finding, TextPlace
from cchc_office.model import Campaign, Evidence, Points, ReturnKind, Returns
from cchc_office.steps.scoring_outline import scoring_outline
from cchc_office.steps.tree_outline import TreeOutline

if TYPE_CHECKING:
    from cchc_office.steps.brought_back import FromReturns
    from cchc_office.steps.values import Written


def print_json(command: str, exit_status: int, **parts: Any) -> None:
    """Print the one JSON object of a command."""
    whole = {"lenh": command, "ma_thoat": exit_status, **parts}
    echo_json(whole)


def echo_json(whole: dict[str, Any]) -> None:
    """Print one JSON object in UTF-8, whatever the console's encoding.

    Bytes of a file's name that are no letters are written as JSON escapes letters.
    """
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def files_as_json(
    campaign_file: Path, returns: Returns | None = None, earlier: Path | None = None
) -> list[dict[str, Any]]:
    """Return every file that was handed in, and what became of it."""
    files: list[dict[str, Any]] = [{"tep": campaign_file.as_posix(), "loai": "dot-cham"}]
    files += [
        {
            "tep": read.file,
            "loai": (read.kind or ReturnKind.FORM).value,
            "don_vi": read.unit,
            "duoc_tinh": read.counted,
        }
        for read in (returns.files if returns else ())
    ]
    files += [{"tep": earlier.as_posix(), "loai": "ky-truoc"}] if earlier else []
    return files


def written_as_json(files: Iterable[Written]) -> list[dict[str, str]]:
    """Return every file that was written."""
    return [{"tep": file.path.as_posix(), "trang_thai": file.fate.value} for file in files]


def findings_as_json(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Return the findings with their places and words."""
    return [
        {
            "ma": finding.code.slug,
            "muc_do": finding.severity.value,
            "tep": finding.file,
            "trang_tinh": finding.sheet,
            "o": finding.cell,
            "doan": finding.passage,
            "so_cho_khac": finding.more,
            "cac_cho": [_place_as_json(place) for place in finding.places],
            "can_cu": finding.clause,
            "don_vi": finding.unit,
            "noi_dung": finding.sentence,
            "can_lam": finding.advice,
        }
        for finding in findings
    ]


def _place_as_json(place: TextPlace) -> dict[str, Any]:
    """Return a place in a Word document: `doan` counts from 1 as XPath does, `(//w:p)[doan]`."""
    return {
        "o_dau": place.where,
        "trang": place.page or None,
        "phan": place.section + 1,
        "tep_trong_goi": place.part,
        "doan_thu": None if place.paragraph is None else place.paragraph + 1,
        "run_thu": [run + 1 for run in place.runs],
        "doan": place.passage,
        "chu": place.words,
        "thanh_phan": place.about,
        "gia_tri": place.found,
    }


def campaign_as_json(campaign: Campaign) -> dict[str, Any]:
    """Return the campaign's outline, how its rows are scored, and its assignments."""
    outline = scoring_outline(campaign)
    return {
        "dot": campaign.id,
        "so_dong": len(campaign.criteria),
        "so_dong_co_diem": len(campaign.leaves),
        "diem_toi_da": str(campaign.most_points(Points.NORMAL)),
        "diem_thuong_toi_da": str(campaign.most_points(Points.BONUS)),
        "diem_tru_toi_da": str(campaign.most_points(Points.PENALTY)),
        "cach_cham": {
            "theo_cach": outline.ways,
            "thuong": outline.bonus,
            "tru": outline.penalty,
            "khong_ap_dung": outline.not_applicable,
            "dieu_tra_da_co": outline.with_result,
            "dieu_tra_chua_co": outline.pending,
            "khong_tu_cham": {why: list(rows) for why, rows in outline.closed.items()},
            "nhieu_don_vi_cham": {way: list(rows) for way, rows in outline.shared.items()},
            "tung_dong": [
                {
                    "dong": row.row,
                    "cot": row.column,
                    "tinh_theo": row.computed,
                    "chua_hieu": row.unread,
                }
                for row in outline.rows
            ],
        },
        "phan_cong": [
            {
                "ma": criterion.code,
                "ten": criterion.name,
                "o_don_vi": criterion.unit_text,
                "duoc_hieu": [
                    {
                        "don_vi": a.unit,
                        "vai_tro": a.role.value,
                        "viec": a.duty,
                        "moi_don_vi": a.each,
                    }
                    for a in campaign.assignments_of(criterion)
                ],
            }
            for criterion in campaign.criteria
        ],
    }


def tree_as_json(tree: TreeOutline, campaign: Campaign) -> dict[str, Any]:
    """Return the tree of the criteria: its levels, what headings pass on, and each row's place."""
    return {
        "cap": [
            {"cap": one.level, "ten": one.name, "so_dong": one.rows, "danh_so": list(one.codes)}
            for one in tree.levels
        ],
        "don_vi_theo_dong_cha": [
            {"dong": one.row, "don_vi": list(one.units), "so_dong": one.leaves}
            for one in tree.inherited
        ],
        "muc_tran": [
            {"dong": cap.row, "loai_diem": cap.points.value, "diem": str(cap.most)}
            for cap in tree.caps
        ],
        "dong": [
            {
                "id": row.id,
                "ma": row.code,
                "ten": row.name,
                "cap": row.level,
                "thuoc": row.parent,
                "dien_giai": row.is_text,
            }
            for row in campaign.criteria
        ],
    }


def evidence_as_json(evidence: Evidence) -> dict[str, Any]:
    """Return the evidence files, with the ids of the rows that they belong to."""
    return {
        "tep": [
            {"don_vi": f.unit, "tep": f.name, "tieu_chi": list(f.criteria)} for f in evidence.files
        ],
        "thieu": [
            {"don_vi": m.unit, "tep": m.name, "tieu_chi": m.criterion} for m in evidence.missing
        ],
    }


def results_as_json(made: FromReturns) -> dict[str, Any]:
    """Return the sums and the state of each unit; scores as text, so that no digit is lost."""
    data = made.results
    if data is None:
        return {}
    return {
        "tinh_den": data.as_of.isoformat(),
        "diem_tu_cham": str(data.total.score),
        "toi_da_ap_dung": str(data.total.applicable_max),
        "da_cham": data.total.answered,
        "phai_cham": data.total.expected,
        "tham_dinh": {
            "so_lan": data.rounds,
            "diem": str(data.total.final),
            "toi_da_ap_dung": str(data.total.final_max),
            "cac_lan": [
                {
                    "lan": one.number,
                    "tep": list(one.files),
                    "dong_cho_diem": one.scored,
                    "phai_giai_trinh": list(one.asked),
                    "chua_giai_trinh": list(one.waiting),
                }
                for one in made.rounds
            ],
        },
        "xep_hang": _places_as_json(made),
        "don_vi": [
            {
                "ma": unit.unit.code,
                "ten": unit.unit.name,
                "tinh_trang": unit.state.value,
                "diem_tu_cham": str(unit.total.score),
                "con_no": [debt.what for debt in unit.debts],
            }
            for unit in data.units
        ],
    }


def _places_as_json(made: FromReturns) -> dict[str, Any] | None:
    """Return the places and what they go by; None where units are not ranked."""
    if made.places is None or made.results is None:
        return None
    return {
        "theo": made.results.ranked_by.words,
        "con_thieu": made.results.ranked_by.missing,
        "don_vi": [
            {
                "ma": place.unit.code,
                "hang": place.place,
                "diem": str(place.score) if place.is_known else None,
                "toi_da_ap_dung": str(place.maximum),
                "xep_loai": place.class_name,
            }
            for place in made.places
        ],
    }
