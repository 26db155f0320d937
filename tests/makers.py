"""Small makers of rows, for tests that need one more of something than the cast has."""

import itertools
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.clients.actions.papers import stored
from apps.clients.models import (
    Audience,
    Certification,
    Client,
    ClientNumber,
    ClientPaper,
    ClientPlace,
    ConsentRecord,
    ConsentReminder,
    ConsentWording,
    FamilyContact,
    ImportRun,
    Inspection,
    LegalException,
    Petition,
    PlacesBefore,
    PrintedForm,
    Protection,
    RenewalReminder,
    Responsibility,
    Revision,
    Seat,
    SilentOrganization,
    TeamMember,
    Transfer,
    TransferLine,
)
from apps.clients.models.certificates import PURPOSE, fingerprints_of
from apps.clients.scans import examined
from apps.directory.models import Municipality
from apps.environments.models import Environment, Member, Organization
from apps.handovers.models import Review, ReviewedPlace
from apps.kernel import vault
from apps.rooms.models import Classification, RoomKind, RoomLimits, RoomMembership, RoomPin, RoomRole, TalkRoom

counted = itertools.count(1)
# Long enough, common to all people of the tests who have one.
PASSPHRASE = "sakura no hana ga saku"


def make_municipality(lg_code: str = "032069", name: str = "北上市", prefecture: str = "岩手県") -> Municipality:
    municipality, _ = Municipality.objects.get_or_create(
        lg_code=lg_code, defaults={"name": name, "prefecture": prefecture, "search_text": name}
    )
    return municipality


def make_user(login_id: str | None = None, *, passphrase: str | None = None, **fields: Any) -> User:
    return User.objects.create_user(login_id or f"person{next(counted)}", passphrase, **fields)


def make_environment(slug: str | None = None, name: str = "さくら川市 介護連携") -> Environment:
    return Environment.objects.create(slug=slug or f"town-{next(counted)}", name=name, municipality=make_municipality())


def make_organization(environment: Environment, name: str | None = None, kind: str = "other") -> Organization:
    return Organization.objects.create(environment=environment, name=name or f"事業所{next(counted)}", kind=kind)


def make_member(organization: Organization, user: User | None = None, **fields: Any) -> Member:
    return Member.objects.create(
        environment=organization.environment,
        organization=organization,
        user=user or make_user(),
        **{"name": "山田 太郎", "kana": "やまだ たろう", **fields},
    )


def make_client(environment: Environment, *, seats: list[Organization], **fields: Any) -> Client:
    client = Client.objects.create(
        environment=environment, **{"name": "佐々木 ハナ", "kana": "ささき はな", "born_on": date(1942, 3, 9), **fields}
    )
    for organization in seats:
        make_seat(client, organization)
    return client


def make_clients(
    number: int, *, by: Member, division: Organization | None = None, is_covered: bool = True, **consent: Any
) -> list[Client]:
    """So many clients with a seat of this member's organization and, unless told, a consent that covers it: a few
    statements whatever the number. Their readings run through the syllabary."""
    around = {"environment": by.environment}
    clients = Client.objects.bulk_create(
        Client(name=f"計測 {nth:06}", kana=reading_of(nth), born_on=date(1930, 1, 1), division=division, **around)
        for nth in range(number)
    )
    Seat.objects.bulk_create(Seat(client=client, organization=by.organization, **around) for client in clients)
    if is_covered:
        paper = {"signer": "self", "purposes": ["coordination"], "signed_on": date(2026, 4, 1), "reference": "計測"}
        records = ConsentRecord.objects.bulk_create(
            ConsentRecord(client=client, signer_name=client.name, recorded_by=by, **around, **paper, **consent)
            for client in clients
        )
        Audience.objects.bulk_create(
            Audience(consent=record, organization=by.organization, **around) for record in records
        )
    keep_statistics()
    return clients


