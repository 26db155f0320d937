"""Say which places are free, and say again that nothing has changed."""

from django.db import transaction
from django.db.models import Max

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.facilities import stated as reading
from apps.facilities.access import answers_by_proxy, check_can_answer
from apps.facilities.models import AvailabilityAnswer, Facility, SchoolDistrict, Source
from apps.facilities.refusals import DistrictUnknown, FacilityClosed, NothingStated, NothingToConfirm
from apps.facilities.stated import Stated


@transaction.atomic
def state_availability(*, facility: Facility, stated: Stated, by: Member) -> AvailabilityAnswer:
    """The newest answer of a facility: by its own people, or by the desk on its behalf, which is marked."""
    check_can_answer(by, facility)

    is_proxy = answers_by_proxy(by, facility)
    source = Source.DESK if is_proxy else Source.OWN
    return receive_availability(facility=facility, stated=stated, source=source, is_proxy=is_proxy, by=by)


@transaction.atomic
def receive_availability(
    *, facility: Facility, stated: Stated, source: Source, is_proxy: bool, by: Member | None
) -> AvailabilityAnswer:
    """The same for an app above, which has checked by its own rule who answers: a survey, a sheet that came back.

    `by` is nobody where an office without an account answered. A facility that is closed takes no answer.
    """
    facility, number = locked(facility)
    stated = reading.checked(stated)
    if not stated.grid.cells:
        raise NothingStated(subject=facility)
    known = set(SchoolDistrict.objects.filter(pk__in=stated.districts).values_list("pk", flat=True))
    if not known.issuperset(stated.districts):
        raise DistrictUnknown(subject=facility)

    answer = written(facility, number, stated, source=source, is_proxy=is_proxy, confirmed_by=by)
    record("facilities.stated", answer, by)
    return answer


@transaction.atomic
def confirm_again(*, facility: Facility, by: Member) -> AvailabilityAnswer:
    """Nothing has changed: the newest answer once more, confirmed now."""
    check_can_answer(by, facility)
    facility, number = locked(facility)
    newest = facility.answers.order_by("-number").first()
    if newest is None:
        raise NothingToConfirm(subject=facility)

    is_proxy = answers_by_proxy(by, facility)
    source = Source.DESK if is_proxy else Source.OWN
    answer = written(
        facility, number, newest.stated, source=source, is_proxy=is_proxy, confirmed_by=by, is_unchanged=True
    )
    record("facilities.confirmed", answer, by)
    return answer


def locked(facility: Facility) -> tuple[Facility, int]:
    """The facility as it is now, and the number of its next answer. Of two who answer at once one comes after the other."""
    facility = Facility.objects.select_for_update(of=("self",), no_key=True).get(pk=facility.pk)
    if facility.is_closed:
        raise FacilityClosed(subject=facility)
    highest = facility.answers.aggregate(highest=Max("number"))["highest"] or 0
    return facility, highest + 1


def written(facility: Facility, number: int, stated: Stated, **about: object) -> AvailabilityAnswer:
    answer: AvailabilityAnswer = AvailabilityAnswer.objects.create(
        environment_id=facility.environment_id,
        facility=facility,
        number=number,
        cells=stated.grid.as_json(),
        from_when=stated.from_when,
        ages=list(stated.ages),
        districts=list(stated.districts),
        medical_care=stated.medical_care,
        visit_times=stated.visit_times,
        remarks=stated.remarks,
        **about,
    )
    return answer


def record(verb: str, answer: AvailabilityAnswer, by: Member | None) -> None:
    detail = {"number": answer.number, "source": answer.source, "is_proxy": answer.is_proxy}
    audit.record(verb=verb, subject=answer.facility, by=by, detail=detail)
