"""Who may declare an emergency or a report, who confirms, ends and judges it, and who is told.

Emergencies are for those who are called to a person in danger: divisions of the city, support and consultation centers,
clinics and visiting nurses (個人情報の保護に関する法律 27条1項2号: protection of life and body). A report is looked into by
the municipality and by those it charges with that (高齢者虐待防止法 9条・17条), so by divisions and centers. Guests, bodies
from outside, admins and auditors do neither: the last two watch over it.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from apps.clients.access.people import people_in_the_ordinary_way
from apps.clients.access.rule import IN_CHARGE, charges_now, is_of_the_division
from apps.clients.models import (
    Audience,
    Client,
    ConsentRecord,
    ExceptionKind,
    LegalException,
    Purpose,
    SilentOrganization,
)
from apps.environments.models import Member, MemberQuerySet, OrganizationKind, Role
from apps.kernel.refusals import NotAllowed, NotHere

INVESTIGATING = {
    OrganizationKind.CITY_DIVISION,
    OrganizationKind.COMMUNITY_SUPPORT_CENTER,
    OrganizationKind.CORE_CONSULTATION_CENTER,
}
CALLED_IN_AN_EMERGENCY = INVESTIGATING | {OrganizationKind.CLINIC, OrganizationKind.VISITING_NURSE_STATION}
WATCHING = {Role.ADMIN, Role.AUDITOR}


def works_in(member: Member, kinds: set[OrganizationKind]) -> bool:
    body = member.organization
    return member.is_current and member.role in IN_CHARGE and body.kind in kinds and not body.is_outside


def can_break_glass(member: Member) -> bool:
    return works_in(member, CALLED_IN_AN_EMERGENCY)


def check_can_break_glass(member: Member) -> None:
    if not can_break_glass(member):
        raise NotAllowed


def can_report(member: Member) -> bool:
    return works_in(member, INVESTIGATING)


def check_can_report(member: Member) -> None:
    if not can_report(member):
        raise NotAllowed


def seconds_for(member: Member) -> MemberQuerySet:
    """Who may confirm a report of this member: everybody else who could declare one."""
    people: MemberQuerySet = Member.objects.current()
    return (
        people.filter(user__is_active=True, role__in=IN_CHARGE, organization__kind__in=INVESTIGATING)
        .filter(organization__is_outside=False)
        .exclude(pk=member.pk)
    )


def exceptions_visible_to(member: Member) -> QuerySet[LegalException]:
    """Auditors see all, admins all but reports that their organization must not hear of; the desk of the division in
    charge sees those of its clients; everybody sees their own and those they are asked to confirm."""
    if not member.is_current or member.is_guest:
        return LegalException.objects.none()
    if member.role == Role.AUDITOR:
        return LegalException.objects.all()
    silent = SilentOrganization.objects.filter(exception=OuterRef("pk"), organization=member.organization_id)
    own = Q(member=member) | Q(second=member)
    of_role = Q(pk__in=[])
    if member.role == Role.DESK:
        of_role = Q(client__in=charges_now().filter(division=member.organization_id).values("client"))
    if member.role == Role.ADMIN:
        of_role = ~Q(pk__in=[])
    # A report that nobody has confirmed is known to the two people it lies between.
    watched = of_role & ~Exists(silent) & (Q(kind="break-glass") | Q(opens_at__isnull=False))
    return LegalException.objects.filter(own | watched)


def exception_for(member: Member, exception_id: UUID) -> LegalException:
    """The only way to get an exception by id. Hidden and missing answer alike."""
    shown = exceptions_visible_to(member).filter(pk=exception_id)
    found = shown.select_related("client", "member__organization", "second__organization", "reviewed_by").first()
    if found is None:
        raise NotHere(subject=exception_id)
    return found


def can_confirm(member: Member, exception: LegalException) -> bool:
    """The second person who was named, while they still could have declared it themselves."""
    return exception.second_id == member.pk and exception.awaits_second and can_report(member)


def check_can_confirm(member: Member, exception: LegalException) -> None:
    check_seen(member, exception)
    if exception.second_id != member.pk or not can_report(member):
        raise NotAllowed(subject=exception, client_id=exception.client_id)


def can_end(member: Member, exception: LegalException) -> bool:
    """The person who opened it, and the admin; the second person instead of confirming."""
    its_own = {exception.member_id} | ({exception.second_id} if exception.awaits_second else set())
    lasts = exception.is_open or exception.awaits_second
    return lasts and (member.pk in its_own or (member.role == Role.ADMIN and sees(member, exception)))


def check_can_end(member: Member, exception: LegalException) -> None:
    check_seen(member, exception)
    if member.pk not in {exception.member_id, exception.second_id} and member.role != Role.ADMIN:
        raise NotAllowed(subject=exception, client_id=exception.client_id)


def can_review(member: Member, exception: LegalException) -> bool:
    """The auditor, or the desk of the division in charge; never the two whom it was opened by."""
    return exception.awaits_review and sees(member, exception) and may_judge(member, exception)


def check_can_review(member: Member, exception: LegalException) -> None:
    check_seen(member, exception)
    if not may_judge(member, exception):
        raise NotAllowed(subject=exception, client_id=exception.client_id)


def may_judge(member: Member, exception: LegalException) -> bool:
    """Whether this member is one to judge an exception that they see."""
    if member.pk in {exception.member_id, exception.second_id}:
        return False
    of_division = member.role == Role.DESK and is_of_the_division(member, exception.client)
    return member.role == Role.AUDITOR or of_division


def judged_among(member: Member, exceptions: Collection[LegalException]) -> set[UUID]:
    """`may_judge` for many at once: one question for a desk, and none for anybody else."""
    others = [one for one in exceptions if member.pk not in {one.member_id, one.second_id}]
    if member.role == Role.AUDITOR:
        return {one.pk for one in others}
    if member.role != Role.DESK:
        return set()
    charged = charges_now().filter(division=member.organization_id, client__in={one.client_id for one in others})
    clients = set(charged.values_list("client", flat=True))
    return {one.pk for one in others if one.client_id in clients}


def sees(member: Member, exception: LegalException) -> bool:
    return exceptions_visible_to(member).filter(pk=exception.pk).exists()


def check_seen(member: Member, exception: LegalException) -> None:
    if not sees(member, exception):
        raise NotHere(subject=exception.pk)


def consents_on_file(exception: LegalException) -> QuerySet[ConsentRecord]:
    """The client's consents that, when the exception was asked for, allowed the person's organization to be told in
    emergencies. They open nothing by themselves: whether there is an emergency is for a person to say, and to answer for.
    To the judge they show that the client has agreed, beside the law."""
    body = exception.member.organization
    records: QuerySet[ConsentRecord] = ConsentRecord.objects.in_force_at(exception.asked_at)
    named = Audience.objects.of(body).values("consent")
    return records.filter(client=exception.client_id, purposes__contains=[Purpose.EMERGENCY], pk__in=named)


def has_consent_on_file() -> Case:
    """The same of every emergency in a list, to be annotated; None of a report, which is made against nobody's wish."""
    body = OuterRef(OuterRef("member__organization"))
    kind = OuterRef(OuterRef("member__organization__kind"))
    named = Audience.objects.filter(Q(organization=body) | Q(kind=kind), consent=OuterRef("pk"))
    records = ConsentRecord.objects.in_force_at(OuterRef("asked_at")).filter(client=OuterRef("client"))
    signed = Exists(records.filter(Exists(named), purposes__contains=[Purpose.EMERGENCY]))
    return Case(When(kind=ExceptionKind.BREAK_GLASS, then=signed), default=None)