def keep_statistics() -> None:
    """What the server does by itself soon after many rows have come: without it, it plans for tables of three rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
        cursor.execute("ANALYZE clients_client, clients_seat, clients_consentrecord, clients_audience, clients_charge")
        cursor.execute(f"SET ROLE {role}")


def make_import(by: Member) -> ImportRun:
    """A list that this person has imported, with one client."""
    run = ImportRun.objects.create(
        environment=by.environment,
        organization=by.organization,
        imported_by=by,
        digest=f"list{next(counted)}",
        header="header",
        places={"name": 0},
        brought=1,
        already_there=0,
    )
    make_client(
        by.environment, seats=[], name="一覧 一", kana="いちらん いち", brought_by=run, division=by.organization
    )
    return run


def reading_of(nth: int) -> str:
    """A reading that no other number has."""
    kana = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ"
    letters = [kana[nth // 30**place % 30] for place in range(4)]
    return "".join(letters[:2]) + " " + "".join(letters[2:])


def make_consent(
    client: Client, *, by: Member, organizations: list[Organization] | None = None, **fields: Any
) -> ConsentRecord:
    """A consent for these organizations, or for every organization on the team; `kinds=[…]` for kinds."""
    kinds = fields.pop("kinds", [])
    if organizations is None and not kinds:
        organizations = [seat.organization for seat in client.seats.select_related("organization")]
    record = ConsentRecord.objects.create(
        environment=client.environment,
        client=client,
        recorded_by=by,
        **{
            "signer": "self",
            "signer_name": client.name,
            "purposes": ["coordination"],
            "signed_on": date(2026, 4, 1),
            "reference": "福祉課 2026-12",
            "valid_from": client.registered_at,
            **fields,
        },
    )
    for organization in organizations or []:
        Audience.objects.create(environment=client.environment, consent=record, organization=organization)
    for kind in kinds:
        Audience.objects.create(environment=client.environment, consent=record, kind=kind)
    return record


def make_revision(client: Client, *, by: Member, **fields: Any) -> Revision:
    return Revision.objects.create(
        environment=client.environment,
        client=client,
        changed_by=by,
        **{"number": 1, "was": {"kana": "ささき"}, **fields},
    )


def make_places_before(revision: Revision, **was: str) -> PlacesBefore:
    return PlacesBefore.objects.create(environment=revision.environment, revision=revision, was=was or {"area": ""})


def make_inspection(client: Client, *, by: Member, **fields: Any) -> Inspection:
    """An inspection that is over, unless `closes_at` says otherwise."""
    over = {"opened_at": timezone.now() - timedelta(hours=9), "closes_at": timezone.now() - timedelta(hours=7)}
    basis = {"basis": "supervision", "reference": "監査 2026-3"}
    return Inspection.objects.create(
        environment=client.environment, client=client, member=by, **{**basis, **over, **fields}
    )


def make_paper(client: Client, *, by: Member, number: int = 1, **fields: Any) -> ClientPaper:
    """A small photo in a client's record, with its file; `removed_at` and such as `fields`."""
    from tests.clients import scans

    scan = fields.pop("scan", None) or examined(scans.photo(colour=(number % 256, 80, 120)), "photo.jpg")
    return ClientPaper.objects.create(
        environment=client.environment,
        client=client,
        number=number,
        uploaded_by=by,
        **{
            "kind": "consent",
            "content_type": scan.content_type,
            "size": len(scan.content),
            "sha256": sha256(scan.content).hexdigest(),
            "stored_as": stored(client, scan.content),
            "preview_as": stored(client, scan.preview) if scan.preview else "",
            **fields,
        },
    )


def make_number(client: Client, *, by: Member, number: str = "0001234567", **fields: Any) -> ClientNumber:
    certificate = fields.pop("certificate", "insured")
    return ClientNumber.objects.create(
        environment=client.environment,
        client=client,
        certificate=certificate,
        locked=vault.lock(number, purpose=PURPOSE),
        fingerprint=fingerprints_of(certificate, number)[0],
        tail=number[-3:],
        written_by=by,
        **fields,
    )


def make_certification(client: Client, *, by: Member, **fields: Any) -> Certification:
    """要介護3, for the year around today."""
    today = timezone.localdate()
    return Certification.objects.create(
        environment=client.environment,
        client=client,
        written_by=by,
        **{
            "certificate": "insured",
            "care_level": "23",
            "first_day": today - timedelta(days=180),
            "last_day": today + timedelta(days=185),
            **fields,
        },
    )


def make_contact(client: Client, *, by: Member, **fields: Any) -> FamilyContact:
    about = {"name": "佐々木 洋子", "relation": "長女", "phone": "090-1234-5678", **fields}
    return FamilyContact.objects.create(
        environment=client.environment,
        client=client,
        written_by=by,
        phone_from=by.organization if about["phone"] else None,
        **about,
    )


def make_reminder(certification: Certification, *, days_ahead: int = 60) -> RenewalReminder:
    return RenewalReminder.objects.create(
        environment=certification.environment, certification=certification, days_ahead=days_ahead
    )


def make_seat(client: Client, organization: Organization, **period: Any) -> Seat:
    return Seat.objects.create(environment=client.environment, client=client, organization=organization, **period)


def make_team_member(seat: Seat, member: Member, role: str = "other", **period: Any) -> TeamMember:
    begins = period.pop("valid_from", max(seat.valid_from, member.valid_from))
    return TeamMember.objects.create(
        environment=seat.environment, seat=seat, member=member, role=role, valid_from=begins, **period
    )


def make_responsibility(person: TeamMember) -> Responsibility:
    return Responsibility.objects.create(
        environment=person.environment, client=person.seat.client, person=person, valid_from=person.valid_from
    )


def make_consent_reminder(consent: ConsentRecord) -> ConsentReminder:
    return ConsentReminder.objects.create(environment=consent.environment, consent=consent)


