"""Any history of seats, consents, openings by hand, emergencies, reports, protection and places: access is the rule, at every instant of it.

The rule stands here a second time, over plain numbers of days, and shares no line with the code it is held against.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.clients.access import (
    can_change_team,
    can_see,
    can_see_places,
    clients_in_care_of,
    clients_visible_to,
    people_ever_near,
    people_who_can_see,
    why_visible,
    withheld_among,
)
from apps.clients.models import Charge, Client
from apps.environments.models import Member
from apps.rooms.access import people_who_can_read, rooms_readable_by
from apps.rooms.models import TalkRoom
from tests import makers

DAYS = 6
START = datetime(2026, 4, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
BODIES = {"division": "city_division", "other division": "city_division", "office": "clinic", "station": "clinic"}
JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True)
class Span:
    """From a day on, until before another; without end where that is None."""

    begins: float
    ends: float | None = None

    def holds(self, at: float) -> bool:
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True)
class Consent:
    bodies: frozenset[str]
    is_for_kind: bool
    purpose: str
    is_about_family: bool
    span: Span
    withdrawn: int | None

    def covers(self, body: str, at: float, to: str) -> bool:
        # A row that is withdrawn says so from the moment it was written: the history writes it on that day.
        is_withdrawn = self.withdrawn is not None and at >= self.withdrawn
        named = BODIES[body] == "clinic" if self.is_for_kind else body in self.bodies
        fits = self.purpose == to and not self.is_about_family
        return named and fits and self.span.holds(at) and not is_withdrawn


@dataclass(frozen=True)
class Work:
    """A person's place: for whom, as what, from when until when."""

    body: str
    role: str
    span: Span


@dataclass(frozen=True)
class Chair:
    """A seat: whose, for what, when."""

    body: str
    to: str
    span: Span


@dataclass(frozen=True)
class Report:
    """Of an abuse: asked for on a day, confirmed two hours later or never, ended by hand on a later day or never."""

    asked: int
    is_confirmed: bool
    ended: int | None

    def holds(self, at: float) -> bool:
        opened = self.asked + 1 / 12
        return self.is_confirmed and opened <= at < opened + 3 and (self.ended is None or at < self.ended)


@dataclass(frozen=True)
class History:
    charges: list[str | None]
    seats: list[Chair]
    consents: list[Consent]
    works: list[Work]
    hand: int | None
    urgent: Span | None
    report: Report | None
    protected: Span | None
    let_in: Span | None
    suspended: Span | None
    in_room: Span

    def work(self, at: float) -> Work | None:
        if self.suspended is not None and self.suspended.holds(at):
            return None
        return next((work for work in self.works if work.span.holds(at)), None)

    def sees(self, at: float) -> bool:
        return self.sees_in_the_ordinary_way(at) or self.is_excepted(at)

    def sees_in_the_ordinary_way(self, at: float) -> bool:
        work = self.work(at)
        if work is None:
            return False
        by_hand = self.hand is not None and at < self.hand and self.is_covered(work.body, at, "coordination")
        seated = self.sits(work, at, "coordination") or self.sits(work, at, "introduction")
        return self.is_in_charge(work, at) or seated or by_hand

    def cares(self, at: float) -> bool:
        """Who is introduced, let in by hand or called in an emergency reads, and changes neither team nor consents."""
        work = self.work(at)
        if work is None or work.role == "guest":
            return False
        return self.is_in_charge(work, at) or self.sits(work, at, "coordination")

    def is_in_charge(self, work: Work, at: float) -> bool:
        return self.charges[min(int(at), DAYS)] == work.body and work.role in {"desk", "member"}

    def sits(self, work: Work, at: float, to: str) -> bool:
        has_seat = any(seat.body == work.body and seat.to == to and seat.span.holds(at) for seat in self.seats)
        return has_seat and self.is_covered(work.body, at, to)

    def is_covered(self, body: str, at: float, to: str) -> bool:
        return any(consent.covers(body, at, to) for consent in self.consents)

    def is_excepted(self, at: float) -> bool:
        """An emergency and a report belong to the place in which they were opened, which is the first one."""
        is_open = any(one is not None and one.holds(at) for one in (self.urgent, self.report))
        return is_open and self.work(at) is self.works[0]

    def knows_places(self, at: float) -> bool:
        """Where the client is: told with the client, but of a protected one only to whom was let in, and who sees the
        client for a reason of their own. It was the first place that asked."""
        if self.protected is None or not self.protected.holds(at):
            return self.sees(at)
        is_let_in = self.let_in is not None and self.let_in.holds(at) and self.work(at) is self.works[0]
        return is_let_in and self.sees_in_the_ordinary_way(at)

    def reads(self, at: float) -> bool:
        # The room knows the first place only: whoever changes the organization is admitted anew. An exception opens the
        # rooms with the client.
        if self.is_excepted(at):
            return True
        return self.sees(at) and self.in_room.holds(at) and self.work(at) is self.works[0]


