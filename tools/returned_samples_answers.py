"""Samples of what units type: numbers in every form, words, blanks and old fonts."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from returned_forms import (
    EVIDENCE,
    ROWS,
    SUPPORT,
    Formula,
    Percent,
    Sample,
    Typed,
    full,
    full_scores,
    issued,
    rebuilt,
    saved,
    typed,
)

from cchc_office.papers.form.layout import SCORE_SHEET
from tests.returned_samples import NO_UNIT

AS_TEXT = {
    "1.1.1": Typed("0,5", "0.5", "diem-go-chu"),
    "1.1.2": Typed("1,25 điểm", "1.25", "diem-go-chu"),
    "1.1.3": Typed("½", "0.5", "diem-go-chu"),
    "1.1.10": Typed(" 0,50 ", "0.5", "diem-go-chu", "0,50"),
    "2.1": Typed("1½", "1.5", "diem-go-chu"),
    "2.2.1": Typed("0.5", "0.5", "diem-go-chu"),
    "2.2.2": Typed("2đ", "2", "diem-go-chu"),
}
UNCLEAR = {
    "1.1.1": Typed("50%", "unusable", "diem-khong-ro"),
    "1.1.2": Typed("1.250", "unusable", "diem-khong-ro"),
    "1.1.3": Typed("0,5 (thiếu một báo cáo)", "unusable", "diem-khong-ro"),
    "1.1.10": Typed("1,5/2", "unusable", "diem-khong-ro"),
    "2.1": Typed("1,5-2", "unusable", "diem-khong-ro"),
    "2.2.1": Typed("tối đa", "unusable", "diem-khong-ro"),
    "2.2.2": Typed("1,250", "unusable", "diem-khong-ro"),
}
OF_OTHER_TYPES = {
    "1.1.1": Typed(Percent(0.5), "0.5", "diem-go-chu", "50%"),
    "1.1.2": Typed(Percent(0.5), "unusable", "diem-khong-ro", "50%"),
    "1.1.3": Typed(True, "unusable", "diem-khong-ro", "TRUE"),
    "1.1.10": Typed(dt.datetime(2024, 5, 1), "unusable", "diem-khong-ro", "01/05/2024"),
    "2.1": Typed(1.0, "1"),
}
# LibreOffice keeps TRUE as 1 where the cell shows decimals.
SHOWN_OTHERWISE = {code: answer for code, answer in OF_OTHER_TYPES.items() if code != "1.1.3"}
WITHOUT_VALUE = {
    "1.1.1": Typed("#N/A", "unusable", "o-diem-loi", "#N/A"),
    "1.1.2": Typed("#DIV/0!", "unusable", "o-diem-loi", "#DIV/0!"),
    "1.1.3": Typed("#REF!", "unusable", "o-diem-loi", "#REF!"),
    "2.2.1": Typed("#VALUE!", "unusable", "o-diem-loi", "#VALUE!"),
}
NOT_CALCULATED = {
    "1.1.1": Typed(Formula("=1-0.5"), "unusable", "diem-chua-tinh", "=1-0.5"),
    "2.2.2": Typed(Formula("=E18/2"), "unusable", "diem-chua-tinh", "=E18/2"),
}
NOT_APPLICABLE = {
    "1.1.1": Typed("Không áp dụng", "not applicable", "khong-ap-dung"),
    "1.1.2": Typed("KHÔNG ÁP DỤNG", "not applicable", "khong-ap-dung"),
    "1.1.3": Typed("khong ap dung", "not applicable", "khong-ap-dung"),
    "1.1.10": Typed(
        unicodedata.normalize("NFD", "Không áp dụng"), "not applicable", "khong-ap-dung"
    ),
    "2.1": Typed(" không\u00a0 áp  dụng ", "not applicable", "khong-ap-dung"),
    "2.2.1": Typed("KAD", "unusable", "diem-khong-ro"),
    "2.2.2": Typed("không", "unusable", "diem-khong-ro"),
}
OUT_OF_BOUNDS = {
    "1.1.1": Typed(1.5, "unusable", "vuot-diem-toi-da", "1,5"),
    "1.1.2": Typed(-0.5, "unusable", "diem-am", "-0,5"),
    "1.1.3": Typed(0.333, "0.333", "diem-qua-le", "0,333"),
    "1.1.10": Typed("-1", "unusable", "diem-am", "-1"),
    "2.2.1": Typed(1e15, "unusable", "vuot-diem-toi-da"),
    "2.2.2": Typed("2,01", "unusable", "vuot-diem-toi-da", "2,01"),
}
INVISIBLE = {
    "1.1.1": Typed("1\u00a0", "1", "diem-go-chu", "1"),
    "1.1.2": Typed("\u200b0,5", "0.5", "diem-go-chu", "0,5"),
    "1.1.3": Typed("\ufeff", "blank", "thieu-diem-co-tai-lieu"),
    "2.2.1": Typed("\u22120,5", "unusable", "diem-am"),
    "2.2.2": Typed("1,5\u00a0điểm", "1.5", "diem-go-chu", "1,5 điểm"),
}

_TYPED = (
    ("so-go-chu", "numbers typed as text that say one thing only", AS_TEXT, ".xls .ods"),
    ("so-khong-ro", "numbers typed as text that could mean two things", UNCLEAR, ".xls .ods"),
    ("so-kieu-khac", "percentages, TRUE, and a date where Excel changed 1.5", OF_OTHER_TYPES, ""),
    ("phan-tram-va-ngay", "percentages, and a date where Excel changed 1.5", SHOWN_OTHERWISE, ".xlsx .ods"),
    ("o-loi", "score cells show #N/A, #DIV/0!, #REF!, #VALUE!", WITHOUT_VALUE, ""),
    ("cong-thuc-chua-tinh", "score cells are formulas that no program calculated", NOT_CALCULATED, ""),
    ("khong-ap-dung-o-o-diem", "“không áp dụng” in several spellings, in the score cells", NOT_APPLICABLE, ".ods"),
    ("ngoai-khung", "above the maximum, negative, too many decimals", OUT_OF_BOUNDS, ".xls"),
    ("ky-tu-vo-hinh", "no-break and zero-width characters around scores, a typographic minus", INVISIBLE, ".ods"),
)  # fmt: skip


def of_typed(name: str, done: str, answers: Mapping[str, Typed], ending: str = "") -> Sample:
    """Return the sample in which some scores are typed in another way."""
    by = "LibreOffice" if ending else "openpyxl"
    suffix = f"-lo{ending}" if ending else ".xlsx"
    expected = {code: answer.score for code, answer in answers.items()}
    found = tuple(
        f"{a.slug} | F{ROWS[code]} | {a.quoted}".rstrip(" |")
        for code, a in answers.items()
        if a.slug
    )
    scores = full_scores() | expected
    return Sample(f"CCHC-2024-VP-{name}{suffix}", done, lambda: saved(typed(answers)), by, scores=scores, findings=found)  # fmt: skip


def samples() -> Iterator[Sample]:
    """Yield the samples."""
    for name, done, answers, endings in _TYPED:
        for ending in ("", *endings.split()):
            yield of_typed(name, done, answers, ending)
    yield from _calculated()
    yield from _gaps()
    yield from _elsewhere()
    yield from _words()
    yield from _old_fonts()


def _sample(name: str, done: str, edit: Any, findings: str = "", by: str = "openpyxl", words: Mapping[tuple[str, str], str] | None = None, **scores: str) -> Sample:  # fmt: skip
    def make() -> bytes:
        return saved(full(lambda book: edit(book[SCORE_SHEET])))

    found = tuple(line.strip() for line in findings.strip().splitlines())
    return Sample(f"CCHC-2024-VP-{name}", done, make, by, scores=full_scores(**scores), words=words or {}, findings=found)  # fmt: skip


def _calculated() -> Iterator[Sample]:
    def formulas(_: Any, sheet: Any) -> None:
        sheet.write_formula("F8", "=0.5+0.25", None, 0.75)
        sheet.write_formula("F9", "=0.5*2", None, "")  # XlsxWriter stores no result so
        sheet.write_formula("F10", '="0,5"', None, "0,5")
        sheet.write_formula("F11", "=1/0", None, "#DIV/0!")
        sheet.write_formula("F18", "=1/3", None, 1 / 3)

    yield Sample(
        "CCHC-2024-VP-cong-thuc-da-tinh.xlsx",
        "score cells are formulas with stored results: 0.75, none, “0,5”, #DIV/0!, 1/3",
        lambda: rebuilt(full(), sheets=(SCORE_SHEET, "cchc"), extra=formulas),
        "XlsxWriter",
        scores=full_scores(
            c1_1_1="0.75",
            c1_1_2="unusable",
            c1_1_3="0.5",
            c1_1_10="unusable",
            c2_2_2="0.333333333333333",
        ),
        findings=(
            "diem-chua-tinh | F9 | =0.5*2",
            "diem-go-chu | F10 | 0,5",
            "o-diem-loi | F11 | #DIV/0!",
            "diem-qua-le | F18",
        ),
    )

    def live(sheet: Any) -> None:
        sheet["F8"].value = "=0.5+0.25"
        sheet["F9"].value = "=E9"
        sheet["F10"].value = "=1/0"

    def live_and_empty(sheet: Any) -> None:
        live(sheet)
        sheet["F15"].value = '=IF(1,"","")'

    # LibreOffice stores an empty text as 0 in .xls: nothing in the file tells it from a 0.
    yield _sample(
        "cong-thuc-lo.xls",
        "score cells are formulas, calculated when the file was saved: 0.75, 2.5, #DIV/0!",
        live,
        "o-diem-loi | F10 | #DIV/0!",
        "LibreOffice",
        c1_1_1="0.75", c1_1_2="2.5", c1_1_3="unusable",
    )  # fmt: skip
    for ending in (".xlsx", ".ods"):
        yield _sample(
            f"cong-thuc-lo{ending}",
            "score cells are formulas, calculated when the file was saved: 0.75, 2.5, #DIV/0!, an empty text",
            live_and_empty,
            "o-diem-loi | F10 | #DIV/0!\nthieu-diem | F15",
            "LibreOffice",
            c1_1_1="0.75", c1_1_2="2.5", c1_1_3="unusable", c2_1="blank",
        )  # fmt: skip


def _gaps() -> Iterator[Sample]:
    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield Sample(f"CCHC-2024-VP-de-trong{ending}", "nothing filled in", lambda: saved(issued()), by, unit=NO_UNIT, findings=("phieu-chua-dien |",))  # fmt: skip

    def gaps(sheet: Any) -> None:
        sheet["F8"].value = None
        sheet["F9"].value = sheet["I9"].value = None
        sheet["I10"].value = None
        sheet["F11"].value, sheet["I11"].value = 0, None
        sheet["F15"].value = None
        sheet["G15"].value = "Không áp dụng"

    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield _sample(
            f"thieu-cho{ending}",
            "a score without evidence, evidence without a score, neither, 0, “không áp dụng”",
            gaps,
            """thieu-diem-co-tai-lieu | F8
            thieu-diem | F9
            thieu-tai-lieu | I10 | 0,75
            khong-ap-dung | G15 | 2,00""",
            by,
            c1_1_1="blank", c1_1_2="blank", c1_1_10="0", c2_1="not applicable",
        )  # fmt: skip

    def applies(sheet: Any) -> None:
        for row, text in ((8, "không  áp dụng"), (9, "Có"), (10, "Không áp dụng"), (11, unicodedata.normalize("NFD", "KHÔNG ÁP DỤNG"))):  # fmt: skip
            sheet.cell(row, 7).value = text
        sheet["F8"].value = sheet["F11"].value = None

    for ending, by in ((".xlsx", "openpyxl"), ("-lo.xls", "LibreOffice")):
        yield _sample(
            f"cot-ap-dung{ending}",
            "column Áp dụng: other spellings, a word of no meaning, “không áp dụng” beside a score",
            applies,
            """khong-ap-dung | G8 | 1,00
            o-ap-dung-khong-ro | G9 | Có
            khong-ap-dung-ma-co-diem | F10 | 0,75
            khong-ap-dung | G11 | 1,50""",
            by,
            c1_1_1="not applicable", c1_1_2="unusable", c1_1_3="unusable", c1_1_10="not applicable",
        )  # fmt: skip


def _elsewhere() -> Iterator[Sample]:
    def survey(sheet: Any) -> None:
        sheet["F13"].value, sheet["I13"].value = 3, "Phiếu khảo sát"
        sheet["F19"].value = 9.5

    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield _sample(
            f"dien-o-dieu-tra{ending}",
            "scores typed in the survey rows",
            survey,
            """dien-o-dieu-tra | F13 | 3
            dien-o-dieu-tra | I13 | Phiếu khảo sát
            dien-o-dieu-tra | F19 | 9,5""",
            by,
        )

    def support(sheet: Any) -> None:
        sheet["F12"].value = 0.5

    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield _sample(f"phoi-hop-tu-cham{ending}", "a score typed where the unit only supports", support, "phoi-hop-tu-cham | F12 | 0,5", by)  # fmt: skip

    def heading(sheet: Any) -> None:
        sheet["F7"].value = 4
        sheet["H16"].value = "Đã rà soát"

    yield _sample(
        "dien-dong-muc.xlsx",
        "a number over the sum of a heading row, words in another",
        heading,
        "dien-dong-muc | F7 | 4\ndien-dong-muc | H16 | Đã rà soát",
    )


def _words() -> Iterator[Sample]:
    huge = "Á" * 32_767

    def make_huge(sheet: Any) -> None:
        sheet["H8"].value = huge

    yield _sample("chu-rat-dai.xlsx", "a cell with as long a text as Excel takes", make_huge, words={("1.1.1", "result"): "Á × 32767"})  # fmt: skip
    evil = {"H8": "=cmd|'/C calc'!A0", "I9": "=HYPERLINK(\"http://a.example\",\"x\")", "J10": "@SUM(1+1)*cmd", "H11": "+1-2", "I8": "-2+3"}  # fmt: skip

    def injected(sheet: Any) -> None:
        for at, text in evil.items():
            sheet[at].value, sheet[at].data_type = text, "s"
        sheet["F18"].value, sheet["F18"].data_type = "=1+1", "s"

    said = {
        ("1.1.1", "result"): evil["H8"],
        ("1.1.2", "evidence"): evil["I9"],
        ("1.1.3", "note"): evil["J10"],
        ("1.1.10", "result"): evil["H11"],
        ("1.1.1", "evidence"): evil["I8"],
    }
    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield _sample(f"chu-giong-cong-thuc{ending}", "texts that look like formulas", injected, "diem-khong-ro | F18 | =1+1", by, said, c2_2_2="unusable")  # fmt: skip

    def odd(sheet: Any) -> None:
        sheet["H8"].value = 'Dòng một\nDòng hai <b> & "ngoặc" ; | , ©'
        sheet["I9"].value = 2024
        sheet["J10"].value = dt.datetime(2024, 5, 1)
        sheet["H11"].value = "=1/0"

    yield _sample(
        "loi-van-la.xlsx",
        "words: two lines with signs, a number, a formula that was never calculated",
        odd,
        "o-khong-co-ket-qua | H11 | =1/0",
        words={("1.1.1", "result"): "Dòng một⏎Dòng hai <b> & \"ngoặc\" ; | , ©", ("1.1.2", "evidence"): "2024"},
    )  # fmt: skip


def _old_fonts() -> Iterator[Sample]:
    # "Báo cáo số 15/BC-STN", "1,25 điểm", "Không áp dụng", "Điểm tự chấm", as each font has them
    tcvn3 = ("B¸o c¸o sè 15/BC-STN", "1,25 ®iÓm", "Kh«ng ¸p dông", "§iÓm tù chÊm")
    vni = ("Baùo caùo soá 15/BC-STN", "1,25 ñieåm", "Khoâng aùp duïng", "Ñieåm töï chaám")
    for name, font, texts, endings in (
        ("tcvn3", "TCVN3 (ABC)", tcvn3, (".xlsx", "-lo.xls", "-lo.ods")),
        ("vni", "VNI", vni, (".xlsx",)),
    ):
        evidence, score = texts[:2]

        def old(sheet: Any, texts: tuple[str, ...] = texts) -> None:
            sheet["I8"].value, sheet["F9"].value, sheet["G15"].value, sheet["F5"].value = texts
            sheet["F15"].value = None

        said = f"Báo cáo số 15/BC-STN (nguyên văn phông {font}: {evidence})"
        for ending in endings:
            yield _sample(
                f"phong-{name}{ending}",
                f"evidence, a score, “không áp dụng” and a heading typed in a {font} font",
                old,
                f"""phong-chu-cu | I8 | {evidence}
                diem-go-chu | F9 | {score}
                khong-ap-dung | G15 | 2,00""",
                "LibreOffice" if "lo" in ending else "openpyxl",
                {("1.1.1", "evidence"): said},
                c1_1_2="1.25", c2_1="not applicable",
            )  # fmt: skip

    def decomposed(sheet: Any) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "s":
                    cell.value = unicodedata.normalize("NFD", cell.value)

    said_plainly = {("1.1.1", "evidence"): EVIDENCE, ("1.2", "result"): SUPPORT}
    for ending, by in ((".xlsx", "openpyxl"), ("-lo.ods", "LibreOffice")):
        yield _sample(f"chu-nfd{ending}", "every text decomposed (NFD), as macOS does", decomposed, "", by, said_plainly)  # fmt: skip

    def spaced(sheet: Any) -> None:
        decomposed_none = [
            c for row in sheet.iter_rows() for c in row if c.data_type == "s" and c.value
        ]
        for cell in decomposed_none:
            if cell.column > 1:
                cell.value = "\u200b" + str(cell.value).replace(" ", "\u00a0") + "\u00a0"

    yield _sample("khoang-trang-la.xlsx", "no-break spaces and zero-width characters in every text", spaced, "", words=said_plainly)  # fmt: skip
