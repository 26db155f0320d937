"""The counter: for whom, the next free times, and what the family is shown of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.clients.models import Client
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import NotHere
from apps.visits import queries
from apps.visits.access import check_can_arrange, check_can_arrange_for
from apps.visits.forms import FindForm


@dataclass(frozen=True)
class Counter:
    """For whom a time is looked for, and what is looked for."""

    client: Client | None
    form: FindForm


@require_http_methods(["GET", "POST"])
def find(request: MemberRequest, slug: str) -> HttpResponse:
    """The next free times; what is looked for comes by POST, so that nobody's need stands in an address.

    A page that stands open asks every few seconds, and is told when nothing is new.
    """
    check_can_arrange(request.member)
    context = looked_for(request)
    if request.htmx and request.POST.get("known") == context["stamp"]:
        return HttpResponse(status=204)
    if not request.htmx:
        context["recent"] = told(request.member, "visits.recent", queries.recent_clients(request.member))
    return render(request, template_of(request), context)


def looked_for(request: MemberRequest) -> dict[str, Any]:
    counter = counter_of(request)
    cards = queries.cards_of(request.member, counter.form.sought())
    about = {"counter": counter, "form": counter.form, "client": counter.client, "is_picked": "pick" in request.POST}
    return {**about, "found": cards.found, "silent": cards.silent, "stamp": cards.stamp}


def template_of(request: MemberRequest) -> str:
    if not request.htmx:
        return "visits/find.html"
    return "visits/_counter.html" if "pick" in request.POST else "visits/_found.html"


def counter_of(request: MemberRequest) -> Counter:
    """A client who has just been picked fills the conditions in; afterwards what is set counts."""
    sent = request.POST
    client = client_of(request.member, sent.get("pick", sent.get("client", "")))
    if "pick" in sent:
        return Counter(client, FindForm.filled(queries.sought_for(client)) if client else FindForm({}))
    return Counter(client, FindForm(sent if request.method == "POST" else {}))


def client_of(member: Member, said: str) -> Client | None:
    """The client whose id was sent, for whom this member may book; None without a name."""
    if not said:
        return None
    try:
        client = client_for(member, UUID(said))
    except ValueError as error:
        raise NotHere from error
    check_can_arrange_for(member, client)
    audit.opened(client, by=member)
    return client


def told(member: Member, verb: str, clients: list[Client]) -> list[Client]:
    """The ledger says whose names were shown; never what was typed."""
    if clients:
        audit.looked(verb=verb, by=member, detail={"clients": [str(one.pk) for one in clients]})
    return clients


@require_POST
def clients(request: MemberRequest, slug: str) -> HttpResponse:
    """Those whose name or reading holds what was typed."""
    check_can_arrange(request.member)
    typed = request.POST.get("q", "")[:80]
    found = told(request.member, "visits.clients_searched", queries.clients_to_pick(request.member, typed))
    context = {"clients": found, "typed": typed.strip()}
    return render(request, "visits/_clients.html" if request.htmx else "visits/clients.html", context)


@require_POST
def cards(request: MemberRequest, slug: str) -> HttpResponse:
    """The same facilities for the family's eyes: large, with readings, nothing of anybody."""
    check_can_arrange(request.member)
    found = queries.next_times(request.member, FindForm(request.POST).sought())
    return render(request, "visits/cards.html", {"found": found})
