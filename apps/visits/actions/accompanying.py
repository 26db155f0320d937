"""Name who of the office comes along to a visit: nobody is at two visits at once."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.visits.access import check_is_asking, people_to_accompany
from apps.visits.actions.holding import held_visit
from apps.visits.actions.publishing import end_run_out
from apps.visits.actions.rooms import tell_room
from apps.visits.actions.telling import tell_accompanying, tell_person, tell_receiving
from apps.visits.models import Visit
from apps.visits.queries.accompanying import line_in_the_way
from apps.visits.refusals import AccompaniesAnother, NotBooked, NotOfTheOffice

PROMISE = "nobody_accompanies_two_visits_at_once"


@transaction.atomic
def accompany(*, visit: Visit, member: Member | None, by: Member) -> Visit:
    """Let somebody of the office come along, another one, or nobody; who comes along is told, and the facility.

    Refused to whoever accompanies another visit meanwhile, held or booked (`AccompaniesAnother`, with the line of their
    calendar), and for somebody of another office (`NotOfTheOffice`).
    """
    visit = ready_for(visit, member, by=by)

    if visit.accompanied_by == member:
        return visit
    visit.may_overlap = False
    return with_along(visit, member, by=by)


def ready_for(visit: Visit, member: Member | None, *, by: Member) -> Visit:
    """The visit as it is now, held, where this person may come along."""
    visit = held_visit(visit)
    check_is_asking(by, visit)
    if not (visit.is_held or visit.is_booked) or visit.slot.has_begun:
        raise NotBooked(subject=visit)
    if member is not None and not people_to_accompany(visit).filter(pk=member.pk).exists():
        raise NotOfTheOffice(subject=visit)
    return visit


def with_along(visit: Visit, member: Member | None, *, by: Member) -> Visit:
    """Written, told and in the ledger. `visit.may_overlap` says whether the person may be taken elsewhere."""
    before, may_overlap = visit.accompanied_by, visit.may_overlap
    taken_along(visit, member, may_overlap=may_overlap)
    if before is not None and before != by and before.is_current:
        tell_person(before, visit, gettext_noop("A visit that you were to accompany goes without you."))
    tell_accompanying(visit, gettext_noop("You accompany a visit to a facility. Please see when."), by=by)
    if visit.is_booked:
        tell_room(visit, _("Who accompanies the family on this visit has changed."), by=by)
        tell_receiving(visit, gettext_noop("Who accompanies a family on a visit has changed. Please see who."))
    told = {"before": str(before.pk) if before else None, "member": str(member.pk) if member else None}
    detail = {**told, "is_exception": may_overlap}
    audit.record(verb="visits.accompanied", subject=visit, client=visit.client_id, by=by, detail=detail)
    return visit


def taken_along(visit: Visit, member: Member | None, *, may_overlap: bool = False) -> None:
    """Written where the person is free. Holds of theirs that ran out are swept up first, as with places."""
    if member is not None:
        end_run_out(Visit.objects.filter(accompanied_by=member))
    visit.accompanied_by, visit.may_overlap = member, may_overlap
    try:
        with transaction.atomic():
            visit.save(update_fields=["accompanied_by", "may_overlap", "overridden_by", "overridden_reason"])
    except IntegrityError as error:
        if member is None or getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != PROMISE:
            raise
        raise AccompaniesAnother(subject=visit, line=line_in_the_way(visit, member)) from error


def come_along(moved: Visit, member: Member | None, *, by: Member | None) -> None:
    """To another time the same person comes along. Where they are busy then, the office is told no; a family that moves
    the visit by its own key is not: it then goes without, and the office hears of the change."""
    if member is None:
        return
    try:
        taken_along(moved, member)
    except AccompaniesAnother:
        if by is not None:
            raise
        moved.accompanied_by = None
    else:
        tell_accompanying(moved, gettext_noop("A visit that you accompany is at another time now."), by=by)
