"""Làm công văn, phiếu chấm cho từng đơn vị và soạn thư gửi kèm; chưa gửi thư nào."""

import cchc_office as cchc

campaign = cchc.open_campaign("examples/so-cong-thuong-2024")
campaign.make_papers()
mailed = campaign.send("cong-van")  # gửi thật: campaign.send("cong-van", for_real=True)
for message, fate, _ in mailed.fates():
    print(message.unit.name, message.to, message.attachments, fate)
