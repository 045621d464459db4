"""Rules as offices write them in "Cách chấm": what is computed, and what is left to people."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest

from cchc_office.rules import (
    Bands,
    Choice,
    Declared,
    Deductions,
    PerItem,
    Ratio,
    RuleCells,
    RuleWordsError,
    Steps,
    asks,
    compute,
    describe,
    formula,
    parse_rule,
)
from cchc_office.text.vietnamese import parse_official_date

from .sheets import grid

YEAR = 2025

# Worked by hand; ¶ is a line break. Declared: "4 trên 5", a figure, "85 %", a day, or a case.
CASES = """
Cách chấm | Điểm tối đa | Kê khai | Được
- Đã lập sổ theo dõi: Điểm tối đa¶- Chưa lập sổ theo dõi: 0 điểm | 0,5 | Đã lập sổ theo dõi | 0,5
- Đã lập sổ theo dõi: Điểm tối đa¶- Chưa lập sổ theo dõi: 0 điểm | 0,5 | Chưa lập sổ theo dõi | 0
Lưu đủ hồ sơ: điểm tối đa¶Thiếu giấy tờ phụ: Trừ 50% điểm¶Thiếu giấy tờ chính: 0 điểm | 3 | Thiếu giấy tờ phụ | 1,5
Lưu đủ hồ sơ: điểm tối đa¶Lưu gần đủ: 75% điểm¶Lưu thiếu: 50% điểm | 4 | Lưu gần đủ | 3
Lưu đủ hồ sơ: điểm tối đa¶Lưu gần đủ: 75% điểm¶Lưu thiếu: 50% điểm | 4 | Không thuộc trường hợp nào trên đây | 0
Công bố đúng lúc: 1 điểm. Công bố muộn: 0,5 điểm. Không công bố: 0 điểm | 1 | Công bố muộn | 0,5
Công bố đúng lúc: 1đ; công bố muộn: 0,5đ; không công bố: không tính điểm | 1 | Không công bố | 0
Xếp loại A: 3đ, B: 1,5đ, C: 0đ | 3 | B | 1,5
Trước hạn: 2 điểm, đúng hạn: 1,5 điểm, quá hạn: 0 điểm | 2 | Đúng hạn | 1,5
Không có bài nào bị gỡ: 3; từ 01 đến 02 bài: trừ 1; từ 03 bài: trừ 2 | 3 | 2 | 2
Không có bài nào bị gỡ: 3; từ 01 đến 02 bài: trừ 1; từ 03 bài: trừ 2 | 3 | 9 | 1
Đạt/Không đạt | 2 | Đạt | 2
Đạt/Không đạt | 2 | Không đạt | 0
Có: +2 | 2 | Có | 2
Có: +2 | 2 | Không | 0
(Có: 1,5 điểm; không: 0 điểm) | 1,5 | Có | 1,5
Lập báo cáo chuyên đề về phòng thủ dân sự: 2,0đ. | 2 | Lập báo cáo chuyên đề về phòng thủ dân sự | 2
Lập báo cáo chuyên đề về phòng thủ dân sự: 2,0đ. | 2 | Không thuộc trường hợp trên | 0
Giải nhất cấp tỉnh: 3đ; giải nhì: 2đ. Chỉ tính mức cao nhất đạt được. | 3 | Giải nhì | 2
Chọn một mức:¶- 4 điểm: nộp đủ; đúng mẫu.¶- 2 điểm: nộp đủ; sai mẫu.¶- 0 điểm: không nộp. | 4 | Nộp đủ; sai mẫu | 2
- Đủ sổ sách; có người trực: 3 điểm¶- Thiếu sổ: 1 điểm¶- Không làm: 0 điểm | 3 | Đủ sổ sách; có người trực | 3
Bố trí bàn hướng dẫn tại sảnh:¶- Có người trực: 2 điểm¶- Không có người trực: 1 điểm¶- Không bố trí: 0 điểm | 2 | Không có người trực | 1
Tính tỷ lệ % giữa số biên bản đã ký trên tổng số biên bản đã lập.¶- Đạt 100%: 2¶- Từ 80% đến dưới 100%: 1¶- Dưới 80%: 0 | 2 | 8 trên 10 | 1
Tính tỷ lệ % giữa số biên bản đã ký trên tổng số biên bản đã lập.¶- Đạt 100%: 2¶- Từ 80% đến dưới 100%: 1¶- Dưới 80%: 0 | 2 | 79 trên 100 | 0
100% biên bản đã ký: 1; dưới 100%: 0 | 1 | 10 trên 10 | 1
100% biên bản đã ký: 1; dưới 100%: 0 | 1 | 99 trên 100 | 0
Ký 100% biên bản: điểm tối đa; ký từ 70% đến dưới 100%: 50% điểm tối đa; còn lại: 0 | 3 | 7 trên 10 | 1,5
Ký 100% biên bản: điểm tối đa; ký từ 70% đến dưới 100%: 50% điểm tối đa; còn lại: 0 | 3 | 69 trên 100 | 0
Đạt 100%: 3,0đ; từ 90% đến dưới 100%: 1,5đ. Số liệu lấy từ phần mềm một cửa. | 3 | 95 trên 100 | 1,5
Đạt 100%: 3,0đ; từ 90% đến dưới 100%: 1,5đ. Số liệu lấy từ phần mềm một cửa. | 3 | 89 trên 100 | 0
100% thư xin lỗi đã gửi: 2; dưới 100%: 0. Trường hợp không có thư phải gửi: 2 | 2 | 5 trên 5 | 2
100% thư xin lỗi đã gửi: 2; dưới 100%: 0. Trường hợp không có thư phải gửi: 2 | 2 | 4 trên 5 | 0
100% thư xin lỗi đã gửi: 2; dưới 100%: 0. Trường hợp không có thư phải gửi: 2 | 2 | 0 trên 0 | 2
Nếu tỷ lệ đạt từ 90% trở lên thì điểm đánh giá là 1; dưới 90% thì điểm đánh giá là 0 | 1 | 9 trên 10 | 1
Nếu tỷ lệ đạt từ 90% trở lên thì điểm đánh giá là 1; dưới 90% thì điểm đánh giá là 0 | 1 | 89 trên 100 | 0
Từ 70% trở lên: 4; từ 50% - 70%: 2; dưới 50%: 0 | 4 | 7 trên 10 | 4
Từ 70% trở lên: 4; từ 50% - 70%: 2; dưới 50%: 0 | 4 | 6 trên 10 | 2
Công thức: (b/a) x điểm tối đa.¶Trong đó: a là số hộp thư được giao; b là số hộp thư đang dùng.¶Nếu b/a < 0,7 thì điểm đánh giá là 0 | 2 | 8 trên 10 | 1,6
Công thức: (b/a) x điểm tối đa.¶Trong đó: a là số hộp thư được giao; b là số hộp thư đang dùng.¶Nếu b/a < 0,7 thì điểm đánh giá là 0 | 2 | 69 trên 100 | 0
Tỷ lệ % x điểm tối đa; nếu dưới 60% thì 0 điểm | 2 | 3 trên 4 | 1,5
Điểm = Chỉ số hài lòng (%) x 5 | 5 | 90,4 % | 4,52
100% phòng họp đủ người: 4; có 01 phòng thiếu người: 2; từ 02 phòng trở lên: 0 | 4 | 0 | 4
100% phòng họp đủ người: 4; có 01 phòng thiếu người: 2; từ 02 phòng trở lên: 0 | 4 | 1 | 2
100% phòng họp đủ người: 4; có 01 phòng thiếu người: 2; từ 02 phòng trở lên: 0 | 4 | 3 | 0
Không có đơn khiếu nại đúng: 6; có 01 đơn: trừ 2; từ 02 đơn trở lên: 0 | 6 | 1 | 4
Không có đơn khiếu nại đúng: 6; có 01 đơn: trừ 2; từ 02 đơn trở lên: 0 | 6 | 2 | 0
- Từ 3 buổi trở lên: 3 điểm¶- Có 2 buổi: 2 điểm | 3 | 2 | 2
- Từ 3 buổi trở lên: 3 điểm¶- Có 2 buổi: 2 điểm | 3 | 1 | 0
Mỗi buổi tập huấn được 0,5 điểm, tối đa 1 điểm | 1 | 5 | 1
Mỗi đề tài: 1,5đ, tối đa 3,0đ. Đề tài còn dở: không tính điểm. | 3 | 1 | 1,5
Họp đủ số buổi theo lịch: 2đ; thiếu mỗi buổi trừ 0,5đ | 2 | 3 | 0,5
Họp đủ số buổi theo lịch: 2đ; thiếu mỗi buổi trừ 0,5đ | 2 | 7 | 0
Gửi đúng hạn: 2 điểm; mỗi lần gửi muộn trừ 0,25 điểm | 2 | 2 | 1,5
Gửi đúng hạn mọi kỳ: 1,5đ; có kỳ muộn: trừ 0,5đ/kỳ. | 1,5 | 1 | 1
- Không sai sót: 100% quỹ điểm¶- Trừ 0,5 điểm/1 lần sai sót | 20 | 4 | 18
Có chuyên mục riêng: 0,5; có hộp thư góp ý: 0,5 | 1 | Chỉ có hộp thư góp ý | 0,5
Có danh mục dữ liệu mở: 2; có cập nhật hằng quý: 2 | 4 | Chỉ có cập nhật hằng quý | 2
Có A: 0,5; có B: 0,5 | 1 | Chỉ có A | 0,5
Nộp trước 10/12: 1 điểm; Nộp từ 10/12 đến 25/12: 0,5 điểm; Sau 25/12: 0 điểm | 1 | 09/12/2025 | 1
Nộp trước 10/12: 1 điểm; Nộp từ 10/12 đến 25/12: 0,5 điểm; Sau 25/12: 0 điểm | 1 | 25/12/2025 | 0,5
Nộp trước 10/12: 1 điểm; Nộp từ 10/12 đến 25/12: 0,5 điểm; Sau 25/12: 0 điểm | 1 | 26/12/2025 | 0
Ban hành trong tháng 12 năm trước liền kề: 1 điểm; trong tháng 01: 0,5 điểm; sau đó: 0 | 1 | 31/12/2024 | 1
Ban hành trong tháng 12 năm trước liền kề: 1 điểm; trong tháng 01: 0,5 điểm; sau đó: 0 | 1 | 31/01/2025 | 0,5
Ban hành trong tháng 12 năm trước liền kề: 1 điểm; trong tháng 01: 0,5 điểm; sau đó: 0 | 1 | 01/02/2025 | 0
Ban hành trước 20/01: 2 điểm; trước 20/02: 1 điểm | 2 | 19/02/2025 | 1
Ban hành trước 20/01: 2 điểm; trước 20/02: 1 điểm | 2 | 20/02/2025 | 0
Mỗi thủ tục giảm thời gian giải quyết được 0,5 điểm | 2 | 3 | 1,5
Mỗi mô hình giảm nghèo 0,5 | 2 | 1 | 0,5
0,5 điểm/mô hình giảm nghèo | 2 | 1 | 0,5
Mỗi mô hình (trừ mô hình năm trước) 0,5 điểm | 2 | 3 | 1,5
Mỗi báo cáo muộn bị giảm đi 0,5 điểm | 2 | 1 | 1,5
Trong quý I: 2; trong quý II: 1; còn lại: 0 | 2 | 01/4/2025 | 1
Từ 10% trở lên so với cùng kỳ: 2; dưới 10%: 0 | 2 | Từ 10% trở lên so với cùng kỳ | 2
Chênh lệch dưới 5%: 2; từ 5% trở lên: 0 | 2 | Chênh lệch dưới 5% | 2
Đạt từ 80% so với kế hoạch: 2; dưới 80%: 0 | 2 | 4 trên 5 | 2
Yêu cầu: Sổ trực ghi theo mẫu; có chữ ký. Đối chiếu với lịch. Nếu:¶- Ghi đủ, đúng mẫu thì điểm đánh giá là 2.¶- Ghi thiếu thì điểm đánh giá là 0. | 2 | Ghi đủ, đúng mẫu | 2
Yêu cầu: Sổ trực ghi theo mẫu; có chữ ký. Đối chiếu với lịch. Nếu:¶- Ghi đủ, đúng mẫu thì điểm đánh giá là 2.¶- Ghi thiếu thì điểm đánh giá là 0. | 2 | Ghi thiếu | 0
Yêu cầu: Tính tỷ lệ % số kho đã khóa so với tổng số kho.¶Nếu đạt:¶- Từ 90% trở lên: 2¶- Từ 70% - dưới 90%: 1¶- Dưới 70%: 0 | 2 | 9 trên 10 | 2
Yêu cầu: Tính tỷ lệ % số kho đã khóa so với tổng số kho.¶Nếu đạt:¶- Từ 90% trở lên: 2¶- Từ 70% - dưới 90%: 1¶- Dưới 70%: 0 | 2 | 89 trên 100 | 1
Thống kê sổ sách của các kho, thời điểm 31/12.¶- Nếu 100% kho có sổ thì điểm đánh giá là 1; nếu dưới 100% thì điểm đánh giá là 0 | 1 | 9 trên 10 | 0
- Yêu cầu:¶+ Giữ thẻ kho; ghi hằng ngày.¶+ Kiểm kê mỗi quý.¶- Nếu giữ đủ thì điểm đánh giá là 1;¶- Nếu giữ thiếu thì điểm đánh giá là 0. | 1 | Giữ đủ | 1
▪ Yêu cầu:¶○ Giữ thẻ kho; ghi hằng ngày.¶○ Kiểm kê mỗi quý.¶▪ Nếu giữ đủ thì điểm đánh giá là 1;¶▪ Nếu giữ thiếu thì điểm đánh giá là 0. | 1 | Giữ đủ | 1
Yêu cầu: Căn cứ biên bản. Xác định kết quả đạt được và tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó: a là số kho phải kiểm kê; b là số kho đã kiểm kê. (Nếu b/a < 0,5 thì điểm đánh giá là 0). | 4 | 3 trên 4 | 3
Yêu cầu: Căn cứ biên bản. Xác định kết quả đạt được và tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó: a là số kho phải kiểm kê; b là số kho đã kiểm kê. (Nếu b/a < 0,5 thì điểm đánh giá là 0). | 4 | 1 trên 4 | 0
Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:¶a là số thẻ TNKH phải đổi¶b là số thẻ đã đổi.¶Trường hợp a = 0 thì đạt điểm tối đa. | 2 | 0 trên 0 | 2
Tính điểm theo công thức: (b/a)*2. Trong đó:¶a là số tiền phải nộp NSNN¶b là số tiền đã nộp NSNN. (Địa phương không có khoản phải nộp thì đạt điểm tối đa). | 2 | 0 trên 0 | 2
Tính điểm theo công thức: (a* điểm tối đa)/100. Trong đó: a là mức hài lòng về nhà ăn | 5 | 80 % | 4
Tính điểm theo công thức: a*điểm tối đa. Trong đó:¶a là tỷ lệ % thẻ kho đã nhập vào máy | 2 | 75 % | 1,5
- Nếu giữ đủ thẻ thì điểm đánh giá là 1.¶- Nếu giữ thiếu thẻ thì điểm đánh giá là 0. (Trường hợp đơn vị tự phát hiện, đã bổ sung thì không trừ điểm nội dung trên). | 1 | Đơn vị tự phát hiện, đã bổ sung | 1
- Ghi sổ kịp thời thì điểm đánh giá là 1.¶- Ghi sổ chậm thì điểm đánh giá là 0. (Trường hợp kho bị ngập, đề nghị có giải trình cụ thể). | 1 | Ghi sổ kịp thời | 1
Tỷ lệ phiếu trả đúng hạn ≥95%: 2; từ 80% đến dưới 95%: 1; dưới 80%: 0 | 2 | 95 trên 100 | 2
Tỷ lệ phiếu trả đúng hạn ≥95%: 2; từ 80% đến dưới 95%: 1; dưới 80%: 0 | 2 | 8 trên 10 | 1
Tỷ lệ phiếu trả đúng hạn ≥95%: 2; từ 80% đến dưới 95%: 1; dưới 80%: 0 | 2 | 79 trên 100 | 0
Từ 20% số kho, bến trở lên: 2¶Dưới 20% số kho, bến: 0 | 2 | 2 trên 10 | 2
Có = 1; không = 0 | 1 | Không | 0
Giữ sổ: 2; không giữ: 0. Gửi sổ nơi khác thì không bị trừ điểm. | 2 | Gửi sổ nơi khác | 2
Có sổ: 2 điểm, không có sổ bị trừ 2 điểm | 2 | Không có sổ | 0
- Nếu kho có khóa thì điểm đánh giá là 0.5;¶- Nếu kho có sổ thì điểm đánh giá CỘNG THÊM 0.25 điểm;¶- Nếu kho có đèn thì CỘNG THÊM 0.25 điểm. | 1 | Chỉ kho có khóa; kho có đèn | 0,75
- Nếu kho có khóa thì điểm đánh giá là 0.5;¶- Nếu kho có sổ thì điểm đánh giá CỘNG THÊM 0.25 điểm;¶- Nếu kho có đèn thì CỘNG THÊM 0.25 điểm. | 1 | Không có nội dung nào | 0
Kiểm kho đủ số kỳ: 2đ; thiếu mỗi kỳ trừ 0,5đ và bị trừ điểm tại mục X. | 2 | 1 | 1,5
Có = 1 | 1 | Có | 1
Đạt 1 điểm, không đạt 0 điểm | 1 | Không đạt | 0
Đạt 1 điểm, không đạt 0 điểm | 1 | Đạt | 1
- Nếu kho có đèn thì điểm đánh giá là 0.5;¶- Nếu kho có sổ thì CỘNG THÊM 0.5 điểm. (Nếu nội dung nào nêu trên không đảm bảo theo quy định thì điểm đánh giá tương ứng nội dung đó là 0). | 1 | Chỉ kho có sổ | 0,5
Đã lắp cân điện tử ở cửa kho: 0.5¶Ghi sổ nhập đầy đủ, đúng mẫu đã ban hành: 0.5 | 1 | Chỉ đã lắp cân điện tử ở cửa kho | 0,5
100% kho lạnh của tỉnh có người trực đêm: 0.25¶100% kho thường của xã có khóa và biển báo theo mẫu: 0.5¶Trong năm không có kho nào của tỉnh, của xã để xảy ra cháy: 0.25 | 1 | Đạt (1) và (3) | 0,5
100% kho lạnh của tỉnh có người trực đêm: 0.25¶100% kho thường của xã có khóa và biển báo theo mẫu: 0.5¶Trong năm không có kho nào của tỉnh, của xã để xảy ra cháy: 0.25 | 1 | Đạt cả (1), (2) và (3) | 1
100% kho lạnh của tỉnh có người trực đêm: 0.25¶100% kho thường của xã có khóa và biển báo theo mẫu: 0.5¶Trong năm không có kho nào của tỉnh, của xã để xảy ra cháy: 0.25 | 1 | Không đạt nội dung nào | 0
Có ứng dụng đặt lịch: 0.5 Có ứng dụng nhắc hẹn: 0.25 Có ứng dụng hỏi đáp: 0.25 | 1 | Chỉ có ứng dụng đặt lịch; có ứng dụng hỏi đáp | 0,75
Có thêm tổ tự lo từ 60% đến dưới 90% tiền điện: 0.5¶Có thêm tổ tự lo từ 30% đến dưới 60% tiền điện: 0.5 | 1 | Chỉ có thêm tổ tự lo từ 30% đến dưới 60% tiền điện | 0,5
Điểm đạt được của tiêu chí này là tổng điểm đạt được của 02 nội dung sau:¶(1) Mua sổ: 1¶- Nếu mua đủ thì điểm đánh giá là 1;¶- Nếu mua thiếu thì điểm đánh giá là 0.5;¶- Nếu chưa mua thì điểm đánh giá là 0.¶(2) Ghi sổ: 1¶- Ghi đủ: 1¶- Ghi thiếu: 0 | 2 | (1) mua thiếu; (2) ghi đủ | 1,5
Điểm đạt được của tiêu chí này là tổng điểm đạt được của 02 nội dung sau:¶(1) Tỷ lệ thẻ đã đổi: 0.5¶- Nếu đạt tỷ lệ từ 80% trở lên thì điểm đánh giá là 0.5;¶- Nếu đạt tỷ lệ dưới 80% thì điểm đánh giá là 0¶(2) Tỷ lệ thẻ đã dùng:¶- Nếu đạt tỷ lệ từ 50% trở lên thì điểm đánh giá là 0.5;¶- Nếu đạt tỷ lệ dưới 50% thì điểm đánh giá là 0 | 1 | (1) đạt tỷ lệ dưới 80%; (2) đạt tỷ lệ từ 50% trở lên | 0,5
Điểm đạt được của TCTP này là tổng điểm đạt được của 03 nội dung sau:¶(1) Trong năm không có kho cháy thì điểm đánh giá là 0.25.¶(2) Có sổ trực đêm thì điểm đánh giá là 0.25.¶(3) Hoàn thành việc kiểm kê thì điểm đánh giá là 0.5. | 1 | Chỉ có sổ trực đêm; hoàn thành việc kiểm kê | 0,75
Giữ nội quy kho, nội quy bến¶(Vi phạm 01 lần bị trừ 02 điểm, từ lần vi phạm thứ hai trở đi bị trừ hết số điểm còn lại của tiêu chí) | 6 | 0 | 6
Giữ nội quy kho, nội quy bến¶(Vi phạm 01 lần bị trừ 02 điểm, từ lần vi phạm thứ hai trở đi bị trừ hết số điểm còn lại của tiêu chí) | 6 | 1 | 4
Giữ nội quy kho, nội quy bến¶(Vi phạm 01 lần bị trừ 02 điểm, từ lần vi phạm thứ hai trở đi bị trừ hết số điểm còn lại của tiêu chí) | 6 | 2 | 0
Có đeo thẻ khi vào bến¶(Không đeo thẻ (kể cả thẻ tạm) bị trừ 05 điểm) | 5 | Có đeo thẻ khi vào bến | 5
Có đeo thẻ khi vào bến¶(Không đeo thẻ (kể cả thẻ tạm) bị trừ 05 điểm) | 5 | Không đeo thẻ (kể cả thẻ tạm) | 0
Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:¶a là số thẻ kho phải đổi¶b là số thẻ kho đã đổi¶Nếu b/a >=0.7 thì đạt điểm tối đa. | 2 | 7 trên 10 | 2
Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:¶a là số thẻ kho phải đổi¶b là số thẻ kho đã đổi¶Nếu b/a >=0.7 thì đạt điểm tối đa. | 2 | 6 trên 10 | 1,2
- Đạt từ 80% trở lên: 10 điểm¶- Từ 50% đến dưới 80%: Điểm = (Tỷ lệ chi/80%) x 10, tối đa 10 điểm, làm tròn 02 chữ số¶- Dưới 50%: 0 điểm | 10 | 2 trên 3 | 8,33
- Đạt từ 80% trở lên: 10 điểm¶- Từ 50% đến dưới 80%: Điểm = (Tỷ lệ chi/80%) x 10, tối đa 10 điểm, làm tròn 02 chữ số¶- Dưới 50%: 0 điểm | 10 | 9 trên 10 | 10
- Đạt từ 80% trở lên: 10 điểm¶- Từ 50% đến dưới 80%: Điểm = (Tỷ lệ chi/80%) x 10, tối đa 10 điểm, làm tròn 02 chữ số¶- Dưới 50%: 0 điểm | 10 | 49 trên 100 | 0
- Hoàn thành ≥100%: Điểm đạt = Điểm chuẩn¶- Hoàn thành <100%: Điểm đạt * tỷ lệ hoàn thành | 4 | 3 trên 4 | 3
Điểm = Tỷ lệ % thư, phiếu đã trả lời đúng hạn × 3,0 (làm tròn đến 0,25đ). | 3 | 2 trên 3 | 2
Điểm = Tỷ lệ % thư, phiếu đã trả lời đúng hạn × 3,0 (làm tròn đến 0,25đ). | 3 | 1 trên 8 | 0,5
Điểm chuyên cần: tỷ lệ buổi họp có mặt, đúng giờ. Điểm = Tỷ lệ % × 2 (làm tròn 0,5đ). Trong năm không phát sinh buổi họp thì ghi 100% để tính đủ 2đ. | 2 | 0 trên 0 | 2
Yêu cầu: Chấm điểm căn cứ vào tỷ lệ thư, phiếu được trả lời trên mạng.¶- Nếu đạt 100% thì điểm đánh giá là 2.¶- Nếu đạt dưới 100% thì điểm đánh giá là 0. | 2 | 9 trên 10 | 0
Nếu số kho tăng so với năm trước thì điểm đánh giá là 1; nếu không tăng so với năm trước thì điểm đánh giá là 0. Ví dụ:¶- Năm trước có 5 kho, năm nay có 6 kho thì kho tăng, điểm là 1 điểm. | 1 | Số kho tăng so với năm trước | 1
Thiếu chữ ký ở sổ/thẻ: trừ 1đ/lần; Ghi sai ngày: trừ 0,5đ/lỗi; GVCN nộp sổ muộn: trừ 0,25đ/lần. | 2,5 | 1; 1; 2 | 0,5
Thiếu chữ ký ở sổ/thẻ: trừ 1đ/lần; Ghi sai ngày: trừ 0,5đ/lỗi; GVCN nộp sổ muộn: trừ 0,25đ/lần. | 2,5 | 3; 0; 0 | 0
Tính điểm theo công thức: (b/a)*1.00 + (c/a)*0.50. Trong đó:¶a là tổng số thẻ phải đổi¶b là số thẻ đã đổi¶c là số thẻ đang đổi.¶Trường hợp a = 0 thì đạt điểm tối đa. | 1 | 5; 4 trên 10 | 0,7
Tính điểm theo công thức: (b/a)*1.00 + (c/a)*0.50. Trong đó:¶a là tổng số thẻ phải đổi¶b là số thẻ đã đổi¶c là số thẻ đang đổi.¶Trường hợp a = 0 thì đạt điểm tối đa. | 1 | 0; 0 trên 0 | 1
Điểm đạt được tính theo công thức: (b/a*1.50 + c/a*1.00). Trong đó:¶a là số việc được giao¶b là số việc vượt¶c là số việc đạt¶Nếu tỉ lệ (b+c)/a <0.70 thì điểm đánh giá là 0 | 1,5 | 3; 4 trên 10 | 0,85
Điểm đạt được tính theo công thức: (b/a*1.50 + c/a*1.00). Trong đó:¶a là số việc được giao¶b là số việc vượt¶c là số việc đạt¶Nếu tỉ lệ (b+c)/a <0.70 thì điểm đánh giá là 0 | 1,5 | 3; 3 trên 10 | 0
Đạt 100%: 3đ; dưới 100%: 0đ. (Mẫu số chỉ tính thẻ đã đến hạn; không tính thẻ mượn, thẻ tạm.) | 3 | 5 trên 5 | 3
- 100% thẻ đã đổi thì điểm đánh giá là 2.¶- Dưới 100% thẻ đã đổi thì điểm đánh giá là 0. (Trường hợp thẻ chưa đổi nhưng trong hạn, đơn vị cần có giải trình cụ thể.¶Trường hợp không có thẻ phải đổi thì đạt điểm tối đa). | 2 | 0 trên 0 | 2
a) Bến có từ 2.000 người trở xuống được tính 4 điểm; trên 2.000 người thì cứ thêm 500 người được tính thêm 0,5 điểm, nhưng tối đa không quá 6 điểm. | 6 | 2000 | 4
a) Bến có từ 2.000 người trở xuống được tính 4 điểm; trên 2.000 người thì cứ thêm 500 người được tính thêm 0,5 điểm, nhưng tối đa không quá 6 điểm. | 6 | 2999 | 4,5
a) Bến có từ 2.000 người trở xuống được tính 4 điểm; trên 2.000 người thì cứ thêm 500 người được tính thêm 0,5 điểm, nhưng tối đa không quá 6 điểm. | 6 | 9000 | 6
Diện tích mặt nước từ 2,5 km² trở xuống được tính 1 điểm; trên 2,5 km² thì cứ thêm 1,5 km² được tính thêm 1 điểm, tối đa không quá 3 điểm | 3 | 4 | 2
Tỷ lệ nhà tạm từ 6% trở lên được tính 2 điểm; dưới 6% thì cứ giảm 1,5% được tính thêm 0,5 điểm, nhưng tối đa không quá 4 điểm. | 4 | 3 % | 3
Tỷ lệ nhà tạm từ 6% trở lên được tính 2 điểm; dưới 6% thì cứ giảm 1,5% được tính thêm 0,5 điểm, nhưng tối đa không quá 4 điểm. | 4 | 8 % | 2
Tỷ lệ nhà tạm từ 6% trở lên được tính 2 điểm; dưới 6% thì cứ giảm 1,5% được tính thêm 0,5 điểm, phần lẻ tính theo tỷ lệ | 4 | 5,4 % | 2,2
Tỷ lệ thư ký số từ 60% trở xuống được tính 1 điểm, từ 60% trở lên thì cứ thêm 10% được tính thêm 0,5 điểm nhưng tối đa không quá 3 điểm. | 3 | 75 % | 1,5
Có từ 10% đến 20% số kho là kho lạnh được tính 1 điểm; trên 20% thì cứ thêm 5% được tính thêm 0,25 điểm, nhưng tối đa không quá 2 điểm; | 2 | 9,9 % | 0
Có từ 10% đến 20% số kho là kho lạnh được tính 1 điểm; trên 20% thì cứ thêm 5% được tính thêm 0,25 điểm, nhưng tối đa không quá 2 điểm; | 2 | 10 % | 1
Có từ 10% đến 20% số kho là kho lạnh được tính 1 điểm; trên 20% thì cứ thêm 5% được tính thêm 0,25 điểm, nhưng tối đa không quá 2 điểm; | 2 | 30 % | 1,5
"""


def declared_as(text: str) -> Declared:
    if date := parse_official_date(text):
        return Declared(day=date.complete)
    counted, of, total = text.removesuffix(" %").replace(",", ".").partition(" trên ")
    try:
        counts = [Decimal(count) for count in counted.split("; ")]
    except ArithmeticError:
        return Declared(choice=text)
    if text.endswith("%"):
        return Declared(percent=counts[0] / 100)
    first, second, third = [*counts, None, None][:3]
    return Declared(first, Decimal(total) if of else None, second=second, third=third)


def parts(case: list[str]) -> tuple[str, Decimal, str, str]:
    text, most, declared, wanted = case
    return text.replace("¶", "\n"), Decimal(most.replace(",", ".")), declared, wanted


@pytest.mark.parametrize("case", grid(CASES)[1:], ids=lambda case: " | ".join(case))
def test_worked_cases(case: list[str]) -> None:
    text, maximum, declared, wanted = parts(case)
    rule = parse_rule(text, maximum, YEAR, of_office=True).rule
    given = compute(rule, declared_as(declared), maximum)
    assert given.problem is None
    assert given.score == Fraction(wanted.replace(",", "."))


# On a row that takes points off: what is taken off.
PENALTIES = """
Cách chấm | Điểm tối đa | Kê khai | Trừ
Mỗi lần muộn trừ 0,25 | 1 | 3 | 0,75
Mỗi lần muộn trừ 0,25 | 1 | 9 | 1
Trừ 0,5đ/lần, tối đa trừ 2,0đ | 2 | 3 | 1,5
Không mặc đồng phục (hoặc không đeo thẻ) vào thứ Hai: trừ 0,5đ/lần. | 2 | 1 | 0,5
Để mất con dấu của cơ quan: trừ 2 điểm | 2 | Để mất con dấu của cơ quan | 2
Để mất con dấu của cơ quan: trừ 2 điểm | 2 | Không thuộc trường hợp trên | 0
Trừ 1,0đ/chìa khóa. Không xếp loại Xuất sắc trong năm đánh giá. | 3 | 2 | 2
Trừ 1,0đ/chìa khóa. Giao chìa khóa theo biên bản thì không bị trừ điểm. | 3 | 5 | 3
"""


@pytest.mark.parametrize("case", grid(PENALTIES)[1:], ids=lambda case: " | ".join(case))
def test_worked_penalties(case: list[str]) -> None:
    text, maximum, declared, wanted = parts(case)
    rule = parse_rule(text, maximum, YEAR, deducts=True, of_office=True).rule
    assert compute(rule, declared_as(declared), maximum).score == Fraction(wanted.replace(",", "."))


# What is not understood whole is not understood: the piece that is left over.
LEFT_OVER = """
Cách chấm | Điểm tối đa | Chỗ còn lại
Đủ mọi đầu việc: Điểm tối đa¶Chưa đủ: Trừ điểm theo mức độ | 8 | Chưa đủ: Trừ điểm theo mức độ
Đủ, đúng lúc: 2; mỗi lần muộn trừ 0,25 điểm; thiếu trừ 0,5 điểm | 2 | thiếu trừ 0,5 điểm
Tỷ lệ % x 6,0 (làm tròn lên) | 6 | làm tròn lên
- Từ 85% trở lên: 10¶- Từ 60% đến dưới 80%: (tỷ lệ/85%) x 10¶- Dưới 60%: 0 | 10 | Từ 60% đến dưới 80%: (tỷ lệ/85%) x 10
- Từ 85% trở lên: 10¶- Từ 60% đến dưới 85%: (tỷ lệ/90%) x 10¶- Dưới 60%: 0 | 10 | Từ 60% đến dưới 85%: (tỷ lệ/90%) x 10
- Từ 85% trở lên: 10¶- Từ 60% đến dưới 85%: (tỷ lệ/85%) x 8¶- Dưới 60%: 0 | 10 | Từ 60% đến dưới 85%: (tỷ lệ/85%) x 8
- Hoàn thành ≥100%: Điểm đạt = 10¶- Hoàn thành <95%: Điểm đạt = (KQ đạt/95%)*10 | 10 | Hoàn thành <95%: Điểm đạt = (KQ đạt/95%)*10
- Hoàn thành = 100%: 40 điểm¶- Hoàn thành <100%: Điểm đạt = 40-(100%-KQ đạt)*2 | 40 | Hoàn thành <100%: Điểm đạt = 40-(100%-KQ đạt)*2
Giữ nội quy kho (Vi phạm 01 lần bị trừ 02 điểm) | 6 | Giữ nội quy kho (Vi phạm 01 lần bị trừ 02 điểm)
Giữ nội quy kho; giữ sổ¶(Vi phạm 01 lần bị trừ 02 điểm, từ lần vi phạm thứ hai bị trừ hết số điểm còn lại) | 6 | Giữ nội quy kho
Giữ nội quy kho¶(Vi phạm 01 lần bị trừ 02 điểm, từ lần đi muộn thứ hai bị trừ hết số điểm còn lại) | 6 | Giữ nội quy kho
Giữ đủ sổ: 1; giữ thiếu: 0. Ví dụ: nếu thiếu một trang thì được 0,5 | 1 | Ví dụ: nếu thiếu một trang thì được 0,5
Giải pháp mới: 6 điểm.¶Giải pháp cũ: tối đa 3 điểm. | 6 | Giải pháp cũ: tối đa 3 điểm
Sai số liệu: trừ từ 1-3 điểm | 10 | Sai số liệu: trừ từ 1-3 điểm
Lỗi nhẹ: trừ 1đ/lần; lỗi nặng trừ 2đ | 10 | lỗi nặng trừ 2đ
Thiếu: trừ 1đ/lần; sai: trừ 1đ/lần; muộn: trừ 1đ/lần; bẩn: trừ 1đ/lần | 10 | sai: trừ 1đ/lần
Thiếu sổ: trừ 1đ/lần; thiếu sổ: trừ 2đ/lần | 10 | thiếu sổ: trừ 2đ/lần
Tính điểm theo công thức: (b/a)*1.50 + (c/a)*1.00. Trong đó:¶a là số kho¶b là số kho mới | 1,5 | Tính điểm theo công thức: (b/a)*1.50 + (c/a)*1.00
Tính điểm theo công thức: (b/a)*1.50 + (c/d)*1.00. Trong đó:¶a là số kho¶b là số kho mới¶c là số bến mới¶d là số bến | 1,5 | Tính điểm theo công thức: (b/a)*1.50 + (c/d)*1.00
Tính điểm theo công thức: (b/a)*1.00 + (c/a)*0.50. Trong đó:¶a là số kho¶b là số kho mới¶c là số kho cũ¶Kho mượn thì TRỪ 10% tổng số điểm | 1 | Kho mượn thì TRỪ 10% tổng số điểm
- Đạt 100%: 4¶- Dưới 70%: 0 | 4 | Dưới 70%: 0
Có kế hoạch: 0,5; có kế hoạch đúng hạn: 0,5 | 1 | Có kế hoạch: 0,5
Gửi đủ: 2 điểm; không phát sinh: không chấm điểm | 2 | không phát sinh: không chấm điểm
Đạt 100%: 2; giảm 1% trừ 0,1 | 2 | giảm 1% trừ 0,1
100% tổ: 2 điểm; 01 tổ không đạt trừ 0,5 điểm | 2 | 01 tổ không đạt trừ 0,5 điểm
Đúng hạn: 2; trễ 1 ngày trừ 0,1; trễ 2 ngày trừ 0,2 | 2 | trễ 2 ngày trừ 0,2
Từ 80% trở lên: 2; dưới 80%: 0; không có sổ: trừ 1 | 2 | không có sổ: trừ 1
Mỗi buổi 0,5 điểm; buổi trực tuyến: 0,25 điểm | 2 | buổi trực tuyến: 0,25 điểm
Mỗi lần chậm trừ 0,25; lần đầu: 0 | 2 | lần đầu: 0
(1 - a/b) x 2. Trong đó a là số hồ sơ trễ; b là tổng số | 2 | (1 - a/b) x 2; Trong đó a là số hồ sơ trễ; b là tổng số
Sổ: 1 điểm; biểu mẫu: 1 điểm | 2 | Sổ: 1 điểm
Giữ đủ sổ: 2 điểm; giữ thêm bản số: cộng thêm 0,5 điểm | 2 | giữ thêm bản số: cộng thêm 0,5 điểm
Có khóa: 0,5 điểm; có đèn: 0,5 điểm; có sổ: cộng thêm 1 điểm | 2 | có đèn: 0,5 điểm
Giữ đủ sổ: cộng thêm 1 điểm; giữ thiếu: 0 | 1 | giữ thiếu: 0
Giữ thiếu sổ: Không xếp loại tháng¶Ghi sai sổ trừ 1đ | 2 | Giữ thiếu sổ: Không xếp loại tháng
Họp đủ số kỳ: 1đ; không đủ: 0đ toàn tiêu chí | 1 | không đủ: 0đ toàn tiêu chí
Mỗi văn bản sai mẫu 0,5 điểm | 2 | Mỗi văn bản sai mẫu 0,5 điểm
Mỗi mô hình trừ cấp xã được 0,5 điểm | 2 | Mỗi mô hình trừ cấp xã được 0,5 điểm
Trong quý I: 2; trong quý III: 1; còn lại: 0 | 2 | trong quý III: 1
Điểm = Kết quả xếp hạng x 2 | 2 | Điểm = Kết quả xếp hạng x 2
Điểm = Chỉ số PAPI x 2 | 2 | Điểm = Chỉ số PAPI x 2
Điểm = tỷ lệ trễ hạn x 2 | 2 | Điểm = tỷ lệ trễ hạn x 2
Mỗi sáng kiến được tối đa 1 điểm | 2 | Mỗi sáng kiến được tối đa 1 điểm
Công bố trong tháng 1: 2; trong tháng 3: 1; còn lại: 0 | 2 | trong tháng 3: 1
Yêu cầu: Giữ sổ sạch. Mỗi trang rách trừ 0,1 điểm. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | Yêu cầu: Giữ sổ sạch
Yêu cầu: Các đơn vị không tự đánh giá nội dung này. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | Yêu cầu: Các đơn vị không tự đánh giá nội dung này
Yêu cầu: Đối với đơn vị có kho. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | Yêu cầu: Đối với đơn vị có kho
Yêu cầu: Mở sổ kịp thời; mở muộn hạ một mức. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | mở muộn hạ một mức
Yêu cầu: Chỉ chấm cho nơi có kho. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | Yêu cầu: Chỉ chấm cho nơi có kho
Yêu cầu: Kho thuê tính một nửa. Nếu:¶- Giữ đủ: 1¶- Giữ thiếu: 0 | 1 | Yêu cầu: Kho thuê tính một nửa
a) Nơi chưa có kho:¶- Có sổ: 1¶- Không có sổ: 0¶b) Nơi đã có kho:¶- Có thẻ: 1¶- Không có thẻ: 0 | 1 | Nơi đã có kho:
Giữ đủ thẻ kho¶Giữ đủ sổ: 1; không đủ: 0 | 1 | Giữ đủ thẻ kho
Nếu giữ sổ đầy đủ theo mẫu đã ban hành.¶Nếu giữ đủ: 1; nếu không đủ: 0 | 1 | Nếu giữ sổ đầy đủ theo mẫu đã ban hành
Mức độ gọn của kho: 1¶Mức độ sạch của kho: 0.5 | 1,5 | Mức độ gọn của kho: 1
Đáp ứng đầy đủ: 0,6; đáp ứng cơ bản: 0,4 | 1 | Đáp ứng đầy đủ: 0,6
Đã ghi sổ: 0,5; đã ghi sổ kịp thời: 0,5 | 1 | Đã ghi sổ: 0,5
Hoàn thành đúng hạn: 0,7; hoàn thành sau hạn: 0,3 | 1 | Hoàn thành đúng hạn: 0,7
Đã đăng bài thường xuyên: 0,6; đã đăng bài định kỳ: 0,4 | 1 | Đã đăng bài thường xuyên: 0,6
Đạt loại A: 0,5; đạt loại B: 0,5 | 1 | Đạt loại A: 0,5
Có từ 5 tủ sách: 0,5; có từ 3 tủ sách: 0,5 | 1 | có từ 3 tủ sách: 0,5
Đạt hạng nhất: 2; đạt hạng nhì: 1 | 3 | Đạt hạng nhất: 2
Gửi thư: Gửi đủ: 1 Gửi thiếu: 0.5¶Nhận thư: Nhận đủ: 1 Nhận thiếu: 0.5 | 1 | Gửi thư: Gửi đủ: 1 Gửi thiếu: 0.5
Điểm đạt được của tiêu chí này là tổng điểm đạt được của 02 nội dung sau:¶(1) Giữ sổ: 0.5¶- Giữ đủ: 0.5¶- Giữ thiếu: 0¶(2) Tỷ lệ thẻ đã đổi: 0.5¶Tính điểm theo công thức: (b/a)*0.5. Trong đó: a là số thẻ; b là số thẻ đã đổi | 1 | Tỷ lệ thẻ đã đổi: 0.5
Điểm đạt được của tiêu chí này là tổng điểm đạt được của 02 nội dung sau:¶(1) Có sổ: 0.5¶(2) Có thẻ: 0.25 | 1 | Điểm đạt được của tiêu chí này là tổng điểm đạt được của 02 nội dung sau:
Điểm đạt được của tiêu chí này là tổng điểm đạt được của 03 nội dung sau:¶(1) Có sổ: 0.5¶(2) Có thẻ: 0.5 | 1 | Điểm đạt được của tiêu chí này là tổng điểm đạt được của 03 nội dung sau:
Tỷ lệ ao nuôi từ mức bình quân của tỉnh trở xuống được tính 3 điểm, trên mức bình quân của tỉnh thì cứ thêm 5% được tính thêm 1 điểm | 5 | Tỷ lệ ao nuôi từ mức bình quân của tỉnh trở xuống được tính 3 điểm, trên mức bình quân của tỉnh thì cứ thêm 5% được tính thêm 1 điểm
Nếu chưa có chợ, số quầy từ 4 quầy trở xuống được 1 điểm; trên 4 quầy thì cứ thêm 1 quầy được thêm 1 điểm | 5 | Nếu chưa có chợ, số quầy từ 4 quầy trở xuống được 1 điểm
Từ 40% trở xuống được 1 điểm; trên 50% thì cứ thêm 5% được thêm 1 điểm | 5 | Từ 40% trở xuống được 1 điểm; trên 50% thì cứ thêm 5% được thêm 1 điểm
Từ 40% trở xuống được 1 điểm; trên 40% thì cứ giảm 5% được thêm 1 điểm | 5 | Từ 40% trở xuống được 1 điểm; trên 40% thì cứ giảm 5% được thêm 1 điểm
Từ 40% trở xuống được 1 điểm; trên 40% thì cứ thêm 5% được thêm 1 điểm, tối đa 4 điểm | 5 | Từ 40% trở xuống được 1 điểm; trên 40% thì cứ thêm 5% được thêm 1 điểm, tối đa 4 điểm
Từ 1.500 ha trở xuống được 1 điểm; trên 1.500 ha thì cứ thêm 5 ha được thêm 1 điểm | 5 | Từ 1.500 ha trở xuống được 1 điểm; trên 1.500 ha thì cứ thêm 5 ha được thêm 1 điểm
Tính điểm theo công thức: a*điểm tối đa. Trong đó:¶a là số thẻ kho đã nhập vào máy | 2 | Tính điểm theo công thức: a*điểm tối đa
Tính điểm theo công thức: (b/a)*2. Trong đó: a là số thẻ; b là số thẻ đủ. Trường hợp b = 0 thì đạt điểm tối đa | 2 | Trường hợp b = 0 thì đạt điểm tối đa
"""


@pytest.mark.parametrize("case", grid(LEFT_OVER)[1:], ids=lambda case: case[0])
def test_what_is_left_over_is_told(case: list[str]) -> None:
    text, most, piece = case
    lines, maximum = text.replace("¶", "\n"), Decimal(most.replace(",", "."))
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(lines, maximum, YEAR, of_office=True)
    assert caught.value.found == piece


def test_it_is_asked_what_two_take_off_where_one_takes_all() -> None:
    with pytest.raises(RuleWordsError) as caught:
        parse_rule("Trừ 2đ/sổ mất.", Decimal(2), YEAR, deducts=True, of_office=True)
    assert "tối đa trừ 2" in caught.value.expected
    capped = "Trừ 2đ/sổ mất, tối đa trừ 2đ."
    assert parse_rule(capped, Decimal(2), YEAR, deducts=True, of_office=True)


def test_what_is_left_is_no_penalty() -> None:
    text = "Không vi phạm: 5; vi phạm: 0"
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(text, Decimal(5), YEAR, deducts=True, of_office=True)
    assert caught.value.found == "Không vi phạm: 5"
    plain = parse_rule("Không vi phạm: 0; vi phạm: 5", Decimal(5), YEAR, deducts=True)
    assert isinstance(plain.rule, Choice)


def test_no_penalty_is_left_out_beside_another() -> None:
    text = "Mỗi văn bản sai mẫu trừ 0,1 điểm; văn bản trái thẩm quyền trừ 1 điểm"
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(text, Decimal(1), YEAR, deducts=True, of_office=True)
    assert caught.value.found == "văn bản trái thẩm quyền trừ 1 điểm"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥90%: 1; ≥80%: 0,5", "còn lại: 0"),
        ("trước 15/01: 1; trước 31/01: 0,5", "sau: 0"),
    ],
)
def test_in_own_words_what_falls_short_is_said(text: str, expected: str) -> None:
    parse_rule(text, Decimal(1), YEAR, of_office=True)
    with pytest.raises(RuleWordsError) as caught:
        parse_rule(text, Decimal(1), YEAR)
    assert expected in caught.value.expected


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Mỗi sản phẩm mới: 1đ, tối đa 2đ", PerItem, "Mỗi sản phẩm mới được 1 điểm"),
        ("Không có thư tồn: 2đ; có 01 thư: 1đ; từ 02 trở lên: 0đ", Bands, "số thư"),
        ("Không có thư bị mất, rách: 2đ; có 01 thư: 1đ; từ 02: 0đ", Bands, "số thư bị mất, rách"),
        ("Trực đủ: 2đ; vắng mỗi lần không báo trừ 0,5đ", Deductions, "số lần vắng không báo"),
        ("Không có đơn, thư tồn: 2đ; có 01 đơn: 1đ; từ 02: 0đ", Bands, "số đơn, thư tồn"),
        ("Trực đủ: 2đ; thiếu mỗi phiên trừ 0,5đ", Deductions, "số phiên thiếu."),
        ("Mỗi việc đo đếm được: 1đ; tối đa 2đ", PerItem, "Mỗi việc đo đếm được 1 điểm"),
        (
            "Hộ có từ 1.200 hộ trở xuống: 1đ; trên 1.200 hộ thì cứ thêm 300 hộ được thêm 0,5đ",
            Steps,
            "trên 1.200: cứ thêm 300 được thêm 0,5 điểm (phần chưa đủ 300 không tính), tối đa 2 ",
        ),
        (
            "Từ 90% trở lên: 2; từ 60% đến dưới 90%: (tỷ lệ/90%) x 2, làm tròn 0,1; dưới 60%: 0",
            Ratio,
            "chia 90% nhân 2, tối đa 2 điểm, làm tròn đến 0,1 điểm; dưới 60%: 0 điểm.",
        ),
        ("Gửi đúng mẫu: 2đ; sai mẫu: 1đ", Choice, "Không thuộc trường hợp nào trên đây (0 điểm)"),
        ("Gửi cho mọi phòng: 2đ; mới gửi một phần: 1đ", Choice, "Mới gửi một phần (1 điểm)"),
        ("100% nơi có bảng số: 2đ; còn nơi thiếu: 1đ; không có: 0đ", Choice, "Còn nơi thiếu"),
    ],
)
def test_it_is_read_back(text: str, kind: type, told: str) -> None:
    rule = parse_rule(text, Decimal(2), YEAR, of_office=True).rule
    assert isinstance(rule, kind)
    assert told in describe(rule, Decimal(2))


def test_long_things_are_told_beside_their_numbers() -> None:
    text = (
        "100% kho lạnh của tỉnh có người trực đêm: 0.5\n"
        "100% kho thường của xã có khóa, biển báo, thùng nước và sổ trực ghi theo mẫu đã ban hành: 1"
    )
    rule = parse_rule(text, Decimal("1.5"), YEAR, of_office=True).rule
    assert isinstance(rule, Choice)
    assert rule.labels == (
        *("Đạt cả (1) và (2)", "Chỉ đạt (1)", "Chỉ đạt (2)", "Không đạt nội dung nào"),
    )
    for told in (describe(rule, Decimal("1.5")), asks(rule, Decimal("1.5"))):
        assert "(1) 100% kho lạnh của tỉnh có người trực đêm (0,5 điểm); (2) 100% kho" in told


def test_a_share_is_called_as_the_requirement_calls_it() -> None:
    text = (
        "Yêu cầu: Ghi theo mẫu. Thống kê, xác định tỷ lệ % số thẻ đã đổi (trừ thẻ mượn)/Tổng số "
        "thẻ đã phát. Nếu:\n- Từ 80% trở lên: 2\n- Dưới 80%: 0"
    )
    told = describe(parse_rule(text, Decimal(2), YEAR, of_office=True).rule, Decimal(2))
    asked = "số thẻ đã đổi (trừ thẻ mượn); Trên tổng số: tổng số thẻ đã phát."
    assert told.startswith(f"Số liệu kê khai: {asked}")


@pytest.mark.parametrize(
    "said",
    [
        "(Đơn vị không có kho thì không đánh giá, tính điểm nội dung này vào tổng điểm).",
        "(Trường hợp đơn vị không có kho thì giảm trừ điểm tối đa tương ứng).",
    ],
)
def test_a_case_may_be_that_the_row_does_not_apply(said: str) -> None:
    text = f"- Giữ đủ thì điểm đánh giá là 2.\n- Giữ thiếu thì điểm đánh giá là 0. {said}"
    rule = parse_rule(text, Decimal(2), YEAR, of_office=True).rule
    given = compute(rule, Declared(choice="Đơn vị không có kho"), Decimal(2))
    assert (given.score, given.applies) == (None, False)
    assert compute(rule, Declared(choice="Giữ đủ"), Decimal(2)).score == 2
    assert "Đơn vị không có kho (không áp dụng)" in describe(rule, Decimal(2))
    written = formula(rule, RuleCells("E5", ""), Decimal(2))
    assert 'UPPER(TRIM(E5))="ĐƠN VỊ KHÔNG CÓ KHO","",' in written


def test_a_share_of_nothing_may_not_apply() -> None:
    text = (
        "- 100% kho có khóa thì điểm đánh giá là 2.\n- Dưới 100% kho có khóa thì điểm đánh giá là "
        "0. (Đơn vị không có kho thì không đánh giá, tính điểm nội dung này vào tổng điểm)."
    )
    rule = parse_rule(text, Decimal(2), YEAR, of_office=True).rule
    assert not compute(rule, declared_as("0 trên 0"), Decimal(2)).applies
    assert compute(rule, declared_as("4 trên 5"), Decimal(2)).score == 0


def test_a_line_that_goes_on_in_the_next_is_read() -> None:
    text = "Gửi đủ báo cáo quý và\nđúng mẫu: 1 điểm\nGửi thiếu\nhoặc sai mẫu: 0 điểm"
    rule = parse_rule(text, Decimal(1), YEAR, of_office=True).rule
    assert isinstance(rule, Choice)
    assert [case.label for case in rule.alternatives] == [
        "Gửi đủ báo cáo quý và đúng mẫu",
        "Gửi thiếu hoặc sai mẫu",
    ]


def test_long_guidance_is_no_rule_and_quickly_told() -> None:
    text = "căn cứ kết quả thực hiện nhiệm vụ, tính tỷ lệ % giữa số việc đã làm, có giải trình "
    started = time.perf_counter()
    for one in (text * 30, "từ 1 đến 2 văn bản, " * 140, "có " * 900):
        with pytest.raises(RuleWordsError):
            parse_rule(one, Decimal(2), YEAR, of_office=True)
    assert time.perf_counter() - started < 5
