"""The ledger of the open place as a file: one JSON line each for its keys, its signed heads, and every entry in canonical
form beside its number and its hash. The last line tells how many entries there were and what all before it hashes to.

What it is made of is read by verify_ledger.py, which knows this form by itself.
"""

import hashlib
from collections.abc import Iterator
from contextvars import Context, copy_context
from functools import partial
from uuid import UUID

from apps.audit.anchors import head_line
from apps.audit.canonical import COLUMNS, entry_bytes, json_bytes, moment, place_name
from apps.audit.models import Entry, Leaf, SigningKey, TreeHead
from apps.audit.places import here, standing_in

VERSION = 1
# So many entries are in memory at a time.
AT_ONCE = 1_000


def ledger_lines(size: int) -> Iterator[bytes]:
    """The file in parts of whole lines, for the entries up to this number; nothing is left out, however many they are.

    Each part is asked for in the place in which this was called, wherever and whenever it is read.
    """
    return parts_of(here(), size)


def parts_of(place: UUID | None, size: int) -> Iterator[bytes]:
    digest, many = hashlib.sha256(), 0
    for part in (partial(beginning, size), *(partial(entries, first, size) for first in range(0, size, AT_ONCE))):
        lines = read_in(place, part)
        many += lines.count(b"\n") if part.func is entries else 0
        digest.update(lines)
        if lines:
            yield lines
    yield b'{"entries":%d,"kind":"end","sha256":"%s"}\n' % (many, digest.hexdigest().encode())


def read_in(place: UUID | None, part: "partial[bytes]") -> bytes:
    """A context of its own: a file is read in parts, by whichever thread is free."""
    context: Context = copy_context()

    def read() -> bytes:
        with standing_in(place):
            return part()

    return context.run(read)


def beginning(size: int) -> bytes:
    place = place_name(here())
    told: list[dict[str, object]] = [{"kind": "ledger", "version": VERSION, "place": place, "size": size}]
    told += [key_line(key) for key in SigningKey.objects.order_by("number")]
    return lines_of(told) + lines_of([head_line(head) for head in TreeHead.objects.order_by("size")])


def lines_of(told: list[dict[str, object]]) -> bytes:
    return b"".join(json_bytes(one) + b"\n" for one in told)


def key_line(key: SigningKey) -> dict[str, object]:
    return {
        "kind": "key",
        "number": key.number,
        "public": bytes(key.public).hex(),
        "endorsement": bytes(key.endorsement).hex(),
    }


def entries(first: int, size: int) -> bytes:
    """The next entries after this number. One that has gone keeps its line: its hash is there, and nothing to fit it."""
    leaves = list(Leaf.objects.filter(number__gt=first, number__lte=min(first + AT_ONCE, size)).order_by("number"))
    written = Entry.objects.filter(pk__in=[leaf.entry_id for leaf in leaves]).values(*COLUMNS)
    found = {entry["id"]: entry_bytes(entry) for entry in written}
    return b"".join(entry_line(leaf, found.get(leaf.entry_id, b"null")) for leaf in leaves)


def entry_line(leaf: Leaf, entry: bytes) -> bytes:
    told = (entry, bytes(leaf.hash).hex().encode(), leaf.number, moment(leaf.sealed_at).encode())
    return b'{"entry":%s,"hash":"%s","number":%d,"sealed_at":"%s"}\n' % told
