"""Approach a facility for a client."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.referrals.access import check_can_refer, facilities_to_approach
from apps.referrals.actions.stepping import written
from apps.referrals.models import Consultation, Referral, Step
from apps.referrals.refusals import ApproachedAlready, FacilityNotOpen, StepInTheFuture


@transaction.atomic
def refer(*, client: Client, facility: Facility, consulted_on: date, by: Member) -> Referral:
    """Put a facility on the client's list. Facilities of one consultation share its day, and what was applied for."""
    check_can_refer(by, client)
    if consulted_on > timezone.localdate():
        raise StepInTheFuture(subject=client, client_id=client.pk)
    if not facilities_to_approach(by).filter(pk=facility.pk).exists():
        raise FacilityNotOpen(subject=facility, client_id=client.pk)

    return put_on_list(consultation_on(client, consulted_on, by), facility, by)


def put_on_list(consultation: Consultation, facility: Facility, by: Member) -> Referral:
    """With what was applied for already. Refused where the facility is on the list of this consultation."""
    referral = made(consultation, facility, by)
    detail = {"facility": str(facility.pk)}
    audit.record(verb="referrals.made", subject=referral, client=consultation.client_id, by=by, detail=detail)
    for step in applied_for(consultation):
        written(referral, step.kind, step.happened_on, by=by)
    return referral


def consultation_on(client: Client, day: date, by: Member) -> Consultation:
    about = {"environment_id": by.environment_id, "organization_id": by.organization_id, "opened_by": by}
    found, _made = Consultation.objects.get_or_create(client=client, consulted_on=day, defaults=about)
    return found


def made(consultation: Consultation, facility: Facility, by: Member) -> Referral:
    about = {"environment_id": consultation.environment_id, "opened_by": by, "since_on": consultation.consulted_on}
    try:
        with transaction.atomic():
            referral: Referral = Referral.objects.create(consultation=consultation, facility=facility, **about)
    except IntegrityError as error:
        raise ApproachedAlready(subject=facility, client_id=consultation.client_id) from error
    return referral


def applied_for(consultation: Consultation) -> list[Step]:
    """What was applied for and granted in the course of this consultation, as another referral of it says."""
    steps = Step.objects.filter(referral__consultation=consultation, corrected_by=None)
    furthest: dict[str, Step] = {}
    for step in steps.filter(kind__in=["applied", "granted"]).order_by("recorded_at", "pk"):
        furthest.setdefault(step.kind, step)
    return [furthest[kind] for kind in ("applied", "granted") if kind in furthest]
