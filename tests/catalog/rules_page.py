"""docs/rules.md: every rule by its number, in Vietnamese and English, as the catalogue has it.

    python -m tests.catalog.rules_page           on the screen
    python -m tests.catalog.rules_page --write   into docs/rules.md, as `make rules` does

Rules and words are those of the project's own campaign; another calls some of them otherwise.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from briefing.catalog.codes import SEVERITY
from briefing.catalog.rules import CASES, RULES, Case, Rule, advised, asked, label, sender_message
from briefing.labels import sentence
from briefing.language import language
from briefing.messages import TERMS, Message
from briefing.params import Campaign

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/rules.md"
LANGUAGES = ("vi", "en")
VALUE = re.compile(r"\{(\w+)\}")
VALUES_ALONE = re.compile(r"[^\w]*")  # a message that is nothing but its values
OF_THE_OFFICE = re.compile(r"\bentry\b|params/|received\.csv")
FAMILIES = {
    "bodies": ("Mẫu 01: số người và mã QR", "Mẫu 01: the three numbers and the QR code"),
    "contents": (
        "Nội dung không đọc, hoặc không như mẫu",
        "Not read, or not as the form has it",
    ),
    "counts": ("Số liệu: cách hiểu, cộng, đối chiếu", "Figures: meaning, sums, comparison"),
    "files": ("Tệp", "Files"),
    "identity": ("Của đơn vị nào, về ngày nào", "Whose report it is, and about which day"),
    "inbox": ("Hộp thư đến và received.csv", "The inbox and received.csv"),
    "phones": ("Số điện thoại trong danh sách", "Phone numbers of the list"),
    "rows": ("Người và nơi ở trong danh sách", "Persons and places of the list"),
}
SENT_BACK = ("Gửi trả bản đã đánh dấu trong `returns/`.", "Send back the copy in `returns/`.")
HEAD = """\
# Quy tắc kiểm tra · Rules of findings

Mỗi điều tìm thấy trong báo cáo mang một số trong ngoặc vuông, như [{example}], ở trang, phụ lục, \
bản gửi trả và `briefing check`. Số ấy không đổi và không dùng lại. Trang này do `make rules` tạo \
từ danh mục `lib/briefing/catalog/rules/`; dấu … thay cho số liệu của từng trường hợp.

Each finding bears a number in square brackets, such as [{example}], on the pages, in the annex, \
in what goes back to senders and in `briefing check`. It never changes and is never used again. \
`make rules` makes this page of the catalogue in `lib/briefing/catalog/rules/`; … stands for the \
values of a case. Names are those of the campaign in `params/`: another one may call them otherwise.

| số · number | tên · code | nội dung · name | mức độ · severity |
|---|---|---|---|
"""
COLUMNS = """\
| tìm thấy gì · what is meant | người tổng hợp làm gì · the analyst | đề nghị nơi gửi · the sender |
|---|---|---|
"""


def page(campaign: Campaign) -> str:
    """The page as it has to be."""
    campaign.put_in_force()  # its forms have names
    with campaign.own_terms():
        example = RULES["cumulative_decrease"].number
        index = "".join(f"{_line(campaign, name)}\n" for name in RULES)
        families = groupby(RULES, lambda name: RULES[name].family)
        return HEAD.format(example=example) + index + "".join(
            part for family, names in families for part in _family(campaign, family, [*names])
        )  # fmt: skip


def _line(campaign: Campaign, name: str) -> str:
    rule = RULES[name]
    code = campaign.naming.outside(name)
    cells = (f"[{rule.number}](#{rule.number.lower()})", f"`{code}`", _named(name), _weights(name))
    return f"| {' | '.join(cells)} |"


def _family(campaign: Campaign, family: str, names: list[str]) -> Iterator[str]:
    vietnamese, english = FAMILIES[family]
    letter = RULES[names[0]].number[0]
    yield f"\n## {letter} · {vietnamese} · {english}\n"
    for name in names:
        yield f"\n### {RULES[name].number}\n\n`{campaign.naming.outside(name)}` · {_named(name)} · "
        yield f"{_weights(name)}\n\n{COLUMNS}"
        yield from dict.fromkeys(_case(code, case) for code, case in _cases(name))


def _cases(name: str) -> Iterator[tuple[str, Case]]:
    return ((code, case) for code, case in CASES.items() if case.rule == name)


def _case(code: str, case: Case) -> str:
    """A line of a rule's table: what is meant, what to do, what is asked, in both languages."""
    cells = zip(*(_said(code, case, tongue) for tongue in LANGUAGES), strict=True)
    return f"| {' | '.join('<br>'.join(dict.fromkeys(texts)) for texts in cells)} |\n"


def _said(code: str, case: Case, tongue: str) -> tuple[str, str, str]:
    rule = RULES[case.rule]
    with language(tongue):
        meant = _text(case.message)
        if VALUES_ALONE.fullmatch(meant):
            meant = sentence(str(label(case.rule)))
        if case.severity != rule.severity:
            meant += f" ({SEVERITY[case.severity].label})"
        if own := sender_message(code):
            meant += f" → {_text(own.msgid)}"
        analyst, sender = _text(advised(code)), _sent(rule, case, code)
    same = sender == analyst
    return meant, SENT_BACK[LANGUAGES.index(tongue)] if same else analyst, sender


def _sent(rule: Rule, case: Case, code: str) -> str:
    """What the sender is asked; nothing where no report goes back for it."""
    advice = advised(code)
    of_office = rule.family == "inbox" or (asked(code) is None and OF_THE_OFFICE.search(advice))
    if of_office or (case.severity == "info" and "asks" not in rule.traits):
        return "–"
    own = asked(code)
    return _text(own.msgid if own else advice)


def _text(english: str) -> str:
    """A text of the catalogue in the language in force, its values left open."""
    values = {name: "…" for name in VALUE.findall(english) if name.lower() not in TERMS}
    return sentence(str(Message(english, values))).replace("|", "\\|")


def _named(name: str) -> str:
    return " · ".join(_each({tongue: label(name) for tongue in LANGUAGES}))


def _weights(name: str) -> str:
    return " · ".join(_each(dict.fromkeys(LANGUAGES, SEVERITY[RULES[name].severity].label)))


def _each(texts: Mapping[str, object]) -> Iterator[str]:
    for tongue, text in texts.items():
        with language(tongue):
            yield str(text)


if __name__ == "__main__":
    made = page(Campaign.load(ROOT / "params"))
    if "--write" in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    else:
        print(made)
