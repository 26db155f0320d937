"""Who takes over from whom, and who answers for whom in a review."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from apps.environments.access import can_administer, sees_reviews
from apps.environments.models import Member, MemberQuerySet
from apps.environments.refusals import PlaceEnded
from apps.handovers.models import Review, ReviewedPlace, Reviewer
from apps.handovers.refusals import NoColleague
from apps.kernel.refusals import NotAllowed, NotHere


def colleagues_of(member: Member) -> MemberQuerySet:
    """Who could take over: present people of the same organization. A consent covers organizations, so nobody else can."""
    people: MemberQuerySet = Member.objects.current().filter(organization=member.organization_id, user__is_active=True)
    return people.exclude(pk=member.pk).exclude(user=member.user_id)


def check_can_take_over(successor: Member, member: Member) -> None:
    if not colleagues_of(member).filter(pk=successor.pk).exists():
        raise NoColleague(subject=successor)


def check_has_place(member: Member) -> None:
    if not member.is_open:
        raise PlaceEnded(subject=member)


def reviews_visible_to(member: Member) -> QuerySet[Review]:
    """All of them for admins and auditors; for others those that they were asked to answer."""
    if sees_reviews(member):
        return Review.objects.all()
    return Review.objects.filter(Exists(Reviewer.objects.filter(review=OuterRef("pk"), member=member)))


def review_for(member: Member, review_id: UUID) -> Review:
    """The only way to get a review by id. Hidden and missing answer alike."""
    found = reviews_visible_to(member).filter(pk=review_id).first() if member.is_current else None
    if found is None:
        raise NotHere(subject=review_id)
    return found


def places_answered_by(member: Member, review: Review) -> QuerySet[ReviewedPlace]:
    """The places about which this member is asked: all of them for an admin, an organization's for its reviewer."""
    places: QuerySet[ReviewedPlace] = ReviewedPlace.objects.filter(review=review)
    if can_administer(member):
        return places
    named = Reviewer.objects.filter(review=review, member=member)
    return places.filter(member__organization__in=named.values("organization"))


def places_shown_to(member: Member, review: Review) -> QuerySet[ReviewedPlace]:
    return ReviewedPlace.objects.filter(review=review) if sees_reviews(member) else places_answered_by(member, review)


def check_can_answer(member: Member, review: Review) -> None:
    if not places_answered_by(member, review).exists():
        raise NotAllowed(subject=review)
