"""Writes the facts down as rows, once, and signs everybody in. Says which words betray whom."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from django_scopes import scope
from guardian.shortcuts import assign_perm

from apps.accounts.access import token_hash
from apps.accounts.models import Device, User
from apps.clients.models import Client, ConsentRecord
from apps.environments.models import Member, Organization
from apps.rooms import actions as rooms
from apps.rooms.models import TalkRoom
from tests import makers
from tests.browser import Browser
from tests.files.makers import attach_everything
from tests.live import session_cookie
from tests.notes.makers import make_note, make_task
from tests.oracle.beside import begin_matters, purpose_of, withhold
from tests.oracle.facts import (
    BODIES,
    CASES,
    GROUP,
    HERE,
    OBJECTS,
    OTHERS,
    PEOPLE,
    PROTECTED,
    THERE,
    Case,
    Paper,
    Person,
    Talk,
)
from tests.oracle.town import NAMES, SLUGS, Things, Town, ago
from tests.oversight.makers import make_code
from tests.records.makers import make_disclosure, make_record
from tests.saying import say


def build() -> Town:
    town = Town()
    for here, slug in SLUGS.items():
        town.environments[here] = makers.make_environment(slug, f"神託市 {slug}")
    for one in BODIES:
        with scope(environment=town.environments[one.town]):
            town.bodies[one.name] = makers.make_organization(town.environments[one.town], f"神託 {one.name}", one.kind)
    for person in [*PEOPLE, *OTHERS]:
        if not person.as_account_of:
            settle(town, person)
    for number, case in enumerate(CASES):
        with scope(environment=town.environments[case.town]):
            open_case(town, case, number)
    with scope(environment=town.environments[HERE]):
        town.rooms[""] = open_room(town, "group", GROUP, HERE, None)
        package = make_disclosure(town.rooms[""], by=town.member("voice", HERE))
        town.records[""] = {"disclosure_id": package.pk}
    town.things = {thing.name: things_of(town, thing.case, thing.below) for thing in [*OBJECTS, PROTECTED]}
    with scope(environment=town.environments[HERE]):
        begin_matters(town)
    sign_in(town)
    return town


def settle(town: Town, person: Person) -> None:
    user = makers.make_user(
        person.name.replace(" ", "-").replace(",", "").replace("'", ""), is_superuser=person.is_superuser
    )
    town.users[person.name] = user
    for place in person.places:
        body = town.bodies[place.body]
        with scope(environment=body.environment):
            over = {"valid_from": ago(9), "valid_to": ago(1)} if place.is_over else {"valid_from": ago(9)}
            member = makers.make_member(
                body, user, name=f"神託 {person.name}", kana="しんたく", role=place.role, **over
            )
            town.members[person.name, town_of(town, body)] = member
            if place.is_suspended:
                Member.objects.filter(pk=member.pk).update(suspended_at=ago(1))


def town_of(town: Town, body: Organization) -> str:
    return next(here for here, environment in town.environments.items() if environment.pk == body.environment_id)


def open_case(town: Town, case: Case, number: int) -> None:
    from tests.oracle.errands import COMMON_NAME, COMMON_READING

    client = makers.make_client(
        town.environments[case.town],
        seats=[],
        name=f"{NAMES[number]}神託 {COMMON_NAME}",
        kana=f"{'あいうえおかき'[number]}しんたく {COMMON_READING}",
        born_on=date(1931 + number, 1, 2 + number),
        area=f"{NAMES[number]}神託町",
        division=town.bodies[case.division] if case.division else None,
        registered_at=ago(40),
    )
    town.clients[case.name] = client
    spoken_for = town.member("voice" if case.town == HERE else "neighbour", case.town)
    for body, state in case.chairs.items():
        seat_for = {"purpose": "introduction"} if state == "introduced" else {}
        makers.make_seat(client, town.bodies[body], **seat_for, **SEAT_PERIODS[state]())
    for nth, paper in enumerate(case.papers):
        sign(town, client, paper, f"{NAMES[number]}神託綴り{nth}", spoken_for)
    for name, state in case.hands.items():
        grant: Any = assign_perm("view_client", town.users[name], client)
        grant.expires_at = ago(-3) if state == "open" else ago(1)
        grant.save(update_fields=["expires_at"])
    for name, state in case.urgent.items():
        hours = 1 if state == "open" else 3
        known_as = "emergency" if state == "open" else "emergency, over"
        # Somebody's second emergency takes the second of three places.
        words = {"place": 2} if case.is_protected else {"purpose": purpose_of(known_as)}
        made = makers.make_exception(client, by=town.member(name, case.town), hours_ago=hours, **words)
        town.matters.setdefault(known_as, made.pk)
    if case.inspects:
        makers.make_inspection(client, by=town.member(case.inspects, case.town))
    write_record(town, case, number, spoken_for)
    room = open_room(town, case.name, case.talk, case.town, client)
    town.rooms[case.name] = room
    town.records[case.name]["record_number"] = make_record(room, by=spoken_for).number
    town.records[case.name]["disclosure_id"] = make_disclosure(room, by=spoken_for).pk
    family = {f"{NAMES[number]}神託 長女", f"{NAMES[number]}神託 次女", town.numbers[case.name]}
    town.betrays[case.name] = (
        family
        | {str(client.pk), client.name, client.kana, f"{NAMES[number]}神託町"}
        | {f"{NAMES[number]}神託綴り{nth}" for nth in range(len(case.papers))}
    )
    if case.is_protected:
        withhold(town, case, number)


def write_record(town: Town, case: Case, number: int, by: Member) -> None:
    """A paper, a certificate's number and period, and two of the family: one of them by telephone."""
    client, phone = town.clients[case.name], f"090-0000-000{number}"
    makers.make_contact(client, by=by, name=f"{NAMES[number]}神託 次女", relation="次女", phone=phone)
    town.phones[case.name] = phone
    # Of a protected client somebody has written the place into the title.
    titled = {"title": f"{NAMES[number]}神託の隠れ家", "original_name": "scan.jpg"} if case.is_protected else {}
    town.records[case.name] = {
        "form_number": makers.make_form(client, by=by).number,
        "code_id": make_code(client, by=by).pk,
        "paper_number": makers.make_paper(client, by=by, **titled).number,
        "number_id": makers.make_number(client, by=by, number=f"000777000{number}").pk,
        "certification_id": makers.make_certification(
            client, by=by, last_day=timezone.localdate() + timedelta(days=20)
        ).pk,
        "person_id": makers.make_team_member(client.seats.get(organization=by.organization_id), by).pk,
        # Nobody here asks to open what is protected: there is nothing to ask for.
        "petition_id": uuid4(),
        "contact_id": makers.make_contact(client, by=by, name=f"{NAMES[number]}神託 長女", phone="").pk,
    }
    town.numbers[case.name] = f"000777000{number}"


