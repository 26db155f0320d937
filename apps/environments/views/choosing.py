"""Which environment to work in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.environments.access import can_open_environments
from apps.environments.models import Role
from apps.environments.queries import environments_of
from apps.environments.requests import PersonRequest


@require_safe
def choose(request: PersonRequest) -> HttpResponse:
    """The environments in which this person has a place, and for the operator the way to build one."""
    places = [(place, Role(place.role).label) for place in environments_of(request.user)]
    context = {"places": places, "can_open": can_open_environments(request.user)}
    return render(request, "environments/choose.html", context)
