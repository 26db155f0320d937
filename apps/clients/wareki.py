"""Days as people in Japan write them: S23.4.1, 昭和23年4月1日, 1948-04-01, 19480401."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Era:
    """An era with its first day. The day on which one era ends is the first of the next."""

    letter: str
    name: str
    begins: date


ERAS = [
    Era("M", "明治", date(1868, 1, 25)),
    Era("T", "大正", date(1912, 7, 30)),
    Era("S", "昭和", date(1926, 12, 25)),
    Era("H", "平成", date(1989, 1, 8)),
    Era("R", "令和", date(2019, 5, 1)),
]
BY_SIGN = {sign: era for era in ERAS for sign in (era.letter, era.name, era.name[0])}
SQUARED = str.maketrans({"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"})

JAPANESE = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\s*(?P<year>\d{1,2}|元)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*"
    r"(?P<day>\d{1,2})日?"
)
WESTERN = re.compile(r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})日?")
DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")

NOT_A_DATE = _("Please write the date like S23.4.1, 昭和23年4月1日 or 1948-04-01.")
NO_SUCH_DAY = _("There is no such day in the calendar. Please check month and day.")
NOT_IN_ERA = _("%(era)s has no such day: it began on %(begins)s and ended on %(ends)s. Please check the era.")
NOT_YET_IN_ERA = _("%(era)s has no such day: it began on %(begins)s. Please check the era.")


def parse(text: str) -> date:
    """The day a text names, in any width; ValidationError with a sentence when there is no such day."""
    plain = unicodedata.normalize("NFKC", text.translate(SQUARED)).strip().upper()
    if found := JAPANESE.fullmatch(plain):
        return day_in_era(BY_SIGN[found["era"]], **numbers(found))
    if found := WESTERN.fullmatch(plain) or DIGITS.fullmatch(plain):
        return day_of(**numbers(found))
    raise ValidationError(NOT_A_DATE, code="not_a_date")


def numbers(found: re.Match[str]) -> dict[str, int]:
    # 元年 is the first year of an era.
    return {part: 1 if found[part] == "元" else int(found[part]) for part in ("year", "month", "day")}


def day_of(*, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(NO_SUCH_DAY, code="no_such_day") from error


def day_in_era(era: Era, *, year: int, month: int, day: int) -> date:
    named = day_of(year=era.begins.year + year - 1, month=month, day=day)
    following = next((later for later in ERAS if later.begins > era.begins), None)
    if year < 1 or named < era.begins or (following is not None and named > following.begins):
        begins = written(era.begins, era)
        if following is None:
            raise ValidationError(NOT_YET_IN_ERA, code="not_in_era", params={"era": era.name, "begins": begins})
        words = {"era": era.name, "begins": begins, "ends": written(following.begins, era)}
        raise ValidationError(NOT_IN_ERA, code="not_in_era", params=words)
    return named


def era_of(day: date) -> Era | None:
    """The era that a day is written in; none before Meiji."""
    return next((era for era in reversed(ERAS) if day >= era.begins), None)


def written(day: date, era: Era | None = None) -> str:
    """昭和23年4月1日; 元年 for a first year; the western date before Meiji."""
    era = era or era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - era.begins.year + 1
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
