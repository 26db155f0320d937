"""What people have answered to messages in set phrases."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from apps.environments.models import Member
from apps.environments.names import Names, PersonShown
from apps.rooms.models import Message, Reaction, ReactionKind


@dataclass(frozen=True)
class Reacted:
    """How many have answered a message in one phrase."""

    kind: ReactionKind
    count: int


@dataclass(frozen=True)
class WhoReacted:
    """Who has answered in one phrase, as the reader may be shown them, in the order in which they did."""

    kind: ReactionKind
    people: list[PersonShown]


def fetch_reactions(messages: Sequence[Message]) -> None:
    """Count them beside their messages (`reacted`): one question for all, and none where nothing was ever changed."""
    changed = {one.pk: one for one in messages if one.change is not None and not one.is_removed}
    found: dict[int, dict[str, int]] = {}
    if changed:
        counted = Reaction.objects.filter(message__in=changed).order_by().values_list("message", "kind")
        for message_id, kind, count in counted.annotate(count=Count("pk")):
            found.setdefault(message_id, {})[kind] = count
    for one in messages:
        one.reacted = in_order(found.get(one.pk, {}))  # type: ignore[attr-defined]


def in_order(counts: dict[str, int]) -> list[Reacted]:
    return [Reacted(kind, counts[kind]) for kind in ReactionKind if kind in counts]


def reactions_to(message: Message) -> list[Reacted]:
    """As a page of messages has fetched them, or fetched now."""
    if not hasattr(message, "reacted"):
        fetch_reactions([message])
    found: list[Reacted] = message.reacted  # type: ignore[attr-defined]
    return found


def reactions_of(member: Member, messages: Sequence[Message]) -> dict[int, set[str]]:
    """Message number → how this person has answered it; asks nothing where nobody has answered anything."""
    answered = [one.pk for one in messages if reactions_to(one)]
    found: dict[int, set[str]] = {}
    if answered:
        own = Reaction.objects.filter(member=member, message__in=answered)
        for number, kind in own.values_list("message__number", "kind"):
            found.setdefault(number, set()).add(kind)
    return found


def who_reacted(message: Message, names: Names) -> list[WhoReacted]:
    """Everybody who has answered it, phrase by phrase."""
    if message.is_removed:
        return []
    people: dict[str, list[PersonShown]] = {}
    for one in Reaction.objects.filter(message=message).select_related("member__organization"):
        people.setdefault(one.kind, []).append(names.of(one.member))
    return [WhoReacted(kind, people[kind]) for kind in ReactionKind if kind in people]
