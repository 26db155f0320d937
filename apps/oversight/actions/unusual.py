"""Look through the ledger for what is unusual, review it, and say what counts as unusual."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.oversight.access import check_can_read_ledger
from apps.oversight.models import Unusual, UnusualReview, Watch
from apps.oversight.models.unusual import LOOKS_BACK
from apps.oversight.queries.unusual import looks_between, unusual_among, watch_here
from apps.oversight.refusals import OwnDeeds, ReviewedAlready


@transaction.atomic
def look_for_unusual(*, environment_id: UUID) -> int:
    """Keep what the last days hold of unusual looks; what was found before stays as it is. Answers how many are new."""
    now, watch = timezone.now(), watch_here()
    due = now + timedelta(days=watch.review_days)
    seen = set(unusual_among(looks_between(environment_id, now - LOOKS_BACK, now), watch))
    days = {one.day for one in seen}
    known = set(Unusual.objects.filter(day__in=days).values_list("rule", "member_id", "client_id", "day"))
    fresh = [one for one in seen if (one.rule, one.member_id, one.client_id, one.day) not in known]
    rows = [Unusual(environment_id=environment_id, found_at=now, due_at=due, **vars(one)) for one in fresh]
    # Two workers may look at once: the database keeps each once.
    Unusual.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    for row in rows:
        audit.record(verb="oversight.unusual_found", by=None, subject=row, client=row.client_id, purpose="audit")
    return len(rows)


@transaction.atomic
def review_unusual(*, unusual: Unusual, finding: str, words: str, by: Member) -> UnusualReview:
    """What was found out, once and for good. Nobody reviews their own looks."""
    check_can_read_ledger(by)
    if unusual.member.user_id == by.user_id:
        raise OwnDeeds(subject=unusual)

    # Two reviewers at once: the database keeps one review, and the second is told.
    about = {"environment_id": unusual.environment_id, "finding": finding, "words": words, "reviewed_by": by}
    review, is_new = UnusualReview.objects.get_or_create(unusual=unusual, defaults=about)
    if not is_new:
        raise ReviewedAlready(subject=unusual)

    detail = {"finding": finding, "rule": unusual.rule}
    audit.record(
        verb="oversight.unusual_reviewed",
        by=by,
        subject=unusual,
        client=unusual.client_id,
        purpose="audit",
        detail=detail,
    )
    kept: UnusualReview = review
    return kept


@transaction.atomic
def set_watch(*, begins_hour: int, ends_hour: int, many_clients: int, review_days: int, by: Member) -> Watch:
    """What counts as unusual from now on; what was found stays."""
    check_can_read_ledger(by)

    told = {
        "begins_hour": begins_hour,
        "ends_hour": ends_hour,
        "many_clients": many_clients,
        "review_days": review_days,
    }
    watch: Watch = Watch.objects.create(environment_id=by.environment_id, set_by=by, **told)
    audit.record(verb="oversight.watch_set", by=by, subject=watch, purpose="audit", detail=told)
    return watch
