"""A client's page, the seats on the care team, and clients opened by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.access import can_see
from apps.clients.models import Client, Seat
from apps.environments.models import Member
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover

MISSING = "00000000-0000-4000-8000-000000000000"


def seat_of(cast, organization):
    return Seat.objects.open().get(client=cast.hana, organization=organization)


@pytest.fixture
def midori(cast):
    """Takahashi's organization: the client's consent covers it, but it has no seat."""
    cover(cast.hana, cast.takahashi.organization)
    return cast.takahashi.organization


def opening(person, **more):
    """What the form of an opening by hand sends."""
    sent = {"member": str(person.pk), "until": timezone.localdate().isoformat(), "reason": "stands_in", "open": "1"}
    return sent | more


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sato", 200),
        ("suzuki", 200),
        ("tanaka", 200),
        ("takahashi", 404),
        ("ito", 404),
        ("ishii", 404),
        ("kobayashi", 404),
        ("matsumoto", 404),
        ("watanabe", 404),
        ("mori", 404),
        ("nobody", 302),
    ],
)
def test_a_client_is_shown_to_the_care_team_only(browser_of, cast, person, status):
    browser = browser_of(None if person == "nobody" else cast[person])
    assert browser.get(address("client", cast, client_id=cast.hana.pk)).status_code == status


def test_hidden_and_missing_are_answered_alike(browser_of, cast):
    takahashi = browser_of(cast.takahashi)
    hidden, missing = (
        takahashi.get(address("client", cast, client_id=one)).content.decode().replace(str(one), "")
        for one in (cast.hana.pk, MISSING)
    )
    assert cast.hana.name not in hidden
    assert [line for line in hidden.splitlines() if "nonce" not in line and "csrf" not in line.lower()] == [
        line for line in missing.splitlines() if "nonce" not in line and "csrf" not in line.lower()
    ]


def test_the_pages_show_facts_team_and_why(browser_of, cast):
    sato = browser_of(cast.sato)
    record = sato.get(address("client", cast, client_id=cast.hana.pk)).content.decode()
    page = sato.get(address("team", cast, client_id=cast.hana.pk)).content.decode()
    assert "昭和17年3月9日" in record
    for word in (cast.aozora.name, cast.suzuki.name, cast.hidamari.name, cast.sato.name):
        assert word in page
    assert cast.mori.name not in page


def test_a_look_at_a_client_is_in_the_ledger(browser_of, cast):
    browser_of(cast.sato).get(address("client", cast, client_id=cast.hana.pk))
    entry = Entry.objects.get(verb="clients.opened")
    assert (entry.client_id, entry.member_id) == (cast.hana.pk, cast.sato.pk)


# -- seats


def test_a_seat_opens_the_client_to_its_organization_and_tells_its_people(browser_of, cast, midori):
    takahashi = browser_of(cast.takahashi)
    page = address("client", cast, client_id=cast.hana.pk)
    assert takahashi.get(page).status_code == 404

    answer = browser_of(cast.sato).post(
        address("new_seat", cast, client_id=cast.hana.pk), {"organization": str(midori.pk), "give": "1"}
    )

    assert answer.status_code == 302
    assert takahashi.get(page).status_code == 200
    told = Notification.objects.get(receiver=cast.takahashi)
    assert cast.hana.name not in told.sentence


def test_an_ended_seat_closes_the_client_at_once_and_keeps_its_period(browser_of, cast):
    suzuki, page = browser_of(cast.suzuki), address("client", cast, client_id=cast.hana.pk)
    assert suzuki.get(page).status_code == 200
    seat = seat_of(cast, cast.aozora)

    browser_of(cast.sato).post(address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk))

    assert suzuki.get(page).status_code == 404
    seat.refresh_from_db()
    assert seat.ended_by == cast.sato


def test_asking_whether_to_end_a_seat_ends_nothing(browser_of, cast):
    seat = seat_of(cast, cast.aozora)
    assert (
        browser_of(cast.sato).get(address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)).status_code == 200
    )
    assert seat_of(cast, cast.aozora) == seat


def test_who_ends_the_seat_of_their_own_organization_lands_in_the_list(browser_of, cast):
    seat = seat_of(cast, cast.hidamari)
    answer = browser_of(cast.sato).post(address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk))
    assert answer.url == address("list", cast)


def test_without_a_division_the_last_seat_stays(browser_of, cast):
    Client.objects.filter(pk=cast.hana.pk).update(division=None)
    browser = browser_of(cast.sato)
    seat = seat_of(cast, cast.aozora)
    assert browser.post(address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)).status_code == 302
    last = seat_of(cast, cast.hidamari)
    assert browser.post(address("end_seat", cast, client_id=cast.hana.pk, seat_id=last.pk)).status_code == 422
    assert seat_of(cast, cast.hidamari)


def test_where_a_division_is_in_charge_the_last_seat_may_end(browser_of, cast):
    for organization in (cast.aozora, cast.hidamari):
        seat = seat_of(cast, organization)
        url = address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)
        assert browser_of(cast.tanaka).post(url).status_code == 302
    assert can_see(cast.tanaka, cast.hana)


def test_a_seat_ends_once(browser_of, cast):
    seat = seat_of(cast, cast.aozora)
    url = address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)
    assert browser_of(cast.sato).post(url).status_code == 302
    assert browser_of(cast.sato).post(url).status_code == 422


@pytest.mark.parametrize("sent", [{}, {"organization": "x"}, {"organization": ""}])
def test_no_organization_is_answered_with_a_sentence(browser_of, cast, sent):
    answer = browser_of(cast.sato).post(address("new_seat", cast, client_id=cast.hana.pk), sent | {"give": "1"})
    assert answer.status_code == 422
    assert 'class="trouble"' in answer.content.decode()


def test_organizations_that_do_not_exist_here_are_missing(browser_of, cast):
    for organization in (MISSING, str(cast.watanabe.organization_id)):
        answer = browser_of(cast.sato).post(
            address("new_seat", cast, client_id=cast.hana.pk), {"organization": organization, "give": "1"}
        )
        assert answer.status_code == 404


def test_an_organization_sits_once(browser_of, cast):
    answer = browser_of(cast.sato).post(
        address("new_seat", cast, client_id=cast.hana.pk), {"organization": str(cast.aozora.pk), "give": "1"}
    )
    assert answer.status_code == 422


def test_organizations_are_searched_while_choosing(browser_of, cast, midori):
    url = address("new_seat", cast, client_id=cast.hana.pk)
    page = browser_of(cast.sato).post(url, {"q": "ミドリ"}, headers={"HX-Request": "true"}).content.decode()
    assert midori.name in page
    assert cast.matsumoto.organization.name not in page
    assert cast.aozora.name not in browser_of(cast.sato).get(url).content.decode().split('id="found"')[1]


@pytest.mark.parametrize(("name", "field"), [("new_seat", "organization"), ("open_by_hand", "member")])
def test_searching_on_after_having_chosen_changes_nothing(browser_of, cast, name, field):
    chosen = {"organization": str(cast.takahashi.organization_id), "member": str(cast.takahashi.pk)}[field]
    answer = browser_of(cast.sato).post(address(name, cast, client_id=cast.hana.pk), {"q": "さ", field: chosen})
    assert answer.status_code == 200
    assert not can_see(cast.takahashi, cast.hana)


# -- by hand


def test_a_client_is_opened_to_one_person_and_closed_again(browser_of, cast, midori):
    sato, takahashi = browser_of(cast.sato), browser_of(cast.takahashi)
    page = address("client", cast, client_id=cast.hana.pk)
    colleague = makers.make_member(cast.takahashi.organization)

    sato.post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.takahashi))
    assert takahashi.get(page).status_code == 200
    assert browser_of(colleague).get(page).status_code == 404
    assert cast.takahashi.name in sato.get(address("team", cast, client_id=cast.hana.pk)).content.decode()

    closing = address("close_by_hand", cast, client_id=cast.hana.pk, member_id=cast.takahashi.pk)
    assert sato.get(closing).status_code == 200
    assert takahashi.get(page).status_code == 200
    sato.post(closing)
    assert takahashi.get(page).status_code == 404


def test_opening_and_closing_by_hand_are_in_the_ledger(browser_of, cast, midori):
    sato = browser_of(cast.sato)
    sato.post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.takahashi))
    sato.post(address("close_by_hand", cast, client_id=cast.hana.pk, member_id=cast.takahashi.pk))
    for verb in ("clients.opened_by_hand", "clients.closed_by_hand"):
        assert Entry.objects.get(verb=verb).detail["member"] == str(cast.takahashi.pk)


def test_whoever_only_looks_opens_to_nobody(browser_of, cast, midori):
    browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.takahashi))
    takahashi, other = browser_of(cast.takahashi), makers.make_member(cast.takahashi.organization)
    for name in ("open_by_hand", "new_seat"):
        url = address(name, cast, client_id=cast.hana.pk)
        assert takahashi.get(url).status_code == 403
        assert takahashi.post(url, opening(other, organization=str(other.organization_id))).status_code == 403
    assert not can_see(other, cast.hana)


@pytest.mark.parametrize("person", ["ito", "ishii", "suzuki", "mori"])
def test_admins_auditors_the_seated_and_the_gone_cannot_be_opened_to(browser_of, cast, person):
    cover(cast.hana, cast[person].organization)
    answer = browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast[person]))
    assert answer.status_code == 422
    assert not Entry.objects.filter(verb="clients.opened_by_hand").exists()


def test_people_are_searched_while_choosing_and_nobody_is_listed_before(browser_of, cast, midori):
    url, sato = address("open_by_hand", cast, client_id=cast.hana.pk), browser_of(cast.sato)
    assert cast.takahashi.name not in sato.get(url).content.decode()
    assert cast.takahashi.name in sato.post(url, {"q": "高橋"}, headers={"HX-Request": "true"}).content.decode()
    assert cast.ito.name not in sato.post(url, {"q": "伊藤"}, headers={"HX-Request": "true"}).content.decode()


def test_a_person_of_another_environment_is_missing(browser_of, cast):
    answer = browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.watanabe))
    assert answer.status_code == 404


def test_what_was_opened_by_hand_does_not_outlive_the_place(browser_of, cast, midori):
    browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.takahashi))
    Member.objects.filter(pk=cast.takahashi.pk).update(valid_to=timezone.now())
    assert browser_of(cast.takahashi).get(address("client", cast, client_id=cast.hana.pk)).status_code == 404


@pytest.mark.parametrize("name", ["new_seat", "open_by_hand"])
def test_changing_the_team_of_a_client_one_does_not_see_is_missing(browser_of, cast, name):
    assert browser_of(cast.takahashi).get(address(name, cast, client_id=cast.hana.pk)).status_code == 404


def test_a_seat_of_another_client_is_missing(browser_of, cast):
    other = makers.make_client(cast.environment, seats=[cast.takahashi.organization])
    seat = Seat.objects.get(client=other)
    assert (
        browser_of(cast.sato).post(address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)).status_code
        == 404
    )
    seat.refresh_from_db()
    assert seat.is_open


@pytest.mark.parametrize(
    ("until", "status"), [(-1, 422), (0, 302), (366, 302), (367, 422)], ids=["yesterday", "today", "a year", "longer"]
)
def test_an_opening_by_hand_lasts_until_a_day_within_a_year(browser_of, cast, midori, until, status):
    url = address("open_by_hand", cast, client_id=cast.hana.pk)
    day = timezone.localdate() + timedelta(days=until)
    assert browser_of(cast.sato).post(url, opening(cast.takahashi, until=day.isoformat())).status_code == status
    assert can_see(cast.takahashi, cast.hana) is (status == 302)


def test_the_end_of_an_opening_is_asked_and_shown(browser_of, cast, midori):
    sato, usual = browser_of(cast.sato), timezone.localdate() + timedelta(days=14)
    assert usual.isoformat() in sato.get(address("open_by_hand", cast, client_id=cast.hana.pk)).content.decode()
    sato.post(address("open_by_hand", cast, client_id=cast.hana.pk), opening(cast.takahashi, until=usual.isoformat()))
    page = sato.get(address("team", cast, client_id=cast.hana.pk), headers={"Accept-Language": "en"})
    assert f"until {usual:%a} {usual.day} {usual:%b}" in page.content.decode()
