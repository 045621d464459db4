"""What is found while a table of an office is brought in."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class ImportingCodes:
    SEVERAL_TABLES = warning(
        "nhieu-bang",
        "Tệp có {about} bảng có thể là bảng cần nhập: {candidates}. Đã lấy bảng {found}.",
        "Nếu không phải bảng ấy, chạy lại với --bang và số của bảng cần lấy; ghép nhiều bảng thì "
        "ghi các số cách nhau bằng dấu phẩy, ví dụ --bang 1,2.",
    )

    COLUMN_NEAR = warning(
        "cot-hieu-gan-dung",
        "Cột “{found}” được hiểu là “{expected}” ({about}).",
        'Nếu không phải, chạy lại với --cot "{found}=tên cột đúng", hoặc --cot "{found}=bỏ".',
    )

    COLUMN_SAME = warning(
        "cot-cung-nghia",
        "Cột “{found}” không được lấy: {about}. Nội dung cột này ghi ở trang “Nhập từ tệp”.",
        'Nếu cần lấy cột này, chạy lại với --cot "{found}=tên cột".',
    )

    COLUMN_NOT_TAKEN = note(
        "cot-khong-lay",
        "Cột “{found}” không được lấy; nội dung ghi ở trang “Nhập từ tệp”.",
        'Nếu cần lấy cột này, chạy lại với --cot "{found}=tên cột".',
    )

    HIDDEN_NOT_TAKEN = warning(
        "phan-an-khong-lay",
        "Không lấy {found} ({about} chữ): {expected}.",
        "Nếu cần, cho hiện lại trong tệp gốc rồi nhập lại; nội dung ghi ở trang “Nhập từ tệp”.",
    )

    INDEX_NAME_ASKED = warning(
        "ten-bo-chi-so-can-xem",
        "Tiêu đề “{found}” không nhắc đến cải cách hành chính, mà mục Tên bộ chỉ số để trống nghĩa "
        "là Chỉ số cải cách hành chính.",
        "Ghi tên của bộ chỉ số này ở trang Thông tin, ví dụ Chỉ số chuyển đổi số, và tên gọi tắt.",
    )

    UNITS_NOT_IN_TABLE = warning(
        "bang-khong-co-don-vi",
        "Bảng không có cột đơn vị thực hiện.",
        "Điền đơn vị ở trang Bộ chỉ số, ở từng dòng hoặc một lần ở dòng cha; nếu có cột ấy với tên "
        'khác, chạy lại với --cot "tên cột=Đơn vị thực hiện".',
    )

    IMPORT_NOT_LOOKED_AT = warning(
        "dong-nhap-chua-xem",
        "Cần xem từ khi nhập tệp ({about}): {found}.",
        "Sai thì sửa ô này; đúng rồi thì đánh x vào ô {seen_at}, trang “Nhập từ tệp”.",
    )

    ROW_CODE_PROPOSED = warning(
        "dong-nhap-khong-ma",
        "Dòng “{about}” không có mã trong tệp gốc. Có thể là: {candidates}.",
        "Điền mã vào cột STT; nếu đây là phần tiếp của dòng trên thì gộp vào dòng ấy.",
    )

    ROW_PLACE_DOUBTFUL = warning(
        "cap-cua-dong-chua-chac",
        "Dòng “{about}” được hiểu là {expected} ({found}); cũng có thể là: {candidates}.",
        "Cột Cấp ghi cách hiểu này; sửa số ở đó nếu không phải.",
    )

    CODE_SPLIT = note(
        "tach-ma-khoi-ten",
        "“{found}” được tách thành mã “{expected}” và tên.",
        "Xem đã tách đúng chưa.",
    )

    CODE_IN_TWO_COLUMNS = warning(
        "ma-o-hai-cot",
        "Mã đứng ở hai cột ({found}), được ghi là “{expected}”.",
        "Xem mã ghi như vậy đã đúng chưa.",
    )

    CODE_LOST_TYPE = warning(
        "ma-bi-doi-khi-go",
        "Mã trong tệp gốc là {about} {found}, không phải chữ. Có thể là: {candidates}.",
        "Gõ lại mã đúng ở cột STT; ô được giữ nguyên như tệp gốc.",
    )

    CODES_COUNTED_BY_WORD = note(
        "ma-do-word-danh",
        "Mã của {found} dòng do Word tự đánh số, được ghi như Word cho xem.",
        "Xem các số ấy có đúng là mã của tiêu chí không.",
    )

    CODE_NOT_USUAL = warning(
        "ma-la",
        "“{found}” ở cột mã không giống một mã.",
        "Xem đó là mã hay là chữ thuộc cột khác.",
    )

    NAME_MERGED = warning(
        "ten-gop-nhieu-dong",
        "Tên “{about}” gộp ô với dòng trên, nên hai dòng cùng một tên.",
        "Nếu là một dòng, xoá bớt; nếu là hai dòng, ghi tên riêng.",
    )

    READ_DOUBTFULLY = warning(
        "doc-chua-chac",
        "Dòng “{about}”: {found}.",
        "So ô này với tệp gốc; sai thì sửa ở trang Bộ chỉ số.",
    )

    SCORE_MERGED = warning(
        "diem-gop-nhieu-dong",
        "Điểm {found} gộp ô cho nhiều dòng; chỉ ghi ở dòng đầu.",
        "Chia điểm cho từng dòng, hoặc ghi điểm ở dòng cha.",
    )

    SCORING_LINES_TAKEN = warning(
        "dong-cach-cham",
        "{found} dòng không mã, không điểm (đầu tiên: {about}) nói cách chấm, được ghi vào cột "
        "Cách chấm của dòng trên.",
        "Xem lại cột Cách chấm; nếu dòng nào là một tiêu chí riêng thì tách ra và ghi mã.",
    )

    TOTAL_NOT_UNDERSTOOD = warning(
        "tong-khac-tep-goc",
        "Tệp gốc ghi tổng {expected} điểm, các dòng hiện được hiểu là {found} (không kể điểm "
        "thưởng, điểm trừ). Chỗ có thể sai: {about}.",
        "Xem các mục ấy trước khi dùng bảng. Tổng của tệp gốc được ghi ở mục Thang điểm, trang "
        "Thông tin: còn khác nhau thì kiem-tra và bước Bộ chỉ số còn nhắc.",
    )

    OWN_POINTS_ADDED = warning(
        "diem-rieng-cua-dong-cha",
        "{found} dòng có điểm chuẩn mà các dòng dưới chỉ có điểm thưởng, điểm trừ: {expected}. "
        "Điểm ấy được ghi thêm thành một dòng “Điểm chuẩn …” ngay dưới mỗi dòng, để được chấm và "
        "được tính.",
        "Các dòng thêm có màu ở trang Bộ chỉ số; dòng nào không đúng thì xoá. Không muốn thêm dòng "
        "nào thì nhập lại với --khong-them-dong.",
    )

    POINTS_PARTED = warning(
        "diem-o-hai-cot",
        "{found} dòng ghi điểm ở hai cột: {expected}. Mỗi loại điểm được ghi thành một dòng "
        "riêng ngay dưới dòng ấy.",
        "Các dòng thêm có màu ở trang Bộ chỉ số. Nếu số ở cột Thưởng, Trừ chỉ là mức trần thì xoá "
        "dòng thêm ấy. Không muốn thêm dòng nào thì nhập lại với --khong-them-dong.",
    )

    POINTS_BESIDE_ROWS = warning(
        "diem-o-cot-thu-hai",
        "{about} còn ghi {found} ở cột {expected}: số này không được tính, vì không rõ là điểm "
        "riêng của dòng hay mức trần của các dòng dưới.",
        "Là điểm riêng thì thêm một dòng ở dưới cho nó rồi xoá số ở ô này. Là mức trần thì gom các "
        "dòng {expected} ở dưới vào một dòng cha có Loại điểm {expected}, chuyển số sang dòng cha "
        "ấy.",
    )

    NUMBER_UNUSUAL = warning(
        "diem-doc-la",
        "Điểm “{found}” được đọc là {expected}.",
        "Đối chiếu với tệp gốc, sửa nếu sai.",
    )

    RULE_MERGED = warning(
        "cach-cham-gop-nhieu-dong",
        "Cách chấm của “{about}” gộp ô với dòng trên, được ghi ở cả hai dòng.",
        "Xem lời ấy nói về từng dòng hay về cả nhóm; nếu về cả nhóm thì chỉ để ở dòng cha.",
    )

    NAME_FROM_RULE = warning(
        "ten-tu-cach-cham",
        "Dòng “{about}” không có tên trong tệp gốc; tên tạm lấy từ lời nói cách chấm: “{found}”.",
        "Xem lại tệp gốc ở chỗ này rồi ghi tên của dòng vào ô tô vàng.",
    )

    NAME_LIKE_RULE = warning(
        "ten-nhu-cach-cham",
        "Chỗ của tên dòng “{about}” trong tệp gốc ghi “{found}”, như lời nói cách chấm: tệp gốc có "
        "thể thiếu tên của dòng.",
        "Xem lại tệp gốc ở chỗ này; đúng là thiếu thì ghi tên của dòng vào ô tô vàng, chuyển lời "
        "ấy sang cột Cách chấm.",
    )

    ROW_JOINED = warning(
        "noi-voi-dong-tren",
        "“{found}” được nối vào dòng trên vì như phần tiếp của dòng ấy.",
        "Nếu là một dòng riêng, tách ra và điền mã.",
    )

    ROW_BELOW_TABLE = warning(
        "dong-cuoi-khong-ro",
        "Dòng “{about}” ở cuối bảng không có mã và điểm; không rõ có thuộc bảng không.",
        "Nếu là ghi chú dưới bảng, xoá dòng này.",
    )

    DUTIES_BY_MARKS = warning(
        "chu-tri-theo-dau",
        "{about}: nhiều đơn vị cùng được đánh dấu “{found}”; đơn vị đầu được hiểu là chủ trì.",
        "Xem đơn vị nào chủ trì; ghi vào cột Chủ trì, Phối hợp nếu cần.",
    )

    UNITS_PROPOSED = warning(
        "don-vi-de-nghi",
        "Trang Đơn vị có {found} đơn vị, {expected} nhóm gom từ bảng, mã do chương trình đề nghị.",
        "Xem lại mã, tên gọi khác, nhóm; xoá dòng thừa, thêm đơn vị còn thiếu.",
    )

    UNITS_GROUPED = warning(
        "ten-don-vi-gop",
        "“{found}” được đề nghị là tên gọi khác của “{about}”.",
        "Nếu là hai đơn vị, tách thành hai dòng ở trang Đơn vị, hoặc nhập lại với "
        '--don-vi "{found}=riêng".',
    )

    GROUP_WITHOUT_UNITS = warning(
        "nhom-chua-ke-don-vi",
        "Bảng giao việc cho “{found}”, nhưng không kể đơn vị nào của nhóm này; tên nhóm được ghi "
        "tạm thành một dòng ở trang Đơn vị.",
        "Thay dòng ấy bằng các đơn vị của nhóm, mỗi đơn vị một dòng, và ghi tên nhóm ở cột Nhóm.",
    )

    UNITS_NEAR = note(
        "ten-don-vi-gan-giong",
        "“{found}” và “{about}” gần giống nhau, được để là hai đơn vị.",
        "Nếu là một, gộp lại: ghi một tên vào cột Tên gọi khác, hoặc nhập lại với "
        '--don-vi "{found}={about}".',
    )

    WORDS_NOT_ACCOUNTED_FOR = error(
        "chu-bi-mat",
        "Có chữ của tệp gốc không vào bảng và không có trong danh sách để lại: {found}.",
        "Đây là lỗi của chương trình: đối chiếu bảng với tệp gốc, và báo cho người làm chương "
        "trình.",
    )

    SOURCE_NOTE = warning(
        "luu-y-khi-doc-tep",
        "Khi đọc tệp: {found}.",
        "Đối chiếu với tệp gốc.",
    )
