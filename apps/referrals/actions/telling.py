"""Tell the other side, without a name."""

from django.urls import reverse

from apps.environments.models import Member
from apps.notices.actions import Telling, notify_each
from apps.referrals.models import Referral


def tell_facility(referral: Referral, sentence: str) -> None:
    """The facility's people, if it has any here and was told of the referral."""
    if referral.facility.organization_id is not None and referral.reached != "consulted":
        tell(referral, referral.facility.organization_id, sentence)


def tell_office(referral: Referral, sentence: str) -> None:
    """The office that was consulted."""
    tell(referral, referral.consultation.organization_id, sentence)


def tell(referral: Referral, organization_id: object, sentence: str) -> None:
    words = {"slug": referral.environment.slug, "referral_id": referral.pk}
    path = reverse("referrals:referral", kwargs=words)
    people = Member.objects.current().filter(organization=organization_id)
    notify_each(told=[Telling(person, path) for person in people], sentence=sentence)
