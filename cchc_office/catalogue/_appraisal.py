"""What is found in the reviewers' workbooks and in the units' supplementary forms."""

from __future__ import annotations

from cchc_office.catalogue._code import note, warning


class AppraisalCodes:
    APPRAISAL_OF_OTHER_CAMPAIGN = warning(
        "tham-dinh-dot-khac",
        "Bảng thẩm định này thuộc {found}, không phải {expected}.",
        "Làm lại bảng bằng lệnh tham-dinh; xin người thẩm định điền vào bảng của đúng đợt này.",
    )

    PENALTIES_NOT_ENTERED = note(
        "diem-tru-chua-ghi",
        "{found} dòng điểm trừ do người thẩm định ghi; chưa có bảng thẩm định nào nên chưa trừ "
        "điểm nào.",
        "Làm bảng thẩm định bằng lệnh tham-dinh; dòng để trống ở bảng đó là không trừ.",
    )

    APPRAISAL_ROUND_UNKNOWN = warning(
        "tham-dinh-khong-ro-lan",
        "Không rõ đây là bảng thẩm định, giải trình lần mấy (ghi: “{found}”).",
        "Xin điền lại trên tệp do chương trình làm ra, giữ nguyên dòng tiêu đề phía trên bảng.",
    )

    APPRAISAL_KNOWN_BY_TITLE = warning(
        "tham-dinh-nhan-theo-tieu-de",
        "Tệp không còn dấu nhận biết ẩn; theo tiêu đề, đây là bảng thẩm định lần {found} của năm "
        "{expected}.",
        "Kiểm tra đúng đợt, đúng lần; nhắc người thẩm định điền trên đúng tệp.",
    )

    APPRAISAL_HEADINGS_MISSING = warning(
        "tham-dinh-mat-tieu-de-cot",
        "Bảng thẩm định không còn dòng tiêu đề cột (STT, Tiêu chí, Điểm thẩm định…), nên không "
        "biết cột nào là điểm.",
        "Xin người thẩm định chép nội dung vào đúng tệp do lệnh tham-dinh làm ra.",
    )

    APPRAISAL_COLUMN_MISSING = warning(
        "tham-dinh-thieu-cot",
        "Bảng thẩm định không còn cột “{expected}”; các cột có: {found}.",
        "Hỏi lại người thẩm định; nội dung của cột này không được đọc.",
    )

    APPRAISAL_COLUMN_TWICE = warning(
        "tham-dinh-lap-cot",
        "Bảng thẩm định có hai cột “{found}”; chỉ cột ở ô {expected} được đọc.",
        "Hỏi lại người thẩm định cột nào đúng.",
    )

    APPRAISAL_COLUMN_ADDED = warning(
        "tham-dinh-them-cot",
        "Bảng thẩm định có thêm cột “{found}”; nội dung cột này không được đọc.",
        "Xem cột này; ý kiến, điểm cần dùng thì ghi vào các cột có sẵn của bảng.",
    )

    APPRAISAL_EMPTY = note(
        "tham-dinh-chua-dien",
        "Bảng thẩm định này chưa được điền gì, nên không được tính là đã thẩm định.",
        "Nếu đồng ý với mọi điểm thì điền Người thẩm định, Ngày thẩm định rồi lưu lại.",
    )

    APPRAISAL_AGREES = note(
        "tham-dinh-giu-moi-diem",
        "Bảng thẩm định lần {found} có ghi người, ngày thẩm định mà không dòng nào có điểm, ý "
        "kiến: được hiểu là giữ nguyên mọi điểm.",
        "Đúng vậy thì không cần làm gì. Người thẩm định đã chấm thì xem có gõ sang cột khác "
        "không: điểm ghi ở cột Điểm thẩm định, điểm của lần trước chỉ để xem.",
    )

    REVIEWER_MISSING = note(
        "thieu-nguoi-tham-dinh",
        "Bảng thẩm định chưa ghi người thẩm định.",
        "Điền ô Người thẩm định ở phía trên bảng.",
    )

    APPRAISAL_DAY_MISSING = note(
        "thieu-ngay-tham-dinh",
        "Bảng thẩm định chưa ghi ngày thẩm định.",
        "Điền ô Ngày thẩm định ở phía trên bảng, ví dụ 05/12/2024.",
    )

    APPRAISAL_DAY_UNREADABLE = warning(
        "ngay-tham-dinh-khong-ro",
        "Không rõ “{found}” ở ô Ngày thẩm định là ngày nào.",
        "Ghi ngày, tháng, năm, ví dụ 05/12/2024.",
    )

    APPRAISAL_ROW_UNKNOWN = warning(
        "tham-dinh-dong-la",
        "Không rõ dòng “{found}” là tiêu chí nào của đơn vị nào; nội dung điền ở đây không được "
        "tính.",
        "Xem lại dòng này; nếu bộ chỉ số hay phân công đã đổi, làm lại bảng bằng lệnh tham-dinh.",
    )

    APPRAISAL_ROW_TWICE = warning(
        "tham-dinh-lap-dong",
        "Dòng {about} có hai lần trong bảng; dòng trước ở {expected} được tính.",
        "Hỏi lại người thẩm định dòng nào đúng, xoá dòng kia.",
    )

    APPRAISAL_IDS_MIXED_UP = warning(
        "tham-dinh-xao-dong",
        "Ở {found} dòng, mã dòng ẩn không khớp với STT, tên và đơn vị: bảng đã bị sắp xếp lại mà "
        "thiếu cột ẩn. Nội dung được đọc theo STT, tên và đơn vị.",
        "Đối chiếu vài dòng với tệp gốc; nếu không chắc, hỏi lại người điền.",
    )

    APPRAISED_UNREADABLE = warning(
        "diem-tham-dinh-khong-ro",
        "Không rõ “{found}” ở ô điểm thẩm định của {about} là bao nhiêu; điểm đang có được giữ "
        "nguyên.",
        "Hỏi lại người thẩm định. {expected}",
    )

    APPRAISED_WITHOUT_VALUE = warning(
        "diem-tham-dinh-khong-co-ket-qua",
        "Ô điểm thẩm định của {about} là công thức hoặc lỗi {found}, không có kết quả để đọc.",
        "Xin người thẩm định gõ thẳng số điểm rồi lưu lại.",
    )

    APPRAISED_ABOVE_MAX = warning(
        "diem-tham-dinh-vuot-toi-da",
        "Điểm thẩm định {found} của {about} vượt điểm tối đa {expected}; điểm đang có được giữ "
        "nguyên.",
        "Hỏi lại người thẩm định.",
    )

    APPRAISED_NEGATIVE = warning(
        "diem-tham-dinh-am",
        "Điểm thẩm định {found} của {about} là số âm; điểm đang có được giữ nguyên.",
        "Hỏi lại người thẩm định; điểm trừ cũng ghi số dương.",
    )

    OPINION_MISSING = warning(
        "giam-diem-khong-y-kien",
        "{about}: thẩm định đổi điểm từ {expected} thành {found} nhưng không ghi ý kiến.",
        "Xin người thẩm định ghi lý do ở cột Ý kiến thẩm định.",
    )

    SELF_SCORE_CHANGED_SINCE = warning(
        "diem-tu-cham-doi-sau-tham-dinh",
        "Khi thẩm định, điểm tự chấm của {about} là “{found}”; nay phiếu của đơn vị ghi "
        "“{expected}”.",
        "Xem lại dòng này; nếu cần thì làm lại bảng bằng lệnh tham-dinh và thẩm định lại.",
    )

    APPRAISED_IN_CLOSED_COLUMN = warning(
        "diem-o-cot-lan-truoc",
        "{about}: bảng ghi “{found}” ở cột điểm của lần trước, mà điểm lần trước là “{expected}”; "
        "ô Điểm thẩm định của lần này để trống, nên điểm đang có được giữ nguyên.",
        "Hỏi lại người thẩm định; nếu đó là điểm lần này, xin ghi vào cột Điểm thẩm định.",
    )

    APPRAISALS_DIFFER = warning(
        "hai-ban-tham-dinh-khac-nhau",
        "{about}: bản này ghi {found}; bản lưu sau, được tính ({candidates}), ghi {expected}.",
        "Hỏi lại những người thẩm định; bản nào không dùng thì để sang bên (lệnh so de-sang-ben), "
        "hay xoá nội dung sai trong bản ấy.",
    )

    APPRAISAL_NOT_POOLED = warning(
        "tham-dinh-dong-gop",
        "{about} gộp số liệu các đơn vị: điểm thẩm định {found} cho {candidates} (theo số liệu kê "
        "khai: {expected}) chỉ đổi điểm của riêng đơn vị; điểm chung của dòng vẫn tính từ số liệu "
        "kê khai.",
        "Nếu số liệu kê khai chưa đúng: ghi số liệu đúng vào cột Số liệu thẩm định của bảng thẩm "
        "định, hoặc xin đơn vị gửi lại phiếu. “Không áp dụng” thì số liệu của đơn vị không được "
        "gộp.",
    )

    APPRAISED_FIGURES_UNUSABLE = warning(
        "so-lieu-tham-dinh-khong-dung-duoc",
        "Số liệu thẩm định “{found}” của {about} chưa đủ hoặc không rõ, nên không cho ra điểm; "
        "điểm đang có được giữ.",
        "Sửa ô Số liệu thẩm định, Tổng số thẩm định. {expected}",
    )

    APPRAISED_NOT_AS_FIGURES = warning(
        "diem-tham-dinh-khac-so-lieu",
        "Điểm thẩm định “{found}” của {about} khác điểm tính từ số liệu thẩm định {candidates} "
        "({expected}); cả hai không được dùng, điểm đang có được giữ.",
        "Để trống ô điểm để điểm được tính từ số liệu, hoặc sửa số liệu.",
    )

    APPRAISAL_MENDED = note(
        "ban-tham-dinh-sua",
        "Cùng người thẩm định đã gửi bản lưu sau ({candidates}), thay bản này ở {found}.",
        "Không phải làm gì nếu đó là bản sửa.",
    )

    APPRAISED_FIGURES_NOT_ASKED = warning(
        "so-lieu-tham-dinh-thua",
        "“{found}” ở ô số liệu thẩm định của {about} không được dùng: dòng này không gộp số liệu, "
        "hoặc không cần ô này.",
        "Ghi điểm vào ô Điểm thẩm định.",
    )

    EXPLANATION_MISSING = warning(
        "chua-giai-trinh",
        "Phiếu giải trình của đơn vị chưa ghi gì cho {about}.",
        "Nhắc đơn vị giải trình; không có giải trình thì điểm thẩm định được giữ nguyên.",
    )

    EXPLANATION_SCORE_ALONE = warning(
        "de-nghi-diem-khong-giai-trinh",
        "Phiếu giải trình đề nghị điểm của {about} là {found} mà không ghi giải trình, tài liệu.",
        "Nhắc đơn vị giải trình; không có giải trình thì điểm thẩm định được giữ nguyên.",
    )

    SUPPLEMENT_ROW_MISSING = warning(
        "giai-trinh-thieu-dong",
        "Phiếu giải trình gửi về không còn dòng {about}.",
        "Xin đơn vị điền trên đúng phiếu đã phát rồi gửi lại.",
    )

    SUPPLEMENT_HEADINGS_MISSING = warning(
        "giai-trinh-mat-tieu-de-cot",
        "Phiếu giải trình của {about} không còn dòng tiêu đề cột (STT, Tiêu chí, Giải trình…).",
        "Xin đơn vị chép nội dung vào đúng phiếu đã phát rồi gửi lại.",
    )

    NOTHING_APPRAISED = warning(
        "chua-co-tham-dinh",
        "Chưa đọc được bảng thẩm định lần {expected} nào đã điền, nên chưa biết dòng nào bị giảm "
        "điểm hay phải giải trình.",
        "Lưu bảng thẩm định đã điền vào thư mục tham-dinh (hoặc nhan-ve) của đợt chấm rồi chạy "
        "lại.",
    )

    REQUEST_UNCLEAR = warning(
        "yeu-cau-chua-ro",
        "Cột Yêu cầu giải trình ghi “{found}”: chưa rõ là đồng ý hay là điều phải giải trình. Tạm "
        "hiểu là có yêu cầu, đơn vị sẽ được hỏi đúng lời ấy.",
        "Không yêu cầu thì xoá chữ trong ô (lời đồng ý ghi ở cột Ý kiến thẩm định); có thì ghi rõ "
        "điều cần giải trình.",
    )

    ROWS_PICKED = note(
        "dong-hoi-them",
        "Hỏi thêm {about} {found} dòng, tính vào thẩm định lần {expected}; câu hỏi được giữ ở tệp "
        "này.",
        "Bỏ một câu hỏi: xoá chữ ở cột Yêu cầu giải trình của tệp ấy (bỏ cả: xoá tệp), rồi làm lại "
        "công văn giải trình.",
    )

    NOTHING_TO_EXPLAIN = note(
        "khong-co-gi-giai-trinh",
        "Thẩm định lần {found} không giảm điểm và không yêu cầu giải trình dòng nào.",
        "Không cần làm gì; muốn thẩm định lại mọi dòng thì dùng lệnh tham-dinh với --tat-ca.",
    )
