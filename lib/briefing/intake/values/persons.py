"""Persons' names inside other text: found by family names, middle names, and by what leads to one.

Nothing is proved here: what looks like a name is hidden, be it a place's or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.intake.values.text import fold, plain, tidy_tone

WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 5  # of a name, where it begins with a family name; of one that a word leads to
FAMILIES = """
nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương đoàn mai
cao hà lâm tô châu tạ lương trịnh đào thái vương lưu phùng quách kiều triệu từ tống văn thạch
nông la mạc ninh khổng tôn đồng giang bạch đàm ông âu lục diệp chu hứa nghiêm phương
"""
MIDDLES = """
văn thị thi minh quốc thu ngọc hoài thanh đức hữu công xuân kim hồng mỹ quang trung tuấn anh
bá đình duy thế trọng viết gia bảo thùy thúy thuỳ thuý như phương hải hoàng mạnh ngô bích cẩm
diệu khánh lan mai ngân nhật phúc phước quỳnh tấn tiến trúc trường tường vĩnh yến ánh đăng
"""
# Words of offices and places that begin as a name does: “Cao đẳng”, “thị xã”, “văn hóa”, “hồ sơ”.
NO_NAME = re.compile(
    r"(?:cao (?:dang|tuoi|cap|diem|nhat|thap)|ho (?:so|dan|ngheo|gia|khau)|dao tao|ha tang"
    r"|doan (?:the|vien|thanh|ket)|mai (?:gui|nop|se)|lam (?:nghiep|viec|sang)|ly (?:do|lich)"
    r"|duong (?:tinh|bo|so)|van (?:hoa|phong|ban|thu|nghe|de|con|chua|hanh)|phuong (?:tien|phap)"
    r"|thi (?:xa|tran|uy|truong|hanh|doan|dua|sat)|thu (?:thap|ba|tu|nam|sau|bay|vien)"
    r"|cong (?:an|van|doan|ty|viec|dong|bo|tac|chuc)|tu (?:ngay|dau|khi)|dong (?:bo|y|chi|nai)"
    r"|truong (?:hoc|thon|hop|tieu|thcs|thpt|mam|ban|phong|khu|trung)|la (?:so|bao|nguoi|co)"
    r"|tong (?:so|cong|hop|dan)|dang (?:ky|uy|vien|cap|nhap|lam|bo|dung|o)|chu tich|anh chup"
    r"|thanh (?:nien|tra|toan|pho)|trung (?:tam|uong|binh)|ngoc an|hoai \w+|minh chung"
    r"|quoc (?:phong|lo)|gia dinh|bao (?:cao|hiem)|mac du|giang vien|ong ba)\b"
)
LEADS = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|bác|cậu|dì|thầy|hỏi|gặp|liên hệ|liên lạc|lh|gọi|nhờ|báo cho"
    r"|vợ|chồng|tên|người (?:lập|ký|gửi|nhập|báo|nộp|tổng hợp|quản lý|phụ trách)(?: biểu)?|ký tên"
    r"|đồng chí|đ/c|mr|mrs|ms|nhà|ong|chi|hoi|gap|lien he|lien lac|goi|vo|chong"
    r"|nguoi (?:lap|ky|gui))"
    r"(?:[ /](?:ông|bà|anh|chị|cô|chú|bác|em|thì|lại|qua|tên|ong|ba|chi|co|chu|bac|ten)){0,3}"
    r"(?: ?[:/.] ?| (?:là )?)",
    re.IGNORECASE,
)
AFTER_LEAD = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}")
LAST = re.compile(
    r" (?:số|sđt|để|ở|tại|thôn|xã|phường|ngày|và|chưa|không|sẽ|gặp|hỏi|đã|so|sdt|dt|đt)(?!\w)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<!\w)(?:\+?84|0|O|o)(?:[\s.-]{0,2}[\dOox]){7,10}(?!\w)")
BEFORE = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,4})"
    r"[\s,:;(–-]{0,3}(?:số|sđt|sdt|đt|dt|điện thoại|so|zalo)?"
    r"[\s,:;(–.-]{0,3}$",
    re.IGNORECASE,
)
BEHIND = re.compile(r"[\s,:;()–-]{0,3}(?:là )?([^\W\d_]+(?: [^\W\d_]+){1,4})")
WINDOW = 80  # characters before a number in which a name beside it stands


def hidden(text: str) -> str:
    """A text in which of each name only the initials are left."""
    spans = [*_led_to(text), *_by_family(text), *_beside_phones(text)]
    for start, end in sorted(_joined(spans), reverse=True):
        if any(len(word[0]) > 1 for word in WORD.finditer(text, start, end)):  # else hidden already
            text = text[:start] + _initials(text[start:end]) + text[end:]
    return text


def _initials(text: str) -> str:
    return "".join(f"{word[0][0]}." for word in WORD.finditer(text))


def _led_to(text: str) -> list[tuple[int, int]]:
    """What stands behind “hỏi”, “gặp”, “chị” and their like."""
    spans = []
    for lead in LEADS.finditer(text):
        if name := AFTER_LEAD.match(text, lead.end()):
            last = LAST.search(text, lead.end() - 1, name.end())
            end = last.start() if last else name.end()
            if end > lead.end() and not NO_NAME.match(fold(text[lead.end() : end])):
                spans.append((lead.end(), end))
    return spans


def _by_family(text: str) -> list[tuple[int, int]]:
    """A family's name with what goes with it: in a text with diacritics by how it is written."""
    words = [*WORD.finditer(text)]
    spans, at = [], 0
    while at < len(words) - 1:
        if not _begins_a_name(text, words, at):
            at += 1
            continue
        end = at + 1
        following = words[end + 1 : at + MOST_WORDS]
        for one, other in pairwise((words[end], *following)):
            if not _near(text, one, other) or fold(other[0]) in _STOPS:
                break
            end += 1
        spans.append((words[at].start(), words[end].end()))
        at = end + 1
    return spans