days = st.integers(0, DAYS - 1)


@st.composite
def spans(draw: Any, *, endless: bool = True) -> Span:
    begins = draw(days)
    ends = draw(st.integers(begins + 1, DAYS))
    return Span(begins, None if endless and draw(st.booleans()) else ends)


@st.composite
def seats(draw: Any) -> list[Chair]:
    """At most two for an organization, one after the other."""
    found = []
    for body in ("office", "station"):
        marks = sorted(draw(st.lists(days, unique=True, max_size=4)))
        pairs = [Span(begins, ends) for begins, ends in zip(marks[::2], [*marks[1::2], None], strict=False)]
        found += [Chair(body, draw(st.sampled_from(["coordination", "introduction"])), span) for span in pairs]
    return found


@st.composite
def consents(draw: Any) -> Consent:
    span = draw(spans())
    return Consent(
        bodies=frozenset(draw(st.sets(st.sampled_from(["office", "station"]), min_size=1))),
        is_for_kind=draw(st.booleans()),
        purpose=draw(st.sampled_from(["coordination", "introduction", "emergency"])),
        is_about_family=draw(st.sampled_from([False, False, True])),
        span=span,
        withdrawn=draw(st.none() | st.integers(0, DAYS)),
    )


@st.composite
def works(draw: Any) -> list[Work]:
    """One place, or one after another: people change organizations in the middle of everything, or leave."""
    body, role = st.sampled_from(list(BODIES)), st.sampled_from(["member", "desk", "admin", "auditor", "guest"])
    changes = draw(st.none() | st.integers(1, DAYS - 1))
    first = Work(draw(body), draw(role), Span(-9, changes))
    if changes is None or draw(st.booleans()):
        return [first]
    return [first, Work(draw(body), draw(role), Span(changes))]


histories = st.builds(
    History,
    charges=st.lists(st.sampled_from([None, "division", "other division"]), min_size=DAYS + 1, max_size=DAYS + 1),
    seats=seats(),
    consents=st.lists(consents(), max_size=3),
    works=works(),
    hand=st.none() | st.integers(0, DAYS),
    urgent=st.none() | days.map(lambda day: Span(day, day + 1 / 12)),
    report=st.none() | st.builds(Report, days, st.sampled_from([True, True, False]), st.none() | st.integers(1, DAYS)),
    protected=st.none() | spans(),
    let_in=st.none() | spans(endless=False),
    suspended=st.none() | spans(endless=False),
    in_room=spans(),
)


@dataclass
class Written:
    """The history as rows. What has no period of its own (a withdrawal, a suspension) is written on its day."""

    history: History
    bodies: dict[str, Any]
    client: Client
    members: list[Member]
    room: Any
    clerks: list[Member]
    records: list[Any] = field(default_factory=list)

    def on(self, at: float) -> None:
        is_suspended = self.history.suspended is not None and self.history.suspended.holds(at)
        Member.objects.filter(pk__in=[member.pk for member in self.members]).update(
            suspended_at=moment(at) if is_suspended else None
        )
        for consent, record in zip(self.history.consents, self.records, strict=True):
            if consent.withdrawn is not None and at >= consent.withdrawn and record.withdrawn_at is None:
                record.withdrawn_at, record.withdrawn_by = moment(consent.withdrawn), self.members[0]
                record.save(update_fields=["withdrawn_at", "withdrawn_by"])
        self.report_on(at)
        self.protect_on(at)

    def report_on(self, at: float) -> None:
        report = self.history.report
        if report is not None and report.ended is not None and at >= max(report.ended, report.asked):
            ended = {"ended_at": moment(max(report.ended, report.asked)), "ended_by": self.members[0]}
            self.client.exceptions.filter(kind="report", ended_at=None).update(**ended)

    def protect_on(self, at: float) -> None:
        protected, let_in = self.history.protected, self.history.let_in
        Client.objects.filter(pk=self.client.pk).update(is_protected=protected is not None and protected.holds(at))
        if (
            let_in is not None
            and let_in.ends is not None
            and at >= let_in.begins
            and not self.client.petitions.exists()
        ):
            asked = moment(let_in.begins)
            hands = {"first_by": self.clerks[0], "second_by": self.clerks[1], "closes_at": moment(let_in.ends)}
            times = {"asked_at": asked, "decide_until": asked + timedelta(hours=72)}
            makers.make_petition(self.client, by=self.members[0], **times, **hands)


def moment(day: float) -> datetime:
    return START + timedelta(days=day)


