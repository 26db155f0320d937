"""Deleted messages, for an auditor's inspection of a client; each that is read is an entry."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients.access import inspection_for, names_of_hands_beside
from apps.clients.models import Inspection
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.kernel.numbers import whole_number
from apps.kernel.paging import paged
from apps.rooms import queries
from apps.rooms.access import removed_about, removed_message_for
from apps.rooms.models import Message, RoomInspection
from apps.rooms.queries import Removed


@require_http_methods(["GET", "POST"])
def removed(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """GET: which messages were deleted, without a word of them. POST: what one of them said; each time is an entry."""
    inspection = inspection_for(request.member, client_id)
    audit.opened(inspection.client, by=request.member, subject=inspection, purpose=inspection.purpose)
    read = removed_read(request, inspection) if request.method == "POST" else None
    request.names_shown = names_of_hands_beside(request.member, inspection.client)
    page = paged(removed_about(request.member, inspection), request.GET.get("page"))
    context = {"inspection": inspection, "subject": inspection.client, "page": page, "read": read}
    return render(request, "rooms/removed.html", context)


def removed_read(request: MemberRequest, inspection: Inspection | RoomInspection) -> Removed:
    number = whole_number(request.POST.get("message", "")) or 0
    message = removed_message_for(request.member, inspection, number)
    record_reading(request, inspection, message)
    return queries.removed_shown(message)


def record_reading(
    request: MemberRequest | MemberApiRequest, inspection: Inspection | RoomInspection, message: Message
) -> None:
    """Each time is an entry, with the basis in law and without words."""
    audit.record(
        verb="rooms.removed_text_read",
        by=request.member,
        subject=message.room,
        client=message.room.client_id,
        purpose=inspection.purpose,
        detail={"number": message.number},
    )
