"""Sets of criteria of other shapes than three dotted levels, as offices write them (minh họa)."""

from __future__ import annotations

FOUR_LEVELS = """
STT  | Lĩnh vực/Tiêu chí/Tiêu chí thành phần      | Điểm tối đa | Thưởng | Trừ | Đơn vị thực hiện     | Cấp
I    | Công tác chỉ đạo, điều hành                | 10          |        |     | Văn phòng            |
1    | Kế hoạch cải cách hành chính               | 6           |        |     |                      |
1.1  | Ban hành kế hoạch năm                      | 4           |        |     |                      |
a)   | Ban hành đúng thời gian                    | 1,5         |        |     |                      |
b)   | Nội dung đầy đủ                            | 2,5         |        |     | Thanh tra            |
1.2  | Thực hiện kế hoạch                         | 2           |        |     |                      |
2    | Tuyên truyền                               | 4           |        |     | Các phòng chuyên môn |
II   | Cải cách thể chế                           | 5           |        |     | Thanh tra            |
1    | Kế hoạch cải cách hành chính               | 3           |        |     |                      |
-    | Ban hành trong quý I                       |             |        |     |                      | Diễn giải
-    | Có sản phẩm cụ thể                         |             |        |     |                      | Diễn giải
2    | Rà soát văn bản                            | 2           |        |     |                      |
III  | Điểm thưởng, điểm trừ khác                 |             |        |     | Văn phòng            |
1    | Sáng kiến                                  |             | 2      |     |                      |
2    | Báo cáo chậm                               |             |        | 1   |                      |
     | Tổng cộng                                  | 15          |        |     |                      |
Nơi nhận: | - Như trên;                           |             |        |     |                      |
"""
"""I, 1, 1.1, a): numbers begin again under each field; one row is explained by two others."""

SHAPES = {
    "A / I / 1 / -": """
STT | Tiêu chí          | Điểm tối đa | Đơn vị thực hiện
A   | Phần thứ nhất     |             | Văn phòng
I   | Lĩnh vực một      |             |
1   | Tiêu chí một      |             |
-   | Có kế hoạch       | 1           |
-   | Có báo cáo        | 1           |
2   | Tiêu chí hai      | 2           |
II  | Lĩnh vực hai      |             |
1   | Tiêu chí ba       | 3           |
B   | Phần thứ hai      |             | Văn phòng
I   | Lĩnh vực ba       | 4           |
""",
    "a / a1 / a1.1 / a1.1.1": """
STT    | Tiêu chí       | Điểm tối đa | Đơn vị thực hiện
a      | Lĩnh vực một   |             | Văn phòng
a1     | Tiêu chí một   |             |
a1.1   | Nội dung một   |             |
a1.1.1 | Có kế hoạch    | 1           |
a1.1.2 | Có báo cáo     | 1           |
a1.2   | Nội dung hai   | 2           |
b      | Lĩnh vực hai   |             | Văn phòng
b1     | Tiêu chí hai   | 3           |
""",
    "1.1.1.1": """
STT     | Tiêu chí        | Điểm tối đa | Đơn vị thực hiện
1       | Lĩnh vực một    |             | Văn phòng
1.1     | Tiêu chí một    |             |
1.1.1   | Thành phần một  |             |
1.1.1.1 | Nội dung một    | 1           |
1.1.1.2 | Nội dung hai    | 1           |
1.1.2   | Thành phần hai  | 2           |
""",
    "no codes": """
STT | Tiêu chí                     | Điểm tối đa | Đơn vị thực hiện
    | LĨNH VỰC THỨ NHẤT CỦA BỘ     |             | Văn phòng
    | Có kế hoạch                  | 1           |
    | Có báo cáo                   | 1           |
    | LĨNH VỰC THỨ HAI CỦA BỘ      |             | Văn phòng
    | Có văn bản                   | 2           |
""",
    "numbers again": """
STT | Tiêu chí        | Điểm tối đa | Đơn vị thực hiện
I   | Lĩnh vực một    |             | Văn phòng
1   | Có kế hoạch     | 1           |
2   | Có báo cáo      | 1           |
II  | Lĩnh vực hai    |             | Văn phòng
1   | Có kế hoạch     | 2           |
2   | Có báo cáo      | 3           |
""",
}
LEVELS = {
    "A / I / 1 / -": [1, 2, 3, 4, 4, 3, 2, 3, 1, 2],
    "a / a1 / a1.1 / a1.1.1": [1, 2, 3, 4, 4, 3, 1, 2],
    "1.1.1.1": [1, 2, 3, 4, 4, 3],
    "no codes": [1, 2, 2, 1, 2],
    "numbers again": [1, 2, 2, 1, 2, 2],
}
"""The level of each row of a shape."""
