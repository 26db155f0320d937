"""The family of a client: one key person, nothing required, and a phone number only for those it is for."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.clients import actions, queries
from apps.clients.actions import Reached
from apps.clients.models import FamilyContact
from apps.clients.refusals import ContactIncomplete, PhoneMalformed, StruckAlready
from apps.kernel.refusals import IndividualNumber, NotAllowed
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover

PHONE = "090-1234-5678"


def write(cast, by=None, **changed):
    reached = Reached(**{"name": "佐々木 洋子", "relation": "長女", "phone": PHONE, **changed})
    return actions.write_contact(client=cast.hana, reached=reached, by=by or cast.sato)


def page(browser_of, cast, person):
    return browser_of(cast[person]).get(address("client", cast, client_id=cast.hana.pk)).content.decode()


def send(browser_of, cast, person="sato", **sent):
    form = {"name": "佐々木 洋子", "relation": "長女", **sent}
    return browser_of(cast[person]).post(address("new_contact", cast, client_id=cast.hana.pk), form)


# -- written


def test_no_way_to_reach_somebody_is_required(browser_of, cast):
    assert send(browser_of, cast).status_code == 302
    assert FamilyContact.objects.get().phone == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("relation", ""),
        ("phone", "12"),
        ("phone", "090-1234-5678 / 03-1234-5678"),
        ("phone", "123456789018"),
        ("name", "123456789018"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_written(browser_of, cast, field, value):
    answer = send(browser_of, cast, **{field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not FamilyContact.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, ContactIncomplete),
        ({"relation": ""}, ContactIncomplete),
        ({"phone": "12"}, PhoneMalformed),
        ({"relation": "123456789018"}, IndividualNumber),
    ],
)
def test_the_verb_refuses_it_too(cast, wrong, refusal):
    with pytest.raises(refusal):
        write(cast, **wrong)
    assert not FamilyContact.objects.exists()


def test_there_is_one_key_person_and_the_former_one_stays(cast):
    write(cast, name="佐々木 洋子", is_key_person=True)
    write(cast, name="佐々木 健", relation="長男", is_key_person=True)
    standing = FamilyContact.objects.standing()
    assert {(one.name, one.is_key_person) for one in standing} == {("佐々木 洋子", False), ("佐々木 健", True)}
    assert FamilyContact.objects.count() == 3


def test_the_database_knows_one_key_person_past_the_verb(cast):
    makers.make_contact(cast.hana, by=cast.sato, is_key_person=True)
    with pytest.raises(IntegrityError, match="one_key_person_per_client"), transaction.atomic():
        makers.make_contact(cast.hana, by=cast.sato, is_key_person=True)


def test_a_change_is_another_row_and_what_stood_there_is_kept(browser_of, cast):
    contact = write(cast)
    url = address("change_contact", cast, client_id=cast.hana.pk, contact_id=contact.pk)
    sent = {"name": "山本 洋子", "relation": "長女", "phone": PHONE}
    assert browser_of(cast.sato).post(url, sent).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.stands) == ("佐々木 洋子", False)
    assert FamilyContact.objects.standing().get().name == "山本 洋子"
    assert browser_of(cast.sato).post(url, sent).status_code == 422, "what was struck out is not changed again"


def test_a_contact_is_struck_out_after_asking(browser_of, cast):
    contact = write(cast)
    url = address("strike_contact", cast, client_id=cast.hana.pk, contact_id=contact.pk)
    assert browser_of(cast.sato).get(url).status_code == 200
    assert browser_of(cast.sato).post(url).status_code == 302
    assert queries.contacts_of(cast.sato, cast.hana) == []
    with pytest.raises(StruckAlready):
        actions.strike_contact(contact=contact, by=cast.sato)


def test_what_was_struck_out_stays_readable_without_its_numbers(browser_of, cast):
    contact = write(cast)
    number = actions.write_number(client=cast.hana, certificate="insured", number="0001234567", by=cast.sato)
    actions.strike_contact(contact=contact, by=cast.tanaka)
    actions.strike_number(number=number, by=cast.sato)
    told = browser_of(cast.suzuki).get(address("history", cast, client_id=cast.hana.pk)).content.decode()
    for said in ("佐々木 洋子", "長女", "•••••••567", cast.tanaka.name, cast.sato.name):
        assert said in told
    assert PHONE not in told
    assert "0001234567" not in told


def test_nobody_removes_or_rewrites_a_contact(cast):
    makers.make_contact(cast.hana, by=cast.sato)
    for forbidden in (lambda: FamilyContact.objects.update(phone=""), lambda: FamilyContact.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            forbidden()


# -- who sees the phone number


@pytest.mark.parametrize(
    ("person", "sees"),
    # The organization that wrote it down, and the division in charge; the others of the team see who it is.
    [("sato", True), ("tanaka", True), ("suzuki", False)],
)
def test_a_phone_number_is_for_the_division_and_for_those_who_wrote_it_down(browser_of, cast, person, sees):
    write(cast)
    told = page(browser_of, cast, person)
    assert "佐々木 洋子" in told
    assert (PHONE in told) is sees
    assert ("09012345678" in told) is sees


def test_in_an_emergency_there_is_somebody_to_call(browser_of, cast):
    station = makers.make_organization(cast.environment, "ひばり訪問看護", "visiting_nurse_station")
    nurse = makers.make_member(station, profession="visiting_nurse")
    write(cast)
    exception = actions.break_glass(client=cast.hana, ground="life", purpose="訪問先で応答がない", by=nurse)
    url = address("client", cast, client_id=cast.hana.pk)
    assert PHONE in browser_of(nurse).get(url).content.decode()
    actions.end_exception(exception=exception, by=nurse)
    assert browser_of(nurse).get(url).status_code == 404


def test_whoever_does_not_see_the_client_finds_no_contact(browser_of, cast):
    contact = write(cast)
    for name in ("change_contact", "strike_contact"):
        url = address(name, cast, client_id=cast.hana.pk, contact_id=contact.pk)
        assert browser_of(cast.takahashi).get(url).status_code == 404


def consent(cast, signer_name="佐々木 洋子", **fields):
    about = {"signer": "family", "relation": "長女", "covers_family": True, "organizations": [cast.aozora], **fields}
    return makers.make_consent(cast.hana, by=cast.sato, signer_name=signer_name, **about)


@pytest.mark.parametrize(
    ("fields", "sees"),
    [
        ({}, True),
        ({"signer_name": "佐々木　洋子"}, True),
        ({"organizations": None, "kinds": ["visiting_nurse_station"]}, True),
        ({"signer_name": "佐々木 健"}, False),
        ({"organizations": None, "kinds": ["clinic"]}, False),
        ({"purposes": ["emergency"]}, False),
        ({"covers_family": False}, False),
    ],
    ids=["own", "width", "kind", "another's", "another kind", "another purpose", "not about the family"],
)
def test_this_family_members_own_consent_opens_their_number(browser_of, cast, fields, sees):
    write(cast)
    consent(cast, **fields)
    assert (PHONE in page(browser_of, cast, "suzuki")) is sees


def test_a_family_members_withdrawal_closes_it_again(browser_of, cast):
    write(cast)
    given = consent(cast)
    assert PHONE in page(browser_of, cast, "suzuki")
    actions.withdraw_consent(consent=given, by=cast.sato)
    assert PHONE not in page(browser_of, cast, "suzuki")


def test_a_consent_that_is_over_opens_nothing(browser_of, cast):
    write(cast)
    consent(
        cast,
        valid_from=timezone.now() - timezone.timedelta(days=9),
        valid_to=timezone.now() - timezone.timedelta(days=1),
    )
    assert PHONE not in page(browser_of, cast, "suzuki")


def test_who_does_not_see_the_number_does_not_write_the_contact_anew(cast):
    contact = write(cast)
    reached = Reached(name="佐々木 洋子", relation="長女")
    with pytest.raises(NotAllowed):
        actions.change_contact(contact=contact, reached=reached, by=cast.suzuki)
    consent(cast)
    assert actions.change_contact(contact=contact, reached=reached, by=cast.suzuki)


def test_those_who_wrote_a_number_down_see_it_also_after_others_changed_the_name(cast):
    contact = write(cast)
    actions.change_contact(
        contact=contact, reached=Reached(name="山本 洋子", relation="長女", phone=PHONE), by=cast.tanaka
    )
    [shown] = queries.contacts_of(cast.sato, cast.hana)
    assert (shown.phone, shown.can_change) == (PHONE, True)


def test_somebody_let_in_by_hand_sees_who_it_is_and_changes_nothing(browser_of, cast):
    write(cast)
    cover(cast.hana, cast.takahashi.organization)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    told = page(browser_of, cast, "takahashi")
    assert "佐々木 洋子" in told
    assert PHONE not in told
    assert send(browser_of, cast, "takahashi").status_code == 403


# -- programs


def test_a_program_sees_what_the_page_shows(browser_of, cast):
    url = reverse("clients_api:contacts", kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk})
    sent = {"name": "佐々木 洋子", "relation": "長女", "phone": "０９０－１２３４－５６７８", "is_key_person": True}
    written = browser_of(cast.sato).post(url, sent, content_type="application/json")
    assert (written.status_code, written.json()["phone"]) == (201, PHONE)
    [hidden] = browser_of(cast.suzuki).get(url).json()
    assert (hidden["name"], hidden["phone"], hidden["hides_phone"]) == ("佐々木 洋子", "", True)
    one = reverse(
        "clients_api:contact",
        kwargs={"slug": cast.environment.slug, "client_id": cast.hana.pk, "contact_id": written.json()["id"]},
    )
    changed = browser_of(cast.tanaka).put(
        one, {"name": "佐々木 洋子", "relation": "次女"}, content_type="application/json"
    )
    assert (changed.status_code, changed.json()["relation"]) == (200, "次女")
    assert browser_of(cast.tanaka).delete(one).status_code == 422, "it was struck out by the change"
