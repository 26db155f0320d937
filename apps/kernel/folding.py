"""Japanese text folded for search and order; what is shown is always the original."""

import re
import unicodedata

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
