"""Writes down what stands beside clients and rooms: who is protected, exceptions, transfers, imports, access reviews."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.clients.models import Charge, Client, LegalException, SilentOrganization
from apps.environments.models import Member
from apps.handovers.models import Reviewer
from tests import makers
from tests.oracle.facts import HERE, Case
from tests.oracle.matters import MATTERS, Matter, things_of_matter
from tests.oracle.town import NAMES, SLUGS, Things, Town, ago


def begin_matters(town: Town) -> None:
    """Exceptions, transfers and so on; each has the addresses of the first client beside its own id."""
    own = town.things["own"]
    for matter in MATTERS:
        town.matters[matter.name] = make_matter(town, matter)
        tell_apart(town, matter)
        for thing in things_of_matter(matter.name):
            words = {**own.words, matter.word: town.matters[matter.name]}
            words |= {"slug": SLUGS[thing.below], "organization_id": town.bodies["hidamari"].pk}
            town.things[thing.name] = Things(words, own.members, spare=own.spare)
    for name in ("elderly", "child"):
        goes = Charge.objects.open().filter(division=town.bodies[name], valid_to=None)
        town.charges[name] = goes.count()


def withhold(town: Town, case: Case, number: int) -> None:
    """The client is protected: two others have let in whom the facts name, and somebody else has asked."""
    client, desk = town.clients[case.name], town.member("desk", case.town)
    client.area = ""
    client.is_protected = True
    client.save(update_fields=["area", "is_protected"])
    makers.make_protection(client, by=desk)
    town.places[case.name] = {f"{NAMES[number]}神託町", f"{NAMES[number]}神託の隠れ家"}
    for kind, text in zip(["area", "home"], sorted(town.places[case.name]), strict=True):
        makers.make_place(client, by=desk, kind=kind, text=text)
    two = {"first_by": desk, "second_by": town.member("other desk", case.town)}
    for name in case.let_in:
        closes = timezone.now() + timedelta(days=20)
        makers.make_petition(client, by=town.member(name, case.town), closes_at=closes, **two)
    asked = makers.make_petition(client, by=town.member(case.asks, case.town))
    town.records[case.name]["petition_id"] = asked.pk
    spoken = {"aozora": {"神託 voice"}}
    town.near[case.name] = {body: {f"神託 {body}"} | spoken.get(body, set()) for body in case.chairs}
    town.betrays[case.name] -= town.places[case.name]


def purpose_of(matter: str) -> str:
    """What an exception was opened for: words that stand nowhere else."""
    return f"神託の用件「{matter}」"


def tell_apart(town: Town, matter: Matter) -> None:
    """By what a page and the ledger tell of it."""
    made = town.matters[matter.name]
    town.recorded_as[matter.name] = {str(made)}
    if matter.word == "exception_id":
        town.tells[matter.name] = {purpose_of(matter.name)}
        # An emergency is announced to the team, in a line on the client's page; a report is not.
        if matter.second:
            town.secrets[matter.name] = {purpose_of(matter.name)}
    elif matter.word == "transfer_id":
        town.tells[matter.name] = {town.bodies["child"].name, str(town.bodies["child"].pk)}
    elif matter.word == "run_id":
        town.tells[matter.name] = {town.clients[matter.case].name}
    else:
        colleague = town.member("colleague", HERE)
        town.tells[matter.name] = {colleague.name}
        town.recorded_as[matter.name].add(str(colleague.pk))


def make_matter(town: Town, matter: Matter) -> UUID:
    """The row of it, as its name says; emergencies came with their client."""
    if matter.name in town.matters:
        return town.matters[matter.name]
    by, client = town.member(matter.by, HERE), town.clients.get(matter.case)
    made: Any
    if matter.word == "exception_id":
        made = make_report(town, matter, by)
    elif matter.word == "transfer_id":
        waits = {"needs_approval": "waiting" in matter.name, "target": town.bodies["child"]}
        made = makers.make_transfer(by, [client] if client else [], **waits)
    elif matter.word == "run_id":
        made = makers.make_import(by)
        Client.objects.filter(brought_by=made).delete()
        Client.objects.filter(pk=town.clients[matter.case].pk).update(brought_by=made)
    else:
        made = makers.make_review(by, [town.member("colleague", HERE)])
        reviewer = town.member(matter.reviewer, HERE)
        around = {"environment": by.environment, "organization": reviewer.organization}
        Reviewer.objects.create(review=made, member=reviewer, **around)
        town.reviewed = made.places.get().pk
    return UUID(str(made.pk))


def make_report(town: Town, matter: Matter, by: Member) -> LegalException:
    """Asked for an hour ago; or confirmed at once, four days ago, and over since yesterday."""
    second, purpose = town.member(matter.second, HERE), purpose_of(matter.name)
    words: dict[str, Any] = {"kind": "report", "ground": "elder_abuse", "second": second, "purpose": purpose}
    asked = ago(0.04 if matter.name == "report, asked" else 4)
    times: dict[str, Any] = {"asked_at": asked, "confirm_until": asked + timedelta(hours=24)}
    if matter.name == "report, asked":
        times |= {"opens_at": None, "closes_at": None}
    else:
        times |= {"opens_at": asked, "closes_at": asked + timedelta(hours=72)}
    made = makers.make_exception(town.clients[matter.case], by=by, **{**words, **times})
    if matter.silent:
        around = {"environment": by.environment, "exception": made}
        SilentOrganization.objects.create(organization=town.bodies[matter.silent], **around)
    return made
