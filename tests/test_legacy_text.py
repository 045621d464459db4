"""Text typed in fonts from before Unicode is recognised and converted; all other text is let be.

The tables below are the tests' own: TCVN 5712:1993 (VN3) and VNI for Windows, written out letter
by letter. The tables of UniKey and xvnkb agree on every one, and glibc's TCVN5712-1 on TCVN3.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_office.model import Campaign
from cchc_office.text.legacy import ENCODINGS, LegacyFont, LegacyText, is_syllable, read_legacy
from cchc_office.text.vietnamese import clean

from .conftest import EXAMPLE

SEED = Path(__file__).parent / "data" / "bang-phan-cong-cchc-2024.txt"

LETTERS = """
a á à ả ã ạ ă ắ ằ ẳ ẵ ặ â ấ ầ ẩ ẫ ậ e é è ẻ ẽ ẹ ê ế ề ể ễ ệ i í ì ỉ ĩ ị o ó ò ỏ õ ọ
ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ u ú ù ủ ũ ụ ư ứ ừ ử ữ ự y ý ỳ ỷ ỹ ỵ đ
"""
TCVN3_CODES = """
a ¸ µ ¶ · ¹ ¨ ¾ » ¼ ½ Æ © Ê Ç È É Ë e Ð Ì Î Ï Ñ ª Õ Ò Ó Ô Ö i Ý × Ø Ü Þ o ã ß á â ä
« è å æ ç é ¬ í ê ë ì î u ó ï ñ ò ô SHY ø õ ö ÷ ù y ý ú û ü þ ®
""".replace("SHY", "\u00ad")
TCVN3_CAPITALS = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§"}
VNI_CODES = """
a aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä e eù eø eû eõ eï eâ eá eà eå eã eä
i í ì æ ó ò o où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï u uù uø uû uõ uï
ö öù öø öû öõ öï y yù yø yû yõ î ñ
"""

TCVN3 = dict(zip(LETTERS.split(), TCVN3_CODES.split(), strict=True)) | TCVN3_CAPITALS
VNI = dict(zip(LETTERS.split(), VNI_CODES.split(), strict=True))
VNI |= {letter.upper(): codes.upper() for letter, codes in VNI.items()}

CONVERT = {encoding.font: encoding.convert for encoding in ENCODINGS}
FONTS = pytest.mark.parametrize("font", list(LegacyFont), ids=lambda font: font.name)


def typed(text: str, font: LegacyFont) -> str:
    """What a file holds when someone types `text` in a font of the family."""
    if font is LegacyFont.VNI:
        return "".join(VNI.get(c, c) for c in text)
    return "".join(c if c.isascii() else TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text)


def as_shown(text: str, font: LegacyFont) -> str:
    """What can be read back: TCVN3 keeps no capitals with a tone."""
    if font is LegacyFont.VNI or text.isupper():
        return text
    return "".join(c if c.isascii() or c in TCVN3 else c.lower() for c in text)


# What neither Vietnamese in Unicode nor the other font has in a word.
CLEAR = {
    LegacyFont.TCVN3: re.compile("[A-Za-z][¨©ª«¬\u00ad®¶¸»¼½¾]|[a-z][ÆÇËÎÏÑÓÖØÞ]"),
    LegacyFont.VNI: re.compile("[aeouyôö][ùøûõ]|[aeo]â|aê|öô|ñ.*[^a-z]", re.IGNORECASE),
}


def clear_words(code: str, font: LegacyFont) -> int:
    """How many different words of a typed text no one could take for anything else."""
    return len({word for word in code.split() if CLEAR[font].search(word)})


def seed_lines() -> list[str]:
    lines = (line.strip() for line in SEED.read_text(encoding="utf-8").split("\n"))
    return sorted({line for line in lines if line})


# Whole words only: the seed has codes such as "KH-TC-TH" and a few words cut at its line ends.
SEED_WORDS = sorted(
    {word for line in seed_lines() for word in re.findall(r"[^\W\d_]+", line)}
    & {word for line in seed_lines() for word in line.split()}
)


# --- tables ---


def test_the_tests_know_every_letter_of_vietnamese() -> None:
    letters = LETTERS.split()
    assert len(letters) == len(set(letters)) == 12 * 6 + 1
    assert sum(not letter.isascii() for letter in letters) * 2 == 134
    assert len(set(TCVN3.values())) == len(TCVN3)
    assert len(set(VNI.values())) == len(VNI)


@pytest.mark.parametrize(("letter", "code"), TCVN3.items())
def test_every_letter_of_tcvn3(letter: str, code: str) -> None:
    assert CONVERT[LegacyFont.TCVN3](code) == letter
    read = read_legacy(f"V¨n phßng Së {code}")
    assert read == LegacyText(LegacyFont.TCVN3, f"V¨n phßng Së {code}", f"Văn phòng Sở {letter}")


@pytest.mark.parametrize(("letter", "code"), VNI.items())
def test_every_letter_of_vni(letter: str, code: str) -> None:
    assert CONVERT[LegacyFont.VNI](code) == letter
    read = read_legacy(f"Vaên phoøng Sôû {code}")
    assert read == LegacyText(LegacyFont.VNI, f"Vaên phoøng Sôû {code}", f"Văn phòng Sở {letter}")


@pytest.mark.parametrize("letter", [c for c in VNI if len(VNI[c]) == 2])
def test_the_mark_of_vni_may_have_the_other_case(letter: str) -> None:
    code = VNI[letter]
    assert CONVERT[LegacyFont.VNI](code[0] + code[1].swapcase()) == letter


@FONTS
def test_windows_signs_read_as_control_characters_are_signs_again(font: LegacyFont) -> None:
    text = typed("Văn phòng Sở “báo cáo” – cuối năm…", font)
    as_latin_1 = "".join(
        bytes([c.encode("cp1252")[0]]).decode("latin-1") if c in "“”–…" else c for c in text
    )
    assert "\x93" in as_latin_1
    assert converted(as_latin_1) == "Văn phòng Sở “báo cáo” – cuối năm…"


def converted(text: str) -> str | None:
    read = read_legacy(text)
    return None if read is None else read.converted


# --- what is recognised ---


@pytest.mark.parametrize(
    ("code", "font", "text"),
    [
        ("V¨n phßng Së", LegacyFont.TCVN3, "Văn phòng Sở"),
        ("Vaên phoøng Sôû", LegacyFont.VNI, "Văn phòng Sở"),
        ("Së C«ng Th\u00ad¬ng", LegacyFont.TCVN3, "Sở Công Thương"),
        ("Sôû Coâng Thöông", LegacyFont.VNI, "Sở Công Thương"),
        ("SÔÛ COÂNG THÖÔNG", LegacyFont.VNI, "SỞ CÔNG THƯƠNG"),
        ("§¬n vÞ", LegacyFont.TCVN3, "Đơn vị"),
        ("Ñôn vò", LegacyFont.VNI, "Đơn vị"),
        ("Bé Y tÕ", LegacyFont.TCVN3, "Bộ Y tế"),
        ("Keá hoaïch", LegacyFont.VNI, "Kế hoạch"),
        ("Hå s¬", LegacyFont.TCVN3, "Hồ sơ"),
        ("B¸o c¸o sè 12/BC-SCT ngµy 05/12/2024", LegacyFont.TCVN3, "Báo cáo số 12/BC-SCT ngày 05/12/2024"),
        ("QÑ soá 12/QÑ-SCT", LegacyFont.VNI, "QĐ số 12/QĐ-SCT"),
        ("1785/Q§-UBND", LegacyFont.TCVN3, "1785/QĐ-UBND"),
        ("Kh«ng\u00a0cã", LegacyFont.TCVN3, "Không\u00a0có"),
        ("§¹t, 80% (®óng h¹n)\nB¸o c¸o.docx", LegacyFont.TCVN3, "Đạt, 80% (đúng hạn)\nBáo cáo.docx"),
    ],
)  # fmt: skip
def test_texts_of_the_job(code: str, font: LegacyFont, text: str) -> None:
    assert read_legacy(code) == LegacyText(font, code, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("Kh«ng", "Không"),
        ("§¹t", "Đạt"),
        ("Ch\u00ada", "Chưa"),
        ("Phßng", "Phòng"),
        ("Së", "Sở"),
        ("ChËm", "Chậm"),
        ("Khoâng", "Không"),
        ("Ñaït", "Đạt"),
        ("Phoøng", "Phòng"),
        ("Coù", "Có"),
        ("Chaäm", "Chậm"),
    ],
)
def test_one_word_is_enough_when_it_can_be_nothing_else(code: str, text: str) -> None:
    assert converted(code) == text


@pytest.mark.parametrize(
    "code",
    [
        "Cã",  # "Có" in TCVN3
        "Sè",  # "Số" in TCVN3
        "Sè cã",
        "toán",  # "tốn" in VNI
        "Hoà sô",  # "Hồ sơ" in VNI
        "Cöa sæ",  # "Cửa sổ" in TCVN3, "Cưa sỉ" in VNI
        "Tèt",  # "Tốt" in TCVN3
    ],
)
def test_what_could_mean_two_things_is_not_guessed(code: str) -> None:
    assert read_legacy(code) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("V¡N PHßNG Së", "VĂN PHÒNG SỞ"),
        ("Së C¤NG TH¦¥NG", "SỞ CÔNG THƯƠNG"),
        ("KÕ HO¹CH C¶I C¸CH HµNH CHÝNH", "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH"),
        ("ñY BAN NH¢N D¢N TØNH", "ỦY BAN NHÂN DÂN TỈNH"),
        ("Gi¸m ®èc Së KHCN", "Giám đốc Sở KHCN"),
        ("kÕ ho¹ch cña UBND TØNH", "kế hoạch của UBND TỈNH"),
        ("v¨n phßng së", "văn phòng sở"),  # .VnTimeH shows it in capitals: the text can't tell
    ],
)
def test_capitals_of_tcvn3_where_the_text_tells(code: str, text: str) -> None:
    assert converted(code) == text


@FONTS
def test_the_table_of_2024_typed_in_an_old_font(font: LegacyFont) -> None:
    clear = 0
    for line in seed_lines():
        code = typed(line, font)
        read = read_legacy(code)
        if clear_words(code, font) >= 2:
            clear += 1
            assert read is not None, code
        if read is not None:
            assert read == LegacyText(font, code, as_shown(line, font))
    assert clear > 100


@FONTS
def test_names_of_criteria_and_units_typed_in_an_old_font(
    font: LegacyFont, example: Campaign
) -> None:
    names = [criterion.name for criterion in example.criteria]
    names += [unit.name for unit in example.units]
    missed = [name for name in names if not read_legacy(typed(name, font))]
    assert len(names) > 100
    assert missed == []


@FONTS
@given(words=st.lists(st.sampled_from(SEED_WORDS), min_size=2, max_size=30))
def test_words_of_the_table_in_any_order(font: LegacyFont, words: list[str]) -> None:
    text = " ".join(words)
    assume(not text.isupper())  # capitals have their own test
    code = typed(text, font)
    assume(clear_words(code, font) >= 2)
    read = read_legacy(code)
    assert read is not None
    assert read.font is font
    assert read.converted.casefold() == text.casefold()
    if not any(word.isupper() for word in words):
        assert read.converted == as_shown(text, font)


def test_a_text_that_a_mac_decomposed() -> None:
    code = unicodedata.normalize("NFD", "Vaên phoøng Sôû")
    assert read_legacy(code) == LegacyText(LegacyFont.VNI, code, "Văn phòng Sở")


@FONTS
def test_the_longest_text_of_a_cell(font: LegacyFont) -> None:
    text = ("Ban hành kế hoạch cải cách hành chính hằng năm. " * 700)[:10_000]
    assert converted(typed(text, font)) == text


@pytest.mark.parametrize("text", ["ÖÔ" * 16_000, "ó" * 32_000, "aù" * 16_000 + "À", "§" * 32_000])
def test_one_endless_word_is_no_vietnamese(text: str) -> None:
    assert read_legacy(text) is None


def test_workbooks_keep_what_cleaning_takes_away() -> None:
    code = "Th\u00ad viÖn tØnh"  # Thư viện tỉnh
    book: Any = openpyxl.Workbook()
    book.active["A1"] = code
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    sheet = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    assert [converted(str(value)) for value in sheet.to_python()[0]] == ["Thư viện tỉnh"]
    book = openpyxl.load_workbook(content)
    assert converted(book.active["A1"].value) == "Thư viện tỉnh"
    assert converted(clean(code)) != "Thư viện tỉnh"


# --- what is let be ---


def example_texts(campaign: Campaign) -> Iterator[str]:
    yield from (criterion.name for criterion in campaign.criteria)
    yield from (unit.name for unit in campaign.units)
    for path in sorted(EXAMPLE.rglob("*.xlsx")):
        book: Any = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                yield from (value for value in row if isinstance(value, str))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_of_the_example_is_let_be(form: Any, example: Campaign) -> None:
    texts = {*example_texts(example), *seed_lines(), *SEED_WORDS}
    assert len(texts) > 500
    assert [t for t in texts if read_legacy(unicodedata.normalize(form, t))] == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_whose_letters_are_all_western_is_let_be(form: Any) -> None:
    syllables = {
        letter.join(parts)
        for letter in "àáâãèéêìíòóôõùúý"
        for parts in (("h", "nh"), ("kh", "ng"), ("t", ""), ("to", "n"), ("ho", ""), ("hu", ""))
    }
    syllables |= {"toàn", "khoán", "loài", "quá", "tiên", "chuyên", "ngoài", "thuê", "uý"}
    words = sorted(word for word in syllables if is_syllable(word))
    assert len(words) > 50
    texts = [f"{first} {second}" for first in words for second in words]
    texts += [change(word) for word in words for change in (str.upper, str.title, str.lower)]
    assert [t for t in texts if read_legacy(unicodedata.normalize(form, t))] == []


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "0,5", "1.250", "50%", "½", "1½ ngày", "¼", "≥ 80%", "± 5%", "20 °C", "10 m²"),
        *("µ", "µm", "5 µm", "N·m", "m×n", "2×2", "8÷10", "n¹", "th¹", "Mª", "§", "§ 5", "§5", "¶"),
        *("©", "© 2024", "®", "Microsoft® Windows®", "«»", "« có »", "«Không có»", "có¹", "£5", "¥"),
        *("có", "Có", "CÓ", "Không", "Không có", "KHÔNG CÓ", "Tốt", "Khá", "Văn phòng", "báo cáo"),
        *("thông tin", "công tác", "Thông tin: có", "hoà", "toán", "loà xoà", "quý", "Quý I", "Ðồng"),
        *("· Không có", "• có", "– Không", "… có", "“Không”", "không có…", "Hà Tây", "Lâm Hà"),
        *("số 123/QĐ-SCT ngày 05/12/2024", "1785/UBND-NC", "123/SCT-VP", "Số: 12/BC-SCT"),
        *("vp.sct@tinh.gov.vn", "https://sct.tinh.gov.vn/báo-cáo?id=1", "Báo cáo quý.docx"),
        *("KHTCTH", "P. KHTCTH", "KH-TC-TH", "UBND", "Kon Tum", "Krông Nô", "Pleiku"),
        *("Loïc", "Loïc Aït", "Noël", "Thaï", "Zoë", "Chloé", "Hélène Müller", "José Muñoz", "où"),
        *("Seán", "Jérôme Bön", "François", "São Tomé", "João", "Ångström", "Citroën", "Haïti"),
        *("tôt", "plus tôt", "à côté", "Öl", "Köln", "daß", "muß", "schön", "señor", "España", "ESPAÑA"),
        "Décision n° 123 du 5 décembre : l’arrêté où l’on précise les règles a été publié",
        "Les délégués français étaient là dès août ; ça coûte très cher",
        "Die Größe der Straße hängt von den örtlichen Verhältnissen ab (§ 5 BauGB)",
        "The naïve café résumé © 2024 Company®. All rights reserved. µ = 5 ± 0.1",
        "Từ 1.1 đến 5.6 – « đủ » ®",
        "Công tác: µ ± 5 × 3 ÷ 2 ¬ © ® § ¶ · ¸ ¹ º",
        "infor\u00admation tech\u00adnology",
        "báo\u00adcáo",
        "日本語",
        "Đơn vị",
        "V¨n phßng và Đơn vị",  # one cell in two fonts cannot be told
    ],
)  # fmt: skip
def test_other_text_is_let_be(text: str) -> None:
    assert read_legacy(text) is None
    assert read_legacy(unicodedata.normalize("NFD", text)) is None


@given(st.one_of(st.text(st.characters()), st.text(st.characters(max_codepoint=0xFF))))
def test_no_text_is_too_strange(text: str) -> None:
    read = read_legacy(text)
    if read is not None:
        assert read.original == text
        assert read.converted == unicodedata.normalize("NFC", read.converted)
        assert read.converted != text


# --- spelling ---


SYLLABLES = """
nghiêng giếng gì gìn giữ giết quyết quý quốc quân quên quỳnh khuya khuỷu tuyên huân thuở uỷ ủy
hoà hòa loè xoong yêu yến ỉa mía của chưa rượu hươu người tuổi muỗi đoạn hoặc ngoéo sách kênh
ghế nghệ kỹ đúng ở ý ạ tuýp suýt khuếch thuê xoáy khoắt
"""
NO_SYLLABLES = """
vaên phoøng ẵ â ce ka gen ngê cách- tốs chổx bàc hảt lôz xoọ tiếngg băi căy êng thuỏng hưon hòan
đđ sđ fa jo wa cùc thùch p q qa nghang
"""


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables_of_the_language(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_what_no_syllable_is_spelled_like(word: str) -> None:
    assert not is_syllable(word)


def test_every_word_of_the_table_is_spelled_right() -> None:
    """Else the measure itself would be wrong: abbreviations aside, the seed is Vietnamese."""
    words = {w for w in SEED_WORDS if not w.isupper() and not w.isascii()}
    assert [word for word in words if not is_syllable(word.lower())] == []
