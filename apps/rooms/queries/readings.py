"""Who is read as a word says: すずき finds 鈴木, where the searching person knows somebody who is called so."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from apps.clients.models import Client
from apps.environments.access import members_visible_to
from apps.environments.models import Member
from apps.kernel.folding import fold

# As `fold` leaves a reading. One sign alone reads like half of all names.
READING = re.compile("[ァ-ヺー]{2,}")
# Of one reading there are few ways to write it; more would be no search any more.
MOST = 6
MOST_PEOPLE = 200
TO_HIRAGANA = str.maketrans({chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)})


def readings_of(member: Member, rooms: Iterable[UUID], words: list[str]) -> dict[str, list[str]]:
    """Folded word → how the names are written that are read so, whole or by one of their parts.

    The names are those of the clients whose rooms are searched, and of the people this member is shown: nobody else's name
    can be learnt by trying readings. Two questions, and none for words that are no readings.
    """
    asked = [word for word in words if READING.fullmatch(word)]
    if not asked:
        return {}
    people = [*clients_read(rooms, asked), *people_read(member, asked)]
    found: dict[str, list[str]] = {}
    for name, kana in people:
        for written, read in parts(name, kana):
            if read in asked and written != read:
                known = found.setdefault(read, [])
                if written not in known and len(known) < MOST:
                    known.append(written)
    return found


def clients_read(rooms: Iterable[UUID], asked: list[str]) -> list[tuple[str, str]]:
    spoken = Q()
    for word in asked:
        spoken |= Q(search_text__contains=word)
    found = Client.objects.filter(spoken, rooms__in=list(rooms)).values_list("name", "kana").distinct()
    return list(found[:MOST_PEOPLE])


def people_read(member: Member, asked: list[str]) -> list[tuple[str, str]]:
    spoken = Q()
    for word in asked:
        for form in (word, word.translate(TO_HIRAGANA)):
            # Small kana are folded: the first sign is enough to leave few, and the parts are compared exactly.
            spoken |= Q(kana__startswith=form[0]) | Q(kana__contains=f" {form[0]}") | Q(kana__contains=f"　{form[0]}")
    found = members_visible_to(member).filter(spoken).order_by().values_list("name", "kana")
    return list(found)


def parts(name: str, kana: str) -> list[tuple[str, str]]:
    """Family name and given name with their readings, and both together."""
    written, read = fold(name).split(), fold(kana).split()
    pairs = list(zip(written, read, strict=True)) if len(written) == len(read) else []
    return [*pairs, ("".join(written), "".join(read))]
