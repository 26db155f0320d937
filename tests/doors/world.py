"""What stands behind every word of an address: one thing of each kind, where the cast lives and in the other place."""

import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone
from django_scopes import scope
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from apps.accounts.models import Device, User
from apps.calendars.actions import issue_feed
from apps.clients.models import Clearance, Client, Protection, Responsibility, TeamMember
from apps.directory.models import Office, System
from apps.environments.models import Member, Suspension
from apps.facilities.models import Facility
from apps.files import actions as files
from apps.handovers.models import Review, Reviewer
from apps.inquiries.models import InquirySheet, Recipient
from apps.notices.models import Notification
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from apps.rooms.models import Acknowledgement, MarkKind, Mention, Mentioned, ReactionKind, TalkRoom
from apps.visits.models import ClosedDay, RequestSheet, VisitClient, VisitRequest
from tests import makers
from tests.browser import Browser
from tests.cast import EVERYBODY, Cast
from tests.facilities.makers import make_answered_facility, make_board_policy
from tests.files import makers as file_makers
from tests.inquiries.makers import behind_addresses as inquired
from tests.live import session_cookie
from tests.notes.makers import make_note, make_task
from tests.oversight.makers import behind_addresses as overseen
from tests.records.makers import make_disclosure, make_meeting, make_record
from tests.referrals.makers import behind_addresses as referred
from tests.retention import make_retention, make_room_inspection
from tests.saying import make_habits, make_waiting, say
from tests.surveys.makers import behind_addresses
from tests.visits.makers import make_asked, make_slot, make_visit
from tests.waiting.makers import make_offer, make_wait

# Beside the cast: sato with a passphrase only, and the operator, who has no place in any environment.
PEOPLE = [*EVERYBODY, "onefactor", "operator"]


@dataclass
class World:
    """`things` and `other_things` fill addresses: sato's where they belong to a person, hana's where to a client."""

    cast: Cast
    operator: User
    things: dict[str, Any]
    other_things: dict[str, Any]
    cookies: dict[str, str] = field(default_factory=dict)

    def browser(self, person: str, **options: Any) -> Browser:
        """A browser of theirs; each person signs in once."""
        browser = Browser(**options)
        if person != "nobody":
            if person not in self.cookies:
                self.cookies[person] = session_cookie(self.user(person), second_factor=person != "onefactor")["value"]
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[person]
        return browser

    def user(self, person: str) -> User:
        if person == "operator":
            return self.operator
        user: User = self.cast["sato" if person == "onefactor" else person].user
        return user

    def missing(self) -> dict[str, Any]:
        """Ids of the right form behind which nothing stands; the environment, and what is public, stay."""
        return {word: thing if isinstance(thing, str) else gone(thing) for word, thing in self.things.items()}


def gone(thing: UUID | int) -> UUID | int:
    return 2**31 - 7 if isinstance(thing, int) else uuid4()


