"""The talk room of a booking: the office that books and the facility, nobody else."""

from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.environments.models import Member
from apps.kernel.templatetags.house import clock, short_day
from apps.rooms.access import can_post, people_to_talk_with
from apps.rooms.actions import open_room, post
from apps.rooms.models import Classification, RoomKind, TalkRoom
from apps.rooms.refusals import RoomArchived, RoomFull, TooFast, TooManyRooms
from apps.visits.access import AT_WORK
from apps.visits.models import Visit


def room_for_both(visit: Visit, *, by: Member) -> TalkRoom | None:
    """Opened with the booking; none where nobody of the facility takes part. It bears day, time and facility, no name.

    Somebody who is in as many rooms as there may be keeps nobody from a visit: it is booked without the room then.
    """
    receiving = people_of(visit, by)
    if visit.slot.facility.organization_id is None or not receiving.exists():
        return None
    own = people_to_talk_with(by).filter(organization=by.organization_id, role__in=AT_WORK)
    starts = visit.slot.starts_at
    title = _("Visit %(day)s %(time)s %(facility)s") % {
        "day": short_day(starts),
        "time": clock(starts),
        "facility": visit.slot.facility.name,
    }
    try:
        with transaction.atomic():
            return open_room(
                kind=RoomKind.GROUP,
                title=title[:80],
                purpose=_("About this visit. The name of the client does not belong here."),
                classification=Classification.SUPPORT_RECORD,
                members=[*receiving, *own],
                tells=False,
                by=by,
            )
    except (RoomFull, TooManyRooms):
        return None


def tell_room(visit: Visit, sentence: str, *, by: Member | None) -> None:
    """Say in the talk room of a visit what has changed, in the name of whoever changed it; it bears no client.

    A room that takes no message of theirs keeps nobody from changing a visit: both sides have their notices.
    """
    if visit.room is None or by is None or not can_post(by, visit.room):
        return
    try:
        with transaction.atomic():
            post(room=visit.room, body=sentence, client_key=uuid4(), by=by)
    except (TooFast, RoomArchived):
        return


def people_of(visit: Visit, by: Member) -> QuerySet[Member]:
    """Who works for the facility, but for whoever books."""
    found = people_to_talk_with(by).filter(organization=visit.slot.facility.organization_id, role__in=AT_WORK)
    return found.exclude(organization=by.organization_id)
