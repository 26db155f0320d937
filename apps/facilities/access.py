"""Who sees which facilities and whose answers, and who may say something for a facility.

The city (its divisions, the welfare desk and the admins) sees everything. A facility's own people see their own answer, and
others' only where the environment publishes the board to everybody inside: competitors do not read one another (domain.md §7).
Those who arrange services (care managers, support centers, clinics …) see the board unless the admin has kept it to the city.
A guest knows the facilities of their own organization, and no others.
"""

from uuid import UUID

from django.db.models import QuerySet

from apps.environments.access import can_administer
from apps.environments.models import Member, OrganizationKind, Role
from apps.facilities.models import AvailabilityAnswer, BoardPolicy, Facility, SchoolDistrict, Shown
from apps.kernel.refusals import NotAllowed, NotHere


def is_of_the_city(member: Member) -> bool:
    """By their role, or because they act for a division of the city."""
    return can_keep(member) or (
        not member.is_guest and member.organization.kind == OrganizationKind.CITY_DIVISION and member.is_current
    )


def can_keep(member: Member) -> bool:
    """Write facilities down, change them, and answer on their behalf: the welfare desk, and the admins."""
    return member.role in {Role.ADMIN, Role.DESK} and member.is_current


def check_can_keep(member: Member) -> None:
    if not can_keep(member):
        raise NotAllowed


def can_keep_districts(member: Member) -> bool:
    """The list of school districts, and to whom the board is shown."""
    return can_administer(member)


def check_can_keep_districts(member: Member) -> None:
    if not can_keep_districts(member):
        raise NotAllowed


def facilities_visible_to(member: Member) -> QuerySet[Facility]:
    """Whom there is, and whom they take: public, but for guests, who know their own."""
    if member.is_guest:
        return facilities_of(member)
    return Facility.objects.all()


def facilities_of(member: Member) -> QuerySet[Facility]:
    """Those of the organization for which this member acts."""
    found: QuerySet[Facility] = Facility.objects.filter(organization=member.organization_id)
    return found


def facility_for(member: Member, facility_id: UUID) -> Facility:
    """The only way to get a facility."""
    visible = facilities_visible_to(member).select_related("kind", "organization", "office")
    found = visible.filter(pk=facility_id).first()
    if found is None:
        raise NotHere(subject=facility_id)
    return found


def is_own(member: Member, facility: Facility) -> bool:
    """Whether the member acts for the organization whose service this is."""
    return facility.organization_id is not None and facility.organization_id == member.organization_id


def shown_to() -> Shown:
    """To whom the open environment shows its board."""
    policy = BoardPolicy.objects.first()
    return Shown.PARTNERS if policy is None else Shown(policy.shown_to)


def sees_board(member: Member) -> bool:
    """Whether the member sees what facilities of others have answered."""
    if member.is_guest or not member.is_current:
        return False
    if is_of_the_city(member):
        return True
    shown = shown_to()
    return shown == Shown.EVERYBODY or (shown == Shown.PARTNERS and not facilities_of(member).exists())


def facilities_with_answers_for(member: Member) -> QuerySet[Facility]:
    """The facilities whose answers the member sees."""
    return facilities_visible_to(member) if sees_board(member) else facilities_of(member)


def can_see_answers(member: Member, facility: Facility) -> bool:
    return is_own(member, facility) or sees_board(member)


def check_can_see_answers(member: Member, facility: Facility) -> None:
    if not can_see_answers(member, facility):
        raise NotAllowed(subject=facility)


def answers_visible_to(member: Member, facility: Facility) -> QuerySet[AvailabilityAnswer]:
    """What a facility that its door has given has answered, the newest first; nothing for whom it is not."""
    answers: QuerySet[AvailabilityAnswer] = facility.answers.order_by("-number")
    return answers if can_see_answers(member, facility) else answers.none()


def can_answer(member: Member, facility: Facility) -> bool:
    """The facility's own people, but an auditor; and the desk on its behalf."""
    return can_keep(member) or (is_own(member, facility) and member.is_current and member.role != Role.AUDITOR)


def check_can_answer(member: Member, facility: Facility) -> None:
    if not can_answer(member, facility):
        raise NotAllowed(subject=facility)


def answers_by_proxy(member: Member, facility: Facility) -> bool:
    """Whether what this member says of the facility is said on its behalf."""
    return not is_own(member, facility)


def district_for(member: Member, district_id: UUID) -> SchoolDistrict:
    """The only way to get a school district, for whoever keeps the list. One that is not there is so for everybody."""
    found: SchoolDistrict | None = SchoolDistrict.objects.filter(pk=district_id).first()
    if found is None:
        raise NotHere(subject=district_id)
    check_can_keep_districts(member)
    return found
