"""The nightly sweep, and what it leaves."""

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from apps.accounts import actions
from apps.accounts.models import Device, Slip
from apps.accounts.tasks import sweep
from tests import makers
from tests.browser import Browser


def test_only_what_has_run_out_is_removed(careful):
    Browser(careful).get(reverse("mfa_index"))
    actions.register_device(user=careful, name="old", by=careful)
    actions.issue_slip(user=careful, by=None)

    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        Browser(careful).get(reverse("mfa_index"))
        actions.register_device(user=careful, name="new", by=careful)
        actions.issue_slip(user=makers.make_user(), by=None)
        sweep(timestamp=0)

    assert Session.objects.count() == 1
    assert UserSession.objects.count() == 1
    assert [device.name for device in Device.objects.all()] == ["new"]
    assert Slip.objects.count() == 1


def test_whoever_shows_a_slip_a_week_late_still_hears_why(careful):
    actions.issue_slip(user=careful, by=None)

    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        sweep(timestamp=0)

    assert Slip.objects.exists()