def build(cast: Cast) -> World:
    """One of everything, in the cast's environment and in the neighbour's. The scope of the cast is open around it."""
    with scope(environment=cast.elsewhere):
        office = cast.watanabe.organization
        client = makers.make_client(cast.elsewhere, seats=[office], division=office, name="となり タロウ")
        room = makers.make_room(members=[cast.watanabe], client=client, title="")
        notification = told(cast.watanabe)
        makers.make_limits(cast.watanabe)
        make_retention(cast.watanabe)
        make_board_policy(cast.watanabe)
        facility = make_answered_facility(cast.watanabe)
        make_room_inspection(room, by=cast.watanabe)
        file_makers.make_file_limits(cast.watanabe)
        makers.make_pin(room, cast.watanabe)
        make_habits(cast.watanabe)
        makers.make_inspection(client, by=cast.watanabe)
        elsewhere = {
            "slug": cast.elsewhere.slug,
            **overseen(by=cast.watanabe, client=client),
            "room_id": room.pk,
            "client_id": client.pk,
            "member_id": cast.watanabe.pk,
            "seat_id": client.seats.get().pk,
            "person_id": planner(client, cast.watanabe).pk,
            "consent_id": makers.make_consent(client, by=cast.watanabe).pk,
            "message_number": said_twice(room, cast.watanabe),
            "record_number": make_meeting(room, by=cast.watanabe, number=2).record.number,
            "disclosure_id": make_disclosure(room, by=cast.watanabe).pk,
            # As with papers: in hana's room there is one note in one version.
            "note_number": noted(room, cast.watanabe, number=2),
            "version_number": 2,
            "task_number": 2,
            "waiting_id": waits_with_file(room, cast.watanabe),
            # Not a number that a paper of hana has: what is found behind it elsewhere must be missing here.
            "paper_number": makers.make_paper(client, by=cast.watanabe, number=2).number,
            "form_number": makers.make_form(client, by=cast.watanabe, number=2).number,
            "wording_number": makers.make_wording(cast.watanabe, number=2).number,
            "exception_id": makers.make_exception(client, by=cast.watanabe).pk,
            "petition_id": makers.make_petition(client, by=cast.watanabe).pk,
            "place_id": makers.make_place(client, by=cast.watanabe).pk,
            "protection_id": cleared(makers.make_protection(client, by=cast.watanabe), cast.watanabe).pk,
            "report_id": makers.make_report(client, by=cast.watanabe, second=stranger(cast)).pk,
            "run_id": makers.make_import(cast.watanabe).pk,
            "facility_id": facility.pk,
            "district_id": facility.districts.get().pk,
            **visited(facility, by=cast.watanabe, publisher=cast.watanabe, client=client),
            "notification_id": notification.pk,
            **of_client(client, cast.watanabe),
            "organization_id": office.pk,
            "review_id": reviewed(cast.watanabe, cast.watanabe).pk,
            "transfer_id": makers.make_transfer(cast.watanabe, [client]).pk,
            # As with papers: there is one in hana's room, and no second one.
            "file_number": 2,
            "page_number": 2,
            "upload_id": file_makers.make_upload(cast.watanabe).pk,
            "file_id": file_makers.make_file(cast.watanabe).pk,
            **of_person(cast.watanabe.user),
            **behind_addresses(
                by=cast.watanabe, first=makers.make_organization(cast.elsewhere), second=cast.watanabe, number=3
            ),
            # As with papers: in hana's referral there is one step.
            **referred(client, by=cast.watanabe, facility=facility, number=2),
            **inquired(client, by=cast.watanabe, first=makers.make_organization(cast.elsewhere), second=stranger(cast)),
        }
        asked_by_the_same_sheet(elsewhere)
    makers.make_inspection(cast.hana, by=cast.ishii)
    makers.make_limits(cast.ito)
    make_retention(cast.ito)
    make_board_policy(cast.ito)
    # Of suzuki's organization; takahashi and the others belong to none.
    facility = make_answered_facility(cast.suzuki)
    make_room_inspection(cast.room, by=cast.ishii)
    file_makers.make_file_limits(cast.ito)
    makers.make_pin(cast.room, cast.sato)
    make_habits(cast.sato)
    here = {
        "slug": cast.environment.slug,
        **overseen(by=cast.ishii, client=cast.hana),
        "room_id": cast.room.pk,
        "message_number": edited(cast.room, cast.sato),
        "record_number": make_record(cast.room, by=cast.sato).number,
        "disclosure_id": make_disclosure(cast.room, by=cast.sato).pk,
        "note_number": noted(cast.room, cast.sato, number=1),
        "version_number": 1,
        "task_number": 1,
        "waiting_id": waits_with_file(cast.room, cast.sato),
        "client_id": cast.hana.pk,
        "member_id": cast.suzuki.pk,
        "seat_id": cast.hana.seats.get(organization=cast.aozora).pk,
        "person_id": planner(cast.hana, cast.sato).pk,
        "consent_id": cast.consent.pk,
        "paper_number": makers.make_paper(cast.hana, by=cast.sato).number,
        "form_number": makers.make_form(cast.hana, by=cast.sato).number,
        "wording_number": 1,
        "exception_id": makers.make_exception(cast.hana, by=cast.suzuki).pk,
        "petition_id": makers.make_petition(cast.hana, by=cast.suzuki).pk,
        "place_id": makers.make_place(cast.hana, by=cast.suzuki).pk,
        "protection_id": ended(cleared(makers.make_protection(cast.hana, by=cast.tanaka), cast.sato), cast).pk,
        "report_id": makers.make_report(cast.hana, by=cast.suzuki, second=cast.ishii).pk,
        "run_id": makers.make_import(cast.tanaka).pk,
        "facility_id": facility.pk,
        "district_id": facility.districts.get().pk,
        **visited(facility, by=cast.sato, publisher=cast.suzuki, client=cast.hana),
        "notification_id": told(cast.sato).pk,
        **of_client(cast.hana, cast.sato),
        "organization_id": cast.hidamari.pk,
        "transfer_id": makers.make_transfer(cast.tanaka, [cast.hana]).pk,
        "review_id": reviewed(cast.ito, cast.suzuki).pk,
        "file_number": 1,
        "page_number": 1,
        "upload_id": file_makers.make_upload(cast.sato).pk,
        "file_id": file_makers.make_file(cast.sato).pk,
        **of_person(cast.sato.user),
        **behind_addresses(by=cast.sato, first=cast.aozora, second=cast.takahashi, number=1),
        **referred(cast.hana, by=cast.sato, facility=facility),
        **inquired(cast.hana, by=cast.sato, first=cast.aozora, second=cast.takahashi),
    }
    asked_by_the_same_sheet(here)
    make_meeting(cast.room, by=cast.sato, number=3)
    # The directory is the same for everybody; the form of a template is no thing.
    public = {"office_id": make_office().pk, "form": "csv", "phrase": "thanks", "template_key": "short-stay"}
    return World(
        cast=cast,
        operator=makers.make_user("operator", is_operator=True),
        things=here | public,
        other_things=elsewhere | public,
    )