def period(span: Span) -> dict[str, Any]:
    return {"valid_from": moment(span.begins), "valid_to": None if span.ends is None else moment(span.ends)}


def write(cast: Any, history: History) -> Written:
    around = cast.environment
    bodies = {name: makers.make_organization(around, f"歴史 {name}", kind) for name, kind in BODIES.items()}
    user = makers.make_user()
    members = [
        makers.make_member(bodies[work.body], user, role=work.role, **period(work.span)) for work in history.works
    ]
    client = makers.make_client(around, seats=[], registered_at=moment(-9))
    for day, body in enumerate(history.charges):
        if body is not None:
            span = Span(day, day + 1 if day < DAYS else None)
            Charge.objects.create(environment=around, client=client, division=bodies[body], **period(span))
    for seat in history.seats:
        makers.make_seat(client, bodies[seat.body], purpose=seat.to, **period(seat.span))
    records = [
        makers.make_consent(
            client,
            by=members[0],
            organizations=[] if one.is_for_kind else [bodies[body] for body in one.bodies],
            kinds=["clinic"] if one.is_for_kind else [],
            purposes=[one.purpose],
            **({"covers_family": True, "signer": "family", "relation": "長女"} if one.is_about_family else {}),
            **period(one.span),
        )
        for one in history.consents
    ]
    if history.hand is not None:
        grant: Any = assign_perm("view_client", user, client)
        grant.expires_at = moment(history.hand)
        grant.save(update_fields=["expires_at"])
    if history.urgent is not None:
        opened = moment(history.urgent.begins)
        makers.make_exception(
            client, by=members[0], asked_at=opened, opens_at=opened, closes_at=opened + timedelta(hours=2)
        )
    if history.report is not None:
        asked = moment(history.report.asked)
        opened = asked + timedelta(hours=2) if history.report.is_confirmed else None
        times = {"asked_at": asked, "confirm_until": asked + timedelta(hours=24), "opens_at": opened}
        closes = {"closes_at": None if opened is None else opened + timedelta(hours=72), "second": cast.tanaka}
        words = {"kind": "report", "ground": "elder_abuse", "place": 2}
        makers.make_exception(client, by=members[0], **words, **times, **closes)
    room = makers.make_room(members=members[:1], client=client)
    room.memberships.update(**period(history.in_room))
    return Written(history, bodies, client, members, room, [cast.tanaka, cast.sato], records)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_access_is_the_rule_at_every_instant_of_any_history(cast, history):
    with transaction.atomic():
        live_through(write(cast, history))
        transaction.set_rollback(True)


def live_through(written: Written) -> None:
    """What happens in a day begins on its first moment; an emergency ends two hours into it."""
    for day in range(DAYS + 1):
        for at, instant in (
            (day, moment(day)),
            (day + 1 / 12 - 0.01, moment(day + 1 / 12) - JUST_BEFORE),
            (day + 1 / 12, moment(day + 1 / 12)),
            (day + 0.99, moment(day + 1) - JUST_BEFORE),
        ):
            with time_machine.travel(instant, tick=False):
                written.on(at)
                compare(written, at)


def compare(written: Written, at: float) -> None:
    history, client = written.history, Client.objects.get(pk=written.client.pk)
    work, sees, reads = history.work(at), history.sees(at), history.reads(at)
    knows, is_protected = history.knows_places(at), history.protected is not None and history.protected.holds(at)
    seeing = set(people_who_can_see(client).values_list("pk", flat=True))
    room = TalkRoom.objects.get(pk=written.room.pk)
    reading = set(people_who_can_read(room).values_list("pk", flat=True))
    for row, member in zip(history.works, written.members, strict=True):
        member = Member.objects.select_related("organization").get(pk=member.pk)
        is_present = row is work
        about = f"day {at}, {row}"
        assert can_see(member, client) == (is_present and sees), about
        assert (member.pk in seeing) == (is_present and sees), about
        assert can_change_team(member, client) == (is_present and history.cares(at)), about
        assert (why_visible(member, client) is not None) == (is_present and sees), about
        assert (member.pk in reading) == (is_present and reads), about
        assert can_see_places(member, client) == (is_present and knows), about
        assert bool(withheld_among(member, [client.pk])) == (is_protected and not (is_present and knows)), about
        if is_present:
            assert clients_visible_to(member).filter(pk=client.pk).exists() == sees, about
            assert clients_in_care_of(member).filter(pk=client.pk).exists() == history.cares(at), about
            assert rooms_readable_by(member).filter(pk=room.pk).exists() == reads, about
        if is_present and sees:
            # Whoever sees a client now is among those whose screens are asked again when anything changes.
            assert people_ever_near(client).filter(pk=member.pk).exists(), about
