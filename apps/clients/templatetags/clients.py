"""How dates of birth, ages and consents are shown, and what stands above every page of a client."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.clients import ages, queries, wareki
from apps.clients.access import names_beside
from apps.clients.ages import age_on
from apps.clients.models import Certification, Client, ConsentRecord
from apps.kernel.templatetags.house import day
from apps.kernel.templatetags.house import wareki as wareki_day

register = template.Library()


@register.filter
def birth_date(born_on: date) -> str:
    """昭和23年4月1日（1948年）; in English the date as everywhere."""
    if not in_japanese():
        return day(born_on)
    return f"{wareki.written(born_on)}（{born_on.year}年）"


@register.filter
def birth_year(born_on: date) -> str:
    """昭和23年生, in English "born 1948": enough to tell namesakes apart in a list."""
    if not in_japanese():
        return _("born %(year)s") % {"year": born_on.year}
    return f"{wareki.written(born_on).split('年')[0]}年生"


@register.filter
def age(born_on: date) -> str:
    """How old somebody is today, in full years."""
    years = age_on(born_on, timezone.localdate())
    return ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}


@register.filter
def grade(born_on: date) -> str:
    """小学2年生; nothing for adults."""
    return ages.grade(born_on, timezone.localdate())


@register.filter
def fact(value: Any) -> str:
    """A fact of the record as the history shows it: days and lists in words, a dash for nothing."""
    if isinstance(value, date):
        return birth_date(value)
    if isinstance(value, list):
        return listed(value) or "—"
    return str(value) or "—"


@register.filter
def listed(words: list[Any]) -> str:
    """月曜日、水曜日; in English with commas."""
    return ("、" if in_japanese() else ", ").join(str(word) for word in words)


@register.filter
def granted(certification: Certification) -> str:
    """要介護3, or how many days per month."""
    if certification.care_level:
        return certification.get_care_level_display()
    days = certification.granted_days or 0
    return ngettext("%(days)s day per month", "%(days)s days per month", days) % {"days": days}


@register.filter
def certified(certification: Certification) -> str:
    """From when until when."""
    words = {"first": plain_day(certification.first_day), "last": plain_day(certification.last_day)}
    return _("%(first)s to %(last)s") % words if certification.last_day else _("from %(first)s") % words


def plain_day(when: date | None) -> str:
    """令和8年4月1日, without the day of the week: as certificates write it."""
    if when is None:
        return ""
    return wareki.written(when) if in_japanese() else day(when)


@register.filter
def period(consent: ConsentRecord) -> str:
    """From when until when, by days; open at the end while nothing ends it."""
    words = {"first": wareki_day(consent.valid_from), "last": wareki_day(consent.last_day)}
    return (
        _("%(first)s to %(last)s") % words if consent.last_day else _("from %(first)s, until it is withdrawn") % words
    )


def in_japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


@register.inclusion_tag("clients/_banner.html", takes_context=True)
def exceptions_of(context: template.Context, client: Client) -> dict[str, Any]:
    """That the client is protected, one's own open exception with the time left, and the emergencies of colleagues."""
    shown = queries.banner(context["member"], client)
    return {
        "client": client,
        "shown": shown,
        "names": names_beside(context["member"], client) if shown.others else None,
        "slug": context["environment"].slug,
        "csrf_token": context.get("csrf_token"),
    }
