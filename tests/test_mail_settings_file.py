"""thu.toml corrected: what changes, and what stays as a person wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_office import UsageError, open_campaign
from cchc_office.mail.settings_file import HEAD, changed

from .sheets import campaign_file

OWN = """\
# của Văn phòng Sở
nguoi_gui = "vp@so.example"   # thư chung
cach_ngay_don_doc = 0

[gui]   # mạng nội bộ
may_chu = 'smtp.sai.example'  # hỏi anh Ba
cong = 2525
nhip_moi_phut = 10

[nhan]
may_chu = "imap.so.example"
"""


def test_only_the_lines_that_change_are_other_ones() -> None:
    values = {"gui.may_chu": "smtp.so.example", "gui.cong": "", "gui.nguoi_dung": "vp"}
    assert changed(OWN, values) == (
        OWN.replace("'smtp.sai.example'", '"smtp.so.example"')
        .replace("cong = 2525\n", "")
        .replace("nhip_moi_phut = 10\n", 'nhip_moi_phut = 10\nnguoi_dung = "vp"\n')
    )


def test_what_is_the_same_changes_nothing() -> None:
    values: dict[str, str | int] = {
        "nguoi_gui": "vp@so.example",
        "cach_ngay_don_doc": 0,
        "gui.cong": 2525,
    }
    assert changed(OWN, values) == OWN
    assert changed(OWN.replace("\n", "\r\n"), values) == OWN.replace("\n", "\r\n")


def test_a_part_without_a_setting_is_gone() -> None:
    assert changed(OWN, {"nhan.may_chu": ""}) == OWN.partition("[nhan]")[0]
    assert changed("", {"nhan.may_chu": "imap.x"}) == '[nhan]\nmay_chu = "imap.x"\n'


def test_ends_of_lines_are_those_of_the_file() -> None:
    text = changed(OWN.replace("\n", "\r\n"), {"gui.nguoi_dung": "vp", "gui.cong": 25})
    assert text.count("\n") == text.count("\r\n")
    assert "cong = 25\r\n" in text


@pytest.mark.parametrize(
    "text",
    [
        'gui = { may_chu = "smtp.sai.example" }  # một dòng\n',
        'gui.may_chu = "smtp.sai.example"\n',
        '[gui]\nmay_chu = """\nsmtp.sai.example"""\n',
        '"x" = 1\n[gui]\n"may\\u005fchu" = "smtp.sai.example"\n',
    ],
)
def test_however_a_person_wrote_it_one_value_is_another(text: str) -> None:
    written = changed(text, {"gui.may_chu": "smtp.so.example"})
    before, after = tomllib.loads(text), tomllib.loads(written)
    assert after == {**before, "gui": {"may_chu": "smtp.so.example"}}
    assert written.count("#") == text.count("#")


@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
    number=st.integers(0, 70_000),
    base=st.sampled_from((OWN, HEAD, "", OWN.replace("\n", "\r\n"))),
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_whatever_is_written_is_read_again(text: str, number: int, base: str) -> None:
    values: dict[str, str | int] = {"nguoi_gui": text, "gui.nguoi_dung": text, "nhan.cong": number}
    told = tomllib.loads(changed(base, values))
    assert told.get("nguoi_gui", "") == text
    assert told.get("gui", {}).get("nguoi_dung", "") == text
    assert told["nhan"]["cong"] == number
    before = tomllib.loads(base)
    assert told.get("gui", {}).get("may_chu") == before.get("gui", {}).get("may_chu")


def test_a_script_corrects_one_setting_and_a_password_goes(tmp_path: Path) -> None:
    folder = campaign_file(tmp_path / "dot").parent
    file = folder / "thu.toml"
    file.write_text(f'{OWN}\nmat_khau = "bi mat"\n', encoding="utf-8")
    campaign = open_campaign(folder)
    assert "bi mat" not in repr(campaign.mail_setup())
    access = campaign.set_up_mail({"gui.may_chu": "smtp.so.example"})
    assert access.server == "smtp.so.example:2525"
    assert file.read_text(encoding="utf-8") == (
        OWN.replace("'smtp.sai.example'", '"smtp.so.example"') + "\n"
    )
    for wrong in ({"gui.cong": "nhiều"}, {"gui.may_chu": "vp:mk@so.example"}, {"nguoi_gui": "vp"}):
        with pytest.raises(UsageError):
            campaign.set_up_mail(wrong)
    file.write_text("gui = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="gui"):
        campaign.set_up_mail({"gui.may_chu": "smtp.so.example"})
    assert file.read_text(encoding="utf-8") == "gui = 3\n"
    with pytest.raises(UsageError, match="dict"):
        campaign.set_up_mail({"gui.cong": 25})  # type: ignore[dict-item]
