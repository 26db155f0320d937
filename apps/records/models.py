"""Official records made of messages: 居宅介護支援経過（第5表） and サービス担当者会議の要点（第4表）. What was issued stays;
a change is a new version. Beside them whole rooms that are handed over to somebody who may ask for them by law."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models import Client
from apps.environments.models import Environment, Member
from apps.rooms.models import Message, TalkRoom


class Method(models.TextChoices):
    """How somebody was in touch, as the forms ask (第5表「項目」, 第4表「検討内容」)."""

    CARENET = "carenet", _("Message (carenet)")
    TELEPHONE = "telephone", _("Telephone")
    VISIT = "visit", _("Visit")
    COUNTER = "counter", _("At the office")
    MEETING = "meeting", _("Meeting")
    # Of somebody who could not come to a meeting: what they were asked counts as their part in it.
    INQUIRY = "inquiry", _("Answer to an inquiry")
    PAPER = "paper", _("Letter or fax")
    OTHER = "other", _("Other")


class SupportRecord(models.Model):
    """One version of a record of a client, numbered within the client and never changed.

    With a `Meeting` it is a 第4表「サービス担当者会議の要点」, without one a 第5表「居宅介護支援経過」.
    Source of the forms: 居宅サービス計画書等の様式 (厚生労働省老健局, 令和3年3月31日改正).
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="support_records")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="support_records")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    # As the sheet bears it: 居宅サービス計画作成者氏名.
    planner = models.CharField(_("Name of the care planner"), max_length=80)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(
                name="a_version_of_a_record_is_issued_once", fields=["client", "number", "version"]
            ),
            models.CheckConstraint(
                name="records_and_their_versions_begin_at_one", condition=Q(number__gte=1, version__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}.{self.version}"

    @property
    def is_of_meeting(self) -> bool:
        return hasattr(self, "meeting")


class RecordLine(models.Model):
    """One line of a record: when, how, with whom, what; and the message it was made of."""

    LONGEST = 10_000

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    record = models.ForeignKey(SupportRecord, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField(_("When"))
    method = models.CharField(_("How"), max_length=16, choices=Method, default=Method.CARENET)
    person = models.CharField(_("With whom"), max_length=160)
    content = models.TextField(_("Content"))
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    # When the message was written or edited that the line was made of: what comes after it overtakes the line.
    heard_at = models.DateTimeField()

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["record", "place"]
        constraints = [
            models.UniqueConstraint(name="lines_have_places_in_their_record", fields=["record", "place"]),
            models.UniqueConstraint(name="a_message_is_in_a_record_once", fields=["record", "message"]),
            models.CheckConstraint(
                name="a_line_says_something_of_bearable_length",
                condition=Q(LessThanOrEqual(Length("content"), 10_000)) & ~Q(content=""),
            ),
            models.CheckConstraint(name="places_in_a_record_begin_at_one", condition=Q(place__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_overtaken(self) -> bool:
        """Whether the message was edited or removed after the line was made of it."""
        return self.message.is_removed or told_at(self.message) != self.heard_at


def told_at(message: Message) -> object:
    """When a message came to say what it says now."""
    return message.edited_at or message.posted_at


class Presence(models.TextChoices):
    """What a draft says of somebody who may have been at a meeting."""

    PRESENT = "present", _("Attended")
    ABSENT = "absent", _("Absent (asked in writing)")
    UNSAID = "unsaid", _("Leave out")


class Meeting(models.Model):
    """A service staff meeting (サービス担当者会議), as one version of its summary tells it."""

    LONGEST = 4_000

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    record = models.OneToOneField(SupportRecord, models.PROTECT, related_name="meeting")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=120)
    # 開催回数: which of the meetings about this client it was.
    occasion = models.PositiveSmallIntegerField(default=1)
    client_attended = models.BooleanField(default=False)
    # Who of the family was there, with their relation.
    family = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    topics = models.TextField()
    conclusion = models.TextField()
    # 残された課題（次回の開催時期）.
    remaining = models.TextField(blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))),
            models.CheckConstraint(name="meetings_of_a_client_begin_at_one", condition=Q(occasion__gte=1)),
            models.CheckConstraint(
                name="a_meeting_says_where_what_and_with_what_outcome",
                condition=~Q(venue="") & ~Q(topics="") & ~Q(conclusion=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Attendee(models.Model):
    """Somebody who was at a meeting, or who could not come and was asked in writing: 所属（職種） and name, as told then."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    place = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=160)
    # Empty where only the body is known that sent somebody.
    name = models.CharField(max_length=80, blank=True)
    is_present = models.BooleanField()

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["meeting", "place"]
        constraints = [
            models.UniqueConstraint(name="attendees_have_places_in_their_meeting", fields=["meeting", "place"]),
            models.CheckConstraint(name="an_attendee_has_a_place_and_a_post", condition=Q(place__gte=1) & ~Q(post="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)


DISCLOSURE_LASTS = timedelta(days=7)


class Ground(models.TextChoices):
    """By what law somebody is given what was said in a room."""

    PERSON_OF_BODY = "person_of_body", _("The person asks a public body (Personal Information Act, Art. 76)")
    PERSON_OF_OFFICE = "person_of_office", _("The person asks an office (Personal Information Act, Art. 33)")
    GUIDANCE = "guidance", _("Inspection of an office (Long-Term Care Insurance Act, Art. 23)")
    COMPLAINT = "complaint", _("Handling of a complaint (Social Welfare Act, Art. 82)")
    INVESTIGATION = "investigation", _("Inquiry of investigators (Code of Criminal Procedure, Art. 197-2)")


class Disclosure(models.Model):
    """Everything that was said in one room, packed to be handed over: on what ground, to whom, by whom. The package is kept
    for a week; that it was made stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="disclosures")
    ground = models.CharField(_("Legal ground"), max_length=16, choices=Ground)
    reference = models.CharField(_("Reference"), max_length=120)
    addressee = models.CharField(_("Handed over to"), max_length=120)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # How many of how many messages are written: for whoever waits.
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="a_disclosure_names_its_reference_and_addressee", condition=~Q(reference="") & ~Q(addressee="")
            ),
            models.CheckConstraint(
                name="a_disclosure_is_made_or_has_failed", condition=Q(made_at=None) | Q(failed_at=None)
            ),
            models.CheckConstraint(
                name="a_made_disclosure_is_known_and_stored_until_it_ends",
                condition=Q(made_at=None, stored_as="", sha256="", ended_at=None)
                | (
                    Q(made_at__isnull=False, size__gt=0)
                    & ~Q(sha256="")
                    & (~Q(stored_as="") | Q(ended_at__isnull=False))
                ),
            ),
            models.UniqueConstraint(
                name="one_disclosure_of_a_room_is_made_at_a_time",
                fields=["room"],
                condition=Q(made_at=None, failed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_being_made(self) -> bool:
        return self.made_at is None and self.failed_at is None

    @property
    def is_there(self) -> bool:
        """Whether the package can be taken out."""
        return self.made_at is not None and self.ended_at is None

    @property
    def ends_at(self) -> datetime:
        return (self.made_at or self.asked_at) + DISCLOSURE_LASTS

    @property
    def purpose(self) -> str:
        """What its entries bear in the ledger."""
        return f"legal-basis:{self.ground}"
