"""What one has written and nobody has yet: held for a moment or written for later, taken back, sent; and one's habits."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import check_can_post, room_for, waiting_for
from apps.rooms.forms import MessageForm
from apps.rooms.models import TalkRoom, WaitingMessage
from apps.rooms.refusals import AnotherClient
from apps.rooms.stamps import stamp_of
from apps.rooms.views.asking import wants_json
from apps.rooms.views.doors import look
from apps.rooms.views.rooms import page_of
from apps.rooms.waiting_forms import HabitsForm, LaterForm


@require_http_methods(["GET", "POST"])
def waiting(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """What of one's own waits in a room, and a form to write for later; with `prepare`, of what the composer holds."""
    room = room_for(request.member, room_id)
    check_can_post(request.member, room)
    look(request, room)
    if request.htmx:
        return render(request, "rooms/_waiting_ones.html", waiting_around(request, room))
    is_sent = request.method == "POST" and "prepare" not in request.POST
    form = LaterForm(request.POST) if is_sent else prepared(request, room)
    if is_sent and form.is_valid() and scheduled(request, room, form):
        return redirect("rooms:room", slug=slug, room_id=room_id)
    return later(request, room, form)


def waiting_around(request: MemberRequest, room: TalkRoom) -> dict[str, object]:
    """What of one's own waits in the room, and what is needed to show it."""
    found = queries.waiting_in(request.member, room)
    since = queries.quotes_shown_from(request.member, room, found)
    return {"waiting": found, "since": since, "names": names_beside(request.member, room.client)}


def prepared(request: MemberRequest, room: TalkRoom) -> LaterForm:
    """The form with what the composer holds, and the files that came with it."""
    sent = request.POST
    came = actions.take_uploads(room=room, uploads=request.FILES.getlist("uploads"), by=request.member)
    told: dict[str, object] = {name: sent.get(name, "") for name in ("body", "answers", "asked_of")}
    return LaterForm(initial={**told, "attached": [*sent.getlist("attached"), *came]})


def later(
    request: MemberRequest, room: TalkRoom, form: LaterForm, *, one: WaitingMessage | None = None
) -> HttpResponse:
    ids = one.attached if one is not None else form["attached"].value() or []
    shown = {"room": room, "form": form, "one": one, "waiting": queries.waiting_in(request.member, room)}
    shown["files"] = queries.files_that_wait(request.member, ids)
    return render(request, "rooms/waiting.html", shown, status=422 if form.errors else 200)


def scheduled(request: MemberRequest, room: TalkRoom, form: LaterForm) -> bool:
    return kept(room, form, lambda: actions.schedule(room=room, by=request.member, **form.message()), by=request.member)


def kept(room: TalkRoom, form: LaterForm, deed: Callable[[], object], *, by: Member) -> bool:
    told = form.cleaned_data
    try:
        actions.check_room(room=room, message=told, is_sure=told["is_sure"], by=by)
        deed()
    except AnotherClient as refusal:
        form.ask(refusal)
        return False
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("send_at" if refusal.code == "too_late" else "body", refusal.said)
        return False
    return True


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, slug: str, waiting_id: UUID) -> HttpResponse:
    """Other words, or another time."""
    one = waiting_for(request.member, waiting_id)
    room = room_for(request.member, one.room_id)
    is_sent = request.method == "POST"
    stands = {"body": one.body, "send_at": one.due_at, "asked_of": one.asked_of}
    form = LaterForm(request.POST if is_sent else None, initial=stands)
    if is_sent and form.is_valid() and changed(request, one, form):
        return redirect("rooms:waiting", slug=slug, room_id=room.pk)
    look(request, room)
    return later(request, room, form, one=one)


def changed(request: MemberRequest, one: WaitingMessage, form: LaterForm) -> bool:
    told = {name: form.cleaned_data[name] for name in ("body", "send_at", "asked_of")}
    deed = partial(actions.change_waiting, waiting=one, by=request.member, **told)
    return kept(one.room, form, deed, by=request.member)


@require_POST
def removal(request: MemberRequest, slug: str, waiting_id: UUID) -> HttpResponse:
    """It is never sent. What it said comes back into the composer; a stamp is only gone, and leaves the draft alone."""
    one = waiting_for(request.member, waiting_id)
    body = actions.take_back(waiting=one, by=request.member)
    said = "" if stamp_of(body) else body
    if wants_json(request):
        return JsonResponse({"body": said, "answers": one.answers, "asked_of": one.asked_of})
    if one.is_scheduled or one.refused:
        return redirect("rooms:waiting_all", slug=slug)
    return composing(request, one, said) if said else redirect("rooms:room", slug=slug, room_id=one.room_id)


def composing(request: MemberRequest, one: WaitingMessage, said: str) -> HttpResponse:
    """The room, with what was taken back in the field."""
    room = room_for(request.member, one.room_id)
    look(request, room)
    form = MessageForm(initial={"body": said, "answers": one.answers, "asked_of": one.asked_of})
    return render(request, "rooms/room.html", page_of(request, room, form))


@require_POST
def sending(request: MemberRequest, slug: str, waiting_id: UUID) -> HttpResponse:
    """It is sent at once."""
    one = waiting_for(request.member, waiting_id)
    appended = actions.send_now(waiting=one, by=request.member)
    if wants_json(request):
        return JsonResponse({"number": appended.number}, status=201)
    return redirect("rooms:room", slug=slug, room_id=one.room_id)


@require_safe
def waiting_all(request: MemberRequest, slug: str) -> HttpResponse:
    """What of one's own waits, or could not be sent, in all rooms; in a room that has closed, too."""
    found = queries.waiting_everywhere(request.member)
    audit.looked(
        verb="rooms.waiting_listed", by=request.member, detail={"rooms": sorted({str(one.room_id) for one in found})}
    )
    return render(request, "rooms/waiting_all.html", {"waiting": found})


@require_http_methods(["GET", "POST"])
def habits(request: MemberRequest, slug: str) -> HttpResponse:
    """Whether a message can be taken back for ten seconds, and which key sends."""
    form = HabitsForm(request.POST if request.method == "POST" else None, instance=queries.habits_of(request.member))
    if form.is_valid():
        actions.keep_habits(by=request.member, **form.cleaned_data)
        return redirect("rooms:list", slug=slug)
    return render(request, "rooms/habits.html", {"form": form}, status=422 if form.errors else 200)
