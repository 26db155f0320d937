"""What follows from the facts, by the rules of the issue and nothing else.

> A person reads a client's record and rooms only while their organization has a seat on the client's care team, a
> written consent covers that organization and purpose, and the seat's period is open; or a recorded legal exception
> says otherwise. City staff see the clients of their own division, not all. Sharing by hand, where no rule covers it,
> is revocable and expiring.

No line of the application is imported here.
"""

from tests.oracle.facts import BODIES, CASES, GROUP, PEOPLE, Case, Object, Person, Place, Talk

# How a person stands to a client; the first that holds.
CHARGE, TEAM, GUEST, HAND, URGENT, CARD, HIDDEN = "charge", "team", "guest", "hand", "urgent", "card", "hidden"
INTRODUCED = "introduced"
# How a person stands to a room.
READS, MEMBER_READS, GUEST_READS, URGENT_READS = "reads", "member", "guest", "urgent"
SEES = {CHARGE, TEAM, GUEST, INTRODUCED, HAND, URGENT}

TOWNS = {body.name: body.town for body in BODIES}
BY_NAME = {person.name: person for person in PEOPLE}
CASE_BY_NAME = {case.name: case for case in CASES}


def places_of(person: Person) -> tuple[Place, ...]:
    return BY_NAME[person.as_account_of].places if person.as_account_of else person.places


def outside(person: Person, below: str) -> str:
    """Why a person does not even come into a town; empty when they do."""
    if person.is_disabled:
        return "none"
    if person.session in {"none", "one-factor", "revoked"}:
        return person.session
    if place_in(person, below) is None:
        return "no-place"
    return "locked" if person.session == "locked" else ""


def place_in(person: Person, below: str) -> Place | None:
    here = [
        place
        for place in places_of(person)
        if TOWNS[place.body] == below and not place.is_over and not place.is_suspended
    ]
    return here[0] if here else None


def standing(person: Person, thing: Object) -> str:
    """To a client: in charge of them, on their team, let in by hand, waiting for their consent, or none of it."""
    case = CASE_BY_NAME.get(thing.case)
    if outside(person, thing.below) or case is None or case.town != thing.below:
        return HIDDEN
    place = place_in(person, thing.below)
    assert place is not None

    if case.division and case.division == place.body and place.role in {"desk", "member"}:
        return CHARGE
    chair = case.chairs.get(place.body)
    if chair == "open" and covers(case, place.body, to="coordinate"):
        return GUEST if place.role == "guest" else TEAM
    if chair == "introduced" and covers(case, place.body, to="introduce"):
        return GUEST if place.role == "guest" else INTRODUCED
    if covers(case, place.body, to="coordinate") and opened_by_hand(case, person):
        return HAND
    if opened_in_emergency(case, person):
        return URGENT
    return CARD if chair in {"open", "introduced"} else HIDDEN


def covers(case: Case, body: str, *, to: str) -> bool:
    return any(body in paper.bodies and paper.state == "in-force" and paper.to == to for paper in case.papers)


def opened_by_hand(case: Case, person: Person) -> bool:
    return case.hands.get(person.as_account_of or person.name) == "open"


def opened_in_emergency(case: Case, person: Person) -> bool:
    """A recorded legal exception: two hours, to be read and not to be changed."""
    return case.urgent.get(person.as_account_of or person.name) == "open"


def standing_in_room(person: Person, thing: Object) -> str:
    """Who is in a room reads it; in a client's room only while they see the client."""
    if outside(person, thing.below):
        return HIDDEN
    place = place_in(person, thing.below)
    assert place is not None
    # An emergency opens the client's rooms with the record, whether one is in them or not: to be read.
    if thing.case and standing(person, thing) == URGENT:
        return URGENT_READS
    if (person.as_account_of or person.name) not in talk_of(thing).people:
        return HIDDEN
    if thing.case and standing(person, thing) not in SEES:
        return HIDDEN
    if place.role == "guest":
        return GUEST_READS
    # A room about nobody is administered by who opened it; a client's by everybody on the team who is in it.
    is_owner = thing.case or (person.as_account_of or person.name) == talk_of(thing).people[0]
    return READS if is_owner else MEMBER_READS


