"""Who makes and reads official records: those who care for the client, as with the record itself."""

from uuid import UUID

from django.db.models import Max, QuerySet

from apps.clients.access import can_edit, can_see_places, check_can_edit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.records.models import Disclosure, SupportRecord
from apps.records.refusals import NoClient
from apps.rooms.access import can_administer_room, reads_by_exception, room_for, rooms_readable_by, shown_from
from apps.rooms.models import TalkRoom


def can_read_records(member: Member, client: Client) -> bool:
    """The division in charge and the care team, without guests and those let in by hand; of a protected client only who
    may know where they are, for the lines say which office does what."""
    return can_edit(member, client) and can_see_places(member, client)


def check_can_read_records(member: Member, client: Client) -> None:
    check_can_edit(member, client)
    if not can_see_places(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)


def can_record(member: Member, room: TalkRoom) -> bool:
    """Whoever reads the records of the room's client and is in the room."""
    if room.client is None or reads_by_exception(member, room):
        return False
    return can_read_records(member, room.client)


def can_renew(member: Member, record: SupportRecord) -> bool:
    """Who is in the room that the record was made in, for its messages are read anew."""
    return rooms_readable_by(member).filter(pk=record.room_id).exists() and can_record(member, record.room)


def check_can_record(member: Member, room: TalkRoom) -> TalkRoom:
    """The room as its door gives it now."""
    room = room_for(member, room.pk)
    if room.client is None:
        raise NoClient(subject=room)
    if not can_record(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    return room


def records_of(member: Member, client: Client) -> QuerySet[SupportRecord]:
    """The newest version of each record, the newest record first."""
    check_can_read_records(member, client)
    newest = SupportRecord.objects.filter(client=client).order_by().values("number").annotate(newest=Max("pk"))
    found: QuerySet[SupportRecord] = SupportRecord.objects.filter(pk__in=newest.values("newest"))
    return found.select_related("issued_by__organization", "room__client", "meeting").order_by("-number")


def record_for(member: Member, client: Client, number: int, version: int | None = None) -> SupportRecord:
    """The only way to get a record: its newest version, or the one that is named."""
    check_can_read_records(member, client)
    versions = SupportRecord.objects.filter(client=client, number=number)
    versions = versions.select_related("issued_by__organization", "meeting")
    if version is not None:
        versions = versions.filter(version=version)
    found: SupportRecord | None = versions.order_by("-version").first()
    if found is None:
        raise NotHere(subject=client, client_id=client.pk)
    # The client as their door gave them: they bear for what they are looked at.
    found.client = client
    return found


def can_disclose(member: Member, room: TalkRoom) -> bool:
    """Hand a whole room over: whoever answers for its record, and is shown all of it. About a client those who read their
    records and are in the room, for a body answers by law for what it keeps itself; about nobody the room's owners. A talk
    of two is nobody's record."""
    if not rooms_readable_by(member).filter(pk=room.pk).exists() or shown_from(member, room) is not None:
        return False
    return can_record(member, room) if room.client is not None else can_administer_room(member, room)


def check_can_disclose(member: Member, room: TalkRoom) -> TalkRoom:
    """The room as its door gives it now."""
    room = room_for(member, room.pk)
    if not can_disclose(member, room):
        raise NotAllowed(subject=room, client_id=room.client_id)
    return room


def disclosures_of(member: Member, room: TalkRoom) -> QuerySet[Disclosure]:
    """What was made of the room, the newest first, by whomever."""
    room = check_can_disclose(member, room)
    found: QuerySet[Disclosure] = Disclosure.objects.filter(room=room)
    return found.select_related("asked_by__organization")


def disclosure_for(member: Member, room: TalkRoom, disclosure_id: UUID) -> Disclosure:
    """The only way to get one."""
    found = disclosures_of(member, room).filter(pk=disclosure_id).first()
    if found is None:
        raise NotHere(subject=room, client_id=room.client_id)
    found.room = room
    return found
