"""Ask who still needs their place; answer; close what nobody answered for."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.clients.access import clients_visible_to
from apps.environments import actions as environments
from apps.environments.access import check_can_administer
from apps.environments.models import Member, Organization, Role, SuspensionReason
from apps.environments.refusals import LastAdmin, PlaceEnded
from apps.handovers.access import check_can_answer, places_answered_by
from apps.handovers.models import Answer, Review, ReviewedPlace, Reviewer
from apps.handovers.refusals import (
    NobodyToReview,
    NoReviewer,
    NotAllAnswered,
    OwnPlace,
    ReviewClosed,
    ReviewOpen,
)
from apps.kernel.refusals import NotAllowed
from apps.notices.actions import notify
from apps.rooms.access import rooms_readable_by


@transaction.atomic
def start_review(*, by: Member) -> Review:
    """Ask about every place that is open now, until the end of the fourteenth day from today.

    What each place reaches is counted once, as the review begins. The only admin is not asked about: nobody else could
    answer, and without them nobody could lift a suspension.
    """
    check_can_administer(by)
    people = Member.objects.current().select_related("organization")
    if people.with_role(Role.ADMIN).count() == 1:
        people = people.exclude(role=Role.ADMIN)
    if not people:
        raise NobodyToReview

    try:
        with transaction.atomic():
            review = Review.objects.create(environment_id=by.environment_id, started_by=by, due_at=fortnight())
    except IntegrityError as error:
        # One review at a time; perhaps another admin has started it in this moment.
        raise ReviewOpen from error
    used = dict(
        Entry.objects.filter(member_id__in=[one.pk for one in people])
        .order_by()
        .values("member_id")
        .annotate(last=Max("recorded_at"))
        .values_list("member_id", "last")
    )
    ReviewedPlace.objects.bulk_create(
        ReviewedPlace(
            environment_id=by.environment_id,
            review=review,
            member=one,
            clients=clients_visible_to(one).count(),
            rooms=rooms_readable_by(one).count(),
            last_used_at=used.get(one.pk),
        )
        for one in people
    )
    audit.record(verb="handovers.review_started", subject=review, by=by, detail={"places": len(people)})
    return review


def fortnight() -> datetime:
    """Midnight at the end of the fourteenth day from today."""
    last_day = timezone.localdate() + Review.LASTS
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))


@transaction.atomic
def name_reviewer(*, review: Review, organization: Organization, member: Member | None, by: Member) -> None:
    """Ask somebody of an organization to answer for its people, instead of whoever was asked before; or nobody."""
    check_can_administer(by)
    held(review)
    if member is not None and (member.organization_id != organization.pk or not member.is_current):
        raise NoReviewer

    Reviewer.objects.filter(review=review, organization=organization).delete()
    if member is not None:
        Reviewer.objects.create(
            environment_id=review.environment_id, review=review, organization=organization, member=member
        )
        tell([member], review, gettext_noop("Please say who of your organization still needs access."))
    detail = {"organization": str(organization.pk), "member": str(member.pk) if member else ""}
    audit.record(verb="handovers.reviewer_named", subject=review, by=by, detail=detail)


@transaction.atomic
def answer(*, review: Review, answers: Mapping[int, str], by: Member) -> int:
    """Write down, for places by their number, whether they are still needed; returns how many answers changed.

    "Suspend" closes the place in the same moment, "still needed" opens it again where this review had closed it. A place
    that has ended meanwhile needs no answer. Nobody answers for themselves.
    """
    check_can_answer(by, review)

    held(review)
    asked = places_answered_by(by, review).filter(pk__in=answers).order_by("member_id")
    places = list(asked.select_related("member").select_for_update(of=("self",)))
    if len(places) < len(answers):
        raise NotAllowed(subject=review)

    changed = [one for one in places if one.member.is_open and one.answer != answers[one.pk]]
    if any(one.member_id == by.pk for one in changed):
        raise OwnPlace(subject=review)
    for place in changed:
        settle(place, Answer(answers[place.pk]), by=by)
    return len(changed)


def settle(place: ReviewedPlace, said: Answer, *, by: Member) -> None:
    if said == Answer.SUSPEND:
        environments.suspend(member=place.member, reason=SuspensionReason.NOT_NEEDED, by=by)
    elif place.answer == Answer.SUSPEND and place.member.is_suspended:
        environments.reopen(member=place.member, by=by)
    place.answer, place.answered_at, place.answered_by = said, timezone.now(), by
    place.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        verb="handovers.review_answered",
        subject=place.member,
        by=by,
        detail={"review": str(place.review_id), "answer": said},
    )


@transaction.atomic
def finish(*, review: Review, by: Member) -> None:
    """Close a review in which every question has its answer."""
    check_can_administer(by)
    review = held(review)
    if unanswered(review).exists():
        raise NotAllAnswered(subject=review)

    close(review, by=by, lapsed=0)


@transaction.atomic
def close_when_due(*, review: Review) -> int:
    """Suspend every place for which nobody answered in time, and close the review; returns how many.

    Nothing is deleted, and an admin lifts each of them in one press. Done by the worker; doing it twice does it once.
    """
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not review.is_open or review.due_at > timezone.now():
        return 0

    lapsed = 0
    for place in unanswered(review).order_by("member_id").select_related("member").select_for_update(of=("self",)):
        try:
            environments.suspend(member=place.member, reason=SuspensionReason.UNANSWERED, by=None)
        except (LastAdmin, PlaceEnded):
            # Without the last admin nobody could lift anything; and a place that has ended needs no answer.
            continue
        place.answer, place.answered_at = Answer.LAPSED, timezone.now()
        place.save(update_fields=["answer", "answered_at"])
        lapsed += 1
    close(review, by=None, lapsed=lapsed)
    tell(admins(), review, gettext_noop("An access review was closed. Places without an answer are suspended."))
    return lapsed


@transaction.atomic
def warn(*, review: Review) -> None:
    """Tell whoever has still to answer, once, three days before the review is due. Done by the worker."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    now = timezone.now()
    if not review.is_open or review.warned_at is not None or now < review.due_at - Review.WARNS:
        return

    review.warned_at = now
    review.save(update_fields=["warned_at"])
    waiting = unanswered(review)
    if waiting.exists():
        reviewers = Reviewer.objects.filter(review=review, organization__in=waiting.values("member__organization"))
        asked = Member.objects.current().filter(pk__in=reviewers.values("member"))
        sentence = gettext_noop("An access review is due in three days. Places without an answer will be suspended.")
        tell(admins() | asked, review, sentence)


def held(review: Review) -> Review:
    """The review on a fresh row, held open: it is not closed while somebody answers."""
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(pk=review.pk)
    if not review.is_open:
        raise ReviewClosed(subject=review)
    return review


def unanswered(review: Review) -> QuerySet[ReviewedPlace]:
    """Questions without an answer, about places that still stand."""
    waiting: QuerySet[ReviewedPlace] = ReviewedPlace.objects.filter(review=review, answer="")
    return waiting.filter(member__in=Member.objects.current())


def close(review: Review, *, by: Member | None, lapsed: int) -> None:
    review.closed_at, review.closed_by = timezone.now(), by
    review.save(update_fields=["closed_at", "closed_by"])
    audit.record(verb="handovers.review_closed", subject=review, by=by, detail={"suspended": lapsed})


def admins() -> QuerySet[Member]:
    people: QuerySet[Member] = Member.objects.current().with_role(Role.ADMIN)
    return people


def tell(receivers: QuerySet[Member] | list[Member], review: Review, sentence: str) -> None:
    path = reverse("handovers:review", kwargs={"slug": review.environment.slug, "review_id": review.pk})
    notify(receivers=receivers, sentence=sentence, path=path)
