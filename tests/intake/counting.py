"""Small campaigns of counts for the reader of their forms: doses in a district, accounts of a
province week by week, households of an English-speaking ward."""

from __future__ import annotations

from pathlib import Path

from briefing.params import Campaign

AROUND = """
timezone: {zone}
letterhead: {{parent: UBND, issuer: PHÒNG, place: Đây}}
denominator_note: Giả định.
terms: {{units: đơn vị, agencies: cơ quan, rate: tỷ lệ, done: đã làm, owners: trong diện}}
body_reporting: {{due: {last}, target: 1.0}}
targets: [{{coverage: 0.9, date: {last}}}]
dates: {{start: {first}, end: {last}}}
"""
VACCINATION = """
code: vaccination
name: Tiêm chủng
app_name: vắc xin
levels: [{code: district, vi: huyện}, {code: units, vi: xã}]
area: {code: LS, name: huyện Lâm Sung, whole: toàn huyện}
reporting: {from: 2022-04-18, to: 2022-05-15, deadline: "16:00"}
indicators:
  - code: dose1
    denominator: eligible
    name: Mũi 1
    groups: &ages
      - {code: a5, vi: 5–11 tuổi, headings: [Từ 5 đến 11 tuổi, 5-11t]}
      - {code: a12, vi: 12–17 tuổi, headings: [Từ 12 đến 17 tuổi, 12-17t]}
      - {code: a18, vi: từ 18 tuổi, headings: [18 tuổi trở lên, Trên 18 tuổi, "18+"]}
  - {code: dose2, denominator: eligible, name: Mũi 2, groups: *ages, at_most: dose1}
forms:
  daily:
    reads: counts
    title: [tiêm chủng, vắc xin]
    subject: [mũi 1, mũi 2, tiêm]
    fields:
      - {role: group, headings: [Nhóm tuổi, Độ tuổi]}
      - {role: place, headings: [Trường, Thôn]}
      - {role: count, indicator: dose1, headings: [Lũy kế mũi 1, Mũi 1, Số người đã tiêm mũi 1]}
      - {role: count, indicator: dose2, headings: [Lũy kế mũi 2, Mũi 2, Số người đã tiêm mũi 2]}
"""
ACCOUNTS = """
code: accounts
name: Định danh điện tử
app_name: VNeID
levels: [{code: province, vi: tỉnh}, {code: communes, vi: xã}]
area: {code: TM, name: tỉnh Trường Minh, whole: toàn tỉnh}
reporting: {every: week, on: friday, from: 2025-10-03, to: 2025-12-26, deadline: "10:00"}
indicators: [{code: accounts, denominator: people14}]
forms:
  weekly:
    reads: counts
    title: [VNeID, định danh điện tử]
    subject: [kích hoạt, định danh, tài khoản]
    fields:
      - role: count
        measure: denominator
        headings: [Số công dân từ đủ 14 tuổi, Công dân từ 14 tuổi trở lên]
      - {role: count, measure: new, headings: [Kích hoạt mới trong tuần, Trong tuần]}
      - {role: count, headings: [Lũy kế tài khoản đã kích hoạt, Số tài khoản đã kích hoạt, Lũy kế]}
"""
HOUSEHOLDS = """
code: households
name: Registration of households
app_name: Household register
locale: en_KE
levels: [{code: ward, en: the ward}, {code: villages, en: villages}]
area: {code: MW, name: Mwambani Ward, whole: the whole ward}
reporting: {from: 2024-05-13, to: 2024-05-26, deadline: "17:00"}
indicators: [{code: registered, denominator: households, name: Households registered}]
forms:
  daily:
    reads: counts
    title: [household registration, household register]
    subject: [registered, registration, households]
    fields:
      - {role: place, headings: [Zone, Cluster]}
      - {role: count, measure: new, headings: [New today, Registered today]}
      - {role: count, headings: [Registered to date, Households registered, Total so far]}
"""
UNITS = {
    VACCINATION: {"X01": "Bàu Sen", "X02": "Cẩm Tuyền", "X03": "Đá Dựng"},
    ACCOUNTS: {"90001": "Bình Cường", "90004": "Bình Đông", "90007": "Cẩm Hà"},
    HOUSEHOLDS: {"V01": "Kibokoni", "V02": "Mnarani", "V03": "Takaungu"},
}
LAST = {VACCINATION: "2022-05-15", ACCOUNTS: "2025-12-31", HOUSEHOLDS: "2024-05-31"}
FIRST = {VACCINATION: "2022-04-14", ACCOUNTS: "2025-09-15", HOUSEHOLDS: "2024-05-08"}
OF = {VACCINATION: "eligible", ACCOUNTS: "people14", HOUSEHOLDS: "households"}
TYPE = {VACCINATION: "Xã", ACCOUNTS: "Xã", HOUSEHOLDS: "Village"}


def campaign(folder: Path, settings: str) -> Campaign:
    """A campaign of three units, each with a denominator of 10,000 and no groups in params."""
    folder.mkdir(parents=True, exist_ok=True)
    zone = "Africa/Nairobi" if settings == HOUSEHOLDS else "Asia/Ho_Chi_Minh"
    around = AROUND.format(zone=zone, first=FIRST[settings], last=LAST[settings])
    (folder / "campaign.yaml").write_text(settings + around, encoding="utf-8")
    whole = {VACCINATION: ("LS", "district"), ACCOUNTS: ("TM", "province"),
             HOUSEHOLDS: ("MW", "ward")}[settings]  # fmt: skip
    level = {VACCINATION: "units", ACCOUNTS: "communes", HOUSEHOLDS: "villages"}[settings]
    units = ["code,name,level,parent,type", f"{whole[0]},Toàn bộ,{whole[1]},,"]
    denominators = ["unit_code,denominator,group,value,status"]
    for code, name in UNITS[settings].items():
        units.append(f"{code},{name},{level},{whole[0]},{TYPE[settings]}")
        denominators.append(f"{code},{OF[settings]},,10000,official")
    (folder / "units.csv").write_text("\n".join(units), encoding="utf-8")
    (folder / "denominators.csv").write_text("\n".join(denominators), encoding="utf-8")
    return Campaign.load(folder)
