"""The secret address and the file of one visit: when and where, for other calendars, and nothing of anybody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from apps.audit.models import Entry
from apps.calendars import actions
from apps.calendars.models import CalendarFeed
from apps.visits import actions as visits
from apps.visits.models import FamilyKey
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def facility(cast):
    return make_facility(cast.suzuki, organization=cast.aozora, name="こどもの家 つくし")


@pytest.fixture
def visit(cast, facility):
    """Of hana, booked by the desk."""
    slot = make_slot(cast.suzuki, facility, receiver="山田", bring="母子手帳")
    held = visits.hold_place(slot=slot, age_group="adult", need="車いす", client=cast.hana, by=cast.tanaka)
    return visits.book_visit(visit=held, by=cast.tanaka)


@pytest.fixture
def here(cast):
    return f"/e/{cast.environment.slug}/"


def address_of(member):
    return f"/c/{actions.issue_feed(by=member)}.ics"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


# -- what stands in it


def test_a_feed_tells_when_where_and_a_number(cast, client, visit):
    [event] = read(client, address_of(cast.tanaka)).events

    assert event.start == visit.slot.starts_at.replace(microsecond=0)
    assert event.end == visit.slot.ends_at.replace(microsecond=0)
    assert str(event["dtstart"].params["TZID"]) == "Asia/Tokyo"
    assert str(event["summary"]) == f"見学 {visit.number}" and "こどもの家 つくし" in event["location"]
    assert (event["sequence"], event["status"], event["uid"]) == (0, "CONFIRMED", f"visit-{visit.pk}@carenet")


def test_a_feed_carries_its_time_zone(cast, client, visit):
    [zone] = read(client, address_of(cast.tanaka)).timezones

    assert zone["tzid"] == "Asia/Tokyo"
    assert zone.to_tz().utcoffset(datetime(2030, 5, 14, tzinfo=TOKYO).replace(tzinfo=None)) == timedelta(hours=9)


def test_nothing_of_anybody_stands_in_a_feed_or_a_file(cast, client, visit, here, browser_of):
    key = FamilyKey.objects.get(visit=visit).code
    written = [
        client.get(address_of(cast.tanaka)).content.decode(),
        client.get(f"/v/{key}/calendar/").content.decode(),
        browser_of(cast.suzuki).get(f"{here}visits/{visit.pk}/calendar/").content.decode(),
    ]

    for text in written:
        assert "BEGIN:VEVENT" in text
        unfolded = text.replace("\r\n ", "")
        nobody = (cast.hana.name, "佐々木", cast.tanaka.name, "車いす", "成人", "山田", "母子", str(cast.hana.pk))
        assert [word for word in nobody if word in unfolded] == []
        assert not any(word in unfolded for word in ("ATTENDEE", "ORGANIZER", "DESCRIPTION"))


def test_a_cancelled_visit_keeps_its_identity_and_says_so(cast, client, visit):
    address = address_of(cast.tanaka)
    [before] = read(client, address).events
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        visits.cancel_visit(visit=visit, reason="family", by=cast.tanaka)
        [after] = read(client, address).events

    assert after["uid"] == before["uid"] and (before["sequence"], after["sequence"]) == (0, 1)
    assert after["status"] == "CANCELLED" and after["last-modified"].dt > before["last-modified"].dt


def test_a_moved_visit_is_cancelled_in_one_place_and_stands_in_another(cast, client, facility, visit):
    to = make_slot(cast.suzuki, facility)
    visits.move_visit(visit=visit, to=to, by=cast.tanaka)

    events = read(client, address_of(cast.tanaka)).events

    assert {(event["status"], event.start) for event in events} == {
        ("CANCELLED", visit.slot.starts_at.replace(microsecond=0)),
        ("CONFIRMED", to.starts_at.replace(microsecond=0)),
    }


def test_a_feed_holds_ones_own_visits_and_those_that_come_to_ones_facility(cast, client, facility):
    other = make_facility(cast.tanaka)
    of_facility = make_visit(make_slot(cast.suzuki, facility), cast.sato)
    accompanied = make_visit(make_slot(cast.tanaka, other), cast.sato, accompanied_by=cast.sato)
    make_held(make_slot(cast.tanaka, other), cast.tanaka)

    def seen(member):
        return {str(event["uid"]) for event in read(client, address_of(member)).events}

    uid = "visit-{}@carenet".format
    assert seen(cast.suzuki) == {uid(of_facility.pk)}
    assert seen(cast.sato) == {uid(of_facility.pk), uid(accompanied.pk)}
    assert seen(cast.tanaka) == set()


@pytest.mark.parametrize(
    ("starts", "in_utc"),
    [
        ((2028, 2, 29, 0, 0), "20280228T150000"),
        ((2030, 12, 31, 23, 30), "20301231T143000"),
        ((2031, 1, 1, 8, 0), "20301231T230000"),
    ],
)
def test_midnight_year_end_and_leap_day_are_the_same_moment_elsewhere(cast, client, facility, starts, in_utc):
    make_visit(make_slot(cast.suzuki, facility, starts_at=datetime(*starts, tzinfo=TOKYO)), cast.tanaka)

    [event] = read(client, address_of(cast.tanaka)).events

    assert event["dtstart"].to_ical() == datetime(*starts, tzinfo=TOKYO).strftime("%Y%m%dT%H%M%S").encode()
    assert event.start.astimezone(UTC).strftime("%Y%m%dT%H%M%S") == in_utc


def test_many_visits_cost_no_more_queries_than_few(cast, client, facility):
    address = address_of(cast.suzuki)

    def needed(more):
        for _nth in range(more):
            make_visit(make_slot(cast.suzuki, facility), cast.tanaka)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert len(read(client, address).events) >= more
        return len(seen)

    assert needed(1) == needed(6)


# -- whose it is


def test_the_secret_is_nowhere_in_the_database_and_shown_once(cast, here, browser_of):
    browser = browser_of(cast.tanaka)
    page = browser.post(f"{here}calendar/feed/").content.decode()
    code = page.partition("/c/")[2].partition(".ics")[0]

    assert len(code) == 43 and CalendarFeed.objects.get().digest != code
    assert code not in browser.get(f"{here}calendar/feed/").content.decode()
    assert code not in str(list(Entry.objects.values_list("detail", "subject_id")))


def answers_like_a_missing_page(client, address):
    answer, missing = client.get(address), client.get("/nothing-is-here/")

    def body(one):
        return one.content.decode().replace(getattr(one.wsgi_request, "csp_nonce", "") or "-", "")

    return answer.status_code == missing.status_code == 404 and len(body(answer)) == len(body(missing))


def test_a_new_address_and_a_revocation_end_the_one_before(cast, client, here, browser_of):
    first, second = address_of(cast.tanaka), address_of(cast.tanaka)
    assert answers_like_a_missing_page(client, first) and client.get(second).status_code == 200

    browser_of(cast.tanaka).post(f"{here}calendar/feed/revocation/")

    assert answers_like_a_missing_page(client, second)


def test_an_unknown_address_answers_like_a_missing_page(cast, client):
    for code in ("x", "x" * 43, "%00", "é" * 400):
        assert answers_like_a_missing_page(client, f"/c/{code}.ics")


def test_a_former_members_feed_is_dead_at_once(cast, client):
    address = address_of(cast.sato)
    assert client.get(address).status_code == 200

    cast.sato.valid_to = timezone.now()
    cast.sato.save(update_fields=["valid_to"])

    assert answers_like_a_missing_page(client, address)


def test_whoever_guesses_is_stopped_and_whoever_knows_is_not(cast, client):
    address = address_of(cast.sato)
    assert {client.get(address).status_code for _try in range(25)} == {200}

    answers = [client.get(f"/c/guess-{nth}.ics").status_code for nth in range(25)]

    assert answers[:20] == [404] * 20 and set(answers[20:]) == {429}
    assert client.get(address).status_code == 429


def test_reading_a_feed_stands_in_the_ledger(cast, client):
    client.get(address_of(cast.tanaka))

    entry = Entry.objects.get(verb="calendars.feed_taken")
    assert (entry.member_id, entry.client_id, entry.detail) == (cast.tanaka.pk, None, {})


def test_a_member_has_one_live_address_whoever_asks_the_database(cast):
    actions.issue_feed(by=cast.sato)

    about = {"environment": cast.environment, "member": cast.sato, "digest": "0" * 64}
    with pytest.raises(IntegrityError, match="a_member_has_one_feed_at_a_time"), transaction.atomic():
        CalendarFeed.objects.create(**about)
    CalendarFeed.objects.create(**about, revoked_at=timezone.now())


# -- the file of one visit


def test_desk_and_facility_take_a_visit_as_a_file_and_it_is_written_down(cast, visit, here, browser_of):
    for person in (cast.tanaka, cast.suzuki):
        [event] = read(browser_of(person), f"{here}visits/{visit.pk}/calendar/").events
        assert str(event["url"]).endswith(f"{here}visits/{visit.pk}/")

    looks = Entry.objects.filter(verb="calendars.file_taken").values_list("member_id", "client_id")
    assert set(looks) == {(cast.tanaka.pk, cast.hana.pk), (cast.suzuki.pk, cast.hana.pk)}


def test_a_hold_is_no_visit_yet(cast, facility, here, browser_of):
    held = make_held(make_slot(cast.suzuki, facility), cast.tanaka)

    answer = browser_of(cast.tanaka).get(f"{here}visits/{held.pk}/calendar/")

    assert answer.status_code == 409 and "予約されていない" in answer.content.decode()


def test_the_family_takes_its_visit_from_its_own_page(cast, client, visit):
    address = f"/v/{FamilyKey.objects.get(visit=visit).code}/"

    assert f'href="{address}calendar/"' in client.get(address).content.decode()
    [event] = read(client, f"{address}calendar/").events
    assert event["uid"] == f"visit-{visit.pk}@carenet" and "url" not in event
    assert client.get("/v/no-such-key/calendar/").status_code == 404
