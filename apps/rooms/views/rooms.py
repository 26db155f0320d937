"""The room list, a room's page, and the rooms of one client."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients.access import can_change_team, client_for, names_beside
from apps.environments.requests import MemberRequest
from apps.rooms import actions, queries
from apps.rooms.access import can_archive, can_post, room_for, rooms_of_client
from apps.rooms.forms import MessageForm, RoomForm
from apps.rooms.models import Draft, TalkRoom
from apps.rooms.views.doors import look


@require_http_methods(["GET", "POST"])
def room_list(request: MemberRequest, slug: str) -> HttpResponse:
    shown = queries.shown_of(request.GET.get("show", ""))
    # What is searched for is sent, so that no address and no log holds a client's name.
    typed = request.POST.get("q", "")[:100]
    rooms = queries.rooms_found(request.member, shown, typed)
    audit.looked(verb="rooms.listed", by=request.member, detail={"rooms": [str(one.pk) for one in rooms]})
    template = "rooms/_rooms.html" if request.htmx else "rooms/rooms.html"
    return render(request, template, {**list_of(request, shown, rooms), "typed": typed})


def list_of(request: MemberRequest, shown: queries.Show, rooms: list[TalkRoom]) -> dict[str, object]:
    is_grouped = shown == queries.Show.ORGANIZATIONS
    return {
        "rooms": rooms,
        "groups": queries.by_organization(request.member, rooms) if is_grouped else None,
        **waits_for(request),
        "shown": shown,
    }


@require_safe
def room(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    found = room_for(request.member, room_id)
    look(request, found)
    form = MessageForm(initial=begun(request, found))
    return render(request, "rooms/room.html", page_of(request, found, form))


def begun(request: MemberRequest, room: TalkRoom) -> dict[str, object]:
    """What the composer opens with: the draft, and what was chosen to be answered now."""
    draft = queries.draft_in(request.member, room) or Draft(body="")
    return {"body": draft.body, "answers": request.GET.get("answer") or draft.answers}


def page_of(request: MemberRequest, room: TalkRoom, form: MessageForm) -> dict[str, object]:
    messages = queries.latest_messages(request.member, room)
    mark = queries.read_mark_of(request.member, room)
    waiting = queries.waiting_in(request.member, room)
    people = queries.people_of(room)
    return {
        "room": room,
        "names": names_beside(request.member, room.client),
        "messages_shown": messages,
        "base": base_of(request, room),
        "first_unread": next(
            (one.number for one in messages if one.number > mark and one.author_id != request.member.pk), 0
        ),
        "mark": mark,
        "has_older": queries.has_older(request.member, room, messages),
        "form": form,
        "can_post": can_post(request.member, room),
        "can_archive": can_archive(request.member, room),
        "is_pinned": queries.is_pinned(request.member, room),
        "people": people,
        "asks_of": form["asked_of"].value() or queries.usually_asked(request.member, people),
        "marks": queries.marks_on(request.member, messages),
        "seen": queries.seen_on(request.member, room, messages),
        "own_reactions": queries.reactions_of(request.member, messages),
        "asks": queries.asks_on(request.member, room, messages),
        "handlings": queries.handlings_on(request.member, messages),
        "waiting": waiting,
        "since": queries.quotes_shown_from(request.member, room, [*messages, *waiting]),
        "answering": queries.answering(request.member, room, form["answers"].value()),
        "habits": queries.habits_of(request.member),
        "rooms": queries.room_rows(request.member),
        **waits_for(request),
    }


def waits_for(request: MemberRequest) -> dict[str, object]:
    """What waits for the reader in the rooms of a list: confirmations, and messages that call them."""
    return {"asked": queries.asked_by_room(request.member), "mentions": queries.mentions_by_room(request.member)}


def base_of(request: MemberRequest, room: TalkRoom) -> str:
    """The address below which every message of the room has its own."""
    return reverse("rooms:messages", kwargs={"slug": request.environment.slug, "room_id": room.pk})


@require_http_methods(["GET", "POST"])
def of_client(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    client = client_for(request.member, client_id)
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_client_room(client=client, title=form.cleaned_data["title"], by=request.member)
        return redirect("rooms:room", slug=slug, room_id=opened.pk)
    audit.opened(client, by=request.member)
    template = "rooms/_of_client.html" if request.htmx else "rooms/of_client.html"
    context = {"client": client, "rooms": rooms_of_client(request.member, client), "form": form}
    context["can_open"] = can_change_team(request.member, client)
    return render(request, template, context, status=422 if form.errors else 200)
