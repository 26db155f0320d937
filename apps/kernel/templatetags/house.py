"""What every template may say without loading anything: icons, modules, people and Japanese dates."""

import json
import zlib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import heroicons
from django import template
from django.apps import apps
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()

HUES = 8
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 1, 25), "明治"),
)
# A refusal is said above the content and never replaces what was on the screen; only a form that failed comes back as
# itself. Nothing a person reads is kept in the browser's storage, and no string is ever run as a program.
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


# -- pictures and programs


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """An outline icon that is only looked at: the words beside it say what it means."""
    return _drawn(str(name), size)


@cache
def _drawn(name: str, size: int) -> SafeString:
    attributes: dict[str, object] = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    return mark_safe(heroicons._render_icon("outline", name, size, attributes))  # noqa: S308 - drawn by a library


@register.simple_tag(takes_context=True)
def import_map(context: template.Context) -> SafeString:
    """Gives every module of the house a short name (`rooms/elements/room-stream`) for its versioned address.

    It is the only script written into a page, and it carries the nonce of the response; a page that is rendered
    without a request has none and loads no module.
    """
    request = context.get("request")
    if request is None:
        return SafeString("")
    imports = {name: static(path) for name, path in module_paths().items()}
    nonce = getattr(request, "csp_nonce", "")
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, as_script({"imports": imports}))


@register.filter
def as_script(value: object) -> SafeString:
    """A value as JavaScript writes it. It cannot close the element it stands in: `<` becomes an escape."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return mark_safe(written)  # noqa: S308 - escaped above


@cache
def module_paths() -> dict[str, str]:
    """Names and static paths of all JavaScript modules of our own apps."""
    found = {}
    for app in apps.get_app_configs():
        root = Path(app.path, "static")
        if app.name.startswith("apps."):
            for file in sorted(root.rglob("*.js")):
                path = file.relative_to(root).as_posix()
                found[path.removesuffix(".js")] = path
    return found


@register.simple_tag
def htmx_config() -> str:
    """How htmx behaves everywhere, told once."""
    return json.dumps(HTMX)


# -- people


@register.simple_tag
def avatar(name: str, key: object, size: str = "") -> SafeString:
    """A round sign with the first letter of a name; the same key always has the same colour."""
    hue = zlib.crc32(str(key).encode()) % HUES
    return format_html(
        '<span class="avatar" data-hue="{}"{} aria-hidden="true">{}</span>',
        hue,
        format_html(' data-size="{}"', size) if size else "",
        initial(name),
    )


@register.filter
def initial(name: str) -> str:
    """The first letter of a name: 鈴木 美咲 is 鈴, and Anna Berg is AB."""
    parts = str(name).split()
    if parts and parts[0].isascii():
        return "".join(part[0] for part in parts[:2]).upper()
    return parts[0][:1] if parts else "?"


# -- numbers and forms


@register.filter
def at_most_99(number: int) -> str:
    """A count for a small badge."""
    return str(number) if number <= 99 else "99+"


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control that a link to a field should reach."""
    return field.id_for_label or f"{field.auto_id}_0"


# -- days and times, in the office's time zone


@register.filter
def day(when: Any) -> str:
    """2026年11月21日(土), in English Sat 21 November 2026."""
    return _formatted(when, japanese="Y年n月j日(D)", english="D j F Y")


@register.filter
def short_day(when: Any) -> str:
    """11月21日(土), in English Sat 21 Nov; with the year when it is another one than this."""
    if not when:
        return ""
    if _local(when).year != timezone.localdate().year:
        return day(when)
    return _formatted(when, japanese="n月j日(D)", english="D j M")


@register.filter
def moment(when: datetime | None) -> str:
    """2026年11月21日(土) 9:05."""
    return _formatted(when, japanese="Y年n月j日(D) G:i", english="D j F Y, G:i")


@register.filter
def clock(when: datetime | None) -> str:
    """9:05."""
    return _formatted(when, japanese="G:i", english="G:i")


@register.filter
def wareki(when: Any) -> str:
    """令和8年11月21日(土); the first year of an era is 元年. In English the same as `day`."""
    if not when or not _in_japanese():
        return day(when)
    return era_year(when) + _formatted(when, japanese="n月j日(D)", english="")


@register.filter
def era_year(when: Any) -> str:
    """令和8年, whatever the language of the page; a year before the eras that are counted is written 1867年."""
    local = _local(when)
    for begins, era in ERAS:
        if local >= begins:
            year = local.year - begins.year + 1
            return f"{era}{'元' if year == 1 else year}年"
    return f"{local.year}年"


@register.simple_tag
def aging(when: datetime) -> SafeString:
    """How long ago something was, in words that grow older while the page stays open."""
    return format_html(
        '<aging-time><time datetime="{}" title="{}">{}</time></aging-time>', when.isoformat(), moment(when), ago(when)
    )


@register.filter
def ago(when: datetime) -> str:
    """3分前; from a week on the day itself."""
    passed = timezone.now() - when
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        count = passed // timedelta(minutes=1)
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", count) % {"count": count}
    if passed < timedelta(days=1):
        count = passed // timedelta(hours=1)
        return ngettext("%(count)s hour ago", "%(count)s hours ago", count) % {"count": count}
    if passed < timedelta(days=7):
        count = passed // timedelta(days=1)
        return ngettext("%(count)s day ago", "%(count)s days ago", count) % {"count": count}
    return short_day(when)


def _formatted(when: Any, *, japanese: str, english: str) -> str:
    if not when:
        return ""
    value = timezone.localtime(when) if isinstance(when, datetime) else when
    return dateformat.format(value, japanese if _in_japanese() else english)


def _local(when: Any) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def _in_japanese() -> bool:
    return (get_language() or "ja").startswith("ja")
