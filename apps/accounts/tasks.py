"""The nightly sweep: what has run out is removed; the ledger keeps that it was there."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.models import Device, Slip

# A slip that has run out is kept a while, so that whoever shows it hears why it no longer works.
SLIPS_KEPT = timedelta(days=30)
DEVICES_KEPT = timedelta(days=60)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="accounts.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Remove expired sessions, slips that ran out a month ago and devices unused for two."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Slip.objects.filter(expires_at__lt=now - SLIPS_KEPT).delete()
    Device.objects.filter(Q(last_used_at__lt=now - DEVICES_KEPT) | Q(revoked_at__lt=now - DEVICES_KEPT)).delete()
