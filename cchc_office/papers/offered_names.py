"""The names that each template is offered: the one table that templates are checked against."""

from __future__ import annotations

from cchc_office.papers.dispatch import TASKS_TEMPLATE, TemplateTask
from cchc_office.papers.explanation_request import EXPLANATION_TEMPLATE, TemplateQuestion
from cchc_office.papers.mail_text import MAIL_TEMPLATE
from cchc_office.papers.reminder import REMINDER_TEMPLATE, SHORT_TEMPLATE, TemplateDebt
from cchc_office.papers.unit_values import TemplateUnit
from cchc_office.papers.upward_report import (
    UPWARD_TEMPLATE,
    TemplateExplanation,
    TemplateField,
    TemplateOpenLeaf,
    TemplateRemark,
    TemplateScore,
)
from cchc_office.papers.upward_standing import TemplateChange, TemplatePlace
from cchc_office.word.templates import FLAG, PICTURE, TEXT, Kind, ListOf, Names, record_of

_IN_EVERY_DOCUMENT: dict[str, Kind] = {
    "nam": TEXT,
    "ky": TEXT,
    "ky_trong_ngoac": TEXT,
    "co_quan_chu_quan": TEXT,
    "CO_QUAN": TEXT,
    "co_quan": TEXT,
    "gach_duoi_tieu_ngu": TEXT,
    "gach_duoi_co_quan": TEXT,
    "so": TEXT,
    "ky_hieu": TEXT,
    "dia_danh_ngay_thang": TEXT,
    "can_cu": ListOf(TEXT),
    "phu_luc": TEXT,
    "dau_moi": TEXT,
    "quyen_han_ky": TEXT,
    "chuc_vu_nguoi_ky": TEXT,
    "nguoi_ky": TEXT,
    "noi_nhan": ListOf(TEXT),
}
_IN_EVERY_TEMPLATE: dict[str, Kind] = _IN_EVERY_DOCUMENT | {
    "don_vi": record_of(TemplateUnit),
    "han_nop": TEXT,
    "han_bo_sung": TEXT,
    "ten_phieu": TEXT,
}

_IN_EVERY_MESSAGE: dict[str, Kind] = {
    **dict.fromkeys(("nam", "ky_trong_ngoac", "co_quan", "dau_moi"), TEXT),
    **dict.fromkeys(("han_nop", "han_bo_sung", "ten_phieu"), TEXT),
    "don_vi": record_of(TemplateUnit),
}
_OF_REMINDERS: dict[str, Kind] = {
    "chua_nop": FLAG,
    "con_no": ListOf(record_of(TemplateDebt)),
    "no_chung": ListOf(TEXT),
    "ngay_tong_hop": TEXT,
    "qua_han": FLAG,
    "so_ngay_qua_han": TEXT,
    "so_ngay_con_lai": TEXT,
    "ngay_luu_phieu": TEXT,
    "lan_don_doc": TEXT,
    "don_doc_lai": FLAG,
}

_FIGURES_OF_THE_REPORT = (
    *("kinh_gui", "trich_yeu", "gach_duoi_trich_yeu", "ngay_bao_cao", "ngay_tong_hop"),
    *("so_dong_diem", "so_dtxhh", "so_dtxhh_chua_co", "da_cham", "phai_cham"),
    *("so_don_vi", "so_don_vi_da_nop", "tong_diem", "so_lan_tham_dinh"),
    *("diem_tu_cham", "toi_da_tu_cham", "ty_le_tu_cham"),
    *("diem_tham_dinh", "toi_da_tham_dinh", "ty_le_tham_dinh"),
    *("diem_dtxhh", "toi_da_dtxhh", "diem_dtxhh_chua_co", "dtxhh_mot_phan"),
    *("diem_dat", "toi_da_dat", "ty_le_dat"),
    *("xep_hang_theo", "ky_truoc", "diem_dat_truoc", "toi_da_dat_truoc", "ty_le_dat_truoc"),
    *("diem_dat_so_sanh", "toi_da_dat_so_sanh", "ty_le_dat_so_sanh"),
    *("tang_giam_dat", "thay_doi_bo_chi_so"),
)
_FLAGS_OF_THE_REPORT = (
    *("co_tham_dinh", "co_lan_2", "co_dtxhh", "thieu_dtxhh", "co_ket_qua_dtxhh"),
    *("co_xep_hang", "co_xep_loai", "co_so_sanh", "co_thuong_phat", "xep_hang_con_cho_dtxhh"),
)

OFFERED_NAMES: dict[str, Names] = {
    TASKS_TEMPLATE: _IN_EVERY_TEMPLATE | {"nhiem_vu": ListOf(record_of(TemplateTask))},
    REMINDER_TEMPLATE: _IN_EVERY_TEMPLATE | _OF_REMINDERS,
    SHORT_TEMPLATE: _IN_EVERY_MESSAGE | _OF_REMINDERS | {"so_noi_dung": TEXT},
    EXPLANATION_TEMPLATE: _IN_EVERY_TEMPLATE
    | {
        "can_giai_trinh": ListOf(record_of(TemplateQuestion)),
        "han_giai_trinh": TEXT,
        "phieu_giai_trinh": TEXT,
    },
    UPWARD_TEMPLATE: _IN_EVERY_DOCUMENT
    | dict.fromkeys(_FIGURES_OF_THE_REPORT, TEXT)
    | dict.fromkeys(_FLAGS_OF_THE_REPORT, FLAG)
    | {
        "bieu_do_linh_vuc": PICTURE,
        "bieu_do_tham_dinh": PICTURE,
        "linh_vuc": ListOf(record_of(TemplateField)),
        "bang_diem": ListOf(record_of(TemplateScore)),
        "giai_trinh": ListOf(record_of(TemplateExplanation)),
        "kho_khan": ListOf(record_of(TemplateRemark)),
        "kien_nghi": ListOf(record_of(TemplateRemark)),
        "chua_co_diem": ListOf(record_of(TemplateOpenLeaf)),
        "don_vi_chua_nop": ListOf(TEXT),
        "dtxhh_chua_du": ListOf(TEXT),
        "xep_hang": ListOf(record_of(TemplatePlace)),
        **dict.fromkeys(
            ("linh_vuc_tang", "linh_vuc_giam", "linh_vuc_giu"), ListOf(record_of(TemplateChange))
        ),
    },
    MAIL_TEMPLATE: _IN_EVERY_MESSAGE
    | {
        "la_giao_viec": FLAG,
        "la_don_doc": FLAG,
        "la_giai_trinh": FLAG,
        "tep_dinh_kem": ListOf(TEXT),
        "phieu_gui_kem": TEXT,
    },
}
"""By the template's file name; `docs/mau-van-ban.md` says what each name is."""
