"""Care teams: the organizations' seats, the people on them in their roles, and who is responsible. Everything is a
period: it is ended, never overwritten, and the database lets nobody change more of it than its end."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.consents import Purpose
from apps.environments.models import Environment, Member, Organization, Profession
from apps.kernel.periods import Period, PeriodQuerySet, one_at_a_time


class TeamRole(models.TextChoices):
    """As what an organization or a person supports a client (domain glossary). A closed list."""

    CARE_MANAGER = "care_manager", _("Care manager")
    CHIEF_CARE_MANAGER = "chief_care_manager", _("Chief care manager")
    CONSULTATION_SPECIALIST = "consultation_specialist", _("Consultation support specialist")
    DIVISION_STAFF = "division_staff", _("Division's staff")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PUBLIC_HEALTH_NURSE = "public_health_nurse", _("Public health nurse")
    LIFE_COORDINATOR = "life_coordinator", _("Community life coordinator")
    ATTENDING_PHYSICIAN = "attending_physician", _("Attending physician")
    PHYSICIAN = "physician", _("Physician")
    MEDICAL_SOCIAL_WORKER = "medical_social_worker", _("Medical social worker")
    PHARMACIST = "pharmacist", _("Pharmacist")
    VISITING_NURSE = "visiting_nurse", _("Visiting nurse")
    NURSE = "nurse", _("Nurse")
    THERAPIST = "therapist", _("Therapist")
    HOME_HELP_LEAD = "home_help_lead", _("Home-help lead")
    HOME_HELPER = "home_helper", _("Home helper")
    DAY_SERVICE_STAFF = "day_service_staff", _("Day service staff")
    CHILD_DEVELOPMENT_MANAGER = "child_development_manager", _("Child development support manager")
    EQUIPMENT_SPECIALIST = "equipment_specialist", _("Welfare equipment specialist")
    OFFICE_MANAGER = "office_manager", _("Office manager")
    FAMILY = "family", _("Family member")
    OTHER = "other", _("Other")


# Who can be responsible for a client: makes the care plan (居宅サービス計画) or the plan of support (障害児支援利用計画).
RESPONSIBLE_ROLES = [TeamRole.CARE_MANAGER, TeamRole.CHIEF_CARE_MANAGER, TeamRole.CONSULTATION_SPECIALIST]

# Which role a person is offered first, from their profession; where the two lists use one word, they mean the same.
USUAL_ROLES = {
    Profession.CITY_STAFF: TeamRole.DIVISION_STAFF,
    Profession.SERVICE_MANAGER: TeamRole.HOME_HELP_LEAD,
    **{Profession(role.value): role for role in TeamRole if role.value in Profession.values},
}


class SeatPurpose(models.TextChoices):
    """What an organization is on a care team for. The values are those of `Purpose`: a seat opens the client by a consent
    for the same purpose, and by no other. Nobody sits on a team for emergencies: they are declared when they come."""

    COORDINATION = Purpose.COORDINATION.value, _("Coordinating care and support")
    INTRODUCTION = Purpose.INTRODUCTION.value, _("Being introduced and visited")


class TeamPeriod(Period):
    """A period on a care team. One that was taken back before it began ends in the moment in which it begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


def never_ends_before_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")))


class Seat(TeamPeriod):
    """An organization's place on a client's care team, from when until when. Never deleted."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="seats")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    # Said where the kind of organization does not say it, such as which of two clinics has the attending physician.
    role = models.CharField(_("Role on the team"), max_length=32, choices=TeamRole, blank=True)
    purpose = models.CharField(
        _("What the seat is for"), max_length=16, choices=SeatPurpose, default=SeatPurpose.COORDINATION
    )

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            never_ends_before_it_begins("seat_never_ends_before_it_begins"),
            one_at_a_time("one_seat_per_organization_at_a_time", "client", "organization"),
            models.CheckConstraint(
                name="a_seat_is_for_care_or_for_an_introduction", condition=Q(purpose__in=SeatPurpose.values)
            ),
        ]
        # Serves "which clients does my organization hold a seat for".
        indexes = [models.Index(fields=["organization", "client"], name="seats_of_an_organization")]


class TeamMember(TeamPeriod):
    """A person of the seated organization who supports the client, as what, from when until when.

    A name and a role on the team, not a second gate: who sees the client follows from the seat. The database keeps the
    person one of the seat's organization, and ends the period with the seat and with the person's place in the environment.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="people")
    member = models.ForeignKey(Member, models.PROTECT, related_name="on_teams")
    role = models.CharField(_("Role on the team"), max_length=32, choices=TeamRole)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            never_ends_before_it_begins("team_member_never_ends_before_beginning"),
            one_at_a_time("one_role_per_person_on_a_seat_at_a_time", "seat", "member"),
        ]
        # Serves "on whose teams is this person", for those who hand over.
        indexes = [models.Index(fields=["member"], name="teams_of_a_member")]

    @property
    def can_be_responsible(self) -> bool:
        """By role, and only for those who support the client: who is introduced makes no plan."""
        return self.role in RESPONSIBLE_ROLES and self.seat.purpose == SeatPurpose.COORDINATION


class Responsibility(TeamPeriod):
    """Who makes a client's plan and answers for the team: one care manager or consultation specialist at a time.

    The database ends it with the person's time on the team.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="responsibilities")
    person = models.ForeignKey(TeamMember, models.PROTECT, related_name="responsibilities")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            never_ends_before_it_begins("responsibility_never_ends_before_it_begins"),
            one_at_a_time("one_responsible_person_per_client_at_a_time", "client"),
        ]
