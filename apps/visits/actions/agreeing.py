"""What the family agrees to at the counter, and the facility that opens a booking under it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.audit import actions as audit
from apps.clients.access import introducing_consent
from apps.clients.actions import Given, record_consent
from apps.clients.models import Client, ConsentRecord, Purpose, Signer
from apps.environments.models import Member, Organization
from apps.kernel.folding import fold
from apps.kernel.my_number import check_no_individual_number
from apps.visits.access import check_is_of_facility, introduction_behind
from apps.visits.models import Visit, VisitClient
from apps.visits.refusals import AgreementIncomplete, NeedNamesTheClient, NotIntroduced

# So long after a visit the facility may still be told who came: until it is decided whether they start.
AFTERWARDS = timedelta(days=90)


@dataclass(frozen=True)
class Agreed:
    """Who has agreed, at the counter and by the sentence on the screen, that the facility is told who comes."""

    contact: str
    # Not asked where a consent is on file.
    signer: str = ""
    signer_name: str = ""
    relation: str = ""


def check_need_names_nobody(client: Client, need: str) -> None:
    """The need is read before the name may be known."""
    names = [word for word in (client.name, *client.name.split()) if len(word) > 1]
    # Two syllables of a reading stand in other words too.
    readings = [word for word in (client.kana, *client.kana.split()) if len(word) > 2]
    if any(fold(word) in fold(need) for word in (*names, *readings)):
        raise NeedNamesTheClient(subject=client, client_id=client.pk)


def agree(visit: Visit, agreed: Agreed | None, *, by: Member) -> None:
    """Note under which consent the facility may be told: one in force, or the one that is given now. Without either it
    sees the card without a name. The visit must be held."""
    organization = visit.slot.facility.organization
    if visit.client_id is None or organization is None:
        return
    behind: VisitClient = VisitClient.objects.select_related("client").get(visit=visit)
    consent = introducing_consent(behind.client, organization)
    if agreed is not None:
        if not agreed.contact.strip() or (consent is None and not (agreed.signer and agreed.signer_name.strip())):
            raise AgreementIncomplete(subject=visit, client_id=behind.client_id)
        check_no_individual_number(agreed.signer_name, agreed.contact)
        consent = consent or consent_given(visit, behind.client, organization, agreed, by)
        behind.contact = agreed.contact.strip()
    if consent is not None:
        behind.consent = consent
        behind.save(update_fields=["consent", "contact"])


def consent_given(
    visit: Visit, client: Client, organization: Organization, agreed: Agreed, by: Member
) -> ConsentRecord:
    given = Given(
        signer=agreed.signer,
        signer_name=agreed.signer_name.strip(),
        relation=agreed.relation.strip() or ("" if agreed.signer == Signer.SELF else _("Family")),
        signed_on=timezone.localdate(),
        reference=_("Agreed at the counter, by the sentence on the screen, when the visit was booked"),
        purposes=(Purpose.INTRODUCTION,),
        organizations=(organization,),
        valid_to=visit.slot.ends_at + AFTERWARDS,
    )
    return record_consent(client=client, given=given, by=by)


@transaction.atomic
def open_booking(*, visit: Visit, by: Member) -> VisitClient:
    """Look behind the card: the facility's people see who comes and whom to call, and the ledger says since when.

    Refused without a consent in force for introducing the client to them (`NotIntroduced`).
    """
    check_is_of_facility(by, visit)
    behind = introduction_behind(by, visit)
    if behind is None:
        raise NotIntroduced(subject=visit, client_id=visit.client_id)

    held: VisitClient = VisitClient.objects.select_for_update(of=("self",)).get(pk=behind.pk)
    if held.opened_at is None:
        held.opened_at, held.opened_by = timezone.now(), by
        held.save(update_fields=["opened_at", "opened_by"])
        audit.record(verb="visits.booking_opened", subject=visit, client=behind.client, by=by)
    held.client = behind.client
    return held
