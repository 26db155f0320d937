"""Search in what was said, and the place in a room where a hit stands."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.rooms import queries
from apps.rooms.access import message_for
from apps.rooms.models import Message, TalkRoom
from apps.rooms.search_forms import SearchForm
from apps.rooms.views.doors import look
from apps.rooms.views.rooms import base_of


@require_http_methods(["GET", "POST"])
def search(request: MemberRequest, slug: str) -> HttpResponse:
    """What is looked for is sent, so that no address and no log holds it."""
    form = SearchForm(request.POST or None, initial={"room": request.GET.get("room", "")})
    sought = form.sought() if form.is_valid() else None
    found = searched(request, sought) if sought is not None and sought.words else None
    context = {"form": form, "found": found, "is_older": sought is not None and sought.before}
    if request.htmx:
        return render(request, "rooms/_hits.html" if context["is_older"] else "rooms/_found.html", context)
    choices = queries.choices_of(request.member)
    form.offer(choices)
    audit.looked(verb="rooms.listed", by=request.member, detail={"rooms": [str(pk) for pk, _ in choices.rooms]})
    return render(request, "rooms/search.html", context, status=422 if form.errors else 200)


def searched(request: MemberRequest | MemberApiRequest, sought: queries.Sought) -> queries.FoundMessages:
    """That there was a search and whose rooms it showed is in the ledger; what was looked for is not."""
    found = queries.messages_found(request.member, sought)
    detail = {"hits": len(found.hits) + len(found.notes), "rooms": found.rooms}
    audit.record(verb="rooms.searched", by=request.member, purpose="support", detail=detail)
    audit.record_each(verb="rooms.found", clients=found.clients, by=request.member, purpose="support")
    return found


@require_safe
def around(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """A message among those before and after it. It is no look at the end of the room: nothing counts as read by it."""
    message = message_for(request.member, room_id, message_number)
    look(request, message.room)
    return render(request, "rooms/around.html", around_it(request, message))


def around_it(request: MemberRequest, message: Message) -> dict[str, object]:
    room: TalkRoom = message.room
    shown = queries.messages_around(request.member, room, number=message.number)
    return {
        "room": room,
        "message": message,
        "messages_shown": shown,
        "names": names_beside(request.member, room.client),
        "base": base_of(request, room),
        "since": queries.quotes_shown_from(request.member, room, shown),
        "seen": queries.seen_on(request.member, room, shown),
        "marks": queries.marks_on(request.member, shown),
        "has_older": queries.has_older(request.member, room, shown),
        "has_newer": shown[-1].number < room.last_number,
    }
