"""The care team of one client, as the field knows it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.clients import queries
from apps.clients.access import can_change_team, client_for
from apps.environments.requests import MemberRequest


@require_safe
def team(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """The division in charge, the organizations with their people, and who sees the client by hand."""
    client = client_for(request.member, client_id)
    audit.opened(client, by=request.member)
    context = {
        "client": client,
        "team": queries.care_team(client),
        "division_people": queries.division_people(client),
        "by_hand": queries.opened_by_hand(client),
        "can_change_team": can_change_team(request.member, client),
    }
    return render(request, "clients/team.html", context)
