"""The care team of one client, as the field knows it: the page, the people on it, and who is responsible."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients import actions, queries
from apps.clients.access import (
    can_change_team,
    check_can_name_people_of,
    responsibility_for,
    seat_for,
    team_member_for,
)
from apps.clients.forms import HandoverForm, PersonForm, RoleForm
from apps.clients.models import USUAL_ROLES, Responsibility, Seat, TeamMember
from apps.clients.views.doors import client_in
from apps.environments.access import member_for
from apps.environments.models import Member, Profession
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere


@require_safe
def team(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Who is responsible, the division in charge, the organizations with their people, and who sees the client by hand."""
    client = client_in(request, client_id)
    audit.opened(client, by=request.member)
    context = {
        "client": client,
        "team": queries.team_of(client, reader=request.member),
        "can_change_team": can_change_team(request.member, client),
    }
    return render(request, "clients/team.html", context)


@require_http_methods(["GET", "POST"])
def name_person(request: MemberRequest, slug: str, client_id: UUID, seat_id: UUID) -> HttpResponse:
    """Name a person of the seat's organization on the team."""
    client = client_in(request, client_id)
    seat = seat_for(request.member, client, seat_id)
    check_can_name_people_of(request.member, seat)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        person = member_for(request.member, form.cleaned_data["member"])
        actions.name_person(seat=seat, member=person, role=form.cleaned_data["role"], by=request.member)
        return done(request, client_id, _("The person is on the care team now."))
    audit.opened(client, by=request.member)
    context = {"client": client, "seat": seat, "form": form, "found": offered(seat)}
    return render(request, "clients/name_person.html", context, status=422 if form.is_bound else 200)


def offered(seat: Seat) -> list[tuple[Member, str]]:
    """The people who can be named, each with the role that their profession suggests."""
    return [(one, USUAL_ROLES.get(Profession(one.profession), "")) for one in queries.members_to_name(seat)]


def done(request: MemberRequest, client_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("clients:team", slug=request.environment.slug, client_id=client_id)


@require_http_methods(["GET", "POST"])
def person(request: MemberRequest, slug: str, client_id: UUID, person_id: UUID) -> HttpResponse:
    """One person on the team: another role, responsibility, and the way off the team."""
    client = client_in(request, client_id)
    found = team_member_for(request.member, client, person_id)
    check_can_name_people_of(request.member, found.seat)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if form.is_valid():
        actions.change_role(person=found, role=form.cleaned_data["role"], by=request.member)
        return done(request, client_id, _("The role was changed. The former one stays as a period."))
    audit.opened(client, by=request.member)
    return render(request, "clients/person.html", about(found) | {"form": form}, status=422 if form.is_bound else 200)


def about(person: TeamMember) -> dict[str, Any]:
    present = (
        Responsibility.objects.open().select_related("person__member").filter(client=person.seat.client_id).first()
    )
    return {
        "client": person.seat.client,
        "person": person,
        "present": present,
        "is_responsible": present is not None and present.person_id == person.pk,
        "handover": HandoverForm(),
    }


@require_POST
def take_off(request: MemberRequest, slug: str, client_id: UUID, person_id: UUID) -> HttpResponse:
    client = client_in(request, client_id)
    found = team_member_for(request.member, client, person_id)
    actions.take_off(person=found, by=request.member)
    return done(request, client_id, _("The person is off the care team. The period stays."))


@require_POST
def responsibility(request: MemberRequest, slug: str, client_id: UUID, person_id: UUID) -> HttpResponse:
    """Make this person responsible: the first one, or in the place of whom the page showed as responsible."""
    client = client_in(request, client_id)
    found = team_member_for(request.member, client, person_id)
    check_can_name_people_of(request.member, found.seat)
    form = HandoverForm(request.POST)
    if not form.is_valid():
        context = about(found) | {"form": RoleForm(initial={"role": found.role}), "handover": form}
        return render(request, "clients/person.html", context, status=422)
    make_responsible(found, request.POST.get("present", ""), form, request.member)
    return done(request, client_id, _("Who is responsible was written down."))


def make_responsible(person: TeamMember, present: str, form: HandoverForm, by: Member) -> None:
    if present:
        before = responsibility_for(by, person.seat.client, id_in(present))
        actions.hand_over_responsibility(responsibility=before, to=person, begins_at=form.begins_at(), by=by)
    else:
        actions.name_responsible(person=person, by=by)


def id_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotHere from error