SEAT_PERIODS = {
    "open": lambda: {"valid_from": ago(30)},
    "introduced": lambda: {"valid_from": ago(30)},
    "ended": lambda: {"valid_from": ago(30), "valid_to": ago(0.01)},
    "coming": lambda: {"valid_from": ago(-5)},
}


def sign(town: Town, client: Client, paper: Paper, reference: str, by: Member) -> ConsentRecord:
    how: dict[str, Any] = {
        "in-force": {},
        "withdrawn": {"withdrawn_at": ago(0.01), "withdrawn_by": by},
        "over": {"valid_from": ago(30), "valid_to": ago(0.01)},
        "family-only": {"covers_family": True, "signer": "family", "relation": "長女"},
        "coming": {"valid_from": ago(-5)},
    }[paper.state]
    how["purposes"] = [{"coordinate": "coordination", "introduce": "introduction"}[paper.to]]
    if paper.ends_soon:
        how["valid_to"] = ago(-10)
    bodies = [town.bodies[body] for body in paper.bodies]
    return makers.make_consent(client, by=by, organizations=bodies, reference=reference, **how)


def open_room(town: Town, name: str, talk: Talk, here: str, client: Client | None) -> TalkRoom:
    members = {one: town.members[one, here] for one in [*talk.people, *talk.gone]}
    first = next(iter(members.values()))
    title = f"神託室{name}"
    room = makers.make_room(members=[first], client=client, title=title)
    bodies = [f"{title}の一通目{uuid4()}", f"{title}の二通目{uuid4()}"]
    said = [say(room, first, bodies[0])]
    # Begun before the second message: whoever is shown the room from that on is shown no word of it.
    make_note(room, by=first, title=f"{title}の前のノート", body=bodies[0])
    said.append(say(room, first, bodies[1]))
    attach_everything(room.messages.get(number=said[1].number))
    for one, member in list(members.items())[1:]:
        history = said[1].posted_at if one in talk.from_second else None
        membership = makers.make_membership(room, member, history_from=history)
        if one in talk.gone:
            membership.valid_from, membership.valid_to = ago(5), ago(1)
            membership.save(update_fields=["valid_from", "valid_to"])
    # After the second message, so that whoever is shown the room from it on is shown the note.
    make_task(make_note(room, by=first, title=f"{title}のノート"), by=first)
    # Asked when everybody is there who is to come.
    rooms.ask_to_confirm(message=room.messages.get(number=said[1].number), of="everybody", by=first)
    town.talks["" if client is None else name] = (bodies[0], {str(room.pk), title, bodies[1]})
    return room


