"""What is found in the columns that say how a row is scored, and in the settings for ranking."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class ScoringRulesCodes:
    RULE_NOT_UNDERSTOOD = note(
        "cach-cham-chua-hieu",
        "{about}: đơn vị tự chấm, vì chưa hiểu “{found}” trong Cách chấm.",
        "Lời của ô Cách chấm vẫn được in nguyên, không phải sửa. Muốn điểm được tính từ số liệu "
        "thì ghi cách tính ở cột Quy tắc (thêm cột này nếu chưa có); các cách viết: "
        "docs/cach-cham.md.",
    )

    RULE_TEXT_OF_SURVEY = warning(
        "cach-cham-nhac-dtxhh",
        "Cách chấm của {about} nhắc đến điều tra, khảo sát, nhưng dòng này đang do đơn vị tự chấm.",
        "Nếu chấm bằng điều tra thì ghi “ĐTXHH” (hoặc “SIPAS”) ở cột Phương pháp; nếu đơn vị chấm "
        "thì ghi “Tự chấm” ở cột đó (thêm cột này nếu chưa có).",
    )

    OWN_RULE_NOT_UNDERSTOOD = error(
        "quy-tac-la",
        "Không hiểu “{found}” trong quy tắc của {about}; ở đây cần {expected}.",
        "Sửa ô Quy tắc, hoặc để trống nếu đơn vị tự chấm. Các cách viết: docs/cach-cham.md.",
    )

    RULE_ON_HEADING = error(
        "cach-cham-o-dong-cha",
        "{about} có các dòng con nên không được chấm; “{found}” ở dòng này không dùng được.",
        "Ghi vào từng dòng con có điểm, rồi xoá ở dòng này.",
    )

    RULE_TEXT_ON_HEADING = note(
        "loi-cach-cham-o-dong-cha",
        "{about} có các dòng con nên không được chấm; lời ở ô Cách chấm của dòng này chỉ được in.",
        "Không phải sửa. Muốn điểm của dòng con được tính theo lời này thì ghi lại ở dòng con.",
    )

    RULE_AND_SURVEY = error(
        "cach-cham-va-dtxhh",
        "Hai cột nói khác nhau về người chấm {about}: một ghi “{found}”, một ghi “{expected}”.",
        "Chấm bằng điều tra thì chỉ để lại “ĐTXHH”; đơn vị chấm thì xoá chữ này ở mọi cột của "
        "dòng.",
    )

    METHOD_UNKNOWN = error(
        "phuong-phap-la",
        "Không hiểu phương pháp “{found}” của {about}.",
        "Ghi “Tự chấm”, “ĐTXHH”, “SIPAS” hoặc “Không áp dụng”; để trống thì xem cột Cách chấm và "
        "Ghi chú.",
    )

    SURVEY_UNCLEAR = error(
        "dtxhh-chua-ro",
        "“{found}” của {about} nhắc đến điều tra, khảo sát nhưng không rõ dòng này chấm bằng điều "
        "tra xã hội học hay do đơn vị tự chấm.",
        "Ghi “Tự chấm” hoặc “ĐTXHH” ở cột Cách chấm, hay ở cột Phương pháp (thêm cột này nếu chưa "
        "có).",
    )

    SURVEY_POINTS_DIFFER = error(
        "dtxhh-diem-khac",
        "“{found}” của {about} ghi số điểm khác điểm tối đa ({expected}) của dòng.",
        "Cả dòng chấm bằng điều tra thì sửa số điểm, hoặc chỉ ghi “ĐTXHH”; chỉ một phần thì tách "
        "thành hai dòng.",
    )

    RULE_YEAR_ADDED = note(
        "cach-cham-them-nam",
        "Cách chấm của {about} có ngày không ghi năm ({found}); được hiểu là {expected}.",
        "Nếu là năm khác, ghi đủ ngày/tháng/năm.",
    )

    RULE_NOTHING_UNSAID = note(
        "cach-cham-khong-phat-sinh",
        "Cách chấm “{found}” của {about} không nói trường hợp không phát sinh (tổng số là 0).",
        "Nếu có thể xảy ra, ghi cách tính ở cột Quy tắc, thêm “không phát sinh: điểm tối đa” (hoặc "
        "“không áp dụng”, hay một số điểm). Không ghi thì phiếu có tổng số là 0 phải chờ người "
        "quyết định.",
    )

    RULE_REST_OF_STEP_UNSAID = note(
        "cach-cham-phan-le",
        "Cách chấm “{found}” của {about} không nói phần lẻ, chưa đủ {expected}, được mấy điểm; "
        "phần đó không được tính.",
        "Nếu phần lẻ được điểm theo tỷ lệ, chép lời này vào cột Quy tắc và thêm “, phần lẻ tính "
        "theo tỷ lệ”.",
    )

    NOT_APPLICABLE_UNCLEAR = warning(
        "khong-ap-dung-chua-ro",
        "Ghi chú “{found}” của {about} nói đến việc không áp dụng, nhưng không rõ có đúng là cả "
        "dòng được bỏ trong đợt này không; dòng này vẫn được chấm.",
        "Nếu cả đợt không áp dụng, ghi đúng “Không áp dụng” ở cột Cách chấm.",
    )

    UNKNOWN_POINTS = error(
        "loai-diem-la",
        "Không hiểu loại điểm “{found}” của {about}.",
        "Ghi “Thưởng” hoặc “Trừ”; để trống nếu là điểm thường.",
    )

    POINTS_CONFLICT = error(
        "loai-diem-trai-nhau",
        "{about} ghi loại điểm “{found}”, nhưng nằm dưới dòng ghi “{expected}”.",
        "Loại điểm của dòng cha dùng cho mọi dòng con: để trống ở dòng con, hoặc đưa dòng con ra "
        "ngoài dòng cha.",
    )

    BAD_PENALTY_SCORER = error(
        "diem-tru-do-la",
        "Nội dung “{found}” của mục Điểm trừ do không phải là “đơn vị” hay “người thẩm định”.",
        "Ghi “đơn vị” hoặc “người thẩm định”; để trống là đơn vị.",
    )

    BAD_RANKING_WISH = error(
        "xep-hang-la",
        "Nội dung “{found}” của mục Xếp hạng không phải là “có”, “không”, “theo điểm” hay "
        "“theo tỷ lệ”.",
        "Ghi một trong bốn lời ấy; để trống thì xếp hạng khi mọi đơn vị chấm cùng các dòng, hoặc "
        "có mục Xếp loại.",
    )

    BAD_RANKING_STAGE = error(
        "xep-hang-theo-la",
        "Không có loại điểm nào tên “{found}” để xếp hạng.",
        "Ghi một trong: {expected}. Để trống thì xếp theo điểm cuối cùng.",
    )

    RANKED_BY_EARLIER_SCORES = note(
        "xep-hang-theo-diem-truoc",
        "Mục Xếp hạng theo ghi “{expected}”, nhưng lần thẩm định đó chưa có; các đơn vị được xếp "
        "hạng theo {found}.",
        "Có kết quả thẩm định thì chạy lại. Nếu không thẩm định nữa, sửa mục Xếp hạng theo hoặc để "
        "trống.",
    )

    BAD_TIES = error(
        "khi-bang-diem-la",
        "Không hiểu “{found}” ở mục Khi bằng điểm.",
        "Ghi “1, 2, 2, 3” (hạng sau liền kề) hoặc “1, 2, 2, 4” (bỏ cách); để trống là “1, 2, 2, "
        "3”.",
    )

    BAD_CLASSES = error(
        "xep-loai-la",
        "Không hiểu “{found}” ở mục Xếp loại; ở đây cần {expected}.",
        "Viết từ cao xuống thấp, cùng theo tỷ lệ hoặc cùng theo điểm: ≥90%: Xuất sắc; ≥80%: Tốt; "
        "còn lại: Trung bình; hoặc ≥90 điểm: Xuất sắc; ≥80 điểm: Tốt; còn lại: Trung bình.",
    )

    CLASS_OUT_OF_REACH = warning(
        "xep-loai-khong-toi",
        "Mức “{about}” ở mục Xếp loại cần {expected} điểm; tổng điểm tối đa, kể cả điểm thưởng, là "
        "{found}.",
        "Xem lại mức điểm này theo thang điểm của bộ chỉ số.",
    )
