"""What the house knows by itself: a visit that was booked or given up, an office that was told whose need it is."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from apps.clients.models import Client
from apps.environments.models import Environment, Member
from apps.facilities.models import Facility
from apps.inquiries.models import Recipient, Release
from apps.referrals.actions.referring import consultation_on, put_on_list
from apps.referrals.actions.stepping import held, written
from apps.referrals.kinds import StepKind
from apps.referrals.models import Consultation, Referral, Step
from apps.visits.models import Visit, VisitClient


def follow_visit(environment: Environment, visit_id: UUID, **_facts: Any) -> None:
    """Write down what a visit for a client says of their way. Who books for a client that is on no list yet has consulted
    them that day. What does not follow from where the referral stands is left to the desk."""
    with scope(environment=environment), transaction.atomic():
        beside = ("visit__slot__facility", "visit__booked_by", "visit__ended_by", "client")
        behind = VisitClient.objects.select_related(*beside).filter(visit=visit_id).first()
        if behind is not None and behind.visit.is_booked:
            follow_booking(behind.visit, behind.client)
        elif behind is not None and behind.visit.is_cancelled:
            follow_cancellation(behind.visit, behind.client)


def follow_booking(visit: Visit, client: Client) -> None:
    day = timezone.localdate(visit.booked_at)
    if Step.objects.filter(visit=visit, kind=StepKind.VISIT_BOOKED).exists() or visit.booked_by is None:
        return
    referral = on_the_way(client, visit.slot.facility, day, visit.booked_by)
    step_if_possible(referral, StepKind.VISIT_BOOKED, day, by=visit.booked_by, visit=visit)


def follow_cancellation(visit: Visit, client: Client) -> None:
    """Given up, and not for another time of the same facility: that one is a booking of its own."""
    moved = Visit.objects.filter(moved_from=visit, slot__facility=visit.slot.facility_id)
    booked = Step.objects.filter(visit=visit, kind=StepKind.VISIT_BOOKED, corrected_by=None).first()
    done = Step.objects.filter(visit=visit, kind=StepKind.VISIT_CANCELLED)
    if booked is None or moved.exists() or done.exists():
        return
    later = booked.referral.steps.filter(kind=StepKind.VISIT_BOOKED, number__gt=booked.number, corrected_by=None)
    if not later.exists():
        day = timezone.localdate(visit.ended_at)
        step_if_possible(booked.referral, StepKind.VISIT_CANCELLED, day, by=visit.ended_by, visit=visit)


def follow_release(environment: Environment, inquiry_id: UUID, **_facts: Any) -> None:
    """An office was told whose need it is: the family was introduced to its facility, where it has one alone."""
    with scope(environment=environment), transaction.atomic():
        beside = ("recipient__facility", "inquiry__for_whom__client", "released_by")
        release = Release.objects.select_related(*beside).filter(inquiry=inquiry_id).first()
        facility = facility_of(release.recipient) if release is not None else None
        if release is None or facility is None:
            return
        asked_on = timezone.localdate(release.inquiry.sent_at)
        referral = on_the_way(release.inquiry.for_whom.client, facility, asked_on, release.released_by)
        day = timezone.localdate(release.released_at)
        step_if_possible(referral, StepKind.INTRODUCED, day, by=release.released_by)


def facility_of(recipient: Recipient) -> Facility | None:
    if recipient.facility is not None:
        return recipient.facility
    found = list(Facility.objects.open().filter(organization=recipient.organization_id)[:2])
    return found[0] if len(found) == 1 else None


def on_the_way(client: Client, facility: Facility, day: date, by: Member) -> Referral:
    """The referral that is under way, or a new one in the consultation that is; without one, that of this day."""
    # One after the other: of two visits that are booked at once both find the same list.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    under_way = Referral.objects.filter(consultation__client=client).under_way()
    found: Referral | None = under_way.filter(facility=facility).order_by("-consultation__consulted_on").first()
    if found is not None:
        return found
    lists = Consultation.objects.filter(pk__in=under_way.values("consultation")).exclude(referrals__facility=facility)
    consultation = lists.order_by("-consulted_on").first() or consultation_on(client, day, by)
    again: Referral | None = consultation.referrals.filter(facility=facility).first()
    return again if again is not None else put_on_list(consultation, facility, by)


def step_if_possible(
    referral: Referral, kind: str, day: date, *, by: Member | None, visit: Visit | None = None
) -> None:
    referral = held(referral)
    if referral.recomputed().allows(kind):
        written(referral, kind, max(day, referral.consultation.consulted_on), by=by, visit=visit)
