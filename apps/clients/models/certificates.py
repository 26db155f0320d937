"""What a certificate says: the number somebody is known by, and the periods for which care or support was granted."""

import re
import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.written import Written, WrittenQuerySet, struck_by_somebody
from apps.environments.models import Environment
from apps.kernel import vault
from apps.kernel.periods import no_day_twice

# How long ahead the end of a certification is announced: the application for renewal opens 60 days before it
# (介護保険法施行規則 39条); who has not applied a month later risks a gap.
AHEAD = (60, 30)
PURPOSE = "clients.number"


class Certificate(models.TextChoices):
    """Which certificate: of long-term care insurance, or of a child's support."""

    INSURED = "insured", _("Long-term care insurance")
    RECIPIENT = "recipient", _("Recipient certificate")


class CareLevel(models.TextChoices):
    """要介護状態区分コード (domain §3.2)."""

    INDEPENDENT = "01", _("Not certified")
    PROGRAMME = "06", _("Programme participant")
    TRANSITIONAL = "11", _("Transitional care need")
    SUPPORT_1 = "12", _("Support need 1")
    SUPPORT_2 = "13", _("Support need 2")
    CARE_1 = "21", _("Care need 1")
    CARE_2 = "22", _("Care need 2")
    CARE_3 = "23", _("Care need 3")
    CARE_4 = "24", _("Care need 4")
    CARE_5 = "25", _("Care need 5")


# Those who take part in a programme, and who were not certified, may have no last day.
OPEN_ENDED = (CareLevel.INDEPENDENT, CareLevel.PROGRAMME)
FORMS = {
    # Who receives public assistance and is not insured has an H and nine digits (domain §2.4).
    Certificate.INSURED: re.compile(r"[0-9]{10}|H[0-9]{9}"),
    Certificate.RECIPIENT: re.compile(r"[0-9]{10}"),
}


class ClientNumber(Written):
    """A number of a client's certificate: encrypted, found by its fingerprint, shown by its last three digits.

    Nobody reads it from here by accident: `opened()` is called by one verb, which leaves an entry in the ledger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="numbers")
    certificate = models.CharField(_("Certificate"), max_length=16, choices=Certificate)
    # The insurer, six digits, or nothing where it is not known.
    insurer_number = models.CharField(_("Insurer number"), max_length=6, blank=True)
    locked = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    # Kept beside the locked number, so that a page need not unlock it in order to mask it.
    tail = models.CharField(max_length=3)
    # The imported list that brought it: it goes with the list when that is taken back.
    brought_by = models.ForeignKey("clients.ImportRun", models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(WrittenQuerySet))

    class Meta:
        ordering = ["certificate", "-written_at"]
        constraints = [
            struck_by_somebody("a_number_is_struck_out_by_somebody"),
            models.UniqueConstraint(
                name="one_number_of_a_kind_per_client",
                fields=["client", "certificate"],
                condition=Q(struck_at=None),
            ),
            models.UniqueConstraint(
                name="a_number_belongs_to_one_client",
                fields=["environment", "certificate", "insurer_number", "fingerprint"],
                condition=Q(struck_at=None),
            ),
            models.CheckConstraint(
                name="an_insurer_number_has_six_digits",
                condition=Q(insurer_number="") | Q(insurer_number__regex="^[0-9]{6}$"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def masked(self) -> str:
        """•••••••567: how it is shown everywhere."""
        return f"•••••••{self.tail}"

    def opened(self) -> str:
        return vault.unlock(self.locked, purpose=PURPOSE)


class CertificationQuerySet(WrittenQuerySet):
    def present(self) -> Self:
        """Those that hold today."""
        today = timezone.localdate()
        return self.standing().filter(Q(last_day=None) | Q(last_day__gte=today), first_day__lte=today)

    def unrenewed(self, *, days: int, lapsed: timedelta = timedelta(0)) -> Self:
        """Those that end within so many days, or ended no longer ago than `lapsed`, and that no later one follows."""
        today = timezone.localdate()
        later = Certification.objects.standing().filter(
            client=models.OuterRef("client"),
            certificate=models.OuterRef("certificate"),
            first_day__gt=models.OuterRef("first_day"),
        )
        ending = self.standing().filter(last_day__range=(today - lapsed, today + timedelta(days=days)))
        return ending.filter(~models.Exists(later), first_day__lte=today)


class Certification(Written):
    """A period for which a care level was certified, or days of support were granted to a child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="certifications")
    certificate = models.CharField(_("Certificate"), max_length=16, choices=Certificate)
    care_level = models.CharField(_("Care level"), max_length=2, choices=CareLevel, blank=True)
    # Days per month.
    granted_days = models.PositiveSmallIntegerField(_("Granted days per month"), null=True, blank=True)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"), null=True, blank=True)
    # The imported list that brought it: it goes with the list when that is taken back.
    brought_by = models.ForeignKey("clients.ImportRun", models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(CertificationQuerySet)
    )

    class Meta:
        ordering = ["-first_day"]
        indexes = [
            # Serves the list of renewals.
            models.Index(fields=["last_day"], name="certifications_by_their_end", condition=Q(struck_at=None)),
        ]
        constraints = [
            struck_by_somebody("a_certification_is_struck_out_by_somebody"),
            no_day_twice("one_certification_at_a_time", "client", "certificate", condition=Q(struck_at=None)),
            models.CheckConstraint(
                name="a_certification_ends_after_it_begins",
                condition=Q(last_day=None) | Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="a_certification_has_a_last_day",
                condition=Q(last_day__isnull=False) | Q(care_level__in=[*OPEN_ENDED]),
            ),
            models.CheckConstraint(
                name="a_certification_says_a_level_or_days",
                condition=(Q(certificate=Certificate.INSURED, granted_days=None) & ~Q(care_level=""))
                | Q(certificate=Certificate.RECIPIENT, granted_days__range=(1, 31), care_level=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_present(self) -> bool:
        return self.stands and self.first_day <= timezone.localdate() and not self.has_ended

    @property
    def has_ended(self) -> bool:
        return self.last_day is not None and self.last_day < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """How many days lie between today and the last day; None while there is no end."""
        return None if self.last_day is None else (self.last_day - timezone.localdate()).days

    @property
    def ends_soon(self) -> bool:
        return self.is_present and self.days_left is not None and self.days_left <= max(AHEAD)


class RenewalReminder(models.Model):
    """That the end of a certification was announced so many days ahead: once."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    certification = models.ForeignKey(Certification, models.PROTECT, related_name="reminders")
    days_ahead = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_renewal_is_announced_once", fields=["certification", "days_ahead"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def fingerprints_of(certificate: str, number: str) -> list[str]:
    """Under every present key, the one that is written first."""
    return vault.fingerprints(f"{certificate}:{number}", purpose=PURPOSE)


def has_form(certificate: str, number: str) -> bool:
    return FORMS[Certificate(certificate)].fullmatch(number) is not None
