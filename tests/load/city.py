"""A city for measuring lists: 100,000 clients of fifty offices, in the charge of two divisions."""

from dataclasses import dataclass

from tests.load.town import token_of

SLUG = "bench-city"
OFFICES, EACH = 50, 2_000
CLIENTS = OFFICES * EACH
# So many offices' clients are in the charge of the first division, the others in that of the second.
OF_THE_FIRST = 20


@dataclass(frozen=True)
class Person:
    """Somebody who opens lists: the session of their browser, their token for programs, and how many clients they see."""

    cookie: str
    token: str
    clients: int


@dataclass(frozen=True)
class City:
    slug: str
    office: Person
    division: Person
    # Of the same environment, sees nobody: the same page with nothing on it.
    stranger: Person


def settle_city() -> City:
    """Fill the database that Django is connected to: every client has a seat and a consent of one office."""
    from django_scopes import scope

    from tests import makers

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        divisions = [makers.make_organization(environment, name, "city_division") for name in ("第一課", "第二課")]
        clerk = makers.make_member(divisions[0], makers.make_user("bench-clerk"), role="desk")
        managers = []
        for nth in range(OFFICES):
            office = makers.make_organization(environment, f"事業所{nth}", "care_management_office")
            managers.append(makers.make_member(office, makers.make_user(f"bench-manager{nth}")))
            makers.make_clients(EACH, by=managers[-1], division=divisions[nth >= OF_THE_FIRST])
        aside = makers.make_organization(environment, "よそ", "care_management_office")
        stranger = makers.make_member(aside, makers.make_user("bench-nobody"))
    return City(
        slug=SLUG,
        office=person(managers[0], EACH),
        division=person(clerk, EACH * OF_THE_FIRST),
        stranger=person(stranger, 0),
    )


def person(member: object, clients: int) -> Person:
    from tests.live import session_cookie

    user = member.user  # type: ignore[attr-defined]
    cookie = session_cookie(user, second_factor=True)
    return Person(f"{cookie['name']}={cookie['value']}", token_of(user), clients)
