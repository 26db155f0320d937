"""How the text of a note is shown: headings, tables, check lists, and everything that a message knows (rooms.wording).

A line of `# ` is a heading, lines of `| a | b |` a table whose first line is its head, lines of `- [ ] ` or `- [x] ` a
check list. Full-width signs, as a Japanese keyboard types them, count the same. Every piece of text passes `escape`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from apps.rooms import wording

HEADING = re.compile(r"([#＃]{1,3})[ \u3000]+(?=\S)(.*)")
ROW = re.compile(r"[ \u3000]*[|｜](.*)[|｜][ \u3000]*")
# Below the head, as other programs write it; a lone dash is what people write where there is nothing.
RULE = re.compile(r"[ \u3000|｜:-]*-{3}[ \u3000|｜:-]*")
# A line of a list, as messages have them too.
ITEM = re.compile(r"[ \u3000]*[-*・][ \u3000]+(.*)")
CHECK = re.compile(r"([ \u3000]*[-*・] ?[\[［])([ \u3000xXｘＸ✓]?)([\]］][ \u3000]*)(?=\S)(.*)")

# More columns than this is no table that a page or a sheet of paper could hold.
MOST_COLUMNS = 12


@dataclass(frozen=True)
class Check:
    """A line that can be ticked, by its place among all those of the note."""

    number: int
    # Of the text's lines, counted from 0.
    line: int
    text: str
    is_done: bool

    @property
    def html(self) -> SafeString:
        return safe(wording.inline(self.text))


@dataclass(frozen=True)
class Block:
    """A piece of a note, of the kind that its fields fill: a heading, a table, a check list, or words."""

    kind: str
    html: SafeString = field(default_factory=SafeString)
    # 2 to 4: the page's own heading is the first.
    level: int = 0
    head: tuple[SafeString, ...] = ()
    rows: tuple[tuple[SafeString, ...], ...] = ()
    checks: tuple[Check, ...] = ()


def safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308  every piece of it was escaped by rooms.wording


def blocks(text: str) -> list[Block]:
    """The text in the order in which it is read."""
    return list(made(text))


def made(text: str) -> Iterator[Block]:
    lines, plain, at, ticked = text.split("\n"), list[str](), 0, 0
    while at < len(lines):
        end = at + length_of(lines, at)
        kind = kind_of(lines[at])
        if kind == "words":
            plain += lines[at:end]
        else:
            yield from said(plain)
            plain = []
            block = BUILD[kind](lines[at:end], at, ticked)
            ticked += len(block.checks)
            yield block
        at = end
    yield from said(plain)


def length_of(lines: list[str], at: int) -> int:
    """How many lines from here on are of one kind. Code is kept letter for letter, whatever its lines look like."""
    taken = wording.code(lines[at:]) if lines[at].strip() == wording.FENCE else None
    if taken is not None:
        return taken[1]
    kind = kind_of(lines[at])
    if kind in {"heading", "words"}:
        return 1
    length = 1
    while at + length < len(lines) and kind_of(lines[at + length]) == kind:
        length += 1
    return length


def kind_of(line: str) -> str:
    if HEADING.fullmatch(line):
        return "heading"
    if ROW.fullmatch(line):
        return "table"
    return "checks" if CHECK.fullmatch(line) else "words"


def said(lines: list[str]) -> Iterator[Block]:
    """Plain lines; empty ones around them say nothing."""
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Block("words", html=wording.shown(text))


def heading(lines: list[str], at: int, ticked: int) -> Block:
    found = HEADING.fullmatch(lines[0])
    assert found is not None
    return Block("heading", html=safe(wording.inline(found[2])), level=len(found[1]) + 1)


def table(lines: list[str], at: int, ticked: int) -> Block:
    """The first line is the head; a line of dashes below it, as other programs write it, is none. Rows are as long as it."""
    rows = [cells(line) for nth, line in enumerate(lines) if nth != 1 or not RULE.fullmatch(line)]
    width = min(max(map(len, rows)), MOST_COLUMNS)
    filled = [tuple((row + [SafeString()] * width)[:width]) for row in rows]
    return Block("table", head=filled[0], rows=tuple(filled[1:]))


def cells(line: str) -> list[SafeString]:
    found = ROW.fullmatch(line)
    assert found is not None
    return [safe(wording.inline(cell.strip())) for cell in re.split("[|｜]", found[1])]


def check_list(lines: list[str], at: int, ticked: int) -> Block:
    return Block("checks", checks=tuple(check(line, at + nth, ticked + nth + 1) for nth, line in enumerate(lines)))


def check(line: str, at: int, number: int) -> Check:
    found = CHECK.fullmatch(line)
    assert found is not None
    return Check(number=number, line=at, text=found[4].strip(), is_done=found[2].strip() != "")


BUILD = {"heading": heading, "table": table, "checks": check_list}


def plain(text: str) -> str:
    """The words alone on one line, for a list that quotes them: without signs of headings, tables and lists."""
    return wording.unmarked(" ".join(filter(None, map(words_of, text.split("\n")))))


def words_of(line: str) -> str:
    if RULE.fullmatch(line):
        return ""
    if found := ROW.fullmatch(line):
        return " ".join(filter(None, (cell.strip() for cell in re.split(r"[|｜]", found[1]))))
    found = HEADING.fullmatch(line) or CHECK.fullmatch(line) or ITEM.fullmatch(line)
    return found[found.re.groups] if found else line.strip()


def checks_of(text: str) -> list[Check]:
    """All lines of the text that can be ticked."""
    return [one for block in made(text) for one in block.checks]


def ticked(text: str, one: Check, *, is_done: bool) -> str:
    """The text with this line ticked, or not; everything else letter for letter."""
    lines = text.split("\n")
    lines[one.line] = CHECK.sub(
        lambda found: f"{found[1]}{'x' if is_done else ' '}{found[3]}{found[4]}", lines[one.line]
    )
    return "\n".join(lines)


def same_line(text: str, number: int, now: str) -> Check | None:
    """The line of `text` with this number, as it stands in what the text has become: the same words, and of several with the
    same words the same one. None where it was changed, or stands there more or less often."""
    before, after = checks_of(text), checks_of(now)
    wanted = next((one for one in before if one.number == number), None)
    if wanted is None:
        return None
    twins = [one for one in before if one.text == wanted.text]
    found = [one for one in after if one.text == wanted.text]
    return found[twins.index(wanted)] if len(found) == len(twins) else None
