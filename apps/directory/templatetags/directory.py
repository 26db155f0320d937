"""How published text is shown. What is stored stays as published."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

BREAK = SafeString("<br>")
WRITTEN_BREAKS = re.compile(r"[（(]改行[）)]|\r\n|\n")


@register.filter
def lines(text: str) -> SafeString:
    """Published text with its written-out line breaks, （改行）, shown as line breaks."""
    parts = (part.strip() for part in WRITTEN_BREAKS.split(text))
    return format_html_join(BREAK, "{}", ((part,) for part in parts if part))


@register.filter
def web_address(url: str) -> str:
    """The address when a browser may follow it; lists also hold remarks, and anything can be typed into a list."""
    stripped = url.strip()
    return stripped if re.fullmatch(r"https?://[^\s\"'<>]+", stripped) else ""