def asked_by_the_same_sheet(things: dict[str, Any]) -> None:
    """The sheet of the survey is one of the inquiry and of the request too: so one scan stands behind the addresses of all."""
    request = VisitRequest.objects.get(pk=things["request_id"])
    about = {"environment_id": request.environment_id, "request": request}
    RequestSheet.objects.create(**about, sheet_id=things["sheet_id"])
    recipient = Recipient.objects.get(pk=things["recipient_id"])
    InquirySheet.objects.create(
        environment_id=recipient.environment_id, recipient=recipient, sheet_id=things["sheet_id"]
    )


def visited(facility: Facility, *, by: Member, publisher: Member, client: Client) -> dict[str, Any]:
    """A visiting time with a free place, and a visit that is booked in it."""
    slot = make_slot(publisher, facility, capacity=3)
    closed = {"environment": by.environment, "facility": facility, "closed_by": publisher, "reason": "staff"}
    ClosedDay.objects.create(day=timezone.localdate() + timedelta(days=100), **closed)
    visit = make_visit(slot, by)
    VisitClient.objects.create(environment=by.environment, visit=visit, client=client)
    request = make_asked(by, facility)
    waiting = make_wait(by, facility, client=client)
    make_offer(waiting, make_slot(publisher, facility))
    return {
        "wait_id": waiting.pk,
        "feed_code": issue_feed(by=by),
        "slot_id": slot.pk,
        "visit_id": visit.pk,
        "key": visit.family_key.code,
        "request_id": request.pk,
    }


def edited(room: TalkRoom, by: Member) -> int:
    """The number of a message that was edited, so that what it said before is there too."""
    number = say(room, by).number
    rooms.mark_message(message=message_for(by, room.pk, number), kind=MarkKind.TO_DO, by=by)
    message = rooms.edit(message=room.messages.get(number=number), body="訪問しました。", by=by)
    rooms.keep_draft(room=room, body="明日は", by=by)
    rooms.react(message=message, kind=ReactionKind.SEEN, by=by)
    file_makers.attach_everything(message)
    ask = rooms.ask_to_confirm(message=message, of="organizations", by=by)
    # As if they had been asked and called by somebody else.
    about = {"environment": room.environment, "member": by}
    Mention.objects.create(message=message, begins=0, words="@訪問", kind="person", **about)
    Mentioned.objects.create(room=room, number=message.number, **about)
    Acknowledgement.objects.create(environment=room.environment, ask=ask, member=by)
    rooms.need_somebody(message=message, organization=by.organization, by=by)
    return message.number


