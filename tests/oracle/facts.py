"""What is the case in the oracle's small town, in plain words: who works where, which papers are signed, who sits where.

No line of the application is imported here. `rules.py` draws its conclusions from these facts, `world.py` writes them
down as rows, and `standings.txt` says by hand what must follow.
"""

from dataclasses import dataclass, field

HERE, THERE = "here", "there"


@dataclass(frozen=True)
class Body:
    """An organization: where it takes part, and as what."""

    name: str
    kind: str
    town: str = HERE


@dataclass(frozen=True)
class Place:
    """A person's place in one town, for one organization, in one role. `is_over`: the person has left;
    `is_suspended`: a review has closed the place for the time being."""

    body: str
    role: str = "member"
    is_over: bool = False
    is_suspended: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody who knocks. `session` says how they have signed in."""

    name: str
    places: tuple[Place, ...]
    # whole, one-factor, locked, none; `token`: a program with the token of a device; `revoked`: of a revoked one
    session: str = "whole"
    is_disabled: bool = False
    is_superuser: bool = False
    # Differs from a colleague in rooms only: of what is done with clients, a few deeds show that.
    is_about_rooms: bool = False
    # The same account as somebody else, seen through another session.
    as_account_of: str = ""


@dataclass(frozen=True)
class Paper:
    """A signed consent. `state`: in-force, withdrawn, over, family-only, coming. `to`: coordinate care, or introduce."""

    bodies: tuple[str, ...]
    state: str = "in-force"
    ends_soon: bool = False
    to: str = "coordinate"


@dataclass(frozen=True)
class Talk:
    """A room: its people. `from_second`: people to whom only the second of its two messages is shown."""

    people: tuple[str, ...]
    from_second: tuple[str, ...] = ()
    # People whose time in the room is over.
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A client and everything that decides who sees them. `chairs`: organization → open, ended, coming, or
    `introduced`: open, and for an introduction only."""

    name: str
    town: str = HERE
    division: str = ""
    chairs: dict[str, str] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    # Person → open, over
    hands: dict[str, str] = field(default_factory=dict)
    # Person → open, over: opened by the person in an emergency, for two hours.
    urgent: dict[str, str] = field(default_factory=dict)
    talk: Talk = Talk(())
    # Where the client is to be found is withheld, but from those whom two others have let in.
    is_protected: bool = False
    let_in: tuple[str, ...] = ()
    # Who has asked to be let in, and waits.
    asks: str = ""
    # Who inspects the record, on a basis in law.
    inspects: str = ""


BODIES = [
    Body("elderly", "city_division"),
    Body("child", "city_division"),
    Body("systems", "city_division"),
    Body("hidamari", "care_management_office"),
    Body("aozora", "visiting_nurse_station"),
    Body("midori", "home_help_office"),
    Body("tsubasa", "day_service"),
    Body("kaede", "clinic"),
    Body("minato", "pharmacy"),
    Body("momiji", "consultation_support"),
    Body("hikari", "community_support_center"),
    Body("asahi", "day_service"),
    Body("soyo", "equipment_supplier"),
    Body("sasaki", "family"),
    Body("sakaki", "clinic"),
    Body("kita", "other"),
    Body("tonari", "care_management_office", THERE),
    Body("minami", "day_service", THERE),
    Body("higashi", "other", THERE),
    Body("nishi", "other", THERE),
]

PEOPLE = [
    Person("desk", (Place("elderly", "desk"),)),
    Person("admin of the division", (Place("elderly", "admin"),)),
    Person("other desk", (Place("child", "desk"),)),
    Person("manager", (Place("hidamari"),)),
    Person("colleague", (Place("hidamari"),), is_about_rooms=True),
    Person("newcomer", (Place("momiji"),), is_about_rooms=True),
    Person("waiting", (Place("midori"),)),
    Person("seat ended", (Place("tsubasa"),)),
    Person("consent withdrawn", (Place("kaede"),)),
    Person("consent over", (Place("minato"),)),
    Person("introduced", (Place("asahi"),)),
    Person("by hand", (Place("hikari"),)),
    Person("by hand, over", (Place("hikari"),)),
    Person("emergency", (Place("sakaki"),)),
    Person("emergency, over", (Place("sakaki"),)),
    Person("guest", (Place("soyo", "guest"),)),
    Person("outsider", (Place("kita", "guest"),)),
    Person("family", (Place("sasaki", "guest"),)),
    Person("admin", (Place("systems", "admin"),)),
    Person("auditor", (Place("systems", "auditor"),)),
    Person("superuser", (Place("kita"),), is_superuser=True),
    Person("two places", (Place("momiji"), Place("tonari"))),
    Person("stranger", (Place("tonari"),)),
    Person("left", (Place("hidamari", is_over=True),)),
    Person("suspended", (Place("hidamari", is_suspended=True),)),
    Person("disabled", (Place("hidamari"),), is_disabled=True),
    Person("one factor", (), "one-factor", as_account_of="manager"),
    Person("locked", (), "locked", as_account_of="manager"),
    Person("program", (), "token", as_account_of="manager"),
    Person("revoked program", (), "revoked", as_account_of="manager"),
    Person("signed out", (), "none"),
]

