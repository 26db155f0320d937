"""Messages by their rooms and numbers."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q


def by_numbers(places: Iterable[tuple[UUID, int]]) -> Q:
    """Of these messages and no others: a number of one room is a number of many."""
    numbers: defaultdict[UUID, list[int]] = defaultdict(list)
    for room_id, number in places:
        numbers[room_id].append(number)
    return reduce(or_, (Q(room=room_id, number__in=of_room) for room_id, of_room in numbers.items()))
