"""Words of a referral: what happens on the way to a facility, where it stands, why it ends without a start."""

from django.db import models
from django.utils.translation import pgettext_lazy


class StepKind(models.TextChoices):
    """What happened (domain.md §3.4). The consultation itself is no step: all referrals of a consultation share it."""

    INTRODUCED = "introduced", pgettext_lazy("referral", "Introduced")
    VISIT_BOOKED = "visit_booked", pgettext_lazy("referral", "Visit booked")
    VISIT_CANCELLED = "visit_cancelled", pgettext_lazy("referral", "Visit cancelled")
    VISITED = "visited", pgettext_lazy("referral", "Visited")
    NO_SHOW = "no_show", pgettext_lazy("referral", "Did not come to the visit")
    TRIAL_BOOKED = "trial_booked", pgettext_lazy("referral", "Trial booked")
    TRIALED = "trialed", pgettext_lazy("referral", "Trial done")
    DECIDED = "decided", pgettext_lazy("referral", "Decided by the family")
    APPLIED = "applied", pgettext_lazy("referral", "Applied for the benefit")
    GRANTED = "granted", pgettext_lazy("referral", "Benefit granted")
    CONTRACTED = "contracted", pgettext_lazy("referral", "Contract signed")
    STARTED = "started", pgettext_lazy("referral", "Service started")
    WAITING = "waiting", pgettext_lazy("referral", "Waiting for a place")
    RESUMED = "resumed", pgettext_lazy("referral", "Goes on")
    DECLINED_BY_OFFICE = "declined_by_office", pgettext_lazy("referral", "Declined by the facility")
    DECLINED_BY_FAMILY = "declined_by_family", pgettext_lazy("referral", "Declined by the family")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")
    CORRECTED = "corrected", pgettext_lazy("referral", "Corrected")


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    CONSULTED = "consulted", pgettext_lazy("referral", "Consulted")
    INTRODUCED = "introduced", pgettext_lazy("referral", "Introduced")
    VISIT_BOOKED = "visit_booked", pgettext_lazy("referral", "Visit booked")
    VISITED = "visited", pgettext_lazy("referral", "Visited")
    TRIAL_BOOKED = "trial_booked", pgettext_lazy("referral", "Trial booked")
    TRIALED = "trialed", pgettext_lazy("referral", "Trial done")
    DECIDED = "decided", pgettext_lazy("referral", "Decided by the family")
    APPLIED = "applied", pgettext_lazy("referral", "Applied for the benefit")
    GRANTED = "granted", pgettext_lazy("referral", "Benefit granted")
    CONTRACTED = "contracted", pgettext_lazy("referral", "Contract signed")
    STARTED = "started", pgettext_lazy("referral", "Service started")
    WAITING = "waiting", pgettext_lazy("referral", "Waiting for a place")
    NO_SHOW = "no_show", pgettext_lazy("referral", "Did not come to the visit")
    DECLINED_BY_OFFICE = "declined_by_office", pgettext_lazy("referral", "Declined by the facility")
    DECLINED_BY_FAMILY = "declined_by_family", pgettext_lazy("referral", "Declined by the family")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")


# Nothing more happens there, but for a correction.
OVER = ("started", "declined_by_office", "declined_by_family", "withdrawn")
# What the facility itself may say of a referral to it.
OF_FACILITY = ("trial_booked", "trialed", "contracted", "started", "declined_by_office")


class DeclineReason(models.TextChoices):
    """Why a facility, or a family, says no. The first seven are the facility's, as an inquiry knows them."""

    FULL = "full", pgettext_lazy("why not", "Full")
    AREA = "area", pgettext_lazy("why not", "Outside the pick-up area")
    WEEKDAY = "weekday", pgettext_lazy("why not", "Days or times do not fit")
    AGE = "age", pgettext_lazy("why not", "Not this age")
    MEDICAL_CARE = "medical_care", pgettext_lazy("why not", "Medical care cannot be given")
    STAFF = "staff", pgettext_lazy("why not", "Not enough staff")
    CONTENT = "content", pgettext_lazy("why not", "What is offered does not fit")
    DISTANCE = "distance", pgettext_lazy("why not", "Too far")
    ELSEWHERE = "elsewhere", pgettext_lazy("why not", "Another facility was chosen")
    CIRCUMSTANCES = "circumstances", pgettext_lazy("why not", "The family's circumstances changed")
    OTHER = "other", pgettext_lazy("why not", "Another reason")


REASONS = {
    StepKind.DECLINED_BY_OFFICE: ("full", "area", "weekday", "age", "medical_care", "staff", "other"),
    StepKind.DECLINED_BY_FAMILY: ("content", "distance", "weekday", "elsewhere", "circumstances", "other"),
}
