from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_office.text.shortening import some_of
from cchc_office.text.vietnamese import (
    OfficialDate,
    all_clean,
    clean,
    clean_line,
    decimal_of,
    fold,
    format_decimal,
    official,
    parse_decimal,
    parse_official_date,
    spelling,
    upper,
    words,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        (" 0,50 ", "0.50"),
        ("1,25 điểm", "1.25"),
        ("1,25đ", "1.25"),
        ("½", "0.5"),
        ("1½", "1.5"),
        ("−1", "-1"),
        ("0.125", "0.125"),
        ("10", "10"),
    ],
)
def test_numbers_that_are_plain(typed: str, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["1.250", "1,250", "1,5/2", "50%", "0,5 (thiếu 01 báo cáo)", "", "x", "1.2.3", "1 2"]
)
def test_numbers_that_could_mean_two_things_are_not_read(typed: str) -> None:
    assert parse_decimal(typed) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.5", "0,5"),
        ("1", "1"),
        ("0.125", "0,13"),
        ("0.115", "0,12"),
        ("-0.001", "0"),
        ("10", "10"),
    ],
)
def test_decimals_are_shown_with_a_comma_and_rounded_half_up(value: str, shown: str) -> None:
    assert format_decimal(Decimal(value)) == shown


def test_zeros_can_be_kept() -> None:
    assert format_decimal(Decimal("0.5"), trim=False) == "0,50"


def test_a_binary_number_is_the_decimal_that_excel_shows() -> None:
    assert decimal_of(0.1 + 0.2) == Decimal("0.3")
    assert decimal_of(5.0) == Decimal(5)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Phòng KH – TC – TH", "phòng KH-TC-TH"),
        ("Thuỷ lợi", "Thủy lợi"),
        ("hoà bình", "HÒA  BÌNH"),
        ("Đất đai", "dat dai"),
        ("“Một\u00a0cửa”", '"một cửa"'),
    ],
)
def test_names_typed_differently_match(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize("letter", ["\u00d0", "\u0189"])
def test_letters_that_look_like_the_vietnamese_one_are_it(letter: str) -> None:
    """Converters of old fonts, and keyboards of other languages, give U+00D0 or U+0189."""
    assert fold(f"{letter}TXHH") == "dtxhh"
    assert spelling(f"{letter}ào {letter.lower()}ức") == spelling("Đào đức")


def test_cleaning_keeps_lines_and_drops_what_is_not_seen() -> None:
    text = unicodedata.normalize("NFD", "Văn\u200b phòng\r\n  tổng\u00a0 hợp\x07 ")
    assert clean(text) == "Văn phòng\ntổng hợp"
    assert clean_line(text) == "Văn phòng tổng hợp"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_words_know_their_place() -> None:
    text = "Văn phòng (các phòng)"
    assert [text[w.start : w.end] for w in words(text)] == ["Văn", "phòng", "các", "phòng"]


def test_capitals() -> None:
    assert upper("Cải cách thể chế đường") == "CẢI CÁCH THỂ CHẾ ĐƯỜNG"


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("05/12/2024", OfficialDate(5, 12, 2024)),
        ("5-1-2024", OfficialDate(5, 1, 2024)),
        ("  /5/2024", OfficialDate(None, 5, 2024)),
        ("/ /2024", OfficialDate(None, None, 2024)),
        ("ngày 05 tháng 12 năm 2024", OfficialDate(5, 12, 2024)),
        ("ngày   tháng 5 năm 2024", OfficialDate(None, 5, 2024)),
        ("2024-12-05", OfficialDate(5, 12, 2024)),
        ("29/02/2024", OfficialDate(29, 2, 2024)),
    ],
)
def test_dates(typed: str, date: OfficialDate) -> None:
    assert parse_official_date(typed) == date


@pytest.mark.parametrize(
    "typed", ["31/02/2024", "29/02/2023", "5/13/2024", "hôm qua", "", "2024", "0/5/2024"]
)
def test_what_is_no_date(typed: str) -> None:
    assert parse_official_date(typed) is None


@pytest.mark.parametrize(
    ("day", "in_words", "short"),
    [
        (dt.date(2024, 12, 5), "ngày 05 tháng 12 năm 2024", "05/12/2024"),
        (dt.date(2024, 2, 15), "ngày 15 tháng 02 năm 2024", "15/02/2024"),
        (dt.date(2024, 3, 1), "ngày 01 tháng 3 năm 2024", "01/3/2024"),
    ],
)
def test_official_dates_are_padded_as_the_decree_says(
    day: dt.date, in_words: str, short: str
) -> None:
    assert official(day).in_words == in_words
    assert official(day).short == short


def test_unknown_parts_of_a_date_stay_blank() -> None:
    date = OfficialDate(None, 5, 2024)
    assert date.in_words.split() == ["ngày", "tháng", "5", "năm", "2024"]
    assert date.complete is None


@given(st.lists(st.text(min_size=1), max_size=5))
def test_texts_said_to_be_clean_are(texts: list[str]) -> None:
    if all_clean(texts):
        assert [clean(text) for text in texts] == texts


VIETNAMESE = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)


@pytest.mark.parametrize("text", [VIETNAMESE, VIETNAMESE.upper(), "“số 12/QĐ-SCT” – ½ 80% §"])
def test_usual_texts_are_clean_at_once(text: str) -> None:
    assert all_clean([text, "Đã thực hiện\nđủ"])


@pytest.mark.parametrize(
    "mark",
    ["\u0301", "\u200b", "\u00a0", "\u00ad", "\u2028", "\u212b", "\u1100", "\x85", "\t", "  "],
)
def test_a_text_with_anything_else_is_not_said_to_be_clean(mark: str) -> None:
    assert not all_clean(["Kế hoạch", f"đã{mark}gửi"])


def test_a_line_break_with_its_carriage_return_is_one() -> None:
    assert clean("dòng một\r\ndòng hai\rdòng ba") == "dòng một\ndòng hai\ndòng ba"


@pytest.mark.parametrize(
    ("names", "among", "told"),
    [
        ("A", 0, "A"),
        ("A B C", 0, "A, B, C"),
        ("A B C D", 0, "A, B và 2 đơn vị khác"),
        ("A B C", 5, "A, B và 3 đơn vị khác"),
        ("A B C", 1002, "A, B và 1.000 đơn vị khác"),
    ],
)
def test_of_many_the_first_are_named_and_the_rest_counted(
    names: str, among: int, told: str
) -> None:
    """A single one more is named: "và 1 đơn vị khác" is no shorter than its name."""
    assert some_of(names.split(), 3, "đơn vị", among=among) == told