def talk_of(thing: Object) -> Talk:
    return CASE_BY_NAME[thing.case].talk if thing.case else GROUP


def reads_first_message(person: Person, thing: Object) -> bool:
    name = person.as_account_of or person.name
    return standing_in_room(person, thing) != HIDDEN and name not in talk_of(thing).from_second


def hands_over(person: Person, thing: Object) -> bool:
    """A whole room leaves the house by somebody who is shown all of it, and who answers for a client's record there."""
    answers = not thing.case or standing(person, thing) in {CHARGE, TEAM}
    return standing_in_room(person, thing) == READS and reads_first_message(person, thing) and answers


def is_told_telephone(person: Person, thing: Object) -> bool:
    """The family's own data: for the division by law, in an emergency, and for the organization that wrote it down."""
    place = None if outside(person, thing.below) else place_in(person, thing.below)
    wrote = place is not None and place.body == {"here": "aozora", "there": "tonari"}[thing.below]
    seen_as = standing(person, thing)
    return seen_as in {CHARGE, URGENT} or (seen_as in SEES and wrote)


def knows_places(person: Person, thing: Object) -> bool:
    """Where a protected client is: opened only by named persons with two-person approval, and by no emergency."""
    case = CASE_BY_NAME.get(thing.case)
    stands = standing(person, thing)
    if case is None or stands not in SEES or not case.is_protected:
        return stands in SEES
    return (person.as_account_of or person.name) in case.let_in and stands != URGENT


def inspects(person: Person, thing: Object) -> bool:
    """Whether the person has named the basis in law on which they look into this record."""
    case = CASE_BY_NAME.get(thing.case)
    is_here = case is not None and case.town == thing.below and not outside(person, thing.below)
    return is_here and case is not None and case.inspects == (person.as_account_of or person.name)


def keeps(person: Person, thing: Object) -> bool:
    """People with a legal duty keep what the law names: an organization that had a seat and a consent, and has lost them."""
    case = CASE_BY_NAME.get(thing.case)
    if outside(person, thing.below) or case is None or case.town != thing.below or standing(person, thing) in SEES:
        return False
    place = place_in(person, thing.below)
    assert place is not None
    had_seat = case.chairs.get(place.body) in {"open", "ended"}
    held = [paper for paper in case.papers if place.body in paper.bodies and paper.to == "coordinate"]
    had_consent = any(paper.state in {"in-force", "withdrawn", "over"} for paper in held)
    return place.role in {"desk", "member"} and had_seat and had_consent


def cares(person: Person, thing: Object) -> bool:
    """Who may change a client's team and consents."""
    return standing(person, thing) in {CHARGE, TEAM}


def has_consent_that_ends_soon(thing: Object) -> bool:
    case = CASE_BY_NAME.get(thing.case)
    return case is not None and any(paper.ends_soon and paper.state == "in-force" for paper in case.papers)


def registers(person: Person, below: str) -> bool:
    """The desk and people at work register clients; guests, admins and auditors do not."""
    place = place_in(person, below)
    return place is not None and place.role in {"desk", "member"}


def is_division(person: Person, below: str) -> bool:
    place = place_in(person, below)
    return place is not None and place.body in {"elderly", "child", "systems"}


def concerns(person: Person, thing: Object) -> bool:
    """Whether any fact ties the person to the client or the room: every deed is tried on those, a few on all others."""
    name = person.as_account_of or person.name
    talk = talk_of(thing)
    if name in {*talk.people, *talk.gone}:
        return True
    case = CASE_BY_NAME.get(thing.case)
    if case is None:
        return False
    bodies = {place.body for place in places_of(person)}
    return bool(bodies & {*case.chairs, case.division}) or name in case.hands or name in case.urgent
