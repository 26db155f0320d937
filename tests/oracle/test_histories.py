"""Any history, written down as rows: access is the rule of histories.py, at every instant of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.db import transaction
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, example, given, settings

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
from tests.oracle.histories import (
    BODIES,
    DAYS,
    Hand,
    History,
    LetIn,
    Report,
    Span,
    histories,
    opened_by_people,
    openings,
)

START = datetime(2026, 4, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
JUST_BEFORE = timedelta(microseconds=1)


@dataclass
class Written:
    """The history as rows. What has no period of its own (a withdrawal, a suspension) is written on its day."""

    history: History
    bodies: dict[str, Any]
    client: Client
    members: list[Member]
    room: Any
    clerks: list[Member]
    colleague: Member
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
        protected = self.history.protected
        Client.objects.filter(pk=self.client.pk).update(is_protected=protected is not None and protected.holds(at))
        let_in = self.history.let_in
        if let_in is not None and at >= let_in.span.begins:
            self.let_in_on(at, let_in)

    def let_in_on(self, at: float, let_in: LetIn) -> None:
        if not self.client.petitions.exists():
            asked = moment(let_in.span.begins)
            words: dict[str, Any] = {"asked_at": asked, "decide_until": asked + timedelta(hours=72)}
            words |= dict(zip(["first_by", "second_by"], self.clerks[: let_in.approvals], strict=False))
            if let_in.approvals == 2 and let_in.span.ends is not None:
                words["closes_at"] = moment(let_in.span.ends)
            makers.make_petition(self.client, by=self.colleague if let_in.is_colleagues else self.members[0], **words)
        if let_in.ended is not None and at >= max(let_in.ended, let_in.span.begins):
            ended = {"ended_at": moment(max(let_in.ended, let_in.span.begins)), "ended_by": self.clerks[0]}
            self.client.petitions.filter(ended_at=None).update(**ended)


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
    colleague = makers.make_member(bodies[history.works[0].body], valid_from=moment(-9))
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
        grant: Any = assign_perm("view_client", colleague.user if history.hand.is_colleagues else user, client)
        grant.expires_at = moment(history.hand.until)
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
    return Written(history, bodies, client, members, room, [cast.tanaka, cast.sato], colleague, records)


TRIED: Any = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=5, **TRIED)
@given(history=histories)
def test_access_is_the_rule_at_every_instant_of_any_history(cast, history):
    with transaction.atomic():
        live_through(write(cast, history))
        transaction.set_rollback(True)


# Each way in that people open stands alone for once: what another one opens beside it would hide that it is broken.
@settings(max_examples=3, **TRIED)
@example(opened_by_people(hand=Hand(4)))
@example(opened_by_people(hand=Hand(4), protected=Span(1), let_in=LetIn(Span(2, 5), ended=3)))
@example(opened_by_people(urgent=Span(1, 1 + 1 / 12), report=Report(2, is_confirmed=True, ended=4)))
@given(history=openings)
def test_what_people_open_for_a_time_is_open_for_that_time_and_to_that_person(cast, history):
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
