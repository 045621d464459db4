"""Names in the report that its reader looks for too: sheets, their headings, the sums below."""

from __future__ import annotations

OVERVIEW_SHEET = "Kết quả"
SCORES_SHEET = "Bảng điểm"
PROGRESS_SHEET = "Tiến độ"
UNIT_SCORES_SHEET = "Điểm theo đơn vị"

UNIT_CODE_HEADING = "Mã"
UNIT_NAME_HEADING = "Đơn vị"
UNIT_TOTAL_HEADING = "Tổng điểm"
UNIT_MAXIMUM_HEADING = "Tối đa áp dụng"
"""Of the sheet of units' scores."""

DONE_HEADING = "Đã chấm"
EXPECTED_HEADING = "Phải chấm"
BY_FIELD = "THEO LĨNH VỰC"
BY_UNIT = "THEO ĐƠN VỊ"
"""Of the sheet of progress: two of its columns, and what stands above its parts."""

WITHOUT_SURVEYS_LABEL = "Trong đó không kể ĐTXHH, SIPAS"
PENDING_SURVEYS_LABEL = "ĐTXHH, SIPAS chưa có (ngoài tổng)"
"""The labels of the sums that follow that of all."""

CAMPAIGN_PROPERTY = "cchc-tong-hop"
"""The document's own property that says of which campaign the report is."""
