"""The team page: who is responsible first, then everybody with why they see the client; and the ways to change it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions, queries
from apps.clients.access import BY_DIVISION, BY_HAND, BY_SEAT, people_who_can_see, why_visible
from apps.clients.models import Responsibility, Seat, TeamMember
from apps.clients.queries import team_page
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address
from tests.clients.papers import cover

EN = {"Accept-Language": "en"}
ANOTHER = "ほかの参加者"
API = "/api/v1/e/sakuragawa-care/clients/"
# What the page says of somebody, and what that person is told themselves.
SAME = {team_page.BY_DIVISION: BY_DIVISION, team_page.BY_SEAT: BY_SEAT, team_page.BY_HAND: BY_HAND}


def seat_of(cast, organization):
    return Seat.objects.lasting().get(client=cast.hana, organization=organization)


@pytest.fixture
def planner(cast):
    return actions.name_person(seat=seat_of(cast, cast.hidamari), member=cast.sato, role="care_manager", by=cast.sato)


@pytest.fixture
def midori(cast):
    cover(cast.hana, cast.takahashi.organization)
    return cast.takahashi.organization


def team_url(cast):
    return address("team", cast, client_id=cast.hana.pk)


def page_of(browser_of, cast, person="sato"):
    return browser_of(cast[person]).get(team_url(cast), headers=EN).content.decode()


def everybody_on(team):
    seated = [one for seat in team.seats for one in seat.people]
    return {one.member: one.why for one in [*team.division_people, *seated]} | {
        one.person: one.why for one in team.openings
    }


def test_everybody_who_sees_the_client_is_on_the_page_with_the_reason_they_are_told_themselves(cast, midori):
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    makers.make_seat(cast.hana, cast.matsumoto.organization)

    shown = everybody_on(queries.team_of(cast.hana, reader=cast.sato))

    for person in people_who_can_see(cast.hana):
        assert SAME[shown[person]] == why_visible(person, cast.hana)
    blind = {one: why for one, why in shown.items() if why_visible(one, cast.hana) is None}
    assert blind == {cast.matsumoto: team_page.WAITS}


def test_the_responsible_person_stands_first_with_role_and_office(browser_of, cast, planner):
    assert "Nobody is responsible yet" in page_of(browser_of, cast)
    actions.name_responsible(person=planner, by=cast.sato)

    page = page_of(browser_of, cast)

    first = page.split('id="care-team"')[0]
    assert cast.sato.name in first
    assert "Care manager" in first
    assert cast.hidamari.name in first


def test_seats_to_come_waiting_and_past_are_told_apart(browser_of, cast, midori):
    actions.give_seat(client=cast.hana, organization=midori, begins_at=timezone.now() + timedelta(3), by=cast.sato)
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    actions.name_person(seat=seat_of(cast, cast.aozora), member=cast.suzuki, role="visiting_nurse", by=cast.sato)
    actions.end_seat(seat=seat_of(cast, cast.aozora), by=cast.sato)

    page = page_of(browser_of, cast)

    assert "To come" in page
    assert "Waiting for consent" in page
    former = page.split("former seat")[1]
    assert "Was on the team from" in former
    assert cast.aozora.name in former
    assert cast.suzuki.name in former


def test_a_seat_that_was_taken_back_before_it_began_is_no_past(cast, midori):
    seat = actions.give_seat(
        client=cast.hana, organization=midori, begins_at=timezone.now() + timedelta(3), by=cast.sato
    )
    actions.end_seat(seat=seat, by=cast.sato)
    assert queries.team_of(cast.hana, reader=cast.sato).past == []


def test_the_page_takes_as_many_questions_with_many_seats_as_with_few(cast, planner):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            queries.team_of(cast.hana, reader=cast.sato)
        return len(asked)

    few = questions()
    for _ in range(10):
        office = makers.make_organization(cast.environment)
        seat = makers.make_seat(cast.hana, office)
        for _ in range(3):
            makers.make_team_member(seat, makers.make_member(office), valid_from=timezone.now())
    assert questions() == few


def test_a_guest_on_the_team_sees_another_participant_where_no_room_is_shared(browser_of, cast, planner):
    actions.name_responsible(person=planner, by=cast.sato)
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    cover(cast.hana, cast.matsumoto.organization, by=cast.sato)
    makers.make_room(members=[cast.suzuki, cast.matsumoto])
    guest = browser_of(cast.matsumoto)

    answers = [guest.get(team_url(cast))]
    answers += [guest.get(f"{API}{cast.hana.pk}/{rest}") for rest in ("seats/", "responsibility/", "openings/")]

    told = "".join(answer.content.decode() for answer in answers)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert ANOTHER in told
    assert cast.suzuki.name in told
    for stranger in (cast.sato, cast.tanaka):
        for telling in (stranger.name, str(stranger.pk), stranger.organization.name):
            assert telling not in told.replace(cast.city.name, "") or telling == cast.city.name
    assert cast.hidamari.name not in told


def test_a_guest_reads_no_strangers_name_in_record_consents_and_papers(browser_of, cast):
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    cover(cast.hana, cast.matsumoto.organization, by=cast.sato)
    former = makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.aozora], reference="福祉課 2025-1")
    actions.withdraw_consent(consent=former, by=cast.sato)
    makers.make_paper(cast.hana, by=cast.sato)

    def pages(person):
        browser = browser_of(person)
        return [browser.get(address(one, cast, client_id=cast.hana.pk)) for one in ("consents", "papers", "history")]

    told = pages(cast.matsumoto)
    assert cast.sato.name not in "".join(page.content.decode() for page in told if page.status_code == 200)
    assert ANOTHER in told[0].content.decode()
    assert cast.sato.name in pages(cast.suzuki)[0].content.decode()


# -- changing it


def test_a_person_is_named_made_responsible_and_taken_off_on_pages(browser_of, cast):
    sato = browser_of(cast.sato)
    naming = address("name_person", cast, client_id=cast.hana.pk, seat_id=seat_of(cast, cast.hidamari).pk)
    assert cast.sato.name in sato.get(naming).content.decode()
    assert sato.post(naming, {"member": str(cast.sato.pk), "role": "care_manager"}).status_code == 302
    person = TeamMember.objects.get()
    where = {"client_id": cast.hana.pk, "person_id": person.pk}
    assert "Make responsible" in sato.get(address("person", cast, **where), headers=EN).content.decode()
    assert sato.post(address("responsibility", cast, **where), {"present": ""}).status_code == 302
    assert Responsibility.objects.open().get().person == person
    assert sato.post(address("person", cast, **where), {"role": "chief_care_manager"}).status_code == 302
    after = TeamMember.objects.open().get()
    assert sato.post(address("take_off", cast, client_id=cast.hana.pk, person_id=after.pk)).status_code == 302
    assert not Responsibility.objects.lasting().exists()


def test_handing_over_from_a_page_that_is_no_longer_true_is_refused(browser_of, cast, planner):
    colleague = makers.make_member(cast.hidamari)
    other = actions.name_person(seat=planner.seat, member=colleague, role="care_manager", by=cast.sato)
    first = actions.name_responsible(person=planner, by=cast.sato)
    url = address("responsibility", cast, client_id=cast.hana.pk, person_id=other.pk)
    sato = browser_of(cast.sato)
    assert sato.post(url, {"present": ""}).status_code == 422
    assert sato.post(url, {"present": str(first.pk), "first": "someday"}).status_code == 422
    assert sato.post(url, {"present": str(first.pk), "first": ""}).status_code == 302
    assert sato.post(url, {"present": str(first.pk), "first": ""}).status_code == 422
    assert sato.post(url, {"present": "x"}).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"member": "x", "role": "nurse"}, {"member": "", "role": ""}])
def test_naming_nobody_is_answered_with_a_sentence(browser_of, cast, sent):
    url = address("name_person", cast, client_id=cast.hana.pk, seat_id=seat_of(cast, cast.hidamari).pk)
    assert browser_of(cast.sato).post(url, sent or {"role": ""}).status_code == 422
    assert not TeamMember.objects.exists()


def test_a_seat_is_given_from_a_day_until_a_day(browser_of, cast, midori):
    first, last = (timezone.localdate() + timedelta(days=days) for days in (3, 9))
    sent = {"organization": str(midori.pk), "role": "home_help_lead", "give": "1"}
    url = address("new_seat", cast, client_id=cast.hana.pk)
    sato = browser_of(cast.sato)
    backwards = sato.post(url, sent | {"first": last.isoformat(), "last": first.isoformat()})
    assert backwards.status_code == 422
    assert sato.post(url, sent | {"first": "R99.99.99"}).status_code == 422
    assert sato.post(url, sent | {"first": first.isoformat(), "last": last.isoformat()}).status_code == 302
    seat = seat_of(cast, midori)
    assert timezone.localdate(seat.valid_from) == first
    assert timezone.localdate(seat.valid_to) == last + timedelta(days=1)


def test_what_was_chosen_stays_when_a_day_is_wrong(browser_of, cast, midori):
    sent = {"organization": str(midori.pk), "role": "nurse", "first": "昨日", "give": "1"}
    page = browser_of(cast.sato).post(address("new_seat", cast, client_id=cast.hana.pk), sent).content.decode()
    assert f'value="{midori.pk}" checked' in page
    assert "昨日" in page


def test_a_seat_ends_with_a_day_to_come(browser_of, cast):
    seat, last = seat_of(cast, cast.aozora), timezone.localdate() + timedelta(days=5)
    url = address("end_seat", cast, client_id=cast.hana.pk, seat_id=seat.pk)
    sato = browser_of(cast.sato)
    assert sato.post(url, {"last": "someday"}).status_code == 422
    assert sato.post(url, {"last": last.isoformat()}).status_code == 302
    assert timezone.localdate(seat_of(cast, cast.aozora).valid_to) == last + timedelta(days=1)


# -- by hand


def test_an_opening_says_for_what_until_when_and_by_whom_and_its_receiver_is_told(browser_of, cast, midori):
    until = timezone.localdate() + timedelta(days=7)
    sent = {"member": str(cast.takahashi.pk), "until": until.isoformat(), "reason": "supervises", "open": "1"}
    browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), sent)

    page = page_of(browser_of, cast).split('id="by-hand"')[1]

    for word in (cast.takahashi.name, "Supervises or advises", f"opened by {cast.sato.name}", "until"):
        assert word in page
    told = Notification.objects.get(receiver=cast.takahashi)
    assert told.sentence.startswith("A client has been opened to you by hand")
    assert Entry.objects.get(verb="clients.opened_by_hand").detail["reason"] == "supervises"


def test_an_opening_without_a_reason_is_refused(browser_of, cast, midori):
    sent = {"member": str(cast.takahashi.pk), "until": timezone.localdate().isoformat(), "open": "1"}
    answer = browser_of(cast.sato).post(address("open_by_hand", cast, client_id=cast.hana.pk), sent)
    assert answer.status_code == 422


# -- the API


def test_programs_do_the_same(browser_of, cast, midori):
    base, sato = f"{API}{cast.hana.pk}/", browser_of(cast.sato)

    def sent(method, path, **body):
        answer = getattr(sato, method)(base + path, body, content_type="application/json")
        return answer.status_code, answer.json() if answer.content else None

    seat = seat_of(cast, cast.hidamari)
    code, person = sent("post", f"seats/{seat.pk}/people/", member=str(cast.sato.pk), role="care_manager")
    assert code == 201
    code, told = sent("put", "responsibility/", person=person["id"], replaces=None)
    assert (code, told["present"]["name"], told["next"]) == (200, cast.sato.name, None)
    assert sent("put", "responsibility/", person=person["id"], replaces=None)[0] == 422
    assert sent("put", f"people/{person['id']}/", role="chief_care_manager")[0] == 200
    [now] = TeamMember.objects.open()
    assert sent("delete", f"people/{now.pk}/")[0] == 204
    until = (timezone.localdate() + timedelta(3)).isoformat()
    assert sent("post", "openings/", member=str(cast.takahashi.pk), reason="on_call", until=until)[0] == 204
    assert sato.get(f"{base}openings/").json()[0]["reason"] == "on_call"
    assert sent("delete", f"openings/{cast.takahashi.pk}/")[0] == 204
    assert sent("post", "seats/", organization=str(midori.pk), first=until, role="home_help_lead")[0] == 201
    assert sent("post", "seats/", organization=str(midori.pk), first="x")[0] == 400
    seats = sato.get(f"{base}seats/").json()
    assert {one["organization"]["name"] for one in seats} == {cast.hidamari.name, cast.aozora.name, midori.name}
