"""Write the wording of the consent form, return to the house's, and print the form for a client."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team
from apps.clients.models import Client, ConsentWording, PrintedForm
from apps.clients.models.wordings import LONGEST_WORDING
from apps.clients.refusals.wordings import (
    WordingEmpty,
    WordingIsTheHouses,
    WordingLacksPassages,
    WordingMoved,
    WordingSame,
    WordingTooLong,
)
from apps.clients.wording import fits_on_one_sheet, house_wording, paragraphs_of, tidied
from apps.environments.access import check_can_administer
from apps.environments.models import Member

# Every consent says that one agrees, to what end, and that one may take it back: without these words it is none
# (個人情報の保護に関する法律についてのガイドライン 2-16, 平11厚令38 23条3項). One word of each line is enough.
NEEDED = (("同意",), ("目的",), ("撤回", "取り消", "取消"))


@transaction.atomic
def write_wording(*, text: str, after: int, by: Member) -> ConsentWording:
    """Add a version in the municipality's own words, which is printed from now on. `after` is the number of the version
    that was shown, 0 for none: whoever has written one meanwhile is not written over."""
    check_can_administer(by)

    text = tidied(text)
    check_wording(text)
    latest = latest_wording()
    if latest is not None and latest.text == text:
        raise WordingSame
    return added(text=text, is_own=True, after=after, by=by)


@transaction.atomic
def return_to_house_wording(*, after: int, by: Member) -> ConsentWording:
    """Print the house's text again, as a further version; the municipality's own ones stay among the versions."""
    check_can_administer(by)

    latest = latest_wording()
    if latest is None or not latest.is_own:
        raise WordingIsTheHouses
    return added(text=house_wording(), is_own=False, after=after, by=by)


def check_wording(text: str) -> None:
    title, paragraphs = paragraphs_of(text)
    if not title or not paragraphs:
        raise WordingEmpty
    if not all(any(word in text for word in words) for words in NEEDED):
        raise WordingLacksPassages
    if len(text) > LONGEST_WORDING or not fits_on_one_sheet(text):
        raise WordingTooLong


def latest_wording() -> ConsentWording | None:
    return ConsentWording.objects.order_by("-number").first()


def added(*, text: str, is_own: bool, after: int, by: Member) -> ConsentWording:
    latest = latest_wording()
    if after != (latest.number if latest else 0):
        raise WordingMoved
    try:
        with transaction.atomic():
            wording = ConsentWording.objects.create(
                environment_id=by.environment_id, number=after + 1, text=text, is_own=is_own, written_by=by
            )
    except IntegrityError as error:
        raise WordingMoved from error
    detail: dict[str, Any] = {"number": wording.number, "is_own": is_own}
    audit.record(verb="clients.wording_written", subject=wording, by=by, detail=detail)
    return wording


@transaction.atomic
def print_form(*, client: Client, by: Member) -> PrintedForm:
    """Write down that the form was printed for a client, in the version that is printed now."""
    check_can_change_team(by, client)

    wording = wording_to_print(by)
    # Two who print at once come one after the other, and neither takes the other's number.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    last = PrintedForm.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    form = PrintedForm.objects.create(
        environment_id=client.environment_id, client=client, number=last + 1, wording=wording, printed_by=by
    )
    detail = {"number": form.number, "wording": wording.number}
    audit.record(verb="clients.consent_form_printed", subject=form, client=client, by=by, detail=detail)
    return form


def wording_to_print(by: Member) -> ConsentWording:
    """The newest version. The house's text becomes one where there is none, and again where a release has changed it."""
    latest = latest_wording()
    if latest is not None and (latest.is_own or latest.text == house_wording()):
        return latest
    try:
        return added(text=house_wording(), is_own=False, after=latest.number if latest else 0, by=by)
    except WordingMoved:
        # Somebody else has printed or written in this moment: their version is the newest now.
        return ConsentWording.objects.order_by("-number")[0]
