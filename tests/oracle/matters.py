"""What is neither a client nor a room, and tells of people all the same: exceptions, transfers, imports, access reviews.

Facts in plain words, and who knows of each by the rules of the issue. No line of the application is imported here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle import rules
from tests.oracle.facts import BODIES, HERE, THERE, Object, Person

HIDDEN = "hidden"
KINDS = {body.name: body.kind for body in BODIES}


@dataclass(frozen=True)
class Matter:
    """One thing of the town `here`. `by` has opened, planned, imported or begun it; `second` was asked to agree.

    `name` is its section in answers.txt, `case` the client whom it is about. `silent`: an organization that hears nothing.
    """

    name: str
    word: str
    case: str
    by: str
    second: str = ""
    silent: str = ""
    # Who was asked to answer for an organization's people.
    reviewer: str = ""


MATTERS = [
    Matter("emergency", "exception_id", "own", by="emergency"),
    Matter("emergency, over", "exception_id", "own", by="emergency, over"),
    # Known to the two people it lies between, until the second one has confirmed.
    Matter("report, asked", "exception_id", "own", by="by hand, over", second="other desk"),
    # The division in charge is suspected: neither its desk nor its admin hears of it.
    Matter("report, over", "exception_id", "own", by="by hand, over", second="other desk", silent="elderly"),
    Matter("transfer", "transfer_id", "same office", by="desk"),
    Matter("transfer, waiting", "transfer_id", "same office", by="desk"),
    Matter("import", "run_id", "same office", by="desk"),
    Matter("review", "review_id", "", by="admin", reviewer="manager"),
]
MATTER_BY_NAME = {one.name: one for one in MATTERS}


def things_of_matter(name: str) -> list[Object]:
    """The thing where it is, and its real id below another town."""
    return [Object(name, "", HERE), Object(f"{name}, asked for elsewhere", "", THERE)]


def standing_to(person: Person, matter: Matter, below: str) -> str:
    """How a person stands to it, as a column of its section; hidden where nothing ties them to it."""
    if rules.outside(person, below) or below != HERE:
        return HIDDEN
    return RULES[matter.word](person, matter)


def to_exception(person: Person, matter: Matter) -> str:
    """Announced to admins, auditors and the desk of the division in charge, but to no organization that may be what it is
    about. What nobody has confirmed is told to nobody else; an auditor, who reads every entry, finds it nevertheless."""
    place = rules.place_in(person, HERE)
    assert place is not None
    if name_of(person) in {matter.by, matter.second}:
        return "own" if name_of(person) == matter.by else "second"
    if place.role == "auditor":
        return "judge"
    if matter.name == "report, asked":
        return HIDDEN
    if place.body == matter.silent:
        return HIDDEN
    if place.role == "desk" and place.body == rules.CASE_BY_NAME[matter.case].division:
        return "judge"
    return "admin" if place.role == "admin" else HIDDEN


def to_transfer(person: Person, matter: Matter) -> str:
    """It lies between two divisions: from the elderly's to the children's."""
    if name_of(person) == matter.by:
        return "planner"
    place = rules.place_in(person, HERE)
    return "division" if place is not None and place.body in {"elderly", "child"} and works(person) else HIDDEN


def to_import(person: Person, matter: Matter) -> str:
    """A list belongs to the division that brought it."""
    place = rules.place_in(person, HERE)
    return "division" if place is not None and place.body == "elderly" and works(person) else HIDDEN


def to_review(person: Person, matter: Matter) -> str:
    """Admins ask, auditors watch, and who was asked answers."""
    place = rules.place_in(person, HERE)
    assert place is not None
    if name_of(person) == matter.reviewer:
        return "reviewer"
    return place.role if place.role in {"admin", "auditor"} else HIDDEN


RULES: dict[str, Callable[[Person, Matter], str]] = {
    "exception_id": to_exception,
    "transfer_id": to_transfer,
    "run_id": to_import,
    "review_id": to_review,
}


def name_of(person: Person) -> str:
    return person.as_account_of or person.name


def works(person: Person, below: str = HERE) -> bool:
    """The desk and people at work; guests, admins and auditors do not."""
    return rules.registers(person, below)


def is_told_whom(person: Person, matter: Matter) -> bool:
    """The second person cannot confirm what they do not know: they are told whom a report is about, while they are asked."""
    return matter.name == "report, asked" and name_of(person) == matter.second


# -- who may do what is not about anything yet: section → how somebody stands to it

DIVISION = {"city_division"}
# Who looks into a report of an abuse (高齢者虐待防止法 9条・17条).
INVESTIGATING = DIVISION | {"community_support_center", "core_consultation_center"}
# Who is called to a person in danger.
CALLED = INVESTIGATING | {"clinic", "visiting_nurse_station"}


def at_work_in(kinds: set[str]) -> Callable[[Person, str], str]:
    def judged(person: Person, below: str) -> str:
        place = rules.place_in(person, below)
        is_so = place is not None and KINDS[place.body] in kinds and works(person, below)
        return "yes" if is_so else "no"

    return judged


def with_role(role: str) -> Callable[[Person, str], str]:
    """Guests are told of nobody: what names a person is missing for them."""

    def judged(person: Person, below: str) -> str:
        place = rules.place_in(person, below)
        assert place is not None
        return "yes" if place.role == role else "guest" if place.role == "guest" else "no"

    return judged


MAY: dict[str, Callable[[Person, str], str]] = {
    "who registers": lambda person, below: "yes" if works(person, below) else "no",
    "who is called": at_work_in(CALLED),
    "who reports": at_work_in(INVESTIGATING),
    "who passes on": at_work_in(DIVISION),
    "who imports": at_work_in(DIVISION),
    "who inspects": with_role("auditor"),
    "who administers": with_role("admin"),
}