def _begins_a_name(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word is a family's name, and the next one goes with it."""
    one, other = words[at][0], words[at + 1][0]
    if not _near(text, words[at], words[at + 1]):
        return False
    if NO_NAME.match(" ".join(fold(word[0]) for word in words[at : at + 3])):
        return False
    families, middles = _BARE if one.isascii() and other.isascii() else _SPELT
    family, middle = (_spelt(word) for word in (one, other))
    if family not in families:
        return False
    sure, capitals = fold(one) in _SURE, one[0].isupper() and other[0].isupper()
    if not (middle in middles or capitals or (sure and not one.isascii())):
        return False
    return sure or not _in_a_place(text, words, at)


def _in_a_place(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a family's name stands in a place's: “Hoài Châu”, “thôn Lâm Trúc”."""
    before, word = words[at - 1], words[at]
    if not at or not _near(text, before, word):
        return False
    if fold(before[0]) in _PLACES:
        longer = at + 2 < len(words) and _near(text, words[at + 1], words[at + 2])
        return not longer and fold(words[at + 1][0]) not in ("van", "thi")
    capitals = before[0][0].isupper() and word[0][0].isupper()
    return capitals and len(before[0]) > 2 and fold(before[0]) not in _OFFICES


def _beside_phones(text: str) -> list[tuple[int, int]]:
    """What stands right before or behind a telephone number."""
    spans = []
    for phone in PHONE.finditer(text):
        start = max(0, phone.start() - WINDOW)
        if before := BEFORE.search(text[start : phone.start()]):
            own = before.span("name")
            spans.append((start + own[0], start + own[1]))
        if behind := BEHIND.match(text, phone.end()):
            spans.append(behind.span(1))
    return spans


def _near(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return one.end() < other.start() and not text[one.end() : other.start()].strip(" _")


def _spelt(word: str) -> str:
    return word.lower() if word.isascii() else tidy_tone(word.lower())


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOPS = _set("so sdt dt o tai thon xa phuong ngay va chua khong se gap hoi da de nhap gui")
_OFFICES = _set("vi phong ban ubnd dan tran truong nguoi bieu ten")
_PLACES = _set("thon xom pho kp ap lang xa phuong huyen tinh duong to")
_SURE = _set(
    "nguyen tran pham huynh hoang phan vu vo dang bui do ngo duong dinh truong doan trinh le"
)
"""Families whose names begin hardly anything else, with or without diacritics."""
_SPELT = _set(tidy_tone(FAMILIES)), _set(tidy_tone(MIDDLES))
_BARE = _set(plain(FAMILIES)), _set(plain(MIDDLES))
