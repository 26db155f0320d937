"""Issue a secret address, and take it back."""

import secrets

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.calendars.access import check_has_calendar, digest_of
from apps.calendars.models import CalendarFeed
from apps.environments.models import Member

# 256 bits: nobody finds one by trying.
BYTES = 32


@transaction.atomic
def issue_feed(*, by: Member) -> str:
    """A new secret, which is told this once; the one before is dead at once."""
    check_has_calendar(by)

    revoke_feed(by=by)
    code = secrets.token_urlsafe(BYTES)
    feed = CalendarFeed.objects.create(environment=by.environment, member=by, digest=digest_of(code))
    audit.record(verb="calendars.feed_issued", by=by, subject=feed)
    return code


@transaction.atomic
def revoke_feed(*, by: Member) -> None:
    """One's own address is dead; where there is none nothing happens."""
    # Whoever issues or revokes twice at once waits here: a member has one address at a time.
    Member.objects.select_for_update(of=("self",)).get(pk=by.pk)

    for feed in CalendarFeed.objects.filter(member=by, revoked_at=None):
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record(verb="calendars.feed_revoked", by=by, subject=feed)
