"""Choosing people step by step: whoever looks for somebody sends along whom they have chosen so far."""

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.rooms import queries


def is_looking(request: MemberRequest) -> bool:
    """Whether a search or the choice of people was sent, and nothing is to be done yet."""
    return "find" in request.POST or "drop" in request.POST


def picked_in(request: MemberRequest) -> list[str]:
    return [one for one in request.POST.getlist("members") if one != request.POST.get("drop")]


def picking_in(request: MemberRequest, people: QuerySet[Member]) -> queries.Picking:
    return queries.picking(people, typed=request.POST.get("q", "")[:100], ids=picked_in(request))
