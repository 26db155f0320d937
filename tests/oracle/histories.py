"""Histories of seats, consents, openings by hand, emergencies, reports, protection and places, drawn by chance, and the rule.

The rule stands here a second time, over plain numbers of days, and shares no line with the code it is held against.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

DAYS = 6
BODIES = {"division": "city_division", "other division": "city_division", "office": "clinic", "station": "clinic"}


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
        # Two hours are added last, as where the instants are made: of the same number another order makes another fraction.
        opens, closes = self.asked + 1 / 12, self.asked + 3 + 1 / 12
        return self.is_confirmed and opens <= at < closes and (self.ended is None or at < self.ended)


@dataclass(frozen=True)
class LetIn:
    """To the places of a protected client: asked for by the person or a colleague, approved by so many others, for a span,
    and ended by hand on a day or never."""

    span: Span
    approvals: int = 2
    is_colleagues: bool = False
    ended: int | None = None

    def holds(self, at: float) -> bool:
        is_ended = self.ended is not None and at >= max(self.ended, self.span.begins)
        return self.approvals == 2 and not self.is_colleagues and self.span.holds(at) and not is_ended


@dataclass(frozen=True)
class Hand:
    """Opened to the person or to a colleague, until a day."""

    until: int
    is_colleagues: bool = False

    def holds(self, at: float) -> bool:
        return not self.is_colleagues and at < self.until


@dataclass(frozen=True)
class History:
    charges: list[str | None]
    seats: list[Chair]
    consents: list[Consent]
    works: list[Work]
    hand: Hand | None
    urgent: Span | None
    report: Report | None
    protected: Span | None
    let_in: LetIn | None
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
        by_hand = self.hand is not None and self.hand.holds(at) and self.is_covered(work.body, at, "coordination")
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


hands = st.builds(Hand, st.integers(0, DAYS), st.sampled_from([False, False, True]))
reports = st.builds(Report, days, st.sampled_from([True, True, False]), st.none() | st.integers(1, DAYS))
emergencies = days.map(lambda day: Span(day, day + 1 / 12))
entrances = st.builds(
    LetIn,
    spans(endless=False),
    st.sampled_from([2, 2, 1, 0]),
    st.sampled_from([False, False, True]),
    st.none() | st.integers(1, DAYS),
)

histories = st.builds(
    History,
    charges=st.lists(st.sampled_from([None, "division", "other division"]), min_size=DAYS + 1, max_size=DAYS + 1),
    seats=seats(),
    consents=st.lists(consents(), max_size=3),
    works=works(),
    hand=st.none() | hands,
    urgent=st.none() | emergencies,
    report=st.none() | reports,
    protected=st.none() | spans(),
    let_in=st.none() | entrances,
    suspended=st.none() | spans(endless=False),
    in_room=spans(),
)


def opened_by_people(*, hand: Hand | None = None, **happened: Any) -> History:
    """Nobody sits on the team, and a consent that covers the office lasts: what opens was opened by people."""
    told: dict[str, Any] = {"urgent": None, "report": None, "protected": None, "let_in": None, "suspended": None}
    signed = Consent(frozenset({"office"}), False, "coordination", False, Span(0), None)
    return History(
        charges=[None] * (DAYS + 1),
        seats=[],
        consents=[signed],
        works=[Work("office", "member", Span(-9))],
        hand=hand,
        in_room=Span(0),
        **{**told, **happened},
    )


openings = st.builds(
    opened_by_people,
    hand=st.none() | hands,
    urgent=st.none() | emergencies,
    report=st.none() | reports,
    protected=st.none() | spans(),
    let_in=entrances,
)
