"""The keys by which names are found: folded, by pinyin, by initials. Pure."""

import re
import unicodedata
from typing import NamedTuple

from pypinyin import lazy_pinyin

SURNAMES = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "单于": "chanyu", "澹台": "tantai", "令狐": "linghu",
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "区": "ou", "查": "zha", "任": "ren", "朴": "piao",
    "盖": "ge", "翟": "zhai", "覃": "qin", "乐": "yue", "繁": "po", "华": "hua", "冼": "xian", "燕": "yan",
    "召": "shao", "都": "du", "缪": "miao", "宓": "mi", "员": "yun", "种": "chong", "黑": "he", "折": "she",
    "纪": "ji", "尉": "wei", "秘": "bi", "钭": "tou", "逄": "pang", "句": "gou", "阚": "kan", "隗": "wei",
    "哈": "ha", "那": "na", "晟": "cheng", "应": "ying", "卜": "bu", "洗": "xian", "过": "guo", "俞": "yu",
}  # fmt: skip
"""Readings as a surname that differ from the usual one, or that a dictionary of words may get wrong."""

_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]")


class NameKeys(NamedTuple):
    """What search compares. For names without Han characters `pinyin` is the name turned round: surname first."""

    folded: str
    pinyin: str
    initials: str


def keys_of(name: str) -> NameKeys:
    folded = fold(name)
    if _HAN.search(folded):
        sounds = _sounds(folded)
        initials = "".join(sound[0] for sound in sounds if sound)
        return NameKeys(folded[:160], "".join(sounds)[:240], initials[:80])
    words = folded.split()
    turned = " ".join([words[-1], *words[:-1]]) if len(words) > 1 else ""
    return NameKeys(folded[:160], turned[:240], "".join(word[0] for word in words)[:80])


def fold(text: str) -> str:
    """Casefolded, accents stripped, blanks single: alike on both databases and on the tablet."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def compact(text: str) -> str:
    """Letters and digits in capitals: plates and VINs however they are typed."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).upper()


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def _sounds(name: str) -> list[str]:
    together = name.replace(" ", "").replace("·", "")
    for length in (2, 1):
        reading = SURNAMES.get(together[:length])
        if reading and len(together) > length:
            first = _syllables(reading) if length == 2 else [reading]
            return first + _readings(together[length:])
    return _readings(together)


def _readings(text: str) -> list[str]:
    return [fold(sound) for sound in lazy_pinyin(text)]


def _syllables(reading: str) -> list[str]:
    """The two syllables of a double surname, for its initials."""
    for second in ("qi", "chi", "sun", "yu", "tai", "hu"):
        if reading.endswith(second):
            return [reading.removesuffix(second), second]
    return [reading]
