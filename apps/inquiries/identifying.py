"""Words that could tell who somebody is, found in a text before it is sent. Pure: it knows no row.

It knows the names it is told exactly, in whatever width or kana they are written, and finds names, addresses, dates of
birth, numbers, ways to reach somebody and names of schools by their form. It warns; whoever writes decides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.inquiries.naming import ALSO_WORDS, family_names, family_names_in_latin, given_names
from apps.kernel.folding import SIGN, VARIANTS, fold, places_of

HYPHENS = re.compile("[‐‑‒–—―−－⁻˗⁃﹣]")
# Between two digits this too is a hyphen.
LONG_VOWEL = re.compile("(?<=[0-9])ー(?=[0-9])")


class Identifying(models.TextChoices):
    """What a found word could be."""

    NAME = "name", _("A name")
    ADDRESS = "address", _("An address")
    BIRTH = "birth", _("A date of birth")
    NUMBER = "number", _("A number of a person")
    PHONE = "phone", _("A phone number")
    MAIL = "mail", _("An e-mail address")
    PLACE = "place", _("A school or a facility")


@dataclass(frozen=True)
class Finding:
    """A word in a text, from and to, as it is written there. `is_certain`: it is the client's own, and never harmless."""

    kind: Identifying
    begins: int
    ends: int
    word: str
    is_certain: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of the person and must not stand in the text."""

    full_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


NOBODY = Known()


def identifying(text: str, *, today: date, known: Known = NOBODY) -> list[Finding]:
    """What could tell who it is, in the order of the text, nothing twice: of words that overlap the certain one stands,
    then the longer one."""
    plain = Plain(text)
    found = [*of_the_person(text, known), *by_form(plain, today)]
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (not one.is_certain, one.begins - one.ends)):
        if all(one.ends <= other.begins or other.ends <= one.begins for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.begins)


def of_the_person(text: str, known: Known) -> Iterator[Finding]:
    """Their own names and places, as they are folded for search: any width, either kana, variant kanji."""
    told = [
        (Identifying.NAME, known.full_names, True),
        (Identifying.NAME, known.names, False),
        (Identifying.ADDRESS, known.places, False),
    ]
    for kind, words, is_certain in told:
        folded = {fold(word).replace(" ", "") for word in words}
        # One sign alone stands in too many words: with a title behind it, it is found by its form.
        for begins, ends in places_of((word for word in folded if len(word) > 1), text):
            yield Finding(kind, begins, ends, text[begins:ends], is_certain)


class Plain:
    """A text in ordinary width, which knows for each of its letters where that stands in the text as it was written."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters, self.begins, self.ends = [], [], []
        for sign in SIGN.finditer(text):
            for letter in plain_sign(sign[0]):
                letters.append(letter)
                self.begins.append(sign.start())
                self.ends.append(sign.end())
        # One letter for one: places stay.
        self.letters = LONG_VOWEL.sub("-", "".join(letters))

    def finding(self, kind: Identifying, begins: int, ends: int) -> Finding:
        first, last = self.begins[begins], self.ends[ends - 1]
        return Finding(kind, first, last, self.text[first:last])


def plain_sign(sign: str) -> str:
    return unicodedata.normalize("NFKC", HYPHENS.sub("-", sign)).translate(VARIANTS)


Seeker = Callable[[str, date], Iterator[tuple[int, int]]]


def by_form(plain: Plain, today: date) -> Iterator[Finding]:
    for kind, seek in SEEKERS:
        for begins, ends in seek(plain.letters, today):
            yield plain.finding(kind, begins, ends)


# -- names

