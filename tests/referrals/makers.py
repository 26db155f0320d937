"""Makers of referrals, and of the steps of their way."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.referrals import actions
from apps.referrals.models import Referral, Step
from tests.facilities.makers import make_facility

ALL_THE_WAY = ("introduced", "visit_booked", "visited", "decided", "applied", "granted", "contracted", "started")


def make_referral(client: Client, *, by: Member, facility: Facility | None = None, days_ago: int = 60) -> Referral:
    """A facility that was put on the client's list, of a consultation so many days ago."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return actions.refer(client=client, facility=facility or make_facility(by), consulted_on=day, by=by)


def make_step(referral: Referral, kind: str, *, by: Member, on: date | None = None, **about: Any) -> Step:
    reasons = {"declined_by_office": "full", "declined_by_family": "distance"}
    about = {"reason": reasons.get(kind, ""), **about}
    return actions.take_step(referral=referral, kind=kind, happened_on=on or timezone.localdate(), by=by, **about)


def make_way(referral: Referral, *kinds: str, by: Member, on: date | None = None) -> Referral:
    for kind in kinds:
        make_step(referral, kind, by=by, on=on)
    referral.refresh_from_db()
    return referral


def behind_addresses(client: Client, *, by: Member, facility: Facility, number: int = 1) -> dict[str, Any]:
    """A referral that the facility knows, with a step of this number."""
    referral = make_way(make_referral(client, by=by, facility=facility), "introduced", by=by)
    for kind in ("waiting", "resumed")[: number - 1]:
        make_step(referral, kind, by=by)
    return {"referral_id": referral.pk, "step_number": number}
