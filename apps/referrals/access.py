"""Who sees the way of a client to a facility, and who says that it went on.

Who coordinates a client's care (the division in charge, the people of a seat that a consent covers) sees all facilities that
are approached for the client, and writes every step. A facility's own people see the referrals to it once the family was
introduced, and nothing of the others; whose it is they are told only while a consent for introducing covers them. They may
say what happens at their place. No guest sees any.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.clients.access import can_change_team, check_can_change_team, clients_in_care_of, introducing_consent
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.access import can_answer, facilities_of, facilities_visible_to, is_own
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.referrals.kinds import OF_FACILITY, ReferralState
from apps.referrals.models import Referral, Step
from apps.referrals.standing import possible

BESIDE = (
    *("consultation__client", "consultation__organization", "facility__kind", "facility__organization"),
    *("environment", "opened_by"),
)


def can_follow(member: Member) -> bool:
    """Whether referrals are anything for this member; which ones is decided one by one."""
    return member.is_current and not member.is_guest


def check_can_follow(member: Member) -> None:
    if not can_follow(member):
        raise NotAllowed


def check_can_read_days(member: Member) -> None:
    """The numbers of the whole environment, without a name: everybody inside, but guests."""
    check_can_follow(member)


def can_refer(member: Member, client: Client) -> bool:
    return can_follow(member) and can_change_team(member, client)


def check_can_refer(member: Member, client: Client) -> None:
    check_can_change_team(member, client)


def referrals_visible_to(member: Member) -> QuerySet[Referral]:
    """Those of the clients whose care one coordinates; those to one's own facilities, once these were told."""
    if not can_follow(member):
        return Referral.objects.none()
    of_care = Q(consultation__client__in=clients_in_care_of(member))
    told = Q(facility__in=facilities_of(member)) & ~Q(reached="consulted")
    found: QuerySet[Referral] = Referral.objects.filter(of_care | told).select_related(*BESIDE)
    return found


def referral_for(member: Member, referral_id: UUID) -> Referral:
    """The only way to get a referral."""
    found = referrals_visible_to(member).filter(pk=referral_id).first()
    if found is None:
        raise NotHere(subject=referral_id)
    return found


def step_for(member: Member, referral_id: UUID, number: int) -> Step:
    """The only way to get a step: one of a referral that the member sees."""
    referral = referral_for(member, referral_id)
    found: Step | None = referral.steps.filter(number=number).select_related("recorded_by").first()
    if found is None:
        raise NotHere(subject=referral, client_id=referral.client.pk)
    found.referral = referral
    return found


def referrals_of_client(member: Member, client: Client) -> QuerySet[Referral]:
    """All of a client, for whoever coordinates their care."""
    check_can_refer(member, client)
    found: QuerySet[Referral] = Referral.objects.filter(consultation__client=client).select_related(*BESIDE)
    return found


def is_coordinating(member: Member, referral: Referral) -> bool:
    return can_refer(member, referral.client)


def is_of_facility(member: Member, referral: Referral) -> bool:
    """Whether the member works for the facility: nobody who speaks on its behalf, for they are told no name."""
    is_told = referral.reached != "consulted" and can_follow(member)
    return is_told and is_own(member, referral.facility) and can_answer(member, referral.facility)


def kinds_of(member: Member, referral: Referral) -> list[str]:
    """What this member may say of it, among what is possible now."""
    found = possible(referral.recomputed())
    if is_coordinating(member, referral):
        return found
    return [kind for kind in found if kind in OF_FACILITY] if is_of_facility(member, referral) else []


def check_can_tell(member: Member, referral: Referral, kind: str) -> None:
    if is_coordinating(member, referral) or (is_of_facility(member, referral) and kind in OF_FACILITY):
        return
    if not referrals_visible_to(member).filter(pk=referral.pk).exists():
        raise NotHere(subject=referral)
    raise NotAllowed(subject=referral, client_id=referral.client.pk)


def can_correct(member: Member, step: Step) -> bool:
    """Who coordinates corrects everything; the facility what its own people have said."""
    if is_coordinating(member, step.referral):
        return True
    own = step.recorded_by is not None and step.recorded_by.organization_id == member.organization_id
    return own and is_of_facility(member, step.referral)


def check_can_correct(member: Member, step: Step) -> None:
    if can_correct(member, step):
        return
    if not referrals_visible_to(member).filter(pk=step.referral_id).exists():
        raise NotHere(subject=step.referral)
    raise NotAllowed(subject=step.referral, client_id=step.referral.client.pk)


def named_for(member: Member, referral: Referral) -> Client | None:
    """Whose way it is, for whom it may be told; None shows the card without a name. A facility at which nothing started
    is told no longer."""
    if is_coordinating(member, referral):
        return referral.client
    organization = referral.facility.organization
    came_to_nothing = referral.is_over and referral.state != ReferralState.STARTED
    if organization is None or came_to_nothing or not is_of_facility(member, referral):
        return None
    return referral.client if introducing_consent(referral.client, organization) is not None else None


def facilities_to_approach(member: Member) -> QuerySet[Facility]:
    """Whom a family can be sent to."""
    visible = facilities_visible_to(member)
    found: QuerySet[Facility] = Facility.objects.open().filter(pk__in=visible.values("pk")).select_related("kind")
    return found.order_by("kind", "kana", "name", "pk") if can_follow(member) else found.none()