KANJI, KATAKANA = "一-龠々〆𠮷髙﨑", "ァ-ヶー"
TITLES = r"さん|サン|様|さま|サマ|ちゃん|チャン|くん|クン|君|氏|殿"
# What bears a title without being a name: a place in the family, a profession, everybody.
# Alone, or behind お and ご; 花子 ends in 子 and is a name.
RELATED = re.compile(
    r"(?:お|ご|御)?(?:母|父|祖母|祖父|兄|姉|弟|妹|娘|息子|嫁|婿|孫|子|奥|旦那|主人|嬢|坊|婆|爺|客|医者|隣|巡査|神|仏|王|一|同|模|仕|多|異|有|"
    r"外|逆|貴|各位|双方|両方|先方|皆|何方|皆々|近所|年寄り|役所|包括|居宅|訪看|デイ|サ責|ママ|パパ|ヤクルト|パート|オーナー)"
)
# At the end of anything: 介護職員, 訪問看護師, 福祉課の担当者.
PROFESSION = re.compile(
    r".*?(?:利用者|患者|家族|保護者|本人|相談者|対象者|入居者|入所者|住人|担当者?|職員|相談員|支援員|指導員|調査員|介護士|看護師|保健師|"
    r"栄養士|療法士|福祉士|児童|生徒|学生|園児|事業所|事業者|業者|施設|病院|管理者|責任者|民生委員|先生|医師|主治医|大家|家主|友人|"
    r"知人|仲間|参加者|関係者|市役所|薬局|ヘルパー|ケアマネ|ケアマネジャー|ケアマネージャー|スタッフ|ドクター|ナース|メンバー|センター|"
    r"リハビリ|ボランティア)"
)
TITLED = re.compile(
    f"([{KANJI}]{{1,5}}|[{KATAKANA}]{{2,8}}|[{KANJI}]{{1,4}}[ぁ-ん{KATAKANA}]{{1,4}})[ \u3000]?({TITLES})(?![{KANJI}子々])"
)
# In hiragana a title hides in other words: たくさん, みなさん, くんれん.
CHILD = re.compile(
    r"(?<![ぁ-ん])([ぁ-ん]{2,5})(ちゃん|くん)(?![ぁ-ん]?れん)|(?<=[のはがとにもを、。「 ])([ぁ-ん]{2,4})(ちゃん|くん)(?=[のはがとにもをで、。」 ])"
)
CHILDREN = re.compile(r"(?:お?(?:ばあ|じい|にい|ねえ|かあ|とう|子)|あか|わ?い?わん|にゃん|ぼ|おぼ)$")
LABELLED = re.compile(
    r"(?:氏\s?名|お?名前|フリガナ|ふりがな|よみがな|利用者名|児童名|患者名|保護者名?|世帯主|ご?本人|母|父|担当児|対象児|名|氏)"
    rf"\s?[:=]\s?([{KANJI}ぁ-ん{KATAKANA}A-Za-z]+[ \u3000・]?[{KANJI}ぁ-ん{KATAKANA}A-Za-z]*)"
)
CALLED = re.compile(
    rf"(?:氏名|お?名前)(?:は|が)、?([{KANJI}{KATAKANA}ぁ-ん]{{2,10}}?[ \u3000]?[{KANJI}{KATAKANA}ぁ-ん]{{0,6}}?)(?:です|と(?:いい|申し)|さん|様|で、|、|。|$)"
)
UNTOLD = re.compile(
    "^(?:伏せ|ふせ|非公開|匿名|後[日ほ]|まだ|お伝え|言え|控え|別途|不明|未定?|書け|出せ|なし|無し|秘|省略|略)"
)
RELATION = r"母|父|祖母|祖父|長男|次男|三男|長女|次女|三女|妻|夫|姉|妹|兄|弟|娘|息子|孫|本人|叔母|伯母|叔父|伯父"


