"""What of a report may be shown in a finding: no full phone number, no person's name.

Names inside other text are found by family names, middle names, and by what leads to one. Nothing
is proved here: what looks like a name is hidden, be it a place's or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.intake.values.phones import mask, parse_phone
from briefing.intake.values.text import clean, fold, plain, tidy_tone

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
WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:\s++[^\W\d_]++)+")  # two and more, as a name has
FAMILY_NAMES = re.compile(
    r"(nguyen|tran|le|pham|huynh|hoang|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan"
    r"|mai|cao|ha|lam|to|chau|ta|luong|trinh|dao|thai|vuong|luu)"
)
PLACE = re.compile(
    r"(thon|khu|kp|to|xom|khoi|ap|ban|lang|cho|duong|so|ngo|hem|phuong|xa|thi|tt|huyen|tinh)\b"
)
HOUSE_OF = re.compile(r"\b(ông|bà|anh|chị|cô|chú|bác|em|nhà)\s[^,;\d()-]+", re.IGNORECASE)
MOBILE = re.compile(r"(?<![\d.])(?:\+?84|0)[ .-]?[235789]\d(?:[ .-]?\d){7}(?!\d)")
PHONE_LIKE = re.compile(r"(?<![\w.])\+?\d(?:[ .-]{0,2}\d){8,10}(?!\w)")
COUNT = re.compile(r"\d{1,7}|\d{1,3}(?:[.,  ]\d{3}){1,3}")
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")


def hidden(text: str) -> str:
    """A text in which of each name only the initials are left."""
    spans = [*_led_to(text), *_by_family(text), *_beside_phones(text)]
    for start, end in sorted(_joined(spans), reverse=True):
        if any(len(word[0]) > 1 for word in WORD.finditer(text, start, end)):  # else hidden already
            text = text[:start] + _of_each(text[start:end]) + text[end:]
    return text


def _of_each(text: str) -> str:
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


def shown_cell(value: object) -> str:
    """What a cell holds: phones masked, of a person's name the initials."""
    text = clean(value)
    if DATE.fullmatch(text):
        return text
    return shown_line(WORDS.sub(_initials, text))


def shown_count(value: object) -> str:
    """What a cell holds in which a count is due: a count as it is, but for a phone number."""
    text = clean(value)
    reached = parse_phone(text).status in ("ok", "landline")
    return text if COUNT.fullmatch(text) and not reached else shown_cell(text)


def _initials(match: re.Match[str]) -> str:
    """The initials of words that look like a person's name; other words as they are."""
    words = match[0].split()
    named = FAMILY_NAMES.fullmatch(fold(words[0])) or all(word[0].isupper() for word in words)
    return "".join(f"{word[0]}." for word in words) if named else match[0]


def shown_line(text: str) -> str:
    """A line of a heading or of a message: phones masked, of persons' names the initials."""
    text = hidden(text)
    return mask(text) if any(map(str.isdigit, text)) else text


def shown_phones(text: str) -> str:
    """A text of a finding, which may have taken a telephone number for something else."""
    return PHONE_LIKE.sub(lambda found: mask(found[0]), text)


def shown_place(address: str, person: str) -> str:
    """An address without the person of its row, nor anybody whose house it names.

    What does not begin as a place does may be a name, in a row typed a column too far.
    """
    if person:
        address = re.sub(re.escape(person), "…", address, flags=re.IGNORECASE)
    address = mask(hidden(HOUSE_OF.sub(r"\1 …", mask(address))))
    return address if PLACE.match(fold(address)) else WORDS.sub(_initials, address)


def shown_code(text: str) -> str:
    """The text of a QR code; phones in it are masked, other numbers are the code."""
    return MOBILE.sub(lambda match: mask(match[0]), hidden(text))