def make_wording(
    by: Member, *, number: int = 1, text: str = "同意書\n目的に同意します。撤回できます。", is_own: bool = True
) -> Any:
    return ConsentWording.objects.create(
        environment=by.environment, number=number, text=text, is_own=is_own, written_by=by
    )


def make_form(client: Client, *, by: Member, number: int = 1, **fields: Any) -> PrintedForm:
    """A sheet that was printed for the client, in the newest version, which is made where there is none."""
    wording = ConsentWording.objects.order_by("-number").first() or make_wording(by)
    about = {"environment": client.environment, "client": client, "printed_by": by}
    return PrintedForm.objects.create(**about, **{"number": number, "wording": wording, **fields})


def make_report(client: Client, *, by: Member, second: Member, **fields: Any) -> LegalException:
    """A report that somebody else is asked to confirm, of which the second person's organization hears nothing."""
    until = {"confirm_until": timezone.now() + timedelta(hours=23), "opens_at": None, "closes_at": None}
    words = {"kind": "report", "ground": "elder_abuse", "second": second, "place": 2}
    report = make_exception(client, by=by, **{**until, **words, **fields})
    SilentOrganization.objects.create(
        environment=client.environment, exception=report, organization=second.organization
    )
    return report


def make_place(client: Client, *, by: Member, kind: str = "home", text: str = "さくら川市本町1-2-3") -> ClientPlace:
    return ClientPlace.objects.create(
        environment=client.environment, client=client, kind=kind, text=text, written_by=by
    )


def make_petition(client: Client, *, by: Member, **fields: Any) -> Petition:
    """Somebody asks to see the places of a client."""
    words = {"kind": "see", "reason": "家庭訪問", "decide_until": timezone.now() + timedelta(hours=72)}
    return Petition.objects.create(environment=client.environment, client=client, asked_by=by, **{**words, **fields})


def make_protection(client: Client, *, by: Member) -> Protection:
    return Protection.objects.create(environment=client.environment, client=client, marked_by=by)


def make_exception(client: Client, *, by: Member, hours_ago: float = 1, **fields: Any) -> LegalException:
    """An emergency that began an hour ago and lasts one more."""
    began = timezone.now() - timedelta(hours=hours_ago)
    times = {"asked_at": began, "opens_at": began, "closes_at": began + timedelta(hours=2)}
    words = {"kind": "break-glass", "ground": "life", "purpose": "訪問先で応答がない", "place": 1}
    return LegalException.objects.create(
        environment=client.environment, client=client, member=by, **{**words, **times, **fields}
    )


def make_room(*, members: list[Member], client: Client | None = None, title: str = "連絡") -> TalkRoom:
    """A client's room, or a theme room that the first who may own one owns."""
    room = TalkRoom.objects.create(
        environment=members[0].environment,
        kind=RoomKind.CLIENT if client else RoomKind.GROUP,
        classification=Classification.SUPPORT_RECORD if client else Classification.OFFICE_MATTER,
        client=client,
        title=title,
        opened_by=members[0],
    )
    owner = None if client else next((one for one in members if not one.is_guest), None)
    for member in members:
        make_membership(room, member, role=RoomRole.OWNER if member == owner else RoomRole.WRITER)
    return room


def make_membership(
    room: TalkRoom, member: Member, *, role: str = RoomRole.WRITER, history_from: datetime | None = None
) -> RoomMembership:
    from guardian.shortcuts import assign_perm

    assign_perm("view_talkroom", member.user, room)
    return RoomMembership.objects.create(
        environment=room.environment, room=room, member=member, role=role, history_from=history_from
    )


def make_pin(room: TalkRoom, member: Member) -> RoomPin:
    return RoomPin.objects.create(environment=room.environment, room=room, member=member)


def make_limits(by: Member) -> RoomLimits:
    """The usual limits, said by somebody."""
    return RoomLimits.objects.create(environment=by.environment, changed_by=by)


def make_review(by: Member, people: list[Member], **fields: Any) -> Review:
    """An open access review that asks about these people."""
    review = Review.objects.create(
        environment=by.environment, started_by=by, **{"due_at": timezone.now() + Review.LASTS, **fields}
    )
    for one in people:
        ReviewedPlace.objects.create(environment=by.environment, review=review, member=one, clients=0, rooms=0)
    return review


def make_transfer(by: Member, clients: list[Client], **fields: Any) -> Transfer:
    """A transfer of these clients from the planner's division that waits for a second person."""
    target = fields.pop("target", None) or make_organization(by.environment, kind="city_division")
    transfer = Transfer.objects.create(
        environment=by.environment,
        source=by.organization,
        target=target,
        planned_by=by,
        **{"takes_effect_at": timezone.now() + timedelta(days=30), "needs_approval": True, **fields},
    )
    for client in clients:
        TransferLine.objects.create(environment=by.environment, transfer=transfer, client=client)
    return transfer
