"""Đọc các phiếu gửi về, tổng hợp và xem đơn vị nào còn nợ."""

import cchc_office as cchc

campaign = cchc.open_campaign("examples/so-cong-thuong-2024")
results = campaign.consolidate().results
print(results.total.score, results.total.applicable_max)
for unit in results.units:
    print(unit.unit.name, unit.state.value, unit.total.score, len(unit.debts))