def people_told_of_emergency(client: Client, by: Member) -> MemberQuerySet:
    """Admins, auditors, and whoever works with the client: division and care team. No guests: a family is told by people."""
    near = people_in_the_ordinary_way(client).exclude(role=Role.GUEST).values("pk")
    people: MemberQuerySet = Member.objects.current()
    return people.filter(Q(role__in=WATCHING) | Q(pk__in=near), user__is_active=True).exclude(pk=by.pk)


def who_may_open(exception: LegalException) -> Q:
    """Of the people told of an emergency, those to whom its own page is open: who watches, and the desk in charge."""
    charged = charges_now().filter(client=exception.client_id).values("division")
    return Q(role__in=WATCHING) | Q(role=Role.DESK, organization__in=charged)


def people_told_of_report(exception: LegalException) -> MemberQuerySet:
    """Admins, auditors and the desk of the division in charge.

    Nobody of the care team: the person who is suspected may be one of them, or hear of it from them, before the one who
    needs protection is safe (高齢者虐待防止法 8条: who reported must not become known). Admins and the desk are left out too
    where they belong to an organization that was named as silent.
    """
    silent = exception.silent.values("organization")
    charged = charges_now().filter(client=exception.client_id).values("division")
    desk = Q(role=Role.DESK, organization__in=charged)
    told = Q(role=Role.AUDITOR) | ((Q(role=Role.ADMIN) | desk) & ~Q(organization__in=silent))
    people: MemberQuerySet = Member.objects.current()
    return people.filter(told, user__is_active=True).exclude(pk__in=[exception.member_id, exception.second_id])
