"""How units are ranked and classed, as the campaign workbook says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_office.campaign import load_campaign
from cchc_office.catalogue.findings import Code, Finding, FindingCode
from cchc_office.model import ClassBand, RankingSettings, Stage, Ties

from .scored_campaigns import D
from .sheets import SETTINGS, campaign_file


def ranking(tmp_path: Path, **settings: str) -> tuple[RankingSettings, list[Finding]]:
    labels = {
        "wish": "Xếp hạng",
        "stage": "Xếp hạng theo",
        "ties": "Khi bằng điểm",
        "classes": "Xếp loại",
    }
    lines = [f"{labels[key]} | {value} |" for key, value in settings.items()]
    campaign = load_campaign(
        campaign_file(tmp_path, settings="\n".join([SETTINGS.strip(), *lines]))
    )
    return campaign.info.ranking, list(campaign.findings)


def test_nothing_said_of_ranking(tmp_path: Path) -> None:
    assert ranking(tmp_path) == (RankingSettings(), [])
    assert ranking(tmp_path, wish="", stage="", ties="", classes="") == (RankingSettings(), [])


def test_ranking_as_it_is_said(tmp_path: Path) -> None:
    settings, findings = ranking(
        tmp_path,
        wish="Có",
        stage="điểm thẩm định lần 1",
        ties="1,2,2,4",
        classes="≥90%: Xuất sắc; ≥80%: Tốt; ≥62,5%: Khá; còn lại: Trung bình",
    )
    assert findings == []
    assert settings == RankingSettings(
        Stage.ROUND_1,
        Ties.COMPETITION,
        is_wanted=True,
        classes=(
            ClassBand("Xuất sắc", D("0.9")),
            ClassBand("Tốt", D("0.8")),
            ClassBand("Khá", D("0.625")),
            ClassBand("Trung bình", None),
        ),
    )


def test_classes_in_the_words_of_decisions(tmp_path: Path) -> None:
    words = "Từ 90% trở lên: Xuất sắc; từ 80% đến dưới 90%: Tốt; dưới 80%: Chưa đạt"
    settings, findings = ranking(tmp_path, classes=words)
    assert findings == []
    assert [(c.name, c.least) for c in settings.classes] == [
        ("Xuất sắc", D("0.9")),
        ("Tốt", D("0.8")),
        ("Chưa đạt", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "≥8,5 điểm: Xuất sắc; ≥7 điểm: Tốt; còn lại: Chưa đạt",
        "Từ 8,5 điểm trở lên: Xuất sắc; từ 7 đến dưới 8,5 điểm: Tốt; dưới 7 điểm: Chưa đạt",
    ],
)
def test_classes_by_points(tmp_path: Path, words: str) -> None:
    settings, findings = ranking(tmp_path, classes=words)
    assert findings == []
    assert settings.by_points
    assert [(c.name, c.least) for c in settings.classes] == [
        ("Xuất sắc", D("8.5")),
        ("Tốt", D(7)),
        ("Chưa đạt", None),
    ]
    assert (settings.limits, settings.point_limits) == ((), (D("8.5"), D(7)))


def test_a_class_that_nobody_can_reach_is_told(tmp_path: Path) -> None:
    settings, (finding,) = ranking(tmp_path, classes="≥1.000 điểm: Tốt; còn lại: Khá")
    assert settings.classes[0].least == 1000
    assert (finding.code, finding.about, finding.expected) == (
        *(Code.CLASS_OUT_OF_REACH, "Tốt", "1000"),
    )


@pytest.mark.parametrize(
    ("key", "value", "code", "found"),
    [
        ("wish", "tùy", Code.BAD_RANKING_WISH, "tùy"),
        ("stage", "Điểm lần 1", Code.BAD_RANKING_STAGE, "Điểm lần 1"),
        ("ties", "1, 1, 2", Code.BAD_TIES, "1, 1, 2"),
        ("ties", "đồng hạng 1, 2, 2, 3", Code.BAD_TIES, "đồng hạng 1, 2, 2, 3"),
        ("classes", "≥90%: Tốt; ≥80%: Khá", Code.BAD_CLASSES, "≥80%: Khá"),
        ("classes", "≥80%: Khá; ≥90%: Tốt; còn lại: Kém", Code.BAD_CLASSES, "≥90%: Tốt"),
        ("classes", "≥90: Tốt; còn lại: Khá", Code.BAD_CLASSES, "≥90: Tốt"),
        (
            "classes",
            "≥90%: Tốt; ≥80 điểm: Khá; còn lại: Kém",
            Code.BAD_CLASSES,
            "≥80 điểm: Khá",
        ),
        ("classes", "≥0 điểm: Tốt; còn lại: Kém", Code.BAD_CLASSES, "≥0 điểm: Tốt"),
        ("classes", ">90%: Tốt; còn lại: Khá", Code.BAD_CLASSES, ">90%: Tốt"),
        ("classes", "≥90%: Tốt; còn lại: tốt", Code.BAD_CLASSES, "Tốt"),
        ("classes", "≥90%; còn lại: Khá", Code.BAD_CLASSES, "≥90%"),
        ("classes", "≥190%: Tốt; còn lại: Khá", Code.BAD_CLASSES, "≥190%: Tốt"),
        ("classes", "còn lại: Khá; ≥90%: Tốt", Code.BAD_CLASSES, "≥90%: Tốt"),
        ("classes", "còn lại: Khá", Code.BAD_CLASSES, "còn lại: Khá"),
        (
            "classes",
            "≥90%: A; từ 70% đến dưới 80%: B; còn lại: C",
            Code.BAD_CLASSES,
            "từ 70% đến dưới 80%: B",
        ),
        ("classes", "≥90%: A; dưới 80%: B", Code.BAD_CLASSES, "dưới 80%: B"),
    ],
)
def test_ranking_that_is_not_understood(
    tmp_path: Path, key: str, value: str, code: FindingCode, found: str
) -> None:
    settings, findings = ranking(tmp_path, **{key: value})
    assert [(f.code, f.cell, f.found) for f in findings] == [(code, "B12", found)]
    assert settings == RankingSettings()