def said_twice(room: TalkRoom, by: Member) -> int:
    """Not a number that a message in hana's room has."""
    edited(room, by)
    return edited(room, by)


def waits_with_file(room: TalkRoom, by: Member) -> UUID:
    """A message for tomorrow, with a file that waits for it."""
    waiting = make_waiting(room, by, attached=[file_makers.make_file(by).pk])
    files.reserve_files(ids=waiting.attached, until=waiting.due_at, by=by)
    return waiting.pk


def noted(room: TalkRoom, by: Member, *, number: int) -> int:
    """The number of a note with a task."""
    return make_task(make_note(room, by=by, number=number), by=by).note.number


def planner(client: Client, member: Member) -> TeamMember:
    """The person who is responsible for the client, on the seat of their office."""
    seat = client.seats.get(organization=member.organization_id)
    person = makers.make_team_member(seat, member, "care_manager")
    Responsibility.objects.create(
        environment=client.environment, client=client, person=person, valid_from=person.valid_from
    )
    return person


def of_client(client: Client, by: Any) -> dict[str, Any]:
    """What stands in a client's record."""
    makers.make_places_before(makers.make_revision(client, by=by))
    certification = makers.make_certification(client, by=by)
    makers.make_reminder(certification)
    makers.make_consent_reminder(client.consents.get())
    return {
        "number_id": makers.make_number(client, by=by).pk,
        "certification_id": certification.pk,
        "contact_id": makers.make_contact(client, by=by).pk,
    }


def reviewed(by: Member, about: Member) -> Review:
    """An open access review that asks about one person, whose colleague answers; a suspension that was lifted."""
    review = makers.make_review(by, [about])
    place = {"environment": by.environment, "organization": about.organization, "member": about}
    Reviewer.objects.create(review=review, **place)
    day = timezone.now() - timedelta(days=9)
    lifted = {"valid_from": day, "valid_to": day + timedelta(days=1), "lifted_by": by}
    Suspension.objects.create(environment=by.environment, member=about, reason="unanswered", **lifted)
    return review


def stranger(cast: Cast) -> Member:
    """Somebody of the other place who is a colleague of nobody."""
    return makers.make_member(makers.make_organization(cast.elsewhere))


def ended(protection: Protection, cast: Cast) -> Protection:
    """One that was lifted: hana is to be found."""
    protection.lifted_at, protection.lifting_asked_by, protection.lifted_by = timezone.now(), cast.tanaka, cast.sato
    protection.save(update_fields=["lifted_at", "lifting_asked_by", "lifted_by"])
    return protection


def cleared(protection: Protection, by: Member) -> Protection:
    """One under which somebody has said of a paper that it shows no place."""
    around = {"environment": by.environment, "protection": protection, "said_by": by}
    Clearance.objects.create(paper=protection.client.papers.get(), **around)
    return protection


def make_office() -> Office:
    return Office.objects.create(
        system=System.KAIGO, office_number="0370600017", name="さくら", sort_kana="サクラ", search_text="サクラ"
    )


def told(member: Any) -> Notification:
    return Notification.objects.create(environment=member.environment, receiver=member, sentence="Hello.")


def of_person(user: User) -> dict[str, Any]:
    """A device, a passkey and a session in another browser."""
    device = Device.objects.create(user=user, name="phone", token_hash=uuid4().hex)
    passkey = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "phone", "credential": credential()}
    )
    session = UserSession.objects.create(
        user=user, session_key=uuid4().hex, ip="192.0.2.1", user_agent="test", last_seen_at=timezone.now()
    )
    return {"device_id": device.pk, "pk": passkey.pk, "session_id": session.pk}


def credential() -> dict[str, Any]:
    """What a browser sends when somebody registers a passkey: a key that is in no hardware."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    name = os.urandom(16)
    there = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    data = AuthenticatorData.create(
        sha256(b"localhost").digest(), there, 0, AttestedCredentialData.create(b"\0" * 16, name, key)
    )
    client = CollectedClientData.create("webauthn.create", os.urandom(16), "http://localhost")
    response = {
        "attestationObject": written(AttestationObject.create("none", data, {})),
        "clientDataJSON": written(client),
    }
    return {"id": written(name), "rawId": written(name), "type": "public-key", "response": response}


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