# They never knock: they speak in every room, could join one, stand in for somebody, could be let in by hand.
OTHERS = [
    Person("voice", (Place("aozora"),)),
    Person("joiner", (Place("aozora"),)),
    Person("stand-in", (Place("hikari"),)),
    Person("reserve", (Place("hikari"),)),
    Person("neighbour", (Place("tonari"),)),
    Person("neighbour's joiner", (Place("tonari"),)),
    Person("neighbour's stand-in", (Place("minami"),)),
    Person("neighbour's reserve", (Place("minami"),)),
]

CASES = [
    # The client of one's own work, with everything that can happen to a team.
    Case(
        "own",
        division="elderly",
        chairs={
            "hidamari": "open",
            "aozora": "open",
            "midori": "open",
            "tsubasa": "ended",
            "kaede": "open",
            "minato": "open",
            "soyo": "open",
            "momiji": "open",
            "asahi": "introduced",
        },
        papers=(
            Paper(("hidamari", "aozora", "tsubasa", "hikari", "soyo", "momiji"), ends_soon=True),
            Paper(("midori", "asahi"), to="introduce"),
            Paper(("midori",), "family-only"),
            Paper(("kaede",), "withdrawn"),
            Paper(("minato",), "over"),
        ),
        hands={"by hand": "open", "by hand, over": "over", "stand-in": "open"},
        urgent={"emergency": "open", "emergency, over": "over"},
        talk=Talk(
            (
                "voice",
                "suspended",
                "manager",
                "newcomer",
                "waiting",
                "seat ended",
                "consent withdrawn",
                "consent over",
                "by hand",
                "by hand, over",
                "guest",
                "other desk",
                "admin",
                "disabled",
                "left",
            ),
            from_second=("newcomer",),
            gone=("colleague",),
        ),
        inspects="auditor",
    ),
    # A client of the same office, in whose room other people of it talk.
    Case(
        "same office",
        division="elderly",
        chairs={"hidamari": "open", "aozora": "open"},
        papers=(Paper(("hidamari", "aozora", "hikari")),),
        hands={"stand-in": "open"},
        talk=Talk(("voice", "colleague")),
    ),
    Case(
        "other division",
        division="child",
        chairs={"aozora": "open", "midori": "coming", "asahi": "introduced"},
        papers=(Paper(("aozora", "hikari", "midori", "asahi")),),
        hands={"stand-in": "open"},
        talk=Talk(("voice", "desk")),
    ),
    # Without a division: only seats and consents decide.
    Case(
        "ended",
        chairs={"hidamari": "ended", "aozora": "open", "kaede": "open"},
        papers=(Paper(("hidamari", "aozora", "hikari"), ends_soon=True), Paper(("kaede",), "coming")),
        hands={"stand-in": "open"},
        talk=Talk(("voice", "manager")),
    ),
    Case(
        "withdrawn",
        chairs={"hidamari": "open", "aozora": "open"},
        papers=(Paper(("hidamari",), "withdrawn"), Paper(("aozora", "hikari"))),
        hands={"stand-in": "open"},
        talk=Talk(("voice", "manager", "desk")),
    ),
    Case(
        "elsewhere",
        town=THERE,
        chairs={"tonari": "open", "higashi": "open"},
        papers=(Paper(("tonari", "minami"), ends_soon=True),),
        hands={"neighbour's stand-in": "open"},
        talk=Talk(("neighbour", "two places", "stranger")),
    ),
    # Nobody is told where this client is, but the manager.
    Case(
        "protected",
        division="elderly",
        chairs={"hidamari": "open", "aozora": "open", "soyo": "open"},
        papers=(Paper(("hidamari", "aozora", "hikari", "soyo")),),
        hands={"by hand": "open", "stand-in": "open"},
        urgent={"emergency": "open"},
        talk=Talk(("voice", "manager", "colleague")),
        is_protected=True,
        let_in=("manager",),
        asks="colleague",
    ),
]

# A room about nobody: who is in it reads it.
GROUP = Talk(("voice", "manager", "outsider", "admin"), gone=("colleague",))


@dataclass(frozen=True)
class Object:
    """What is knocked for: a client (and the client's room), or the room about nobody, asked for below a town."""

    name: str
    case: str
    below: str


PROTECTED = Object("protected", "protected", HERE)
OBJECTS = [
    # What is asked of the protected client is another section of the table.
    *(Object(case.name, case.name, case.town) for case in CASES if not case.is_protected),
    Object("group", "", HERE),
    # Real ids of one town, asked for below the other.
    Object("elsewhere, asked for here", "elsewhere", HERE),
    Object("own, asked for elsewhere", "own", THERE),
]