@cache
def alternatives(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def kana_of(readings: Iterable[str]) -> frozenset[str]:
    """Readings in both kana."""
    return frozenset(form for one in readings for form in (one, katakana(one)))


def katakana(reading: str) -> str:
    return "".join(chr(ord(letter) + 96) if "ぁ" <= letter <= "ゖ" else letter for letter in reading)


@cache
def name_patterns() -> tuple[re.Pattern[str], ...]:
    """Family and given names that many people bear, in every way in which they are written together."""
    family, given = frozenset(family_names()), frozenset(given_names())
    alone = alternatives(frozenset(one for one in family - ALSO_WORDS if len(one) > 1))
    every, called = alternatives(family), alternatives(given)
    read = alternatives(frozenset(one for one in kana_of(family_names().values()) if len(one) > 2))
    read_given = alternatives(frozenset(one for one in kana_of(given_names().values()) if len(one) > 1))
    no_place = rf"(?!(?![氏様君殿宅])[{KANJI}]|[県市町村区]|ビル|クリニック|デイ)"
    latin = alternatives(family_names_in_latin())
    return (
        # 佐藤 花子, 佐藤花子, 佐藤ハナ
        re.compile(rf"(?:{every})[ \u3000・]?(?:{called}){no_place}"),
        re.compile(rf"(?<![{KANJI}])(?:{alone})[ \u3000・][{KANJI}]{{1,3}}{no_place}"),
        re.compile(
            rf"(?<![{KANJI}])(?:{alone})[{KANJI}]{{0,2}}[子美恵江代郎太雄夫介助斗翔奈菜花香也哉彦吉枝乃]{no_place}"
        ),
        # さとう はなこ, サトウハナコ
        re.compile(rf"(?<![ぁ-ん{KATAKANA}])(?:{read})[ \u3000・]?(?:{read_given})(?![ぁ-ん{KATAKANA}])"),
        re.compile(rf"(?<![{KATAKANA}ぁ-ん])(?:{read})[ \u3000・][{KATAKANA}ぁ-ん]{{2,5}}(?![{KATAKANA}ぁ-ん])"),
        # さとうさん, 佐藤宅, 佐藤家
        re.compile(rf"(?<![ぁ-ん{KATAKANA}])(?:{read})[ \u3000]?(?:{TITLES})"),
        re.compile(rf"(?<=[のはがとにもを、。])(?:{read})(?:さん|様|さま)"),
        re.compile(rf"(?<![{KANJI}])(?:{every})[ \u3000]?(?:{TITLES}|先生|宅|家(?![族屋電計賃事庭具財]))"),
        re.compile(rf"(?:{RELATION})[の・:( \u3000]?(?:{called})(?![{KANJI}])"),
        re.compile(rf"(?:{alone})(?:です|と申します|といいます)"),
        re.compile(rf"\b(?:{latin})[ ,.]+[A-Za-z]{{2,12}}\b|\b[A-Za-z]{{2,12}}[ ,.]+(?:{latin})\b", re.IGNORECASE),
    )


def names(text: str, _today: date) -> Iterator[tuple[int, int]]:
    for pattern in name_patterns():
        yield from (match.span() for match in pattern.finditer(text))
    for match in TITLED.finditer(text):
        if not RELATED.fullmatch(match[1]) and not PROFESSION.fullmatch(match[1]):
            yield match.span()
    for match in CHILD.finditer(text):
        if not CHILDREN.search(match[1] or match[3]):
            yield match.span()
    for pattern in (LABELLED, CALLED):
        yield from (match.span(1) for match in pattern.finditer(text) if not UNTOLD.match(match[1]))


# -- addresses

NUMERAL = "[0-9〇一二三四五六七八九十百]"
ADDRESSES = tuple(
    map(
        re.compile,
        (
            rf"[{KANJI}ヶケノぁ-ん]{{0,12}}{NUMERAL}+丁目(?:[0-9の番地号-]+)?",
            rf"[{KANJI}ヶケノ]{{0,12}}{NUMERAL}+番地(?:の?[0-9]+)?",
            rf"[{KANJI}ヶケノ]{{0,12}}[0-9]+番[0-9]+号?",
            rf"[{KANJI}ヶケノ]{{1,10}}[町丁通条市区村台丘谷原野沢崎島橋森浜字里割]{NUMERAL}{{1,4}}(?:[-の][0-9]{{1,4}})+(?![0-9]|[回日時人名週月年割歳])",
            r"(?<![0-9-])[0-9]{1,4}-[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9-])",
            rf"(?:大字|字)[{KANJI}ヶケノ]{{1,8}}{NUMERAL}+",
            rf"[{KANJI}]{{1,6}}[市区町村][{KANJI}ヶケノ]{{1,8}}{NUMERAL}{{1,5}}(?:番|号|-[0-9]+)",
            r"[0-9]{1,4}号室",
            r"(?:コーポ|ハイツ|メゾン|マンション|アパート|レジデンス|ハイム|団地|市営住宅|県営住宅|住宅|荘)[^\s、。()0-9]{0,10}\s?[0-9]{1,4}(?:号|-[0-9]+|棟)?(?![0-9]|[回日時人名週月年割歳分階万円%])",
            r"〒\s?[0-9]{3}-?[0-9]{4}",
            r"(?<![0-9-])[0-9]{3}-[0-9]{4}(?![0-9-])",
        ),
    )
)
YEAR_FIRST = re.compile(r"(?:19|20)[0-9]{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])")


def addresses(text: str, _today: date) -> Iterator[tuple[int, int]]:
    for pattern in ADDRESSES:
        yield from (match.span() for match in pattern.finditer(text) if not YEAR_FIRST.fullmatch(match[0]))


# -- dates of birth

KANJI_NUMBER = "[〇一二三四五六七八九十元]{1,4}"
PART = f"(?:[0-9]{{1,2}}|{KANJI_NUMBER})"
ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令]|(?<![A-Za-z])[MTSHRmtshr])"
YEAR = rf"(?:{ERA}\s?\.?\s?(?P<era_year>{PART})|(?P<year>(?:18|19|20)[0-9]{{2}}))"
DATE = re.compile(rf"{YEAR}\s?[年./-]\s?(?P<month>{PART})\s?[月./-]\s?(?P<day>{PART})日?(?![0-9])")
BORN = r"(?:生年月日|誕生日?|出生日?|生まれ|うまれ|生(?![活後産前理命]))"
BORN_NEAR = (
    re.compile(r"(?:生年月日|誕生日|出生日?)\s?[は:=]?\s?[^\s、。]{2,16}"),
    re.compile(rf"{YEAR}\s?年?(?:\s?{PART}月)?(?:\s?{PART}日)?(?:に|の)?\s?{BORN}"),
    re.compile(rf"{PART}月{PART}日(?:が|に|の|は)?\s?(?:{BORN}|お?誕生)"),
)
FIRST_YEARS = {
    "明": 1868,
    "m": 1868,
    "大": 1912,
    "t": 1912,
    "昭": 1926,
    "s": 1926,
    "平": 1989,
    "h": 1989,
    "令": 2019,
    "r": 2019,
}
SOME_TIME = timedelta(days=120)
DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}
UNSAID = re.compile("伏せ|非公開|後日|お伝え|別途|控え|省略")


