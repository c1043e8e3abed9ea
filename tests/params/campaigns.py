"""Small campaigns of other shapes than the project's own, each a folder of params."""

from __future__ import annotations

from pathlib import Path

VACCINATION = """
code: vaccination
name: {vi: Tuần tiêm chủng, en: Vaccination week}
app_name: Vắc xin
levels:
  - {code: district, vi: huyện, en: district}
  - {code: wards, vi: "xã, phường", en: wards}
indicators:
  - code: dose1
    denominator: people
    name: {vi: Mũi 1, en: First dose}
    rate: {vi: tỷ lệ tiêm mũi 1, en: first dose coverage}
    done: {vi: người đã tiêm mũi 1, en: people with a first dose}
    groups: &ages
      - {code: a5, vi: 5–11 tuổi, en: aged 5–11}
      - {code: a12, vi: 12–17 tuổi, en: aged 12–17}
      - {code: a18, vi: 18 tuổi trở lên, en: aged 18 and over}
    targets:
      - {coverage: 0.80, date: 2022-05-12}
      - {coverage: 0.95, date: 2022-05-20}
  - code: dose2
    denominator: people
    name: {vi: Mũi 2, en: Second dose}
    rate: {vi: tỷ lệ tiêm mũi 2, en: second dose coverage}
    done: {vi: người đã tiêm mũi 2, en: people with a second dose}
    groups: *ages
    targets:
      - {coverage: 0.60, date: 2022-05-20}
forms:
  daily:
    reads: counts
    title: [tiêm chủng, vắc xin]
    subject: [mũi 1, mũi 2, tiêm]
    fields:
      - {role: group, headings: [Nhóm tuổi]}
      - {role: count, indicator: dose1, headings: [Mũi 1]}
      - {role: count, indicator: dose2, headings: [Mũi 2]}
area: {code: HT, name: {vi: huyện Hòa Thắng, en: Hoa Thang district}, \
whole: {vi: toàn huyện, en: the whole district}}
terms:
  units: {vi: "xã, phường", en: wards}
  agencies: {vi: trường học, en: schools}
  rate: {vi: tỷ lệ tiêm, en: coverage}
  matter: {vi: tình hình tiêm chủng, en: vaccination}
  done: {vi: người đã tiêm, en: people vaccinated}
  owners: {vi: người trong diện tiêm, en: people to vaccinate}
  counted: {vi: đã tiêm, en: vaccinated}
  act: {vi: đi tiêm, en: be vaccinated}
timezone: Asia/Ho_Chi_Minh
dates: {start: 2022-05-09, end: 2022-05-31}
reporting: {from: 2022-05-09, to: 2022-05-20, deadline: "15:00"}
agency_reporting: {due: 2022-05-20, target: 1.0}
targets:
  - {coverage: 0.90, date: 2022-05-20}
owners_note: {vi: Số người trong diện tiêm là giả định., en: Numbers are assumed.}
letterhead: {parent: UBND HUYỆN, issuer: TRUNG TÂM Y TẾ, place: Hòa Thắng}
"""
A, B, C, D = "W1", "W2", "W3", "W4"
WARDS = {A: "An Hòa", B: "Bình Sơn", C: "Cát Lâm", D: "Đông Hải"}
PEOPLE = {A: 1000, B: 2000, C: 500, D: 4000}
OF_AGE = {"a5": 0.2, "a12": 0.1, "a18": 0.7}
"""Share of the people of each group; of D nothing is known by age."""


def vaccination(folder: Path, settings: str = VACCINATION) -> Path:
    """Two doses, three age groups, four wards of one district, reported every day."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(settings, encoding="utf-8")
    units = ["code,name,level,parent,type", "HT,Hòa Thắng,district,,huyện"]
    units += [f"{code},{name},wards,HT,Xã" for code, name in WARDS.items()]
    _write(folder / "units.csv", units)
    lines = ["unit_code,denominator,group,value,status"]
    for code, people in PEOPLE.items():
        lines.append(f"{code},people,,{people},official")
        if code != D:
            lines += [
                f"{code},people,{age},{round(people * share)},official"
                for age, share in OF_AGE.items()
            ]
    _write(folder / "denominators.csv", lines)
    return folder


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join([*lines, ""]), encoding="utf-8-sig")
