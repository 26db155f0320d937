"""Record a signed consent, and withdraw it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Self

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team, consent_for, is_division, people_who_lose, seats_opened_by
from apps.clients.actions.papers import the_same, write_paper
from apps.clients.happenings import access_changed
from apps.clients.models import Audience, Client, ClientPaper, ConsentRecord, PaperKind, PrintedForm, Purpose, Signer
from apps.clients.refusals import (
    ConsentEnded,
    ConsentOver,
    EvidenceMissing,
    FamilySignsItself,
    NobodyCovered,
    NoPurpose,
    PeriodReversed,
    RelationMissing,
    SignedInFuture,
)
from apps.clients.refusals.consents import EvidenceThere
from apps.clients.scans import Scan
from apps.environments.models import Member, Organization
from apps.notices.actions import close, notify, settle


@dataclass(frozen=True)
class Given:
    """What the signed paper says."""

    signer: str
    signer_name: str
    signed_on: date
    reference: str = ""
    relation: str = ""
    purposes: tuple[str, ...] = (Purpose.COORDINATION,)
    organizations: tuple[Organization, ...] = ()
    kinds: tuple[str, ...] = ()
    covers_family: bool = False
    valid_from: datetime = field(default_factory=timezone.now)
    valid_to: datetime | None = None
    # The evidence beside the reference: a scan that is to be kept with the consent, or a paper of the record.
    scan: Scan | None = None
    paper: ClientPaper | None = None
    # The sheet of the house that was signed.
    form: PrintedForm | None = None

    def covering(self, organization: Organization) -> Self:
        """The same, with one more organization, unless it is a division, which needs none, or is named already."""
        is_named = organization in self.organizations or organization.kind in self.kinds
        if is_named or is_division(organization):
            return self
        return replace(self, organizations=(*self.organizations, organization))


@transaction.atomic
def record_consent(*, client: Client, given: Given, by: Member) -> ConsentRecord:
    """Write down a consent: from its first moment on it opens the client to those it covers who hold a seat."""
    check_can_change_team(by, client)

    return write_consent(client=client, given=given, by=by)


@transaction.atomic
def write_consent(*, client: Client, given: Given, by: Member) -> ConsentRecord:
    check_given(client, given)
    record = ConsentRecord.objects.create(
        environment_id=client.environment_id,
        client=client,
        signer=given.signer,
        signer_name=given.signer_name,
        relation=given.relation,
        purposes=list(given.purposes),
        covers_family=given.covers_family,
        signed_on=given.signed_on,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        reference=given.reference,
        paper=evidence_in(client, given, by),
        form=given.form,
        recorded_by=by,
    )
    about = {"environment_id": client.environment_id, "consent": record}
    Audience.objects.bulk_create(
        [Audience(organization=organization, **about) for organization in given.organizations]
        + [Audience(kind=kind, **about) for kind in given.kinds]
    )
    audit.record(
        verb="clients.consent_recorded",
        subject=record,
        client=client,
        by=by,
        detail={
            "purposes": list(given.purposes),
            "organizations": [str(organization.pk) for organization in given.organizations],
            "kinds": list(given.kinds),
        }
        | ({"form": given.form.number, "wording": given.form.wording.number} if given.form else {}),
    )
    # Whoever waited for this consent waits no more.
    settle(about=seats_opened_by(client).values_list("pk", flat=True))
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)
    return record


def evidence_in(client: Client, given: Given, by: Member) -> ClientPaper | None:
    """The paper that shows the consent; a scan that is in the record already is not kept twice."""
    if given.scan is None:
        return given.paper
    found = the_same(client, given.scan)
    if found is None:
        found = write_paper(client=client, scan=given.scan, kind=PaperKind.CONSENT, title="", by=by)
    return found


def check_given(client: Client, given: Given) -> None:
    about: dict[str, Any] = {"subject": client, "client_id": client.pk}
    if not given.purposes:
        raise NoPurpose(**about)
    if not given.organizations and not given.kinds:
        raise NobodyCovered(**about)
    if not given.reference.strip() and given.scan is None and given.paper is None:
        raise EvidenceMissing(**about)
    check_dates(client, given)
    if given.signer != Signer.SELF and not given.relation.strip():
        raise RelationMissing(**about)
    if given.signer == Signer.SELF and given.covers_family:
        raise FamilySignsItself(**about)


def check_dates(client: Client, given: Given) -> None:
    about: dict[str, Any] = {"subject": client, "client_id": client.pk}
    if given.signed_on > timezone.localdate():
        raise SignedInFuture(**about)
    if given.valid_to is not None and given.valid_to <= given.valid_from:
        raise PeriodReversed(**about)
    if given.valid_to is not None and given.valid_to <= timezone.now():
        raise ConsentOver(**about)


@transaction.atomic
def add_evidence(
    *, consent: ConsentRecord, by: Member, scan: Scan | None = None, paper: ClientPaper | None = None
) -> ClientPaper:
    """Add the scan of the signed paper to a consent that was recorded without one: a new file, or a paper of the record.
    What shows a consent is added once and never replaced."""
    check_can_change_team(by, consent.client)

    client = consent.client
    # Two who add evidence at once come one after the other: the second one finds what the first has added.
    consent = ConsentRecord.objects.select_for_update(of=("self",)).get(pk=consent_for(by, client, consent.pk).pk)
    if consent.paper_id is not None:
        raise EvidenceThere(subject=client, client_id=client.pk)
    found = paper if scan is None else the_same(client, scan)
    if scan is not None and found is None:
        found = write_paper(client=client, scan=scan, kind=PaperKind.CONSENT, title="", by=by)
    if found is None:
        raise EvidenceMissing(subject=client, client_id=client.pk)

    consent.paper = found
    consent.save(update_fields=["paper"])
    audit.record(verb="clients.evidence_added", subject=consent, client=client, by=by, detail={"paper": found.number})
    return found


@transaction.atomic
def withdraw_consent(*, consent: ConsentRecord, by: Member, note: str = "") -> None:
    """End a consent now: every door that rested on it closes, on open screens too. What was seen stays in the ledger."""
    check_can_change_team(by, consent.client)

    # Read again under the lock: somebody else may have withdrawn it in this moment.
    client = consent.client
    consent = ConsentRecord.objects.select_for_update(of=("self",)).get(pk=consent_for(by, client, consent.pk).pk)
    if consent.withdrawn_at is not None or consent.has_ended:
        raise ConsentEnded(subject=client, client_id=client.pk)

    losing = set(people_who_lose(consent).values_list("pk", flat=True))
    consent.withdrawn_at = timezone.now()
    consent.withdrawn_by = by
    consent.withdrawal_note = note
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_note"])
    close(about=client.pk, receivers=losing)
    notify(
        receivers=Member.objects.filter(pk__in=losing).exclude(pk=by.pk),
        sentence=gettext_noop("A client has withdrawn a consent: their record and rooms are closed to you."),
    )
    audit.record(
        verb="clients.consent_withdrawn", subject=consent, client=client, by=by, detail={"people": len(losing)}
    )
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)
