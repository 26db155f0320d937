"""Japanese text folded for search and order; what is shown is always the original."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import jaconv

# Variant kanji (itaiji) that people write for one another in names, folded to the common form.
VARIANTS = str.maketrans(
    {
        "髙": "高", "﨑": "崎", "嵜": "崎", "碕": "崎", "邉": "辺", "邊": "辺", "𠮷": "吉", "𣘺": "橋", "桒": "桑", "濵": "浜", "濱": "浜",
        "齋": "斎", "齊": "斎", "斉": "斎", "德": "徳", "澤": "沢", "廣": "広", "國": "国", "嶋": "島", "嶌": "島", "槇": "槙", "眞": "真",
        "條": "条", "應": "応", "櫻": "桜", "壽": "寿", "惠": "恵", "增": "増", "曾": "曽", "瀨": "瀬", "黑": "黒", "栁": "柳",
        "榮": "栄", "籔": "薮", "藪": "薮", "冨": "富", "舘": "館", "龍": "竜", "瀧": "滝", "豐": "豊",
        "鷗": "鴎", "兒": "児", "圓": "円", "與": "与", "萬": "万", "彌": "弥", "禮": "礼", "郞": "郎", "鄕": "郷", "靑": "青", "淸": "清",
        "緖": "緒", "渕": "淵", "渊": "淵",
    }
)  # fmt: skip
VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
HYPHENS = re.compile("[‐‑‒–—―−－˗⁃﹣]")
SMALL_KANA = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
CORPORATE = re.compile(
    "株式会社|有限会社|合同会社|合資会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|社会福祉法人|医療法人社団|医療法人財団|社会医療法人|医療法人"
    "|特定非営利活動法人|NPO法人|\\((?:株|有|同|福|医|社|特非)\\)"
)


def fold(text: str) -> str:
    """Fold width, case, kana, small kana, hyphens, spaces and variant kanji: equal when a person means the same.

    Hiragana becomes katakana; ideographic variation sequences lose their selector; runs of white space become one.
    """
    text = VARIATION_SELECTORS.sub("", text)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = jaconv.hira2kata(text).translate(VARIANTS).translate(SMALL_KANA)
    text = HYPHENS.sub("-", text)
    return " ".join(text.split())


def fold_name(text: str) -> str:
    """Fold an organization's name and drop its corporate form and inner spaces: 「（株） さくら」 finds 「株式会社さくら」."""
    folded = unicodedata.normalize("NFKC", text)
    return fold(CORPORATE.sub("", folded)).replace(" ", "")


# A sign with the marks that belong to it, which folding makes one with it: ｽ and ﾞ become ズ.
SIGN = re.compile("(?s:.)[\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef]*")


def places_of(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where in a text, as it is written, folded words without spaces stand: from and to, in order, none within another.

    A word may begin or end within one sign (㈱ holds 株): then the whole sign counts.
    """
    folded, begins, ends = [], [], []
    for sign in SIGN.finditer(text):
        for letter in fold_sign(sign[0]):
            folded.append(letter)
            begins.append(sign.start())
            ends.append(sign.end())
    whole = "".join(folded)
    found = sorted((begins[at], ends[at + len(word) - 1]) for word in words if word for at in occurrences(word, whole))
    places: list[tuple[int, int]] = []
    for begin, end in found:
        if places and begin < places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((begin, end))
    return places


@lru_cache(maxsize=8192)
def fold_sign(sign: str) -> str:
    """Remembered: a text is made of few different signs."""
    return fold(sign).replace(" ", "")


def occurrences(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
