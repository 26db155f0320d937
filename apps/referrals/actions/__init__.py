"""The verbs of referrals."""

from apps.referrals.actions.correcting import correct_step
from apps.referrals.actions.following import follow_release, follow_visit
from apps.referrals.actions.referring import refer
from apps.referrals.actions.stepping import take_step

__all__ = ["correct_step", "follow_release", "follow_visit", "refer", "take_step"]
