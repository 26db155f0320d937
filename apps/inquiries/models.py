"""Inquiries, whom they are for, whom they ask, what was answered, and to whom it was told whose need it is."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.clients.models import Client, ConsentRecord, Need
from apps.environments.models import Environment, Member, Organization
from apps.facilities.grid import Band, Weekday
from apps.facilities.models import Facility, SchoolDistrict
from apps.inquiries.kinds import AgeGroup, Closing, InquiryState, Reason, Said, Support
from apps.paper.kinds import Channel
from apps.paper.models import Sheet


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def open(self) -> Self:
        """Taking answers now."""
        return self.filter(closed_at=None, due_at__gt=timezone.now())


class Inquiry(models.Model):
    """A need as it is told to everybody who is asked: sent when it is made, and never changed but by its end.

    It bears nothing of the client: whom it is for stands in a table of its own, so that nothing that shows an inquiry to
    those who are asked reads it by accident.
    """

    MOST_ASKED = 30
    LONGEST_AREA = 40
    LONGEST_TEXT = 600

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    # Those who had not answered were, for the last time.
    reminded_at = models.DateTimeField(null=True)
    age_group = models.CharField(max_length=10, choices=AgeGroup)
    support = models.CharField(max_length=16, choices=Support, blank=True)
    area = models.CharField(max_length=LONGEST_AREA, blank=True)
    weekdays = ArrayField(models.CharField(max_length=3, choices=Weekday), default=list)
    bands = ArrayField(models.CharField(max_length=12, choices=Band), default=list)
    needs = ArrayField(models.CharField(max_length=24, choices=Need), default=list)
    district = models.ForeignKey(SchoolDistrict, models.PROTECT, null=True, related_name="+")
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    # Words that could have told who it is, of which whoever sent it has said that they do not.
    confirmed = ArrayField(models.CharField(max_length=LONGEST_TEXT), default=list)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closing = models.CharField(max_length=9, choices=Closing, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(InquiryQuerySet))

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(name="an_inquiry_is_due_after_it_is_sent", condition=Q(due_at__gt=F("sent_at"))),
            models.CheckConstraint(
                name="a_closed_inquiry_says_how_and_by_whom",
                condition=Q(closed_at=None, closed_by=None, closing="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, closing__in=Closing.values),
            ),
            models.CheckConstraint(name="an_inquiry_is_about_a_known_age", condition=Q(age_group__in=AgeGroup.values)),
            models.CheckConstraint(
                name="an_inquiry_wishes_known_days", condition=Q(weekdays__contained_by=[*Weekday.values])
            ),
            models.CheckConstraint(
                name="an_inquiry_wishes_known_times", condition=Q(bands__contained_by=[*Band.values])
            ),
            models.CheckConstraint(name="an_inquiry_has_known_needs", condition=Q(needs__contained_by=[*Need.values])),
        ]
        indexes = [
            # Serves the list of one's own inquiries.
            models.Index(fields=["organization", "-sent_at"], name="inquiries_of_an_organization"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> InquiryState:
        if self.closing:
            return InquiryState(self.closing)
        return InquiryState.OPEN if self.takes_answers else InquiryState.OVERDUE

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def takes_answers(self) -> bool:
        return self.closed_at is None and self.due_at > timezone.now()


class InquiryClient(models.Model):
    """Whom an inquiry is for. Read where the asker's own side is shown, and where one office is told; nowhere else."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, related_name="for_whom")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)


class Recipient(models.Model):
    """One office that is asked. Its people answer once for it, whoever takes it; none of them learns of the others."""

    # Stands in the address of what it is asked: of the inquiry itself, which all share, it knows no id.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="recipients")
    number = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["inquiry", "number"]
        constraints = [
            models.UniqueConstraint(name="recipients_are_numbered_within_their_inquiry", fields=["inquiry", "number"]),
            models.UniqueConstraint(name="an_organization_is_inquired_of_once", fields=["inquiry", "organization"]),
            models.UniqueConstraint(name="a_facility_is_inquired_of_once", fields=["inquiry", "facility"]),
            models.CheckConstraint(
                name="an_inquiry_asks_an_organization_or_a_facility",
                condition=Q(organization__isnull=False, facility=None) | Q(organization=None, facility__isnull=False),
            ),
            models.CheckConstraint(name="an_inquiry_asks_thirty_at_most", condition=Q(number__range=(1, 30))),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """The office's or the facility's name."""
        if self.facility is not None:
            return self.facility.name
        return self.organization.name if self.organization is not None else ""

    @property
    def office_id(self) -> Any:
        """The organization whose people answer."""
        return self.facility.organization_id if self.facility is not None else self.organization_id

    @property
    def office(self) -> Organization | None:
        return self.facility.organization if self.facility is not None else self.organization


class InquiryReply(models.Model):
    """What one office says, changed until the inquiry is due."""

    LONGEST_REMARK = 300

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    recipient = models.OneToOneField(Recipient, models.PROTECT, related_name="reply")
    # Counts how often it was said: of two who answer at once, the second is told.
    version = models.PositiveIntegerField(default=1)
    said = models.CharField(max_length=6, choices=Said)
    reasons = ArrayField(models.CharField(max_length=12, choices=Reason), default=list)
    from_on = models.DateField(null=True)
    remark = models.CharField(max_length=LONGEST_REMARK, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # Nobody, where somebody answered who held the sheet.
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # Entered by the organization that asks: said on the phone, or come back on paper.
    is_proxy = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.ACCOUNT)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_cannot_says_why", condition=~Q(said="cannot") | ~Q(reasons=[]) & Q(from_on=None)
            ),
            models.CheckConstraint(name="who_can_has_no_reason_against", condition=~Q(said="can") | Q(reasons=[])),
            models.CheckConstraint(
                name="reasons_are_of_the_closed_list", condition=Q(reasons__contained_by=[*Reason.values])
            ),
            models.CheckConstraint(
                name="an_inquiry_is_answered_by_somebody_or_by_code",
                condition=Q(answered_by__isnull=False) | Q(is_proxy=False, channel="code"),
            ),
            models.CheckConstraint(
                name="who_asks_enters_what_came_otherwise",
                condition=Q(is_proxy=True, channel__in=["phone", "paper"])
                | Q(is_proxy=False, channel__in=["account", "code"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def reasons_said(self) -> list[str]:
        return [str(Reason(one).label) for one in Reason.values if one in self.reasons]


class InquirySheet(models.Model):
    """The sheet of one who is asked: who holds it answers for them, once."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="sheets")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    # When a newer one was printed for the same office; empty for the one that counts.
    replaced_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_inquiry_sheet_of_an_office_counts", fields=["recipient"], condition=Q(replaced_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Release(models.Model):
    """One office was told whose need it is, by a consent of the client. Once per inquiry, and never taken back from the
    rows: what it opens, it opens only while a consent covers the office."""

    LONGEST_CONTACT = 120

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, related_name="release")
    recipient = models.OneToOneField(Recipient, models.PROTECT, related_name="release")
    consent = models.ForeignKey(ConsentRecord, models.PROTECT, related_name="+")
    contact = models.CharField(max_length=LONGEST_CONTACT)
    released_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_release_says_whom_to_call", condition=~Q(contact="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)
