"""Suspend a place, and lift the suspension."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.access import check_can_administer
from apps.environments.happenings import place_suspended
from apps.environments.models import Member, Role, Suspension, SuspensionReason
from apps.environments.refusals import LastAdmin, NotSuspended, PlaceEnded


@transaction.atomic
def suspend(*, member: Member, reason: SuspensionReason, by: Member | None) -> Suspension:
    """Close a place until somebody lifts it: its person sees nothing from this moment on, and nothing is passed on.

    Called by `handovers.actions`, which know who may answer a review; `by` is nobody where time ran out. Refused for a
    place that is not open, and for the last admin, without whom nobody could lift anything.
    """
    # Locked in key order and looked at again: of the two last admins only one is suspended.
    locked = Member.objects.current().filter(role=Role.ADMIN).order_by("pk").select_for_update(of=("self",))
    admins = {admin.pk for admin in locked if admin.is_current}
    if admins == {member.pk}:
        raise LastAdmin(subject=member)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if not member.is_current:
        raise PlaceEnded(subject=member)

    suspension = Suspension.objects.create(
        environment_id=member.environment_id, member=member, reason=reason, suspended_by=by
    )
    audit.record(verb="environments.suspended", subject=member, by=by, detail={"reason": reason})
    place_suspended.announce(environment_id=member.environment_id, member_id=member.pk)
    return suspension


@transaction.atomic
def lift_suspension(*, member: Member, by: Member) -> None:
    """Open a suspended place again, as it was."""
    check_can_administer(by)

    reopen(member=member, by=by)


@transaction.atomic
def reopen(*, member: Member, by: Member) -> None:
    """The same by the hand that suspended it: called by `handovers.actions`, which know who may answer a review."""
    # The place first, as everywhere: of two who lift at once the second finds nothing to lift.
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    suspension = Suspension.objects.open().filter(member=member).first()
    if suspension is None or not member.is_suspended:
        raise NotSuspended(subject=member)

    suspension.valid_to, suspension.lifted_by = timezone.now(), by
    suspension.save(update_fields=["valid_to", "lifted_by"])
    audit.record(verb="environments.suspension_lifted", subject=member, by=by)
