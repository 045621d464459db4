"""What is found in a document held against Decree 30: breaches, and what could not be told."""

from __future__ import annotations

from cchc_office.catalogue._code import error, note, warning


class Decree30Codes:
    DOCUMENT_UNREADABLE = error(
        "van-ban-khong-doc-duoc",
        "Không đọc được văn bản này: {found}.",
        "Lệnh này kiểm tra văn bản Word. Nếu tệp là văn bản, mở bằng Word, lưu lại thành .docx "
        "(Save As, Word Document) rồi kiểm tra lại.",
    )

    DOCUMENT_LOCKED = error(
        "van-ban-co-mat-khau",
        "Văn bản bị khoá bằng mật khẩu nên không kiểm tra được.",
        "Mở bằng Word, bỏ mật khẩu (File, Info, Protect Document), lưu rồi kiểm tra lại.",
    )

    DOCUMENT_UNKNOWN = warning(
        "khong-nhan-ra-the-thuc",
        "Không thấy đủ các phần đầu của một văn bản hành chính (Quốc hiệu, số, địa danh, tên loại "
        "hay đầu đề phụ lục), nên không rõ có phải không; chưa kiểm tra chỗ nào.",
        "Nếu đây là văn bản hành chính, đối chiếu với các mẫu ở Phụ lục III Nghị định "
        "30/2020/NĐ-CP.",
    )

    OTHER_REGIME = note(
        "the-thuc-theo-quy-dinh-khac",
        "Đây có vẻ là {found}: có thể thức riêng, nên không kiểm tra theo Nghị định 30/2020/NĐ-CP.",
        "Đối chiếu với quy định hoặc mẫu riêng của loại văn bản này.",
    )

    PART_MISSING = error(
        "thieu-thanh-phan",
        "Không thấy {about} trong văn bản ({clause}).",
        "Bổ sung {about}: {expected}.",
    )

    PAGE_SIZE = error(
        "kho-giay",
        "{about}: khổ giấy {found} mm; phải là {expected} ({clause}).",
        "Thẻ Layout, Size, chọn A4.",
    )

    PAGE_DIRECTION = error(
        "huong-giay",
        "{about} để giấy ngang mà không có bảng, biểu; phải theo chiều dài khổ A4 ({clause}).",
        "Thẻ Layout, Orientation, chọn Portrait.",
    )

    MARGIN = error(
        "le-trang",
        "{about} là {found} mm; phải {expected} mm ({clause}).",
        "Thẻ Layout, Margins, Custom Margins, đặt lại lề (1 cm = 10 mm).",
    )

    FONT = error(
        "phong-chu",
        "{about} dùng phông chữ {found}; phải là {expected} ({clause}).",
        "Chọn đoạn này, thẻ Home, ô phông chữ: Times New Roman. Chữ gõ bằng bảng mã cũ (.Vn, VNI-) "
        "phải chuyển sang Unicode.",
    )

    COLOUR = error(
        "mau-chu",
        "{about} có chữ màu khác màu đen (mã màu {found}) ({clause}).",
        "Chọn đoạn này, thẻ Home, Font Color: Automatic.",
    )

    LETTER_SIZE = error(
        "co-chu",
        "{about} có cỡ chữ {found}; phải {expected} ({clause}).",
        "Chọn đoạn này, thẻ Home, ô cỡ chữ: {expected}.",
    )

    NOT_BOLD = error(
        "thieu-dam",
        "{about} chưa in đậm, hoặc chỉ in đậm một phần ({clause}).",
        "Chọn cả dòng, bấm Ctrl+B cho đến khi cả dòng đậm.",
    )

    IS_BOLD = error(
        "thua-dam",
        "{about} có chữ in đậm; phải là chữ không đậm ({clause}).",
        "Chọn cả dòng, bấm Ctrl+B một hoặc hai lần cho đến khi hết đậm.",
    )

    NOT_ITALIC = error(
        "thieu-nghieng",
        "{about} chưa in nghiêng, hoặc chỉ in nghiêng một phần ({clause}).",
        "Chọn cả dòng, bấm Ctrl+I cho đến khi cả dòng nghiêng.",
    )

    IS_ITALIC = error(
        "thua-nghieng",
        "{about} có chữ in nghiêng; phải là chữ đứng ({clause}).",
        "Chọn cả dòng, bấm Ctrl+I một hoặc hai lần cho đến khi hết nghiêng.",
    )

    NOT_CAPITALS = error(
        "thieu-in-hoa",
        "{about} phải viết bằng chữ in hoa ({clause}).",
        "Chọn dòng này, thẻ Home, Change Case: UPPERCASE.",
    )

    IS_CAPITALS = error(
        "thua-in-hoa",
        "{about} viết toàn chữ in hoa; phải là chữ in thường ({clause}).",
        "Gõ lại bằng chữ in thường, chỉ viết hoa chữ cái đầu và tên riêng.",
    )

    ALIGNMENT = error(
        "canh-chu",
        "{about} đang {found}; phải {expected} ({clause}).",
        "Bấm vào đoạn này, thẻ Home, nhóm Paragraph, chọn nút {expected} (canh trái Ctrl+L, canh "
        "giữa Ctrl+E, canh đều hai lề Ctrl+J).",
    )

    NATIONAL_NAME_WORDS = error(
        "quoc-hieu-sai-chu",
        "Quốc hiệu ghi “{found}”; phải là “{expected}” ({clause}).",
        "Gõ lại đúng từng chữ.",
    )

    NATIONAL_NAME_PLACE = error(
        "quoc-hieu-sai-cho",
        "Quốc hiệu nằm ở cột bên trái; phải ở phía trên cùng, bên phải trang đầu ({clause}).",
        "Chuyển Quốc hiệu và Tiêu ngữ sang cột bên phải, tên cơ quan sang cột bên trái.",
    )

    MOTTO_WORDS = error(
        "tieu-ngu-sai-chu",
        "Tiêu ngữ ghi “{found}”; phải là “{expected}”, gạch nối ngắn, có cách chữ hai bên "
        "({clause}).",
        "Gõ lại đúng từng chữ; nếu Word tự đổi gạch nối thành gạch dài thì bấm Ctrl+Z ngay sau đó.",
    )

    RULE_MISSING = error(
        "thieu-duong-ke",
        "Dưới {about} không có đường kẻ ngang, nét liền ({clause}).",
        "Thẻ Insert, Shapes, Line, giữ phím Shift khi kẻ; độ dài {expected}.",
    )

    RULE_LENGTH = error(
        "duong-ke-sai-dai",
        "Đường kẻ dưới {about} dài bằng {found} dòng chữ; phải {expected} ({clause}).",
        "Bấm vào đường kẻ rồi kéo hai đầu cho đúng độ dài, đặt cân đối so với dòng chữ.",
    )

    NUMBER_COLON = error(
        "so-thieu-hai-cham",
        "Sau chữ “Số” chưa có dấu hai chấm: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    NUMBER_PADDING = error(
        "so-thieu-so-khong",
        "Số văn bản nhỏ hơn 10 phải ghi thêm số 0 phía trước: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    NUMBER_SPACES = error(
        "so-ky-hieu-cach-chu",
        "Số, ký hiệu “{found}” có khoảng trắng quanh dấu gạch chéo hoặc gạch nối ({clause}).",
        "Viết “{expected}”.",
    )

    SYMBOL_LETTERS = error(
        "ky-hieu-chu-thuong",
        "Ký hiệu “{found}” viết toàn chữ thường; phải là chữ in hoa ({clause}).",
        "Viết “{expected}”, hoặc ký hiệu mà cơ quan đã quy định.",
    )

    SYMBOL_OF_DISPATCH = error(
        "ky-hieu-cong-van",
        "Ký hiệu công văn “{found}” có chữ CV; công văn không ghi tên loại trong ký hiệu "
        "({clause}).",
        "Viết “{expected}”: chữ viết tắt tên cơ quan và đơn vị soạn thảo.",
    )

    NUMBER_SLASH = error(
        "so-thieu-gach-cheo",
        "Giữa số và ký hiệu chưa có dấu gạch chéo: “{found}” ({clause}).",
        "Viết như “Số: 15/QĐ-UBND”.",
    )

    SYMBOL_OF_TYPE = error(
        "ky-hieu-khac-ten-loai",
        "Ký hiệu “{found}” không hợp với tên loại văn bản; sau số phải là {expected} ({clause}).",
        "Viết tắt tên loại theo bảng ở mục I Phụ lục III; công văn không có chữ viết tắt tên loại.",
    )

    DATE_IMPOSSIBLE = error(
        "ngay-thang-khong-co",
        "“{found}”: ngày này không có trong lịch, hoặc năm không đủ bốn chữ số ({clause}).",
        "Ghi đúng ngày, tháng và đủ bốn chữ số của năm.",
    )

    PLACE_MISSING = error(
        "thieu-dia-danh",
        "Trước ngày tháng chưa có địa danh ({clause}).",
        "Ghi địa danh, dấu phẩy, rồi ngày tháng năm.",
    )

    PLACE_COMMA = error(
        "dia-danh-thieu-phay",
        "Sau địa danh chưa có dấu phẩy: “{found}” ({clause}).",
        "Viết “{expected}”.",
    )

    PLACE_CAPITALS = error(
        "dia-danh-chu-thuong",
        "Chữ cái đầu của địa danh “{found}” chưa viết hoa ({clause}).",
        "Viết hoa chữ cái đầu các âm tiết của tên riêng.",
    )

    DATE_WORDS = error(
        "ngay-thang-viet-tat",
        "“{found}”: thời gian ban hành phải viết đầy đủ ngày … tháng … năm … ({clause}).",
        "Viết như “Hà Nội, ngày 05 tháng 01 năm 2020”.",
    )

    DATE_PADDING = error(
        "ngay-thang-thieu-so-khong",
        "“{found}”: ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 phía trước ({clause}).",
        "Viết “{expected}”.",
    )

    MONTH_PADDING = warning(
        "thang-thua-so-khong",
        "“{found}”: chỉ tháng 1, 2 phải thêm số 0; các tháng khác Nghị định không yêu cầu "
        "({clause}).",
        "Nên viết “{expected}”; cơ quan đã quy định khác thì giữ nguyên.",
    )

    NUMBER_AND_DATE_APART = error(
        "so-ngay-khac-dong",
        "Địa danh, ngày tháng không cùng một dòng với số, ký hiệu ({clause}).",
        "Đặt hai thành phần này ở cùng một hàng của bảng đầu trang.",
    )

    SUBJECT_WORDS = error(
        "trich-yeu-sai-chu",
        "Trích yếu công văn bắt đầu bằng “{found}”; phải bắt đầu bằng “V/v” ({clause}).",
        "Viết “V/v …”, chữ V đầu viết hoa, không có dấu hai chấm.",
    )

    SUBJECT_DISTANCE = error(
        "trich-yeu-sat-so",
        "Trích yếu “V/v” cách dòng số, ký hiệu {found} pt; phải cách {expected} pt ({clause}).",
        "Chọn dòng V/v, thẻ Layout, Spacing Before: 6 pt.",
    )

    ADDRESSEE_COLON = error(
        "kinh-gui-thieu-hai-cham",
        "Sau chữ “Kính gửi” chưa có dấu hai chấm ({clause}).",
        "Viết “Kính gửi: …”.",
    )

    ADDRESSEE_LINE = error(
        "kinh-gui-xuong-dong",
        "Văn bản gửi một nơi nhưng tên nơi nhận không cùng dòng với chữ “Kính gửi” ({clause}).",
        "Đưa tên nơi nhận lên cùng dòng: “Kính gửi: {expected}”.",
    )

    ADDRESSEES_ON_ONE_LINE = warning(
        "kinh-gui-nhieu-noi-mot-dong",
        "Dòng Kính gửi hình như có nhiều nơi trên cùng một dòng: “{found}” ({clause}).",
        "Nếu gửi từ hai nơi trở lên: xuống dòng sau “Kính gửi:”, mỗi nơi một dòng, đầu dòng có "
        "gạch (-).",
    )

    ADDRESSEE_LIST = error(
        "kinh-gui-sai-dau",
        "Dòng nơi gửi “{found}” sai gạch đầu dòng hoặc dấu cuối dòng ({clause}).",
        "Viết “{expected}”: đầu dòng có gạch (-), cuối dòng chấm phẩy (;), dòng cuối cùng chấm "
        "(.).",
    )

    LEGAL_BASIS_END = error(
        "can-cu-sai-dau",
        "Dòng căn cứ kết thúc bằng “{found}”; phải là “{expected}” ({clause}).",
        "Cuối mỗi căn cứ là dấu chấm phẩy (;), căn cứ cuối cùng là dấu chấm (.).",
    )

    FIRST_LINE = error(
        "lui-dau-dong",
        "{about}: chữ đầu dòng lùi vào {found} mm; phải lùi {expected} mm ({clause}).",
        "Chọn đoạn, thẻ Home, bấm mũi tên nhỏ ở góc nhóm Paragraph; Indentation Left: 0, Special: "
        "First line, By: 1 cm hoặc 1,27 cm.",
    )

    FIRST_LINE_SPACES = warning(
        "lui-dau-dong-bang-dau-cach",
        "{about}: chữ đầu dòng lùi vào bằng dấu cách, hoặc tính theo số chữ, nên không rõ có đủ 1 "
        "cm hoặc 1,27 cm không ({clause}).",
        "Xoá dấu cách ở đầu đoạn; thẻ Home, mũi tên nhỏ ở góc nhóm Paragraph, Special: First line, "
        "By: 1,27 cm.",
    )

    PARAGRAPH_DISTANCE = error(
        "cach-doan",
        "{about} cách đoạn trước {found} pt; phải ít nhất {expected} pt ({clause}).",
        "Chọn các đoạn, thẻ Home, bấm mũi tên nhỏ ở góc nhóm Paragraph; Spacing Before: 6 pt, bỏ "
        "dấu ở ô “Don't add space between paragraphs of the same style”.",
    )

    LINE_SPACING = error(
        "cach-dong",
        "{about} có khoảng cách dòng {found} dòng; phải {expected} dòng ({clause}).",
        "Chọn các đoạn, thẻ Home, mũi tên nhỏ ở góc nhóm Paragraph; Line spacing: Single, 1.5 "
        "lines, hoặc Multiple từ 1 đến 1,5.",
    )

    END_MARK = error(
        "thieu-dau-ket",
        "Nội dung kết thúc bằng “{found}”; phải kết thúc bằng “./.” ({clause}).",
        "Thêm “./.” vào cuối nội dung, trước phần ký.",
    )

    AUTHORITY_FORM = error(
        "quyen-han-sai",
        "Quyền hạn ký ghi “{found}”; phải ghi “{expected}” ({clause}).",
        "Các chữ viết tắt là TM., Q., KT., TL., TUQ., có dấu chấm phía sau.",
    )

    DEPUTY_ALONE = error(
        "cap-pho-thieu-kt",
        "Cấp phó ký (“{found}”) mà phía trên không có “KT.” và chức vụ của người đứng đầu "
        "({clause}).",
        "Ghi “KT.” và chức vụ người đứng đầu ở dòng trên, chức vụ người ký ở dòng dưới.",
    )

    SIGNER_TITLE = error(
        "nguoi-ky-hoc-vi",
        "Trước họ tên người ký có “{found}”; không ghi học hàm, học vị, danh hiệu ({clause}).",
        "Chỉ ghi họ và tên (trừ cơ quan giáo dục, y tế, khoa học, lực lượng vũ trang có quy định "
        "riêng).",
    )

    SIGNATURE_UNCLEAR = warning(
        "khong-ro-phan-ky",
        "Không nhận ra chức vụ, họ tên người ký nên chưa kiểm tra được phần này ({clause}).",
        "Đặt Nơi nhận và phần ký trong một bảng hai cột không kẻ khung, rồi kiểm tra lại.",
    )

    RECIPIENTS_COLON = error(
        "noi-nhan-thieu-hai-cham",
        "Sau chữ “Nơi nhận” chưa có dấu hai chấm ({clause}).",
        "Viết “Nơi nhận:”.",
    )

    RECIPIENTS_LINE = error(
        "noi-nhan-khong-dong-rieng",
        "Từ “Nơi nhận” phải thành một dòng riêng ({clause}).",
        "Xuống dòng sau “Nơi nhận:”, rồi viết các nơi nhận, mỗi nơi một dòng.",
    )

    RECIPIENTS_LIST = error(
        "noi-nhan-sai-dau",
        "Dòng nơi nhận “{found}” sai gạch đầu dòng hoặc dấu cuối dòng ({clause}).",
        "Viết “{expected}”: đầu dòng có gạch (-), cuối dòng chấm phẩy (;), dòng “Lưu” cuối cùng "
        "chấm (.).",
    )

    RECIPIENTS_ARCHIVE = error(
        "noi-nhan-thieu-luu",
        "Dòng cuối của Nơi nhận là “{found}”; phải là dòng “- Lưu: VT, …” ({clause}).",
        "Viết ở dòng cuối “- Lưu: VT, (đơn vị soạn thảo).”, sau chữ Lưu có dấu hai chấm.",
    )

    APPENDIX_NUMBER = error(
        "phu-luc-so-thu-tu",
        "“{found}”: các phụ lục phải được đánh số bằng chữ số La Mã, theo thứ tự: “{expected}” "
        "({clause}).",
        "Viết “{expected}”.",
    )

    APPENDIX_LINE = error(
        "phu-luc-khong-dong-rieng",
        "“{found}”: từ “Phụ lục” và số thứ tự phải thành một dòng riêng, tên phụ lục ở dòng dưới "
        "({clause}).",
        "Xuống dòng sau “{expected}”; dòng này cỡ chữ 14, đậm; tên phụ lục in hoa, đậm ở dòng "
        "dưới.",
    )

    REFERENCE_WORDS = error(
        "kem-theo-thieu",
        "Thông tin kèm theo “{found}” chưa đủ số, ký hiệu, thời gian, tên cơ quan ban hành "
        "({clause}).",
        "Viết “(Kèm theo Công văn số …/… ngày … tháng … năm … của …)”; chỗ chưa biết để trống.",
    )

    APPENDIX_PAGES = error(
        "phu-luc-so-trang",
        "Số trang của phụ lục này nối tiếp phần trước; mỗi phụ lục phải đánh số trang riêng, từ 1 "
        "({clause}).",
        "Đặt phụ lục sau ngắt phần (Layout, Breaks, Next Page); bấm vào số trang, Format Page "
        "Numbers, Start at: 1.",
    )

    PAGE_NUMBER_MISSING = error(
        "thieu-so-trang",
        "Văn bản có nhiều trang nhưng không đánh số trang ({clause}).",
        "Thẻ Insert, Page Number, Top of Page, kiểu ở giữa; rồi ở thẻ Header & Footer, chọn "
        "Different First Page.",
    )

    PAGE_NUMBER_UNCLEAR = warning(
        "khong-ro-so-trang",
        "Văn bản không đánh số trang; tệp không cho biết có quá một trang hay không ({clause}).",
        "Nếu văn bản dài quá một trang, chèn số trang ở giữa lề trên.",
    )

    PAGE_NUMBER_BELOW = error(
        "so-trang-o-duoi",
        "Số trang nằm ở lề dưới; phải ở giữa lề trên ({clause}).",
        "Xoá số trang ở lề dưới; thẻ Insert, Page Number, Top of Page, kiểu ở giữa.",
    )

    PAGE_NUMBER_SIDE = error(
        "so-trang-lech",
        "Số trang nằm lệch một bên; phải canh giữa lề trên ({clause}).",
        "Bấm đúp vào lề trên, bấm vào dòng có số trang, rồi Ctrl+E.",
    )

    PAGE_NUMBER_FIRST = error(
        "so-trang-thu-nhat",
        "Số trang hiện cả ở trang thứ nhất; phải ẩn ({clause}).",
        "Bấm đúp vào lề trên, thẻ Header & Footer, chọn Different First Page, xoá số ở trang đầu.",
    )

    PAGE_NUMBER_KIND = error(
        "so-trang-kieu-so",
        "Số trang ghi kiểu {found}; phải bằng chữ số Ả Rập ({clause}).",
        "Bấm vào số trang, Format Page Numbers, Number format: 1, 2, 3.",
    )

    PAGE_NUMBER_START = error(
        "so-trang-bat-dau",
        "Số trang bắt đầu từ {found}; phải từ 1 ({clause}).",
        "Bấm vào số trang, Format Page Numbers, Start at: 1.",
    )

    PAGES_NOT_FOUND = warning(
        "khong-tim-duoc-so-trang",
        "Không tìm được số trang của các chỗ: {found}.",
        "Cài LibreOffice (libreoffice.org) hoặc đóng bớt chương trình rồi làm lại; mọi điều tìm "
        "thấy vẫn đủ.",
    )

    MARKS_WITHOUT_SIGNATURE = note(
        "ban-danh-dau-khong-con-chu-ky-so",
        "Văn bản đã ký số; bản đánh dấu là bản khác nên không mang chữ ký. Bản gốc vẫn nguyên chữ "
        "ký.",
        "Chỉ dùng bản đánh dấu để xem, không gửi thay bản đã ký.",
    )

    MARKS_IMPOSSIBLE = error(
        "khong-danh-dau-duoc-van-ban",
        "Không đặt được ghi chú vào bản sao của văn bản này.",
        "Mở văn bản bằng Word, lưu lại thành .docx (Save As, Word Document) rồi làm lại.",
    )

    MARKS_NOT_WRITTEN = error(
        "khong-ghi-duoc-ban-danh-dau",
        "Không ghi được bản đánh dấu cạnh văn bản này: {found}.",
        "Chép văn bản vào một thư mục ghi được rồi làm lại.",
    )
