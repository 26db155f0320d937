"""A whole room handed over: asked for, waited for, taken out."""

from uuid import UUID

from django.core.files.storage import storages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.files.delivery import handed_out
from apps.files.kinds import ZIP
from apps.kernel.refusals import Refusal
from apps.records import actions
from apps.records.access import check_can_disclose, disclosure_for, disclosures_of
from apps.records.disclosure_forms import DisclosureForm
from apps.records.models import Disclosure
from apps.rooms.access import room_for
from apps.rooms.models import TalkRoom
from apps.rooms.views.doors import room_in


@require_http_methods(["GET", "POST"])
def disclosures(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """GET: the form, and what was made of the room. POST: a package is asked for."""
    room = check_can_disclose(request.member, room_for(request.member, room_id))
    form = DisclosureForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and asked(request, room, form) is not None:
        return redirect("records:disclosures", slug=slug, room_id=room_id)
    room = room_in(request, room_id)
    found = list(disclosures_of(request.member, room)[:50])
    context = {"room": room, "form": form, "found": found, "names": request.names_shown}
    template = "records/_disclosures.html" if request.htmx else "records/disclosures.html"
    return render(request, template, context, status=422 if form.errors else 200)


def asked(request: MemberRequest, room: TalkRoom, form: DisclosureForm) -> Disclosure | None:
    try:
        return actions.ask_for_disclosure(room=room, by=request.member, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status != 409:
            raise
        form.add_error(None, refusal.said)
        return None


@require_safe
def content(request: MemberRequest, slug: str, room_id: UUID, disclosure_id: UUID) -> HttpResponseBase:
    """The package; each time is in the ledger."""
    room = room_for(request.member, room_id)
    return package(request, disclosure_for(request.member, room, disclosure_id))


def package(request: MemberRequest | MemberApiRequest, found: Disclosure) -> HttpResponseBase:
    actions.note_taking_out(disclosure=found, by=request.member)
    source = storages["disclosures"].open(found.stored_as)
    name = f"talk-room-{found.asked_at:%Y%m%d}-{str(found.pk)[:8]}.zip"
    return handed_out(request, source, found.size, ZIP.content_type, name)