def things_of(town: Town, case: str, below: str) -> Things:
    """The real ids, below whichever town they are asked for."""
    room = town.rooms[case]
    own = next(iter(town.environments[one.town] for one in CASES if one.name == case), town.environments[HERE])
    is_here = own == town.environments[HERE]
    who = ["voice", "joiner", "stand-in", "reserve"]
    where = HERE if is_here else THERE
    names = who if is_here else ["neighbour", "neighbour's joiner", "neighbour's stand-in", "neighbour's reserve"]
    members = {one: town.member(name, where).pk for one, name in zip(who, names, strict=True)}
    words = {
        "slug": SLUGS[below],
        "room_id": room.pk,
        "form": "csv",
        "phrase": "thanks",
        "wording_number": 1,
        "message_number": 2,
        "file_number": 1,
        "note_number": 2,
        "version_number": 1,
        "task_number": 1,
        "page_number": 1,
    }
    if not case:
        return Things(words | town.records[case], members, spare=town.bodies["kita"].pk)
    client = town.clients[case]
    helper = town.bodies["aozora" if is_here else "tonari"]
    with scope(environment=own):
        words |= {
            **town.records[case],
            "client_id": client.pk,
            "seat_id": client.seats.get(organization=helper).pk,
            "consent_id": client.consents.in_force().get(audience__organization=helper).pk,
        }
    return Things(
        words,
        members,
        spare=town.bodies["kita" if is_here else "nishi"].pk,
        name=client.name,
        kana=client.kana,
        born_on=str(client.born_on),
    )


def sign_in(town: Town) -> None:
    for person in PEOPLE:
        town.signs[person.name] = signed_in(town.users.get(person.as_account_of or person.name), person)
    for person in PEOPLE:
        if person.is_disabled:
            User.objects.filter(pk=town.users[person.name].pk).update(is_active=False)


def signed_in(user: User | None, person: Person) -> dict[str, str]:
    if person.session == "none" or user is None:
        return {}
    if person.session in {"token", "revoked"}:
        token = f"cn_{uuid4().hex}"
        Device.objects.create(
            user=user,
            name=person.name,
            token_hash=token_hash(token),
            revoked_at=timezone.now() if person.session == "revoked" else None,
        )
        return {"token": f"Bearer {token}"}
    cookie = session_cookie(user, second_factor=person.session != "one-factor")
    if person.session == "locked":
        UserSession.objects.update_or_create(
            session_key=cookie["value"],
            defaults={"user": user, "ip": "192.0.2.9", "user_agent": "test", "last_seen_at": ago(1)},
        )
        return {"cookie": cookie["value"]}
    # The session's first request writes down that it began: once, and not anew at every knock.
    warm = Browser()
    warm.cookies[settings.SESSION_COOKIE_NAME] = cookie["value"]
    warm.get("/me/")
    # A slow machine knocks for longer than a session stays open without a deed; that it locks is asked of another one.
    UserSession.objects.filter(session_key=cookie["value"]).update(last_seen_at=timezone.now() + timedelta(hours=6))
    return {"cookie": cookie["value"]}
