"""The bodies that take part."""

import pytest

from apps.environments.models import Organization
from tests import makers
from tests.environments.addresses import address
from tests.environments.test_opening import make_office


def test_organizations_are_listed_by_kind_with_their_people(browser_of, cast):
    page = browser_of(cast.sato).get(address("organizations", cast)).content.decode()
    assert cast.aozora.name in page
    assert cast.hidamari.name in page
    assert cast.watanabe.organization.name not in page


def test_a_guest_knows_of_their_own_organization_only(browser_of, cast):
    page = browser_of(cast.matsumoto).get(address("organizations", cast)).content.decode()
    assert cast.matsumoto.organization.name in page
    assert cast.hidamari.name not in page


def test_an_organization_is_added_by_hand(browser_of, cast):
    answer = browser_of(cast.ito).post(
        address("new_organization", cast), {"name": "もみじ薬局", "kana": "モミジヤッキョク", "kind": "pharmacy"}
    )
    assert answer.status_code == 302
    assert Organization.objects.get(name="もみじ薬局").kana == "もみじやっきょく"


@pytest.mark.parametrize(
    "changed", [{"name": ""}, {"kind": "castle"}, {"name": "ひだまりケアプラン"}, {"kana": "薬局"}]
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_added(browser_of, cast, changed):
    before = Organization.objects.count()
    sent = {"name": "もみじ薬局", "kana": "", "kind": "pharmacy"} | changed
    assert browser_of(cast.ito).post(address("new_organization", cast), sent).status_code == 422
    assert Organization.objects.count() == before


def test_offices_of_the_directory_are_added(browser_of, cast):
    office = make_office(cast.environment.municipality, "北上ケアプラン")
    assert browser_of(cast.ito).post(address("add_offices", cast), {"offices": [str(office.pk)]}).status_code == 302
    assert Organization.objects.get(office=office).kind == "care_management_office"


def test_an_office_that_takes_part_is_not_offered_again(browser_of, cast):
    office = make_office(cast.environment.municipality, "北上ケアプラン")
    ito = browser_of(cast.ito)
    assert str(office.pk) in ito.get(address("add_offices", cast)).content.decode()
    ito.post(address("add_offices", cast), {"offices": [str(office.pk)]})
    assert str(office.pk) not in ito.get(address("add_offices", cast)).content.decode()
    assert ito.post(address("add_offices", cast), {"offices": [str(office.pk)]}).status_code == 422


def test_one_office_that_cannot_be_added_keeps_all_of_them_out(browser_of, cast):
    inside = make_office(cast.environment.municipality, "北上ケアプラン")
    fresh = make_office(cast.environment.municipality, "さくら訪看", kind="13", number="0360600018")
    ito = browser_of(cast.ito)
    ito.post(address("add_offices", cast), {"offices": [str(inside.pk)]})
    answer = ito.post(address("add_offices", cast), {"offices": [str(fresh.pk), str(inside.pk)]})
    assert answer.status_code == 422
    assert not Organization.objects.filter(office=fresh).exists()


@pytest.mark.parametrize("sent", [{}, {"offices": ["x"]}, {"offices": ["00000000-0000-4000-8000-000000000000"]}])
def test_nothing_ticked_and_unknown_offices_are_answered_with_a_sentence(browser_of, cast, sent):
    assert browser_of(cast.ito).post(address("add_offices", cast), {"_": "1", **sent}).status_code == 422


def test_present_people_are_counted_and_former_ones_are_not(cast):
    from apps.environments.queries import organizations_with_members

    present = {one.name: one.present for one in organizations_with_members()}
    assert present[cast.hidamari.name] == 1
    makers.make_member(cast.hidamari)
    assert {one.name: one.present for one in organizations_with_members()}[cast.hidamari.name] == 2
