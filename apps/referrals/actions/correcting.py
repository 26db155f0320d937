"""Take back a step that was written by mistake: it stays in the history, and counts no more."""

from django.db import transaction
from django.utils import timezone

from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.referrals.access import check_can_correct
from apps.referrals.actions.stepping import held, written
from apps.referrals.kinds import StepKind
from apps.referrals.models import Step
from apps.referrals.refusals import CorrectionWithoutReason, NotCorrectable
from apps.referrals.standing import OutOfOrder, folded


@transaction.atomic
def correct_step(*, step: Step, words: str, by: Member) -> Step:
    """Say that it did not happen so, and why. Refused where later steps build on it (`NotCorrectable`)."""
    check_can_correct(by, step)
    referral = held(step.referral)
    check_no_individual_number(words)
    if not words.strip():
        raise CorrectionWithoutReason(subject=referral, client_id=referral.client.pk)
    steps = list(referral.steps.all())
    is_corrected = any(one.corrects_id == step.pk for one in steps)
    if step.kind == StepKind.CORRECTED or is_corrected or not stands_without(step, steps):
        raise NotCorrectable(subject=referral, client_id=referral.client.pk)

    return written(referral, StepKind.CORRECTED, timezone.localdate(), by=by, words=words.strip(), corrects=step)


def stands_without(step: Step, steps: list[Step]) -> bool:
    """Whether the rest still follows one from another."""
    day = step.referral.consultation.consulted_on
    try:
        folded(day, [one for one in steps if one.pk != step.pk])
    except OutOfOrder:
        return False
    return True
