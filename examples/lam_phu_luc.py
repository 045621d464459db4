"""Làm phụ lục của công văn: bảng phân công, bằng Excel và Word."""

import cchc_office as cchc

campaign = cchc.open_campaign("examples/so-cong-thuong-2024")
for written in campaign.make_table().written:
    print(written.path, written.fate.value)