def births(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Dates that are said to be one of birth, and whole dates that lie back longer than what is told of a case."""
    for pattern in BORN_NEAR:
        yield from (match.span() for match in pattern.finditer(text) if not UNSAID.search(match[0]))
    for match in DATE.finditer(text):
        if is_long_ago(match, today):
            yield match.span()


def is_long_ago(match: re.Match[str], today: date) -> bool:
    year = int(match["year"]) if match["year"] else FIRST_YEARS[match[0][0].lower()] + number(match["era_year"]) - 1
    try:
        return date(year, number(match["month"]), number(match["day"])) < today - SOME_TIME
    except ValueError:
        return False


def number(text: str) -> int:
    """Digits, or numerals as they are written in documents: 十七, 二〇, 元."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (digits(tens) or 1) * 10 + digits(ones)
    return digits(text)


def digits(text: str) -> int:
    return int("".join(str(DIGITS.get(sign, 0)) for sign in text) or "0")


# -- numbers, and ways to reach somebody

NUMBERED = re.compile(
    r"(?:被保険者|受給者|利用者|保険|証|手帳|患者|マイナンバー|個人|診察券|世帯)[^\s0-9、。]{0,8}?(?:番号|No\.?|№|ID)?\s?[はが:=#]?\s?([HhA-Z]?[0-9][0-9 -]{4,16}[0-9])"
)
LONG = re.compile(r"(?<![0-9.,])(?:[Hh][0-9]{9}|[0-9]{8,})(?![0-9])")
GROUPED = re.compile(r"(?<![0-9-])[0-9]{3,5}[ -][0-9]{3,5}[ -][0-9]{2,5}(?![0-9-])")
PHONES = (
    re.compile(r"(?<![0-9])0[0-9]{1,4}[- ().の]{1,2}[0-9]{1,4}[- ().の]{1,2}[0-9]{3,4}(?![0-9])"),
    re.compile(r"(?<![0-9])0[0-9]{9,10}(?![0-9])"),
    re.compile(r"\+81[- ]?[0-9][0-9 -]{7,12}[0-9]"),
    re.compile(
        r"(?:電話|TEL|Tel|tel|携帯|FAX|Fax|ファックス|連絡先)[^\s0-9、。]{0,6}\s?[:は]?\s?\(?[0-9][0-9()-]{4,14}[0-9]"
    ),
)
MAIL = re.compile(
    r"[A-Za-z0-9._%+-]+\s?(?:@|\(at\)|\[at\]|アットマーク|あっと)\s?[A-Za-z0-9-]+(?:\s?(?:\.|ドット)\s?[A-Za-z0-9-]+)+"
)


def numbers_by_their_name(text: str, _today: date) -> Iterator[tuple[int, int]]:
    yield from (match.span(1) for match in NUMBERED.finditer(text))


def numbers(text: str, _today: date) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in LONG.finditer(text))
    yield from (match.span() for match in GROUPED.finditer(text) if sum(map(str.isdigit, match[0])) >= 9)


