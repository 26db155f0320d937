"""Write down what happened on the way to a facility."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.referrals.access import check_can_tell, is_of_facility
from apps.referrals.actions.telling import tell_facility, tell_office
from apps.referrals.kinds import REASONS, StepKind
from apps.referrals.models import Referral, Step
from apps.referrals.refusals import (
    DeclineWithoutReason,
    StepBeforeConsultation,
    StepInTheFuture,
    StepNotPossible,
)
from apps.visits.models import Visit

# The benefit is applied for once: it is the client's, whatever facility it is used at.
SHARED = ("applied", "granted")
# Of what the facility hears when the office writes it.
FACILITY_HEARS = ("introduced", "decided", "granted", "waiting", "declined_by_family", "withdrawn")


@transaction.atomic
def take_step(
    *, referral: Referral, kind: str, happened_on: date, reason: str = "", words: str = "", by: Member
) -> Step:
    """Write that this has happened, if it follows from where the referral stands (`StepNotPossible` otherwise). What is
    applied for and granted counts for all facilities of the consultation that are under way."""
    check_can_tell(by, referral, kind)
    referral = held(referral)
    check_day(referral, happened_on)
    if kind == StepKind.CORRECTED or not referral.recomputed().allows(kind):
        raise StepNotPossible(subject=referral, client_id=referral.client.pk)
    if kind in REASONS and reason not in REASONS[StepKind(kind)]:
        raise DeclineWithoutReason(subject=referral, client_id=referral.client.pk)
    check_no_individual_number(words)

    reason = reason if kind in REASONS else ""
    step = written(referral, kind, happened_on, by=by, reason=reason, words=words.strip())
    if kind in SHARED:
        share(referral, kind, happened_on, by=by)
    tell(referral, kind, by=by)
    return step


def held(referral: Referral) -> Referral:
    """The referral on a fresh row: of two who write at once, the second reads what the first has written."""
    beside = ("consultation__client", "facility__organization", "environment")
    found: Referral = (
        Referral.objects.select_for_update(of=("self",), no_key=True).select_related(*beside).get(pk=referral.pk)
    )
    return found


def check_day(referral: Referral, day: date) -> None:
    if day > timezone.localdate():
        raise StepInTheFuture(subject=referral, client_id=referral.client.pk)
    if day < referral.consultation.consulted_on:
        raise StepBeforeConsultation(subject=referral, client_id=referral.client.pk)


def written(
    referral: Referral,
    kind: str,
    happened_on: date,
    *,
    by: Member | None,
    reason: str = "",
    words: str = "",
    corrects: Step | None = None,
    visit: Visit | None = None,
) -> Step:
    """The next step of a referral that is held. Where it stands then, the database writes."""
    last = referral.steps.order_by("-number").values_list("number", flat=True).first() or 0
    about = {"reason": reason, "words": words, "corrects": corrects, "visit": visit, "recorded_by": by}
    step: Step = Step.objects.create(
        environment_id=referral.environment_id,
        referral=referral,
        number=last + 1,
        kind=kind,
        happened_on=happened_on,
        **about,
    )
    referral.refresh_from_db(fields=["state", "reached", "application", "since_on"])
    detail = {"kind": str(kind), "number": step.number, "reason": reason}
    audit.record(verb="referrals.step", subject=referral, client=referral.client, by=by, detail=detail)
    return step


def share(referral: Referral, kind: str, happened_on: date, *, by: Member) -> None:
    others = Referral.objects.filter(consultation=referral.consultation_id).exclude(pk=referral.pk)
    # In the order of their keys: two who share at once wait in no circle.
    for other in others.under_way().order_by("pk"):
        other = held(other)
        if other.recomputed().allows(kind):
            written(other, kind, happened_on, by=by)


def tell(referral: Referral, kind: str, *, by: Member) -> None:
    if is_of_facility(by, referral):
        tell_office(referral, gettext_noop("A facility has said how it goes with a family. Please see."))
    elif kind in FACILITY_HEARS:
        tell_facility(
            referral, gettext_noop("It goes on with a family that is interested in your facility. Please see.")
        )
