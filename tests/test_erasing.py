"""Erasing a campaign's personal data: all that is shown, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cchc_office
from cchc_office.files.output_folder import RECORD_NAME
from cchc_office.steps.earlier_report import keep_earlier
from cchc_office.steps.presence import PRESENCE_FILE, Presence
from cchc_office.steps.told_before import TOLD_NAME
from cchc_office.web.places import known_campaigns, remember

from .calls import cchc, example_in
from .conftest import ROOT
from .whole_year import Office


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with papers, drafts, a register, mail settings, evidence, and a stranger's file."""
    monkeypatch.setenv("CCHC_THU_MUC_RIENG", str(tmp_path / "own"))
    folder = example_in(tmp_path / "dot")
    opened = cchc_office.open_campaign(folder, output=folder / "output")
    opened.do_all()
    opened.send("cong-van")
    opened.record_handover(["VP"], "Zalo")
    (folder / "thu.toml").write_text('nguoi_gui = "a@so.example"', encoding="utf-8")
    (folder / "minh-chung" / "VP").mkdir(parents=True)
    (folder / "minh-chung" / "VP" / "a.pdf").write_bytes(b"%PDF")
    (folder / "ghi chép.txt").write_text("của tôi", encoding="utf-8")
    return folder


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_nothing_is_erased_without_a_word(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(campaign)
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output") == 0
    told = capsys.readouterr().out
    assert files(campaign) == before
    assert "Chưa xoá gì" in told
    shown = ("nhan-ve", "minh-chung", "cchc.sqlite", "thu.toml", "output/thu", "output/cong-van")
    assert [name for name in (*shown, "dot-cham.xlsx", "ghi chép.txt") if name not in told] == []


def test_what_is_shown_is_erased_and_the_rest_kept(campaign: Path) -> None:
    remember(campaign)
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa") == 0
    left = files(campaign)
    assert {"dot-cham.xlsx", "ghi chép.txt", "output/tong-hop/tong-hop.xlsx"} <= left
    tops = {name.removeprefix("output/").partition("/")[0] for name in left}
    assert tops <= {
        *("dot-cham.xlsx", "ghi chép.txt", "DA-XOA-DU-LIEU.txt"),
        *("tong-hop", "phu-luc", ".cchc-da-ghi.json"),
    }
    assert not (campaign / "nhan-ve").exists()
    assert campaign not in known_campaigns()


def test_all_of_it_leaves_only_what_is_not_the_programs(campaign: Path) -> None:
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa", "--tat-ca") == 0
    assert files(campaign) == {"ghi chép.txt"}


def test_no_link_is_followed_out_of_the_folder(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "nơi khác"
    outside.mkdir()
    (outside / "giữ.xlsx").write_bytes(b"x")
    (campaign / "tham-dinh").symlink_to(outside, target_is_directory=True)
    (campaign / "nhan-ve" / "liên kết").symlink_to(outside, target_is_directory=True)
    (campaign / "nhan-ve" / "tệp.xlsx").symlink_to(outside / "giữ.xlsx")
    assert cchc("xoa-du-lieu", campaign, "--xoa", "--tat-ca") == 1
    told = capsys.readouterr().out
    assert told.count("lien-ket-khong-xoa") + told.count("liên kết dẫn đến") >= 1
    assert "nhan-ve/liên kết" in told
    assert (outside / "giữ.xlsx").read_bytes() == b"x"


def test_what_came_after_it_was_shown_stays(campaign: Path) -> None:
    opened = cchc_office.open_campaign(campaign, output=campaign / "output")
    seen = opened.personal_data()
    (campaign / "nhan-ve" / "mới.xlsx").write_bytes(b"x")
    assert opened.erase_personal_data(seen).is_done
    assert files(campaign / "nhan-ve") == {"mới.xlsx"}


def test_papers_elsewhere_are_named(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "ra"
    cchc_office.open_campaign(campaign, output=elsewhere).make_dispatches()
    before = files(elsewhere)
    capsys.readouterr()
    assert cchc("xoa-du-lieu", campaign, "-o", elsewhere, "--xoa", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [found["ma"] for found in told["phat_hien"]] == ["ket-qua-o-noi-khac"]
    assert told["xoa_that"] is True
    assert "cchc.sqlite" in told["da_xoa"]
    assert files(elsewhere) == before


def test_papers_that_were_once_made_elsewhere_are_named(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was said of them without -o, and their place was forgotten with the register."""
    elsewhere = tmp_path / "ra"
    cchc_office.open_campaign(campaign, output=elsewhere).make_dispatches()
    before, here = files(elsewhere), files(campaign)
    capsys.readouterr()
    for word, left in (([], here), (["--xoa"], here - {"cchc.sqlite"})):
        assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", *word, "--json") == len(
            word
        )
        (told,) = json.loads(capsys.readouterr().out)["phat_hien"]
        assert (told["ma"], told["tep"]) == ("ket-qua-o-noi-khac", str(elsewhere))
        assert files(campaign) <= left | {"DA-XOA-DU-LIEU.txt"}
    assert files(elsewhere) == before
    assert not list(campaign.glob("cchc.sqlite*"))


@pytest.fixture
def whole_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign after a whole year: all that the program ever puts into its folder."""
    monkeypatch.setenv("CCHC_THU_MUC_RIENG", str(tmp_path / "own"))
    folder = example_in(tmp_path / "dot [2024]")
    Office(folder, folder).whole_year(returned=2)
    assert cchc("chay", folder, "-o", folder / "output") in (0, 1)
    assert cchc("gui", folder, "-o", folder / "output", "--loai", "cong-van") in (0, 1)
    for _ in range(2):
        assert cchc("kiem-tra", folder, "--danh-dau") in (0, 1)
        (folder / "dot-cham-danh-dau.xlsx").write_bytes(b"a person's: the next goes beside it")
    opened = cchc_office.open_campaign(folder, output=folder / "output")
    keep_earlier(folder, (folder / "after/tong-hop/tong-hop.xlsx").read_bytes())
    opened.set_up_mail({"nguoi_gui": "a@so.example", "gui.may_chu": "mail.so.example"})
    (folder / "the-thuc.toml").write_text("le_trai = 30", encoding="utf-8")
    (folder / "output" / "thu" / "giai-trinh").mkdir(parents=True)
    (folder / "minh-chung" / "TTra").mkdir(parents=True)
    left_by_a_crash = (".cchc-a1.tmp", "output/.cchc-a1.tmp", ".cchc-so.khoa.giu")
    for name in left_by_a_crash:
        (folder / name).write_bytes(b"x")
    return folder


def test_all_that_a_whole_year_leaves_is_known_as_the_programs(
    whole_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (whole_year / "output/.cchc-da-bao.json").is_file()
    assert (whole_year / "dot-cham-danh-dau (2).xlsx").is_file()
    capsys.readouterr()
    assert cchc("xoa-du-lieu", whole_year, "-o", whole_year / "output") == 0
    assert "không phải của chương trình" not in capsys.readouterr().out
    assert cchc("xoa-du-lieu", whole_year, "-o", whole_year / "output", "--xoa", "--tat-ca") == 0
    assert list(whole_year.rglob("*")) == []


def test_what_stays_of_a_whole_year_are_results_and_what_the_next_year_begins_with(
    whole_year: Path,
) -> None:
    assert cchc("xoa-du-lieu", whole_year, "-o", whole_year / "output", "--xoa") == 0
    left = sorted(p.name for p in whole_year.iterdir() if p.is_file())
    assert left == ["DA-XOA-DU-LIEU.txt", "dot-cham.xlsx", "the-thuc.toml"]
    folders = {p.name for p in whole_year.rglob("*") if p.is_dir()}
    stages = {"issued", "before", "after", "round-1", "round-2", "output"}
    assert folders - stages == {"tong-hop", "phu-luc", "nam-truoc"}
    assert [p for p in whole_year.rglob(".cchc-*") if p.name != ".cchc-da-ghi.json"] == []


def test_every_file_of_the_program_that_is_hidden_is_named_where_clerks_look() -> None:
    page = (ROOT / "docs/du-lieu-ca-nhan.md").read_text(encoding="utf-8")
    assert TOLD_NAME in page
    assert RECORD_NAME in page


def test_the_workbook_stays_as_long_as_another_file_does(
    campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, unlink = campaign / "thu.toml", Path.unlink

    def as_on_windows(self: Path, missing_ok: bool = False) -> None:
        if self == held:
            raise PermissionError(13, "used by another process")
        unlink(self, missing_ok=missing_ok)

    arguments = ("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa", "--tat-ca")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", as_on_windows)
        assert cchc(*arguments) == 1
    assert files(campaign) == {"dot-cham.xlsx", "ghi chép.txt", "thu.toml"}
    assert cchc(*arguments) == 0
    assert files(campaign) == {"ghi chép.txt"}


def test_a_folder_that_became_a_link_since_is_named_as_one(campaign: Path, tmp_path: Path) -> None:
    opened = cchc_office.open_campaign(campaign, output=campaign / "output")
    seen = opened.personal_data()
    (campaign / "minh-chung" / "VP").rename(tmp_path / "nơi khác")
    (campaign / "minh-chung" / "VP").symlink_to(tmp_path / "nơi khác", target_is_directory=True)
    found = opened.erase_personal_data(seen)
    assert [f.found for f in found.findings if f.file == "minh-chung/VP/a.pdf"] == [
        "nơi này giờ là liên kết dẫn ra ngoài thư mục đợt chấm"
    ]
    assert (tmp_path / "nơi khác" / "a.pdf").exists()


def test_the_mark_of_who_has_the_campaign_open_stays_until_he_closes_it(campaign: Path) -> None:
    presence = Presence(campaign)
    assert presence.other() == ""
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa", "--tat-ca") == 0
    assert files(campaign) == {"ghi chép.txt", PRESENCE_FILE}
    presence.leave()
    assert files(campaign) == {"ghi chép.txt"}


def test_what_stays_is_told_with_the_reason(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Giữ: năm sau dùng lại bộ chỉ số." in told
    assert "Giữ: kết quả của năm." in told


def test_each_folder_is_told_by_what_is_in_it(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register's workbook was called papers of units, the table of tasks their scores."""
    output = campaign / "output"
    assert cchc("phu-luc", campaign, "-o", output) == 0
    assert cchc("so", campaign, "-o", output, "--xlsx") in (0, 1)
    capsys.readouterr()
    assert cchc("xoa-du-lieu", campaign, "-o", output, "--json") == 0
    told = capsys.readouterr().out
    assert "bảng phân công: đơn vị nào làm gì, tên người ký" in told
    assert "sổ theo dõi ghi ra Excel: địa chỉ thư" in told


def test_results_that_were_kept_are_not_made_anew_of_nothing(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa") == 0
    kept = {name: (campaign / name).read_bytes() for name in files(campaign)}
    for command in ("tong-hop", "chay", "cong-van", "don-doc"):
        capsys.readouterr()
        assert cchc(command, campaign, "-o", campaign / "output") == 3
        assert "đã xoá ngày" in "".join(capsys.readouterr())
    assert {name: (campaign / name).read_bytes() for name in files(campaign)} == kept
    state = cchc_office.open_campaign(campaign, output=campaign / "output").state()
    assert "chỉ còn xem kết quả đã giữ" in state.next_step.words
    # The office's own word is enough to use the folder again.
    (campaign / "DA-XOA-DU-LIEU.txt").unlink()
    assert cchc("cong-van", campaign, "-o", campaign / "output") in (0, 1)


def test_the_mark_of_what_was_erased_counts_whatever_an_editor_made_of_it(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cchc("xoa-du-lieu", campaign, "-o", campaign / "output", "--xoa") == 0
    mark = campaign / "DA-XOA-DU-LIEU.txt"
    mark.write_bytes(mark.read_text(encoding="utf-8").encode("utf-16"))
    capsys.readouterr()
    assert cchc("tong-hop", campaign, "-o", campaign / "output") == 3
    assert "đã xoá ngày không rõ" in "".join(capsys.readouterr())


def test_what_was_erased_before_any_result_may_be_begun_again(tmp_path: Path) -> None:
    folder = example_in(tmp_path / "dot")
    cchc_office.open_campaign(folder, output=folder / "output").make_papers()
    assert cchc("xoa-du-lieu", folder, "-o", folder / "output", "--xoa") == 0
    assert not (folder / "DA-XOA-DU-LIEU.txt").exists()