def phones(text: str, _today: date) -> Iterator[tuple[int, int]]:
    for pattern in PHONES:
        yield from (match.span() for match in pattern.finditer(text))


def mails(text: str, _today: date) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in MAIL.finditer(text))


# -- schools and facilities

PLACES = re.compile(
    rf"([{KANJI}]{{1,8}}|[{KATAKANA}]{{2,10}}|(?<![{KANJI}{KATAKANA}ぁ-ん])[ぁ-ん]{{1,5}}[^の\W])(小学校|中学校|高等学校|高校|幼稚園|保育園|保育所|こども園|支援学校|病院|クリニック|医院|診療所)"
)
ANY_PLACE = re.compile(
    r"(?:市内|町内|県内|区内|市|県|町|村|区|国|公|私)?(?:立)?(?:の|特別|総合|地域|近隣|近所|近く|併設|専門|大学|精神科?|内科|外科|小児科?|整形外科|皮膚科|歯科|眼科|耳鼻科|"
    r"同じ?|他|別|各|元|認可外?|認定|かかりつけ|通院|入院|退院|協力|連携|地元|当|現在|通常|定時制?|夜間|療養型?|急性期|回復期|"
    r"リハビリ(?:テーション)?|リハ|デイ|メンタル|メンタルヘルス|在宅|訪問|救急|基幹|中核|通所|私立|公立|市立|県立|国立|町立|"
    r"また|その|この|どの|から|では|なら|そして|まで|いま|もと|後|前|有床|無床|来年度?|今年度?|春|在学中|就学前|交流|一般|普通|統合|企業内|院内|事業所内|小規模|夜間|公設)*"
)


def places(text: str, _today: date) -> Iterator[tuple[int, int]]:
    """One that has a name of its own; 近くの小学校 has none."""
    yield from (match.span() for match in PLACES.finditer(text) if not ANY_PLACE.fullmatch(match[1]))


SEEKERS: tuple[tuple[Identifying, Seeker], ...] = (
    # Of two that find the same word, the first says what it is.
    (Identifying.NUMBER, numbers_by_their_name),
    (Identifying.MAIL, mails),
    (Identifying.PHONE, phones),
    (Identifying.NUMBER, numbers),
    (Identifying.BIRTH, births),
    (Identifying.ADDRESS, addresses),
    (Identifying.NAME, names),
    (Identifying.PLACE, places),
)
