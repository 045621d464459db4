"""What is found in the campaign workbook."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class CampaignWorkbookCodes:
    MISSING_SHEET = error(
        "thieu-trang-tinh",
        "Không có trang tính “{expected}”; tệp có các trang: {found}.",
        "Đặt lại tên trang tính cho đúng, hoặc chép trang này từ tệp mẫu (lệnh khoi-tao).",
    )

    SHEET_RENAMED = error(
        "trang-doi-ten",
        "Không có trang tính “{expected}”; có lẽ là trang “{found}”, nhưng tên đó không được nhận.",
        "Đúng là trang ấy thì đổi tên trang thành “{expected}”; không thì chép trang còn thiếu từ "
        "tệp mẫu (lệnh khoi-tao).",
    )

    MISSING_HEADINGS = error(
        "thieu-dong-tieu-de",
        "Không thấy dòng tiêu đề gồm các cột: {expected}.",
        "Thêm một dòng tiêu đề với đúng tên các cột này ở phía trên bảng.",
    )

    MISSING_COLUMN = error(
        "thieu-cot",
        "Thiếu cột “{expected}”; dòng tiêu đề có: {found}.",
        "Thêm cột còn thiếu, hoặc sửa lại tên cột.",
    )

    COLUMN_RENAMED = error(
        "cot-doi-ten",
        "Thiếu cột “{expected}”; có lẽ là cột “{found}”, nhưng tên đó không được nhận.",
        "Đúng là cột ấy thì đổi tiêu đề thành “{expected}”; không thì thêm cột còn thiếu.",
    )

    DUPLICATE_COLUMN = error(
        "trung-cot",
        "Cột “{found}” cùng nghĩa với cột {expected}; chỉ cột ấy được đọc, nội dung cột này không "
        "được dùng.",
        "Chỉ để một cột; cột kia thì xoá, hoặc viết “Ghi chú: …” ở đầu tiêu đề.",
    )

    COLUMN_ASKED = error(
        "cot-can-hoi",
        "Cột “{found}” có nội dung nhưng không được đọc, mà có thể quyết định điểm hay việc được "
        "giao. Gần giống nhất: {candidates}.",
        "Đổi tiêu đề thành đúng tên một cột của bảng; cột chỉ để ghi chú thì viết “Ghi chú: …” ở "
        "đầu tiêu đề.",
    )

    COLUMN_UNUSED = warning(
        "cot-khong-dung",
        "Cột “{found}” có nội dung nhưng không được dùng. Gần giống nhất: {candidates}.",
        "Đổi tiêu đề thành đúng tên một cột của bảng; cột chỉ để ghi chú thì viết “Ghi chú: …” ở "
        "đầu tiêu đề.",
    )

    COLUMN_WITHOUT_HEADING = warning(
        "cot-khong-ten",
        "Cột này không có tiêu đề nhưng có nội dung (“{found}”); nội dung đó không được dùng.",
        "Ghi tiêu đề là tên một cột của bảng, hoặc “Ghi chú: …”; nếu thừa thì xoá.",
    )

    REMARK_COLUMN = note(
        "cot-ghi-chu",
        "Cột “{found}” là ghi chú, nội dung không được dùng.",
        "Nếu cần dùng, đổi tiêu đề thành đúng tên một cột của bảng.",
    )

    TEXT_ABOVE_TABLE = note(
        "chu-tren-bang",
        "Chữ ở trên bảng không được dùng: {found}.",
        "Nếu là thông tin của đợt chấm, ghi vào trang Thông tin; bắt đầu bằng “Ghi chú” thì không "
        "bị nhắc nữa.",
    )

    SHEET_NOT_READ = note(
        "trang-khong-doc",
        "Trang tính “{found}” không được đọc.",
        "Nếu trang này thuộc đợt chấm, đặt lại tên trang cho đúng.",
    )

    SHEET_ALIKE = warning(
        "trang-gan-giong",
        "Trang tính “{found}” không được đọc, mà tên gần giống trang “{expected}”.",
        "Đúng là trang ấy thì đổi tên trang thành “{expected}”; nếu chỉ để ghi chú, viết “Ghi chú” "
        "ở đầu tên trang.",
    )

    SHEET_ASKED = error(
        "trang-can-hoi",
        "Trang tính “{found}” không được đọc, mà có thể là kết quả điều tra.",
        "Đặt tên trang là “Kết quả ĐTXHH” nếu đúng vậy; nếu chỉ để ghi chú, viết “Ghi chú” ở đầu "
        "tên trang.",
    )

    EMPTY_TABLE = error(
        "bang-trong",
        "Dưới dòng tiêu đề không có dòng nào.",
        "Điền {expected} vào bảng.",
    )

    MISSING_UNIT_CODE = error(
        "thieu-ma-don-vi",
        "Đơn vị “{about}” chưa có mã.",
        "Điền mã ngắn, ví dụ VP, TTra.",
    )

    BAD_UNIT_CODE = error(
        "ma-don-vi-sai",
        "Mã đơn vị “{found}” không dùng làm tên tệp được.",
        "Chỉ dùng chữ không dấu, số, dấu gạch nối; tối đa 30 ký tự; không dùng CON, PRN, AUX, NUL…",
    )

    DUPLICATE_UNIT = error(
        "trung-ma-don-vi",
        "Mã đơn vị “{found}” đã có ở {expected}.",
        "Mỗi đơn vị một mã; chữ hoa, chữ thường không phân biệt.",
    )

    MISSING_UNIT_NAME = error(
        "thieu-ten-don-vi",
        "Đơn vị có mã “{about}” chưa có tên.",
        "Điền tên đầy đủ của đơn vị.",
    )

    UNIT_NAMES_MANY = warning(
        "don-vi-la-nhom",
        "“{found}” là tên một nhóm, nhưng đang là một đơn vị: công văn, phiếu sẽ làm cho đơn vị "
        "mang tên ấy.",
        "Thay dòng này bằng các đơn vị của nhóm, mỗi đơn vị một dòng, và ghi “{found}” ở cột Nhóm "
        "của chúng.",
    )

    SHARED_ALIAS = error(
        "ten-goi-trung",
        "Tên gọi “{found}” vừa là của {about}, vừa là của {expected}.",
        "Bỏ tên gọi này ở một bên, để mỗi tên gọi chỉ một đơn vị hoặc một nhóm.",
    )

    GROUPS_ALIKE = warning(
        "nhom-chi-khac-dau",
        "Có các nhóm tên chỉ khác nhau ở dấu: {candidates}; được hiểu là các nhóm khác nhau.",
        "Nếu là một nhóm, viết tên nhóm giống nhau ở mọi đơn vị.",
    )

    GROUP_UNCLEAR = error(
        "nhom-khong-ro",
        "Không rõ nhóm “{found}” là nhóm nào: {candidates}.",
        "Viết tên nhóm có dấu đầy đủ ở cột Nhóm.",
    )

    ALIAS_IS_DUTY = warning(
        "ten-goi-la-viec",
        "Tên gọi “{found}” của {about} cũng là từ chỉ việc, nên không được dùng để nhận đơn vị.",
        "Đổi tên gọi, ví dụ thêm chữ “Phòng” ở trước.",
    )

    MISSING_EMAIL = warning(
        "thieu-email",
        "Đơn vị {about} chưa có email.",
        "Điền email nếu muốn gửi tài liệu qua thư điện tử.",
    )

    NO_EMAILS = note(
        "chua-co-email-nao",
        "Chưa đơn vị nào có email.",
        "Gửi qua thư điện tử thì điền cột Email; giao bằng cách khác thì không cần.",
    )

    BAD_EMAIL = warning(
        "email-sai",
        "“{found}” không dùng được làm địa chỉ thư: {expected}.",
        "Viết không dấu, dạng ten@mien.gov.vn; nhiều địa chỉ cách nhau bằng dấu chấm phẩy. Chưa "
        "sửa thì không thư nào được gửi cho đơn vị này.",
    )

    DUPLICATE_CODE = error(
        "trung-ma",
        "Mã “{found}” ({about}) đã có ở ô {expected}, trong cùng một mục.",
        "Sửa một trong hai mã: Excel có thể đã đổi 1.10 thành 1.1. Nếu là dòng của cấp khác, ghi "
        "số cấp (1, 2, 3…) ở cột “Cấp” của dòng này.",
    )

    MISSING_PARENT = error(
        "thieu-ma-cha",
        "Mã “{found}” ({about}) không có dòng cha “{expected}”.",
        "Thêm dòng cha, hoặc sửa lại mã; nếu bảng không có dòng ấy, ghi số cấp (1, 2, 3…) ở cột "
        "“Cấp” của dòng này.",
    )

    CODE_IS_NUMBER = warning(
        "ma-thanh-so",
        "Mã là số {found}, không phải chữ; được đọc là “{expected}”. Có thể là: {candidates}.",
        "Định dạng cột STT là Text rồi gõ lại mã, vì Excel không phân biệt 1.1 với 1.10.",
    )

    CODE_IS_DATE = error(
        "ma-thanh-ngay",
        "Mã đã bị Excel đổi thành ngày {found}. Có thể là: {candidates}.",
        "Định dạng cột STT là Text rồi gõ lại mã.",
    )

    BAD_CODE = error(
        "ma-sai",
        "“{found}” ở cột STT không phải là cách đánh số. Gần giống: {candidates}.",
        "STT là số, chữ, số La Mã hay gạch đầu dòng, ví dụ I, A, 1, 1.1, a), -; không có thì để "
        "trống.",
    )

    PLACE_UNSURE = error(
        "cap-khong-ro",
        "Không rõ dòng “{about}” {expected} hay {candidates}; đang được hiểu {expected}.",
        "Ghi số cấp của dòng này (1 là lĩnh vực, 2, 3…) ở cột “Cấp”.",
    )

    LEVEL_SKIPPED = note(
        "bo-qua-cap",
        "Dòng “{found}” ({about}) đứng ngay {expected}; ở chỗ khác, dòng đánh số như vậy đứng sâu "
        "hơn một cấp.",
        "Nếu thiếu một dòng ở trên, thêm dòng ấy; nếu đúng vậy thì không phải làm gì.",
    )

    CODE_GAP = note(
        "stt-khong-lien",
        "STT “{found}” ({about}) không nối tiếp dòng trước cùng cấp; dòng này được hiểu "
        "{expected}.",
        "Xem có dòng nào bị thiếu không; nếu dòng này ở cấp khác, ghi số cấp ở cột “Cấp”.",
    )

    BAD_LEVEL = error(
        "cap-sai",
        "“{found}” ở cột Cấp của {about} không phải là một cấp.",
        "Ghi 1, 2, 3…, hoặc Lĩnh vực, Tiêu chí, Tiêu chí thành phần; dòng chỉ giải thích cho dòng "
        "trên, không chấm điểm, thì ghi “Diễn giải”.",
    )

    ROWS_WITHOUT_CRITERIA = note(
        "dong-khong-cham",
        "Các dòng không phải là tiêu chí, không in ở bảng phân công, phiếu: {found}.",
        "Nếu dòng nào là tiêu chí thì ghi STT và điểm tối đa cho dòng ấy; chỉ giải thích mà cần in "
        "thì ghi “Diễn giải” ở cột “Cấp”.",
    )

    TOTAL_DIFFERS = warning(
        "dong-tong-khong-khop",
        "Dòng “{about}” ghi {found} điểm, nhưng cộng các dòng ở trên được {expected}.",
        "Sửa dòng tổng hoặc điểm tối đa của các dòng; khi tính, chương trình cộng các dòng.",
    )

    ROW_WITHOUT_CODE = note(
        "dong-khong-ma",
        "Dòng “{about}” không có STT, được hiểu là {expected}. Cũng có thể: {candidates}.",
        "Nếu đây là phần tiếp của dòng trên, hãy gộp vào một ô; nếu không, điền STT, hoặc ghi số "
        "cấp (1, 2, 3…) ở cột “Cấp”.",
    )

    MISSING_NAME = error(
        "thieu-ten",
        "Mã “{about}” chưa có tên.",
        "Điền tên lĩnh vực, tiêu chí hoặc tiêu chí thành phần.",
    )

    MISSING_MAX_SCORE = error(
        "thieu-diem-toi-da",
        "{about} chưa có điểm tối đa.",
        "Điền điểm tối đa; mọi dòng không có dòng con đều cần.",
    )

    MAX_SCORES_BLANK = error(
        "cot-diem-toi-da-trong",
        "Cột “{expected}” để trống cả: {found} dòng cần điểm tối đa, chưa dòng nào có.",
        "Điền điểm tối đa cho các dòng này. Nếu bảng gốc có điểm ở cột khác thì chép cả cột ấy "
        "sang đây.",
    )

    NEGATIVE_BONUS = error(
        "diem-thuong-am",
        "{about} ghi số âm ({found}) ở cột “{expected}”, là cột của điểm thưởng.",
        "Là điểm trừ thì chuyển số này sang cột Trừ (chưa có cột ấy thì thêm); là điểm thưởng thì "
        "bỏ dấu trừ.",
    )

    BAD_MAX_SCORE = error(
        "diem-toi-da-sai",
        "Điểm tối đa “{found}” của {about} không đọc được là một số.",
        "Điền một số, ví dụ 0,5 hoặc 1,25; điểm trừ có thể ghi -1.",
    )

    MAX_SCORES_SEVERAL = error(
        "nhieu-diem-toi-da",
        "{about} có hai điểm tối đa: {found}.",
        "Mỗi dòng chỉ một loại điểm: để một số, phần thưởng hoặc trừ ghi thành một dòng riêng.",
    )

    MAX_SCORE_ONLY_ABOVE = error(
        "diem-chi-o-dong-cha",
        "{about} có điểm tối đa {found}, nhưng {expected} không có: không rõ các dòng ấy được chấm "
        "từng dòng, hay chỉ giải thích cách chấm dòng này.",
        "Được chấm từng dòng thì điền điểm cho các dòng dưới; chỉ giải thích thì ghi “Diễn giải” ở "
        "cột “Cấp” của các dòng ấy.",
    )

    POINTS_BY_NAME = note(
        "loai-diem-theo-ten",
        "{about} và các dòng dưới được hiểu là điểm {expected}, vì tên dòng nói như vậy.",
        "Ghi Thưởng, Trừ hoặc Thường ở cột Loại điểm để không phải hiểu theo tên.",
    )

    POINTS_MAYBE_BY_NAME = warning(
        "loai-diem-co-le-theo-ten",
        "{about} có tên bắt đầu như điểm {expected}, nhưng không nằm trong mục nào của điểm "
        "{expected}, nên đang được tính là điểm thường.",
        "Ghi Thưởng, Trừ hoặc Thường ở cột Loại điểm của dòng này.",
    )

    POINTS_OF_NO_KIND = warning(
        "loai-diem-chua-ro",
        "{about} nằm trong mục vừa thưởng vừa trừ nhưng không nói là loại nào, nên đang được tính "
        "là điểm thường.",
        "Ghi Thưởng, Phạt hoặc Thường ở cột Loại điểm của dòng này.",
    )

    CAP_UNUSED = warning(
        "muc-tran-khong-dung",
        "{about} ghi “{found}”, nhưng dòng này không phải là mục điểm thưởng hay điểm trừ, nên "
        "mức trần ấy không được áp dụng.",
        "Gom các dòng thưởng hoặc trừ vào một mục riêng, có Loại điểm là Thưởng hoặc Trừ.",
    )

    CAP_TAKEN = note(
        "muc-tran-bang-loi",
        "{about}: cột điểm ghi {found} cho mỗi lần, lời ghi mức trần {expected}; điểm tối đa của "
        "dòng là {expected}.",
        "Không đúng thì sửa lời ghi mức trần, hoặc số ở cột điểm.",
    )

    CAP_IN_NOTE = warning(
        "muc-tran-o-ghi-chu",
        "Mức trần ở “{found}” không được áp dụng, vì dòng này là ghi chú.",
        "Muốn áp dụng: ngay trên các dòng thưởng, trừ ấy thêm một dòng cha, ví dụ “Điểm trừ của "
        "mục a1”, ghi Trừ (hoặc Thưởng) ở cột Loại điểm, mức trần ở cột điểm, và ghi các dòng ấy "
        "sâu hơn một cấp ở cột Cấp; dòng nào cộng, trừ được nhiều lần (mỗi trường hợp trừ 0,5) thì "
        "ghi ở cột điểm mức nhiều nhất của dòng ấy. Xong thì xoá ghi chú này.",
    )

    CAP_DIFFERS = warning(
        "muc-tran-khac",
        "{about} ghi “{found}”, nhưng điểm tối đa của dòng là {expected}; số ở cột điểm được dùng.",
        "Sửa để hai chỗ ghi như nhau.",
    )

    ROWS_MAYBE_LEVELS = warning(
        "dong-con-la-muc-chon",
        "Các dòng dưới {about} ghi {found} điểm, dòng cao nhất bằng điểm của mục ({expected}): có "
        "vẻ là các mức để chọn một, nhưng đang được chấm từng dòng và cộng lại.",
        "Là các mức thì ghi “Diễn giải” ở cột “Cấp” của các dòng ấy: mục được chấm một lần, nhiều "
        "nhất {expected} điểm. Không phải thì sửa điểm để tổng các dòng bằng điểm của mục.",
    )

    MAX_SCORE_NOT_SUM = warning(
        "diem-toi-da-khong-khop",
        "Điểm tối đa {found} của {about} khác tổng các dòng con ({expected}).",
        "Sửa điểm của dòng này hoặc các dòng con; khi tính, chương trình dùng tổng các dòng con. "
        "Mục có điểm riêng, các dòng dưới chỉ thưởng, trừ thì thêm dưới mục một dòng “Điểm chuẩn” "
        "mang điểm ấy; dòng dưới chỉ giải thích thì ghi “Diễn giải” ở cột Cấp. "
        "Với dòng Thưởng, Trừ, điểm tối đa là mức trần, không được lớn hơn tổng các dòng con.",
    )

    HEADING_UNIT_UNUSED = note(
        "don-vi-dong-muc-khong-dung",
        "{found} ghi ở dòng mục {about} không làm dòng nào bên dưới: các dòng ấy đều ghi đơn vị "
        "riêng.",
        "Để theo dõi chung thì không cần làm gì. Muốn đơn vị này làm dòng nào thì ghi ở dòng ấy, "
        "hoặc để trống ô đơn vị của dòng ấy.",
    )

    MISSING_UNIT = error(
        "thieu-don-vi",
        "{about} chưa có đơn vị thực hiện.",
        "Điền đơn vị ở dòng này, hoặc một lần ở dòng cha: dòng dưới để trống thì theo dòng cha. "
        "Mọi đơn vị cùng làm thì ghi “Tất cả các đơn vị”.",
    )

    MISSING_UNITS = error(
        "nhieu-dong-thieu-don-vi",
        "{about} dòng chưa có đơn vị thực hiện: {found}.",
        "Điền đơn vị ở từng dòng, hoặc một lần ở dòng cha: dòng dưới để trống thì theo dòng cha. "
        "Mọi đơn vị cùng làm thì ghi “Tất cả các đơn vị” ở các dòng cấp 1.",
    )

    UNKNOWN_UNIT = error(
        "don-vi-la",
        "Không rõ “{found}” trong ô đơn vị “{about}” là đơn vị nào. Gần giống: {candidates}.",
        "Sửa ô này, hoặc thêm “{found}” vào cột “Tên gọi khác” của đơn vị ở trang Đơn vị. Là một "
        "nhóm thì ghi vào cột “Nhóm” của các đơn vị trong nhóm; là mọi đơn vị thì ghi “Tất cả các "
        "đơn vị”.",
    )

    NO_LEAD = error(
        "khong-ro-chu-tri",
        "Ô đơn vị “{about}” không cho biết đơn vị nào chủ trì.",
        "Ghi mã đơn vị vào cột “Chủ trì” và “Phối hợp” của các dòng này.",
    )

    EMPTY_GROUP = error(
        "nhom-trong",
        "Ô đơn vị “{about}” giao cho “{found}”, nhưng không còn đơn vị nào thuộc nhóm đó.",
        "Điền nhóm này vào cột “Nhóm” của các đơn vị, ở trang Đơn vị.",
    )

    UNKNOWN_AGGREGATION = error(
        "cach-tong-hop-la",
        "Không hiểu cách tổng hợp “{found}”.",
        "Viết một trong: {expected}.",
    )

    AGGREGATION_UNSAID = error(
        "cach-tong-hop-chua-ghi",
        "{about} là {expected} do {found} đơn vị cùng chấm, nhưng chưa ghi cách tổng hợp; nếu lấy "
        "trung bình thì một lần xảy ra ở một đơn vị chỉ được tính 1/{found}.",
        "Ghi một trong: {candidates} vào cột Cách tổng hợp (thêm cột này nếu chưa có) của dòng "
        "này, hoặc của dòng cha để dùng cho mọi dòng dưới. Cách nào cho việc gì: docs/dot-cham.md.",
    )

    AGGREGATION_TAKEN_AS_MEAN = warning(
        "cach-tong-hop-lay-trung-binh",
        "{about} theo Cách chấm là {expected} do {found} đơn vị cùng chấm, chưa ghi cách tổng hợp "
        "nên lấy trung bình: một lần xảy ra ở một đơn vị chỉ được tính 1/{found}.",
        "Nếu trung bình không đúng ý thì ghi một trong: {candidates} vào cột Cách tổng hợp (thêm "
        "cột này nếu chưa có). Cách nào cho việc gì: docs/dot-cham.md.",
    )

    AGGREGATION_OF_WHOLE_TABLES = note(
        "cach-tong-hop-ca-bang",
        "{about} dòng điểm thưởng, điểm trừ, đếm số lượng chưa ghi cách tổng hợp. Vì {found} đơn "
        "vị cùng chấm cả bảng, mỗi đơn vị một điểm riêng, nên điểm chung của các dòng ấy lấy trung "
        "bình như mọi dòng khác.",
        "Điểm, xếp hạng của từng đơn vị không theo điểm chung. Cần điểm chung khác (ví dụ Tổng) "
        "thì ghi vào cột Cách tổng hợp.",
    )

    AGGREGATION_NOT_POOLABLE = error(
        "khong-gop-so-lieu-duoc",
        "{about} {found} nên không có số liệu để cộng; “Gộp số liệu” không dùng được ở đây.",
        "Ghi một trong: {candidates} ở cột Cách tổng hợp của dòng này; hoặc ghi Quy tắc có số "
        "liệu (tỷ lệ, các mức, số lượng).",
    )

    FORMULA_WITHOUT_VALUE = error(
        "cong-thuc-chua-tinh",
        "Ô có công thức {found} nhưng chưa có kết quả lưu trong tệp.",
        "Mở tệp bằng Excel, bấm Lưu, rồi thử lại; hoặc gõ thẳng giá trị.",
    )

    ERROR_CELL = error(
        "o-loi",
        "Ô đang báo lỗi {found}.",
        "Sửa công thức hoặc gõ thẳng giá trị.",
    )

    ILLUSTRATIVE = note(
        "so-lieu-minh-hoa",
        "Đợt chấm này còn số liệu minh họa của tệp mẫu: {found}.",
        "Thay bằng số liệu thật trước khi phát hành văn bản.",
    )

    BAD_NAME_FOR_FILE = error(
        "ten-viet-tat-sai",
        "Tên viết tắt “{found}” không dùng làm tên đợt chấm được.",
        "Chỉ dùng chữ không dấu, số và dấu gạch nối, ví dụ SCT.",
    )
