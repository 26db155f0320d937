"""Tell the other side of a visit, one notice for each visit and person."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from apps.environments.models import Member, Role
from apps.notices.actions import Telling, notify_each, settle
from apps.visits.models import Visit, VisitRequest


def tell_asking(visits: Iterable[Visit], sentence: str) -> None:
    """The office that booked: everybody of it, because the one who booked may be out when it matters."""
    notify_each(told=of_office(visits), sentence=sentence)


def tell_beside(visits: Iterable[Visit], sentence: str) -> None:
    """The same without whoever comes along, who is told for themselves."""
    visits = list(visits)
    apart = {(visit.pk, visit.accompanied_by_id) for visit in visits}
    told = [one for one in of_office(visits) if (one.about, one.receiver.pk) not in apart]
    notify_each(told=told, sentence=sentence)


def of_office(visits: Iterable[Visit]) -> list[Telling]:
    visits = list(visits)
    people = of_organizations({visit.held_by.organization_id for visit in visits})
    return [
        Telling(person, path_of(visit), visit.pk)
        for visit in visits
        for person in people
        if person.organization_id == visit.held_by.organization_id
    ]


def tell_receiving(visit: Visit, sentence: str) -> None:
    """The facility, if somebody of it has an account."""
    organization = visit.slot.facility.organization_id
    if organization is not None:
        told = [Telling(person, path_of(visit), visit.pk) for person in of_organizations({organization})]
        notify_each(told=told, sentence=sentence)


def tell_accompanying(visit: Visit, sentence: str, *, by: Member | None) -> None:
    """Who comes along, but for whoever has just done it."""
    person = visit.accompanied_by
    if person is not None and person != by and person.is_current:
        tell_person(person, visit, sentence)


def tell_person(person: Member, visit: Visit, sentence: str) -> None:
    notify_each(told=[Telling(person, path_of(visit), visit.pk)], sentence=sentence)


def tell_exception(visit: Visit, *, by: Member) -> None:
    """Of a booked visit that is an exception: facility, office and welfare desk, once each, but for whoever made it."""
    if not visit.is_exception:
        return
    organizations = {visit.slot.facility.organization_id, visit.held_by.organization_id} - {None}
    of_desk = Member.objects.current().filter(role=Role.DESK)
    people = {one.pk: one for one in [*of_organizations(organizations), *of_desk] if one != by}
    told = [Telling(person, path_of(visit), visit.pk) for person in people.values()]
    notify_each(told=told, sentence=gettext_noop("A visit was booked as an exception. Please see why."))


def tell_of_request(request: VisitRequest, sentence: str, *, to_asking: bool = False) -> None:
    """The facility, or the office that asked. What was told of it before asks for no attention any more."""
    settle(about=[request.pk])
    organization = request.asked_by.organization_id if to_asking else request.facility.organization_id
    if organization is not None:
        path = reverse("visits:request", kwargs={"slug": request.environment.slug, "request_id": request.pk})
        told = [Telling(person, path, request.pk) for person in of_organizations({organization})]
        notify_each(told=told, sentence=sentence)


def settled(visit: Visit) -> None:
    """What was told of it so far asks for no attention any more."""
    settle(about=[visit.pk])


def of_organizations(organizations: Iterable[object]) -> list[Member]:
    return list(Member.objects.current().filter(organization__in=organizations))


def path_of(visit: Visit) -> str:
    words = {"slug": visit.environment.slug, "visit_id": visit.pk}
    return reverse("visits:visit", kwargs=words)
