"""What is found in a document held against Decree 30: breaches, and what could not be told."""

from __future__ import annotations

from cchc_office.catalogue._code import ERROR, WARNING, FindingCode


class Decree30Codes:
    DOCUMENT_UNREADABLE = FindingCode(
        "van-ban-khong-doc-duoc",
        ERROR,
        "Không đọc được văn bản này: {found}.",
        "Lệnh này kiểm tra văn bản Word. Nếu tệp là văn bản, mở bằng Word, lưu lại thành .docx "
        "(Save As, Word Document) rồi kiểm tra lại.",
    )

    DOCUMENT_LOCKED = FindingCode(
        "van-ban-co-mat-khau",
        ERROR,
        "Văn bản bị khoá bằng mật khẩu nên không kiểm tra được.",
        "Mở bằng Word, bỏ mật khẩu (File, Info, Protect Document), lưu rồi kiểm tra lại.",
    )

    DOCUMENT_UNKNOWN = FindingCode(
        "khong-nhan-ra-the-thuc",
        WARNING,
        "Không thấy Quốc hiệu, số, địa danh hay đầu đề phụ lục, nên chỉ kiểm tra được trang giấy, "
        "phông chữ và số trang.",
        "Nếu đây là văn bản hành chính, đối chiếu với các mẫu ở Phụ lục III Nghị định "
        "30/2020/NĐ-CP.",
    )

    PART_MISSING = FindingCode(
        "thieu-thanh-phan",
        ERROR,
        "Không thấy {about} trong văn bản ({clause}).",
        "Bổ sung {about}: {expected}.",
    )

    PAGE_SIZE = FindingCode(
        "kho-giay",
        ERROR,
        "{about}: khổ giấy {found} mm; phải là {expected} ({clause}).",
        "Thẻ Layout, Size, chọn A4.",
    )

    PAGE_DIRECTION = FindingCode(
        "huong-giay",
        ERROR,
        "{about} để giấy ngang mà không có bảng, biểu; phải theo chiều dài khổ A4 ({clause}).",
        "Thẻ Layout, Orientation, chọn Portrait.",
    )

    MARGIN = FindingCode(
        "le-trang",
        ERROR,
        "{about} là {found} mm; phải {expected} mm ({clause}).",
        "Thẻ Layout, Margins, Custom Margins, đặt lại lề (1 cm = 10 mm).",
    )

    FONT = FindingCode(
        "phong-chu",
        ERROR,
        "{about} dùng phông chữ {found}; phải là {expected} ({clause}).",
        "Chọn đoạn này, thẻ Home, ô phông chữ: Times New Roman. Chữ gõ bằng bảng mã cũ (.Vn, VNI-) "
        "phải chuyển sang Unicode.",
    )

    COLOUR = FindingCode(
        "mau-chu",
        ERROR,
        "{about} có chữ màu khác màu đen (mã màu {found}) ({clause}).",
        "Chọn đoạn này, thẻ Home, Font Color: Automatic.",
    )

    LETTER_SIZE = FindingCode(
        "co-chu",
        ERROR,
        "{about} có cỡ chữ {found}; phải {expected} ({clause}).",
        "Chọn đoạn này, thẻ Home, ô cỡ chữ: {expected}.",
    )

    NOT_BOLD = FindingCode(
        "thieu-dam",
        ERROR,
        "{about} chưa in đậm, hoặc chỉ in đậm một phần ({clause}).",
        "Chọn cả dòng, bấm Ctrl+B cho đến khi cả dòng đậm.",
    )

    IS_BOLD = FindingCode(
        "thua-dam",
        ERROR,
        "{about} có chữ in đậm; phải là chữ không đậm ({clause}).",
        "Chọn cả dòng, bấm Ctrl+B một hoặc hai lần cho đến khi hết đậm.",
    )

    NOT_ITALIC = FindingCode(
        "thieu-nghieng",
        ERROR,
        "{about} chưa in nghiêng, hoặc chỉ in nghiêng một phần ({clause}).",
        "Chọn cả dòng, bấm Ctrl+I cho đến khi cả dòng nghiêng.",
    )

    IS_ITALIC = FindingCode(
        "thua-nghieng",
        ERROR,
        "{about} có chữ in nghiêng; phải là chữ đứng ({clause}).",
        "Chọn cả dòng, bấm Ctrl+I một hoặc hai lần cho đến khi hết nghiêng.",
    )

    NOT_CAPITALS = FindingCode(
        "thieu-in-hoa",
        ERROR,
        "{about} phải viết bằng chữ in hoa ({clause}).",
        "Chọn dòng này, thẻ Home, Change Case: UPPERCASE.",
    )

    IS_CAPITALS = FindingCode(
        "thua-in-hoa",
        ERROR,
        "{about} viết toàn chữ in hoa; phải là chữ in thường ({clause}).",
        "Gõ lại bằng chữ in thường, chỉ viết hoa chữ cái đầu và tên riêng.",
    )

    ALIGNMENT = FindingCode(
        "canh-chu",
        ERROR,
        "{about} đang {found}; phải {expected} ({clause}).",
        "Bấm vào đoạn này, thẻ Home, nhóm Paragraph, chọn nút {expected} (canh trái Ctrl+L, canh "
        "giữa Ctrl+E, canh đều hai lề Ctrl+J).",
    )

    NATIONAL_NAME_WORDS = FindingCode(
        "quoc-hieu-sai-chu",
        ERROR,
        "Quốc hiệu ghi “{found}”; phải là “{expected}” ({clause}).",
        "Gõ lại đúng từng chữ.",
    )

    NATIONAL_NAME_PLACE = FindingCode(
        "quoc-hieu-sai-cho",
        ERROR,
        "Quốc hiệu nằm ở cột bên trái; phải ở phía trên cùng, bên phải trang đầu ({clause}).",
        "Chuyển Quốc hiệu và Tiêu ngữ sang cột bên phải, tên cơ quan sang cột bên trái.",
    )

    MOTTO_WORDS = FindingCode(
        "tieu-ngu-sai-chu",
        ERROR,
        "Tiêu ngữ ghi “{found}”; phải là “{expected}”, gạch nối ngắn, có cách chữ hai bên "
        "({clause}).",
        "Gõ lại đúng từng chữ; nếu Word tự đổi gạch nối thành gạch dài thì bấm Ctrl+Z ngay sau đó.",
    )

    RULE_MISSING = FindingCode(
        "thieu-duong-ke",
        ERROR,
        "Dưới {about} không có đường kẻ ngang, nét liền ({clause}).",
        "Thẻ Insert, Shapes, Line, giữ phím Shift khi kẻ; độ dài {expected}.",
    )

    RULE_LENGTH = FindingCode(
        "duong-ke-sai-dai",
        ERROR,
        "Đường kẻ dưới {about} dài bằng {found} dòng chữ; phải {expected} ({clause}).",
        "Bấm vào đường kẻ rồi kéo hai đầu cho đúng độ dài, đặt cân đối so với dòng chữ.",
    )

    NUMBER_COLON = FindingCode(
        "so-thieu-hai-cham",
        ERROR,
        "Sau chữ “Số” chưa có dấu hai chấm: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    NUMBER_PADDING = FindingCode(
        "so-thieu-so-khong",
        ERROR,
        "Số văn bản nhỏ hơn 10 phải ghi thêm số 0 phía trước: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    NUMBER_SPACES = FindingCode(
        "so-ky-hieu-cach-chu",
        ERROR,
        "Số, ký hiệu “{found}” có khoảng trắng quanh dấu gạch chéo hoặc gạch nối ({clause}).",
        "Viết “{expected}”.",
    )

    SYMBOL_LETTERS = FindingCode(
        "ky-hieu-chu-thuong",
        ERROR,
        "Ký hiệu “{found}” viết toàn chữ thường; phải là chữ in hoa ({clause}).",
        "Viết “{expected}”, hoặc ký hiệu mà cơ quan đã quy định.",
    )

    SYMBOL_OF_DISPATCH = FindingCode(
        "ky-hieu-cong-van",
        ERROR,
        "Ký hiệu công văn “{found}” có chữ CV; công văn không ghi tên loại trong ký hiệu "
        "({clause}).",
        "Viết “{expected}”: chữ viết tắt tên cơ quan và đơn vị soạn thảo.",
    )

    PLACE_MISSING = FindingCode(
        "thieu-dia-danh",
        ERROR,
        "Trước ngày tháng chưa có địa danh ({clause}).",
        "Ghi địa danh, dấu phẩy, rồi ngày tháng năm.",
    )

    PLACE_COMMA = FindingCode(
        "dia-danh-thieu-phay",
        ERROR,
        "Sau địa danh chưa có dấu phẩy: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    PLACE_CAPITALS = FindingCode(
        "dia-danh-chu-thuong",
        ERROR,
        "Chữ cái đầu của địa danh “{found}” chưa viết hoa ({clause}).",
        "Viết hoa chữ cái đầu các âm tiết của tên riêng.",
    )

    DATE_WORDS = FindingCode(
        "ngay-thang-viet-tat",
        ERROR,
        "“{found}”: thời gian ban hành phải viết đầy đủ ngày … tháng … năm … ({clause}).",
        "Viết như “Hà Nội, ngày 05 tháng 01 năm 2020”.",
    )

    DATE_PADDING = FindingCode(
        "ngay-thang-thieu-so-khong",
        ERROR,
        "“{found}”: ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 phía trước ({clause}).",
        "Viết “{expected}”.",
    )

    MONTH_PADDING = FindingCode(
        "thang-thua-so-khong",
        WARNING,
        "“{found}”: chỉ tháng 1, 2 phải thêm số 0; các tháng khác Nghị định không yêu cầu "
        "({clause}).",
        "Nên viết “{expected}”; cơ quan đã quy định khác thì giữ nguyên.",
    )

    NUMBER_AND_DATE_APART = FindingCode(
        "so-ngay-khac-dong",
        ERROR,
        "Địa danh, ngày tháng không cùng một dòng với số, ký hiệu ({clause}).",
        "Đặt hai thành phần này ở cùng một hàng của bảng đầu trang.",
    )

    SUBJECT_WORDS = FindingCode(
        "trich-yeu-sai-chu",
        ERROR,
        "Trích yếu công văn bắt đầu bằng “{found}”; phải bắt đầu bằng “V/v” ({clause}).",
        "Viết “V/v …”, chữ V đầu viết hoa, không có dấu hai chấm.",
    )

    SUBJECT_DISTANCE = FindingCode(
        "trich-yeu-sat-so",
        ERROR,
        "Trích yếu “V/v” cách dòng số, ký hiệu {found} pt; phải cách {expected} pt ({clause}).",
        "Chọn dòng V/v, thẻ Layout, Spacing Before: 6 pt.",
    )

    ADDRESSEE_COLON = FindingCode(
        "kinh-gui-thieu-hai-cham",
        ERROR,
        "Sau chữ “Kính gửi” chưa có dấu hai chấm ({clause}).",
        "Viết “Kính gửi: …”.",
    )

    ADDRESSEE_LINE = FindingCode(
        "kinh-gui-xuong-dong",
        ERROR,
        "Văn bản gửi một nơi nhưng tên nơi nhận không cùng dòng với chữ “Kính gửi” ({clause}).",
        "Đưa tên nơi nhận lên cùng dòng: “Kính gửi: {expected}”.",
    )

    ADDRESSEES_ON_ONE_LINE = FindingCode(
        "kinh-gui-nhieu-noi-mot-dong",
        WARNING,
        "Dòng Kính gửi hình như có nhiều nơi trên cùng một dòng: “{found}” ({clause}).",
        "Nếu gửi từ hai nơi trở lên: xuống dòng sau “Kính gửi:”, mỗi nơi một dòng, đầu dòng có "
        "gạch (-).",
    )

    ADDRESSEE_LIST = FindingCode(
        "kinh-gui-sai-dau",
        ERROR,
        "Dòng nơi gửi “{found}” sai gạch đầu dòng hoặc dấu cuối dòng ({clause}).",
        "Viết “{expected}”: đầu dòng có gạch (-), cuối dòng chấm phẩy (;), dòng cuối cùng chấm "
        "(.).",
    )

    LEGAL_BASIS_END = FindingCode(
        "can-cu-sai-dau",
        ERROR,
        "Dòng căn cứ kết thúc bằng “{found}”; phải là “{expected}” ({clause}).",
        "Cuối mỗi căn cứ là dấu chấm phẩy (;), căn cứ cuối cùng là dấu chấm (.).",
    )

    FIRST_LINE = FindingCode(
        "lui-dau-dong",
        ERROR,
        "{about}: chữ đầu dòng lùi vào {found} mm; phải lùi {expected} mm ({clause}).",
        "Chọn đoạn, thẻ Home, bấm mũi tên nhỏ ở góc nhóm Paragraph; Indentation Left: 0, Special: "
        "First line, By: 1 cm hoặc 1,27 cm.",
    )

    FIRST_LINE_SPACES = FindingCode(
        "lui-dau-dong-bang-dau-cach",
        WARNING,
        "{about}: chữ đầu dòng lùi vào bằng dấu cách, hoặc tính theo số chữ, nên không rõ có đủ 1 "
        "cm hoặc 1,27 cm không ({clause}).",
        "Xoá dấu cách ở đầu đoạn; thẻ Home, mũi tên nhỏ ở góc nhóm Paragraph, Special: First line, "
        "By: 1,27 cm.",
    )

    PARAGRAPH_DISTANCE = FindingCode(
        "cach-doan",
        ERROR,
        "{about} cách đoạn trước {found} pt; phải ít nhất {expected} pt ({clause}).",
        "Chọn các đoạn, thẻ Home, bấm mũi tên nhỏ ở góc nhóm Paragraph; Spacing Before: 6 pt, bỏ "
        "dấu ở ô “Don't add space between paragraphs of the same style”.",
    )

    LINE_SPACING = FindingCode(
        "cach-dong",
        ERROR,
        "{about} có khoảng cách dòng {found}; phải {expected} dòng ({clause}).",
        "Chọn các đoạn, thẻ Home, mũi tên nhỏ ở góc nhóm Paragraph; Line spacing: Single, 1.5 "
        "lines, hoặc Multiple từ 1 đến 1,5.",
    )

    END_MARK = FindingCode(
        "thieu-dau-ket",
        ERROR,
        "Nội dung kết thúc bằng “{found}”; phải kết thúc bằng “./.” ({clause}).",
        "Thêm “./.” vào cuối nội dung, trước phần ký.",
    )

    AUTHORITY_FORM = FindingCode(
        "quyen-han-sai",
        ERROR,
        "Quyền hạn ký ghi “{found}”; phải ghi “{expected}” ({clause}).",
        "Các chữ viết tắt là TM., Q., KT., TL., TUQ., có dấu chấm phía sau.",
    )

    SIGNER_TITLE = FindingCode(
        "nguoi-ky-hoc-vi",
        ERROR,
        "Trước họ tên người ký có “{found}”; không ghi học hàm, học vị, danh hiệu ({clause}).",
        "Chỉ ghi họ và tên (trừ cơ quan giáo dục, y tế, khoa học, lực lượng vũ trang có quy định "
        "riêng).",
    )

    SIGNATURE_UNCLEAR = FindingCode(
        "khong-ro-phan-ky",
        WARNING,
        "Không nhận ra chức vụ, họ tên người ký nên chưa kiểm tra được phần này ({clause}).",
        "Đặt Nơi nhận và phần ký trong một bảng hai cột không kẻ khung, rồi kiểm tra lại.",
    )

    RECIPIENTS_COLON = FindingCode(
        "noi-nhan-thieu-hai-cham",
        ERROR,
        "Sau chữ “Nơi nhận” chưa có dấu hai chấm ({clause}).",
        "Viết “Nơi nhận:”.",
    )

    RECIPIENTS_LINE = FindingCode(
        "noi-nhan-khong-dong-rieng",
        ERROR,
        "Từ “Nơi nhận” phải thành một dòng riêng ({clause}).",
        "Xuống dòng sau “Nơi nhận:”, rồi viết các nơi nhận, mỗi nơi một dòng.",
    )

    RECIPIENTS_LIST = FindingCode(
        "noi-nhan-sai-dau",
        ERROR,
        "Dòng nơi nhận “{found}” sai gạch đầu dòng hoặc dấu cuối dòng ({clause}).",
        "Viết “{expected}”: đầu dòng có gạch (-), cuối dòng chấm phẩy (;), dòng “Lưu” cuối cùng "
        "chấm (.).",
    )

    RECIPIENTS_ARCHIVE = FindingCode(
        "noi-nhan-thieu-luu",
        ERROR,
        "Dòng cuối của Nơi nhận là “{found}”; phải là dòng “- Lưu: VT, …” ({clause}).",
        "Viết ở dòng cuối “- Lưu: VT, (đơn vị soạn thảo).”, sau chữ Lưu có dấu hai chấm.",
    )

    APPENDIX_NUMBER = FindingCode(
        "phu-luc-so-thu-tu",
        ERROR,
        "“{found}”: các phụ lục phải được đánh số bằng chữ số La Mã, theo thứ tự: “{expected}” "
        "({clause}).",
        "Viết “{expected}”.",
    )

    APPENDIX_LINE = FindingCode(
        "phu-luc-khong-dong-rieng",
        ERROR,
        "“{found}”: từ “Phụ lục” và số thứ tự phải thành một dòng riêng, tên phụ lục ở dòng dưới "
        "({clause}).",
        "Xuống dòng sau “{expected}”; dòng này cỡ chữ 14, đậm; tên phụ lục in hoa, đậm ở dòng "
        "dưới.",
    )

    REFERENCE_WORDS = FindingCode(
        "kem-theo-thieu",
        ERROR,
        "Thông tin kèm theo “{found}” chưa đủ số, ký hiệu, thời gian, tên cơ quan ban hành "
        "({clause}).",
        "Viết “(Kèm theo Công văn số …/… ngày … tháng … năm … của …)”; chỗ chưa biết để trống.",
    )

    APPENDIX_PAGES = FindingCode(
        "phu-luc-so-trang",
        ERROR,
        "Số trang của phụ lục này nối tiếp phần trước; mỗi phụ lục phải đánh số trang riêng, từ 1 "
        "({clause}).",
        "Đặt phụ lục sau ngắt phần (Layout, Breaks, Next Page); bấm vào số trang, Format Page "
        "Numbers, Start at: 1.",
    )

    PAGE_NUMBER_MISSING = FindingCode(
        "thieu-so-trang",
        ERROR,
        "Văn bản có nhiều trang nhưng không đánh số trang ({clause}).",
        "Thẻ Insert, Page Number, Top of Page, kiểu ở giữa; rồi ở thẻ Header & Footer, chọn "
        "Different First Page.",
    )

    PAGE_NUMBER_UNCLEAR = FindingCode(
        "khong-ro-so-trang",
        WARNING,
        "Văn bản không đánh số trang; tệp không cho biết có quá một trang hay không ({clause}).",
        "Nếu văn bản dài quá một trang, chèn số trang ở giữa lề trên.",
    )

    PAGE_NUMBER_BELOW = FindingCode(
        "so-trang-o-duoi",
        ERROR,
        "Số trang nằm ở lề dưới; phải ở giữa lề trên ({clause}).",
        "Xoá số trang ở lề dưới; thẻ Insert, Page Number, Top of Page, kiểu ở giữa.",
    )

    PAGE_NUMBER_SIDE = FindingCode(
        "so-trang-lech",
        ERROR,
        "Số trang nằm lệch một bên; phải canh giữa lề trên ({clause}).",
        "Bấm đúp vào lề trên, bấm vào dòng có số trang, rồi Ctrl+E.",
    )

    PAGE_NUMBER_FIRST = FindingCode(
        "so-trang-thu-nhat",
        ERROR,
        "Số trang hiện cả ở trang thứ nhất; phải ẩn ({clause}).",
        "Bấm đúp vào lề trên, thẻ Header & Footer, chọn Different First Page, xoá số ở trang đầu.",
    )

    PAGE_NUMBER_KIND = FindingCode(
        "so-trang-kieu-so",
        ERROR,
        "Số trang ghi kiểu {found}; phải bằng chữ số Ả Rập ({clause}).",
        "Bấm vào số trang, Format Page Numbers, Number format: 1, 2, 3.",
    )

    PAGE_NUMBER_START = FindingCode(
        "so-trang-bat-dau",
        ERROR,
        "Số trang bắt đầu từ {found}; phải từ 1 ({clause}).",
        "Bấm vào số trang, Format Page Numbers, Start at: 1.",
    )
