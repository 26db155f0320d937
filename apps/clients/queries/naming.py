"""Which clients a text seems to name: by name, reading, initials or the number of a certificate.

People write of a client as 「佐藤様」, 「さとうさん」, 「S.Hさん」, 「佐藤花子」, or by a number. A surname alone is a word like others
(森, 原, 町), so it counts only before a form of address; between signs of a file's name it counts by itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, product

import jaconv
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access import clients_visible_to
from apps.clients.models import Certificate, Client, ClientNumber
from apps.clients.models.certificates import fingerprints_of
from apps.environments.models import Member
from apps.kernel.folding import VARIANTS, VARIATION_SELECTORS, fold


class How(StrEnum):
    """By what a text names somebody; the surest first."""

    NUMBER = "number"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    INITIALS = "initials"

    @property
    def said(self) -> Promise:
        return SAID[self]


SAID: dict[How, Promise] = {
    How.NUMBER: _("Named by the number of a certificate"),
    How.FULL_NAME: _("Named by the full name"),
    How.FAMILY_NAME: _("Named by the family name"),
    How.GIVEN_NAME: _("Named by the given name"),
    How.INITIALS: _("Named by initials"),
}


@dataclass(frozen=True)
class Named:
    """A client who is named, how, and with which form of address: 様 and 氏 are for others than one's colleagues.

    `greets` where the words stand at the beginning of a line, as one writes to somebody who is to read them.
    """

    client: Client
    how: How
    address: str = ""
    greets: bool = False


HAN = "々〆ヶヵ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
# Not 「先生」 nor the short forms of professions: so people speak of staff.
ADDRESS = "(?:さん|様|さま|氏|殿|ちゃん|くん|君|サン|サマ|チャン|クン)"
# 「様子」, 「様々」, 「様式」 are words of their own.
ADDRESSED = rf"\s?(?P<address>{ADDRESS})(?![子々式相態])"
AFTER_FULL_NAME = rf"(?=$|[^{HAN}]|[様氏殿君宅邸家方])"
# A day or an hour may stand right before a name: 「昨日佐藤様宅へ」.
BEFORE_KANJI = f"(?:(?<![{HAN}])|(?<=[日週月時分朝夜])|(?<=午前)|(?<=午後))"
# A name in hiragana follows the end of another script, or a particle: 「先ほどさとうさんから」.
BEFORE_HIRAGANA = "(?:(?<![ぁ-ゖー])|(?<=[はがをにへともので、やどらり]))"
BEFORE_KATAKANA = "(?<![ァ-ヶー])"
BETWEEN_SIGNS = (r"(?<![^\s_\-.()（）【】\[\]0-9])", r"(?![^\s_\-.()（）【】\[\]0-9])")
# 「病院の小林さん」, 「担当の小林さん」: a colleague, as far as the words tell.
STAFF = re.compile(
    "(?:病院|医院|クリニック|薬局|事業所|ステーション|センター|ケアマネ(?:ジャー)?|訪看|看護師|ヘルパー|相談員|職員|担当者?|主任|包括|福祉課|市役所|社協|施設|MSW|PT|OT|ST)"
    r"(?:の|・|、)?\s?$"
)
INITIALS = re.compile(rf"(?<![A-Za-z])([A-Z])[.・･ ]?([A-Z])\.?{ADDRESSED}")
NUMBERS = re.compile(r"(?<!\d)\d{10}(?!\d)")
# The first letter of a reading → what it begins with in Latin letters, by both usual spellings.
BEGINNINGS = {
    "アァ": "A", "イィヰ": "I", "ウゥ": "U", "エェヱ": "E", "オォヲ": "O", "カキクケコ": "K", "ガギグゲゴ": "G", "サシスセソ": "S",
    "ザズゼゾ": "Z", "ジヂ": "JZ", "タテトツ": "T", "チ": "CT", "ダデドヅ": "D", "ナニヌネノ": "N", "ハヒヘホ": "H", "フ": "FH",
    "バビブベボ": "B", "パピプペポ": "P", "マミムメモ": "M", "ヤユヨ": "Y", "ラリルレロ": "R", "ワ": "W", "ヴ": "V",
}  # fmt: skip

# Whose family name, its reading or the given name stands somewhere in the folded text: the few among whom to look closer.
# `search_text` holds name and reading folded and without spaces; folding keeps the length of the part before the space.
OCCURS = """
(
    strpos(%(text)s, left(split_part(clients_client.search_text, E'\\n', 1), {family})) > 0
    OR strpos(%(text)s, left(split_part(clients_client.search_text, E'\\n', 2), {reading})) > 0
    OR ({family} < char_length(split_part(clients_client.search_text, E'\\n', 1))
        AND strpos(%(text)s, substr(split_part(clients_client.search_text, E'\\n', 1), {family} + 1)) > 0)
    OR ({reading} < char_length(split_part(clients_client.search_text, E'\\n', 2))
        AND strpos(%(text)s, substr(split_part(clients_client.search_text, E'\\n', 2), {reading} + 1)) > 0)
)
"""


def clients_named(member: Member, text: str, *, file_names: Iterable[str] = ()) -> list[Named]:
    """The clients whom this member may see and whom a text or the name of a file seems to name: each way in which it does,
    the surest first. What names one of the house here (「遠藤さん」) may name a client there (「遠藤様」)."""
    spoken = even(text)
    written = [even(name) for name in file_names]
    everything = " ".join([spoken, *written])
    visible = clients_visible_to(member)
    found = [Named(client, How.NUMBER) for client in by_number(member, everything)]
    for client in visible.filter(RawSQL(*occurring(everything), output_field=BooleanField())):  # noqa: S611
        called = Called(client.name, client.kana, is_child=client.is_child)
        ways = [*called.in_text(spoken), *chain.from_iterable(called.in_file_name(name) for name in written)]
        found += [Named(client, *way) for way in dict.fromkeys(ways)]
    found += [Named(client, How.INITIALS) for client in by_initials(member, everything)]
    return sorted(found, key=lambda one: (list(How).index(one.how), one.client.kana))


Way = tuple[How, str, bool]


def even(text: str) -> str:
    """One width, one form of variant kanji; the two scripts of kana stay apart."""
    text = unicodedata.normalize("NFKC", VARIATION_SELECTORS.sub("", text)).translate(VARIANTS)
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def occurring(text: str) -> tuple[str, list[object]]:
    lengths = {
        part: f"(strpos(translate(clients_client.{column}, '　', ' ') || ' ', ' ') - 1)"
        for part, column in (("family", "name"), ("reading", "kana"))
    }
    sql = OCCURS.format(**lengths)
    return sql.replace("%(text)s", "%s"), [fold(text).replace(" ", "")] * sql.count("%(text)s")


def by_number(member: Member, text: str) -> list[Client]:
    """Those whose certificate bears a number of ten digits that stands in the text."""
    digits = set(NUMBERS.findall(text))
    if not digits:
        return []
    prints = [one for number in digits for kind in Certificate for one in fingerprints_of(kind, number)]
    bearing = ClientNumber.objects.standing().filter(fingerprint__in=prints).values("client")
    return list(clients_visible_to(member).filter(pk__in=bearing))


def by_initials(member: Member, text: str) -> list[Client]:
    """Those whose initials, in either order, stand in the text before a form of address."""
    letters = [match.group(1, 2) for match in INITIALS.finditer(text)]
    pairs = {pair for found in letters for pair in (found, found[::-1])}
    if not pairs:
        return []
    begin = {letter: "".join(kana for kana, letters in BEGINNINGS.items() if letter in letters) for letter in ALPHABET}
    wanted = Q(pk__in=[])
    for family, given in pairs:
        if begin[family] and begin[given]:
            wanted |= Q(kana__regex=f"^[{both(begin[family])}][^ 　]*[ 　]+[{both(begin[given])}]")
    return list(clients_visible_to(member).filter(wanted))


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def both(katakana: str) -> str:
    return katakana + jaconv.kata2hira(katakana)


class Called:
    """The ways in which people write of one person who has a name and a reading."""

    def __init__(self, name: str, kana: str = "", *, is_child: bool = False) -> None:
        self.family, self.given = parts(even(name))
        self.family_kana, self.given_kana = parts(even(jaconv.hira2kata(kana)))
        self.is_child = is_child

    @property
    def initials(self) -> set[frozenset[str]]:
        """The pairs of letters with which the two parts of the name may begin, without order."""
        return {frozenset(pair) for pair in product(beginning(self.family_kana), beginning(self.given_kana))}

    def in_text(self, text: str) -> Iterator[Way]:
        for how, pattern in self.spoken:
            for match in pattern.finditer(text):
                if how != How.FAMILY_NAME or not STAFF.search(text[: match.start()]):
                    yield how, match.groupdict().get("address") or "", greets(text, match)

    def in_file_name(self, name: str) -> Iterator[Way]:
        # A name ends where its kind begins, and underscores are spaces.
        stem = name.rsplit(".", 1)[0]
        yield from self.in_text(stem.replace("_", " "))
        before, after = BETWEEN_SIGNS
        if re.search(rf"{before}(?:{re.escape(self.family)}){after}", stem):
            yield How.FAMILY_NAME, "", False

    @cached_property
    def spoken(self) -> list[tuple[How, re.Pattern[str]]]:
        ways = [*self.full_names(), *((How.FAMILY_NAME, one + ADDRESSED) for one in self.families())]
        if self.is_child:
            ways += [(How.GIVEN_NAME, one + ADDRESSED) for one in self.givens()]
        return [(how, re.compile(pattern)) for how, pattern in ways]

    def full_names(self) -> list[tuple[How, str]]:
        if not self.given:
            return [(How.FULL_NAME, before(self.family) + re.escape(self.family) + AFTER_FULL_NAME)]
        names = [before(self.family) + rf"{re.escape(self.family)}\s?{re.escape(self.given)}" + AFTER_FULL_NAME]
        if len(self.family_kana) + len(self.given_kana) >= 5:
            for family, given in zip(in_both(self.family_kana), in_both(self.given_kana), strict=True):
                names.append(before(family) + rf"{re.escape(family)}\s?{re.escape(given)}")
        return [(How.FULL_NAME, one) for one in names]

    def families(self) -> list[str]:
        return [before(one) + re.escape(one) for one in (self.family, *in_both(self.family_kana)) if one]

    def givens(self) -> list[str]:
        return [before(one) + re.escape(one) for one in (self.given, *in_both(self.given_kana)) if one]


def greets(text: str, match: re.Match[str]) -> bool:
    """Whether what was found stands for itself at the beginning of a line."""
    begins = match.start() == 0 or text[match.start() - 1] == "\n"
    return begins and re.match(r"[、,\s]|$", text[match.end() :]) is not None


def parts(name: str) -> tuple[str, str]:
    """Family and given name, as far as a space tells them apart."""
    family, _, given = name.partition(" ")
    return family, given.replace(" ", "")


def beginning(katakana: str) -> str:
    return next((letters for kana, letters in BEGINNINGS.items() if katakana[:1] and katakana[0] in kana), "")


def in_both(katakana: str) -> tuple[str, str]:
    return katakana, jaconv.kata2hira(katakana)


def before(name: str) -> str:
    """What may not stand before a name in this script, lest it be the end of a longer word."""
    if re.match("[ぁ-ゖー]", name):
        return BEFORE_HIRAGANA
    return BEFORE_KATAKANA if re.match("[ァ-ヶー]", name) else BEFORE_KANJI
