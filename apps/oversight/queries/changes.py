"""What changed between two days in who may open what: added, removed or resting on something else, and the deed that did it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.audit.models import Entry, Outcome
from apps.oversight.queries.entries import EntryShown, shown
from apps.oversight.queries.standings import Standing

CHANGES = {
    "added": pgettext_lazy("access", "added"),
    "removed": pgettext_lazy("access", "removed"),
    "changed": pgettext_lazy("access", "rests on something else"),
}
# What opens or closes, by the way it does so.
OF_TEAMS = ("clients.seat_given", "clients.seat_ended", "clients.consent_recorded", "clients.consent_withdrawn")
OF_DIVISIONS = ("clients.registered", "clients.imported", "clients.transferred", "clients.transfer_approved")
OF_HAND = ("clients.opened_by_hand", "clients.closed_by_hand")
OF_PLACES = (
    *("environments.member_added", "environments.member_ended", "environments.suspended"),
    *("environments.suspension_lifted",),
)


@dataclass(frozen=True)
class Change:
    """Of one person and one client: how it was, how it is, and the last deed between that explains it, if any does."""

    kind: str
    before: Standing | None
    after: Standing | None
    deed: EntryShown | None = None

    @property
    def standing(self) -> Standing:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def words(self) -> str:
        return str(CHANGES[self.kind])


def changes(before: list[Standing], after: list[Standing], since: datetime, until: datetime | None) -> list[Change]:
    was, now = {one.pair: one for one in before}, {one.pair: one for one in after}
    found = [Change("added", None, now[pair]) for pair in now.keys() - was.keys()]
    found += [Change("removed", was[pair], None) for pair in was.keys() - now.keys()]
    both = was.keys() & now.keys()
    found += [Change("changed", was[one], now[one]) for one in both if was[one].keys != now[one].keys]
    return explained(sorted(found, key=place_in_list), since, until)


def place_in_list(change: Change) -> tuple[int, str, str, str]:
    one = change.standing
    return list(CHANGES).index(change.kind), one.client.kana, one.member.kana, str(one.client.pk)


def explained(found: list[Change], since: datetime, until: datetime | None) -> list[Change]:
    """The deeds between, asked for once for all of the clients and places."""
    clients = {one.standing.client.pk for one in found}
    places = {str(part.member.pk) for one in found for part in (one.before, one.after) if part is not None}
    verbs = Q(verb__in=[*OF_TEAMS, *OF_DIVISIONS, *OF_HAND]) | Q(verb__startswith="clients.exception_")
    about = (verbs | Q(verb="clients.glass_broken") | Q(verb__startswith="clients.report_")) & Q(client_id__in=clients)
    deeds = Entry.objects.filter(about | Q(verb__in=OF_PLACES, subject_id__in=places), outcome=Outcome.DONE)
    between = {"recorded_at__gt": since} | ({} if until is None else {"recorded_at__lte": until})
    rows = deeds.filter(**between).order_by("-recorded_at", "-pk")
    by_client: dict[UUID | None, list[EntryShown]] = defaultdict(list)
    for one in shown(list(rows)):
        by_client[one.entry.client_id].append(one)
    return [Change(one.kind, one.before, one.after, deed_of(one, by_client)) for one in found]


def deed_of(change: Change, deeds: dict[UUID | None, list[EntryShown]]) -> EntryShown | None:
    """The newest that fits; none where a period began or ended by itself."""
    candidates = deeds[change.standing.client.pk] + deeds[None]
    return next((one for one in candidates if fits(one.entry, change)), None)


def fits(entry: Entry, change: Change) -> bool:
    people = [part.member for part in (change.before, change.after) if part is not None]
    bodies = {str(one.organization_id) for one in people}
    places = {str(one.pk) for one in people}
    differing = differs(change)
    if entry.verb in OF_PLACES:
        return entry.subject_id in places
    if entry.verb in OF_HAND:
        return "hand" in differing and entry.detail.get("member") in places
    if entry.verb in OF_TEAMS:
        named = entry.detail.get("organization")
        return not differing.isdisjoint({"coordination", "introduction", "hand"}) and (named is None or named in bodies)
    if entry.verb in OF_DIVISIONS:
        return "division" in differing
    return not differing.isdisjoint({"break-glass", "report"}) and str(entry.member_id) in places


def differs(change: Change) -> set[str]:
    """The kinds of ways in which it is not as it was."""
    was = change.before.keys if change.before else set()
    now = change.after.keys if change.after else set()
    return {str(key[0]) for key in was ^ now}
