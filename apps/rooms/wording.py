"""How what somebody has typed is shown: links, telephone numbers and a few marks; everything else as it stands.

A line of `- ` or `1. ` is a list, one of `> ` a quote, lines between ``` are kept letter for letter; within a line
`**bold**` and `code` between backticks; `geo:35.6812,139.7671` (RFC 5870) is a place on the map. There
is one implementation, on the server: a page, a fragment and a frame of the socket show the same. Every piece of text passes `escape`; nothing a person types becomes an element of its own making, no
address but http(s), tel: and geo: is linked, and nothing is fetched from where a link leads.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import normalize
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from apps.kernel.templatetags.house import icon

# What could be more than plain words; a text without any of it is escaped and no more.
PERHAPS = re.compile(r"https?://|geo:|\*\*|`|[0０][0-9０-９]|^(?:[-*>＞] ?|\d{1,3}\. )", re.MULTILINE)

FENCE = "```"
ITEM = re.compile(r"[-*] +(?=\S)(.*)")
NUMBERED = re.compile(r"(\d{1,3})\. +(?=\S)(.*)")
QUOTED = re.compile(r"[>＞] ?(.*)")

DIGIT = "[0-9０-９]"
DASH = "[-‐‑–−ー－]"
# As numbers are written in Japan: in three groups, or a mobile number in one. Ten digits in one are a number of another kind.
PHONE = (
    rf"(?<![0-9０-９A-Za-z＠@/=_-])(?:[0０]{DIGIT}{{1,4}}(?:{DASH}{DIGIT}{{1,4}}{DASH}|[(（]{DIGIT}{{1,4}}[)）]){DIGIT}{{3,4}}"
    rf"|[0０][789７８９][0０]{DIGIT}{{8}})(?!{DIGIT}|{DASH}{DIGIT})"
)
# A place as a telephone tells it: degrees north and east.
PLACE = r"geo:(?P<north>-?[0-9]{1,2}\.[0-9]{1,7}),(?P<east>-?[0-9]{1,3}\.[0-9]{1,7})(?![0-9,;.]*[0-9])"
# Wherever it stands, in bold or between backticks too.
COORDINATES = re.compile(r"geo:-?[0-9]+\.[0-9]+,-?[0-9]+\.[0-9]+")
INLINE = re.compile(
    r"(?P<code>`[^`\n]{1,500}`)"
    r"|(?P<link>https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,2000})"
    r"|\*\*(?P<bold>(?=[^\s*])[^*\n]{1,500}(?<=\S))\*\*"
    rf"|(?P<phone>{PHONE})"
    rf"|(?P<place>{PLACE})"
)


def shown(text: str, called: Sequence[tuple[int, int]] = ()) -> SafeString:
    """The text as HTML; `called` are the places, from and to in their order, of words that call somebody."""
    if called:
        return with_mentions(text, called)
    if PERHAPS.search(text) is None:
        return escape(text)
    return mark_safe("".join(blocks(text)))  # noqa: S308  every piece of it was escaped


# Two signs that are no letters of any text stand around the number of a mention while the text becomes HTML.
MENTION = re.compile("\ufdd0([0-9]+)\ufdd1")
NO_LETTERS = str.maketrans("", "", "\ufdd0\ufdd1")


def with_mentions(text: str, called: Sequence[tuple[int, int]]) -> SafeString:
    """Whatever else the words around them are, the words that call stand together."""
    pieces, after = [], 0
    for nth, (begins, ends) in enumerate(called):
        pieces += [text[after:begins].translate(NO_LETTERS), f"\ufdd0{nth}\ufdd1"]
        after = ends
    html = shown("".join([*pieces, text[after:].translate(NO_LETTERS)]))
    said = [f'<span class="mention">{escape(text[begins:ends])}</span>' for begins, ends in called]
    return mark_safe(MENTION.sub(lambda found: said[int(found[1])], html))  # noqa: S308  every piece of it was escaped


def unmarked(text: str) -> str:
    """The words without the marks, for a line that quotes them."""
    return INLINE.sub(lambda found: found["bold"] or (found["code"] or "").strip("`") or found[0], text)


def blocks(text: str) -> Iterator[str]:
    """Runs of plain lines, lists, quotes and code, each as HTML."""
    lines, plain = text.split("\n"), list[str]()
    while lines:
        for taking in (code, quote, items, numbered):
            found = taking(lines)
            if found is not None:
                html, count = found
                yield words(plain)
                yield html
                plain, lines = [], lines[count:]
                break
        else:
            plain.append(lines.pop(0))
    yield words(plain)


# Each takes what its first lines are, and how many of them; None where they are something else.
Taken = tuple[str, int] | None


def code(lines: list[str]) -> Taken:
    if lines[0].strip() != FENCE:
        return None
    end = next((nth for nth, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None or end == 1:
        return None
    return f"<pre><code>{escape(chr(10).join(lines[1:end]))}</code></pre>", end + 1


def quote(lines: list[str]) -> Taken:
    found = leading(lines, lambda line, _nth: QUOTED.fullmatch(line))
    return (f"<blockquote>{words([one[1] for one in found])}</blockquote>", len(found)) if found else None


def items(lines: list[str]) -> Taken:
    found = leading(lines, lambda line, _nth: ITEM.fullmatch(line))
    return (f"<ul>{listed(one[1] for one in found)}</ul>", len(found)) if found else None


def numbered(lines: list[str]) -> Taken:
    """Two lines at least that count on: one alone may be a date."""
    first = NUMBERED.fullmatch(lines[0])
    if first is None:
        return None
    begin = int(first[1])
    found = leading(lines, lambda line, nth: counts_on(line, begin + nth))
    return (f'<ol start="{begin}">{listed(one[2] for one in found)}</ol>', len(found)) if len(found) > 1 else None


def counts_on(line: str, number: int) -> re.Match[str] | None:
    found = NUMBERED.fullmatch(line)
    return found if found is not None and int(found[1]) == number else None


def leading(lines: list[str], fits: Callable[[str, int], re.Match[str] | None]) -> list[re.Match[str]]:
    """The first lines that are of one kind."""
    found = []
    for nth, line in enumerate(lines):
        match = fits(line, nth)
        if match is None:
            break
        found.append(match)
    return found


def listed(texts: Iterator[str]) -> str:
    return "".join(f"<li>{inline(one)}</li>" for one in texts)


def words(lines: list[str]) -> str:
    return "\n".join(map(inline, lines))


def inline(line: str) -> str:
    """A line with its links, numbers and marks."""
    html, after = [], 0
    for found in INLINE.finditer(line):
        html += [escape(line[after : found.start()]), marked(found)]
        after = found.end()
    return "".join([*html, escape(line[after:])])


def marked(found: re.Match[str]) -> str:
    if found["code"]:
        return f"<code>{escape(found['code'][1:-1])}</code>"
    if found["bold"]:
        return f"<strong>{inline(found['bold'])}</strong>"
    if found["place"]:
        return placed(found["north"], found["east"])
    return linked(found["link"]) if found["link"] else called(found["phone"])


def tells_place(text: str) -> bool:
    """Whether a text has the coordinates of a place."""
    return "geo:" in text and COORDINATES.search(text) is not None


def placed(north: str, east: str) -> str:
    """A card with the coordinates and two ways to a map; both are computed, and nobody is asked before one is pressed."""
    if abs(float(north)) > 90 or abs(float(east)) > 180:
        return escape(f"geo:{north},{east}")
    here, there = f"geo:{north},{east}", f"https://maps.gsi.go.jp/#17/{north}/{east}/"
    words = escape(gettext("Open the map (GSI)"))
    apart = 'target="_blank" rel="noopener noreferrer nofollow"'
    return (
        f'<span class="place"><a class="place-here" href="{here}">{icon("map-pin", 20)}<span>{north}, {east}</span></a>'
        f'<a class="place-map" href="{there}" {apart}>{words}</a></span>'
    )


def linked(address: str) -> str:
    """A link that opens apart and tells nobody from where; what only ends the sentence is no part of it."""
    address, rest = without_stop(address)
    if not leads_somewhere(address):
        return escape(address + rest)
    told = escape(address)
    return f'<a href="{told}" target="_blank" rel="noopener noreferrer nofollow">{told}</a>{escape(rest)}'


def without_stop(address: str) -> tuple[str, str]:
    kept = address.rstrip(".,;:!?'*")
    while kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1].rstrip(".,;:!?'*")
    return kept, address[len(kept) :]


def leads_somewhere(address: str) -> bool:
    """To a host by its name; not with a name before it, which looks like another host."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def called(number: str) -> str:
    """A number that a phone dials."""
    digits = "".join(one for one in normalize("NFKC", number) if one.isdigit())
    return f'<a href="tel:{digits}">{escape(number)}</a>' if 10 <= len(digits) <= 11 else escape(number)
