"""Break-glass: a client opened in an emergency, for two hours, for reading, under everybody's eyes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions, tasks
from apps.clients.access import can_break_glass, can_see, next_change, people_who_can_see, why_visible
from apps.clients.models import Client, LegalException
from apps.clients.refusals import TooManyOpen
from apps.environments.models import Member, OrganizationKind, Role
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address
from tests.saying import say

HANA = {"name": "佐々木ハナ", "born_on": "S17.3.9", "ground": "life", "purpose": "訪問先で応答がない"}


@pytest.fixture
def nurse(cast):
    """A nurse of the city's other visiting nurse station, who has never heard of hana."""
    station = makers.make_organization(cast.environment, "ひばり訪問看護", OrganizationKind.VISITING_NURSE_STATION)
    return makers.make_member(station, name="原 由美", kana="はら ゆみ", profession="visiting_nurse")


def opened(cast, nurse) -> LegalException:
    return actions.break_glass(client=cast.hana, ground="life", purpose="訪問先で応答がない", by=nurse)


# -- who may, and whom they find


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        ("city_division", "desk", True),
        ("community_support_center", "member", True),
        ("core_consultation_center", "member", True),
        ("clinic", "member", True),
        ("visiting_nurse_station", "member", True),
        ("care_management_office", "member", False),
        ("equipment_supplier", "member", False),
        ("family", "member", False),
        ("clinic", "guest", False),
        ("city_division", "admin", False),
        ("city_division", "auditor", False),
    ],
)
def test_those_who_are_called_to_a_person_in_danger_declare_an_emergency(cast, kind, role, may):
    person = makers.make_member(makers.make_organization(cast.environment, kind=kind), role=role)
    assert can_break_glass(person) is may
    person.organization.is_outside = True
    assert can_break_glass(person) is False


@pytest.mark.parametrize("name", ["佐々木ハナ", "佐々木　ハナ", "ささき はな", "ササキハナ"])
def test_the_whole_name_with_the_date_of_birth_opens_the_client(browser_of, cast, nurse, name):
    page = address("client", cast, client_id=cast.hana.pk)
    browser = browser_of(nurse)
    assert browser.get(page).status_code == 404

    answer = browser.post(address("emergency", cast), HANA | {"name": name})

    assert answer.url == page
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize(
    "typed", [{"name": "佐々木"}, {"name": "ハナ"}, {"name": "佐々木 ハル"}, {"born_on": "S17.3.10"}]
)
def test_parts_of_a_name_and_another_day_are_answered_like_nobody(browser_of, cast, nurse, typed):
    browser = browser_of(nurse)
    near = browser.post(address("emergency", cast), HANA | typed)
    nobody = browser.post(address("emergency", cast), {**HANA, "name": "誰も いない", "born_on": "S2.2.2"})

    assert near.status_code == nobody.status_code == 422
    assert trouble(near) == trouble(nobody)
    assert not can_see(nurse, cast.hana)


def test_of_two_alike_nobody_is_opened_and_nobody_learns_that_there_are_two(browser_of, cast, nurse):
    makers.make_client(cast.environment, seats=[])
    browser = browser_of(nurse)
    both = browser.post(address("emergency", cast), HANA)
    nobody = browser.post(address("emergency", cast), HANA | {"name": "誰も いない"})

    assert trouble(both) == trouble(nobody)
    assert not LegalException.objects.exists()


def trouble(answer) -> str:
    return answer.content.decode().split('class="trouble"')[1].split("</")[0]


def test_every_try_is_in_the_ledger_without_what_was_typed(browser_of, cast, nurse):
    browser = browser_of(nurse)
    browser.post(address("emergency", cast), HANA | {"name": "誰も いない"})
    browser.post(address("emergency", cast), HANA)

    tries = Entry.objects.filter(verb="clients.looked_for_in_emergency").order_by("id")
    assert [(one.detail, one.client_id) for one in tries] == [({"hits": 0}, None), ({"hits": 1}, cast.hana.pk)]


def test_whoever_guesses_is_stopped_after_ten_tries_an_hour(browser_of, cast, nurse):
    browser = browser_of(nurse)
    for _ in range(10):
        assert browser.post(address("emergency", cast), HANA | {"name": "誰も いない"}).status_code == 422
    assert browser.post(address("emergency", cast), HANA).status_code == 429
    assert not can_see(nurse, cast.hana)


def test_whoever_sees_the_client_anyway_is_led_there_and_nothing_is_opened(browser_of, cast):
    answer = browser_of(cast.suzuki).post(address("emergency", cast), HANA)
    assert answer.url == address("client", cast, client_id=cast.hana.pk)
    assert not LegalException.objects.exists()


@pytest.mark.parametrize("field", ["name", "born_on", "ground", "purpose"])
def test_nothing_is_opened_without_name_day_reason_and_purpose(browser_of, cast, nurse, field):
    assert browser_of(nurse).post(address("emergency", cast), HANA | {field: ""}).status_code == 422
    assert not LegalException.objects.exists()


# -- what it opens


def test_it_opens_for_two_hours_and_closes_by_itself(cast, nurse):
    exception = opened(cast, nurse)

    assert can_see(nurse, cast.hana)
    assert "緊急" in str(why_visible(nurse, cast.hana))
    assert people_who_can_see(cast.hana).filter(pk=nurse.pk).exists()
    assert next_change(timezone.now(), Client.objects.filter(pk=cast.hana.pk)) == exception.closes_at
    assert exception.closes_at - exception.opens_at == timedelta(hours=2)

    over = makers.make_exception(cast.hana, by=makers.make_member(nurse.organization), hours_ago=2.001)
    assert not can_see(over.member, cast.hana)
    assert not people_who_can_see(cast.hana).filter(pk=over.member_id).exists()


@pytest.mark.parametrize("name", ["new_seat", "open_by_hand", "new_consent"])
def test_it_opens_for_reading_and_nothing_is_changed_by_it(browser_of, cast, nurse, name):
    url = address(name, cast, client_id=cast.hana.pk)
    opened(cast, nurse)
    assert browser_of(nurse).get(url).status_code == 403
    assert browser_of(cast.sato).get(url).status_code == 200


def test_the_rooms_are_read_and_not_written_and_no_mark_is_left(browser_of, cast, nurse):
    from django.urls import reverse

    say(cast.room, cast.sato, "昨日から食欲がない")
    room = {"slug": cast.environment.slug, "room_id": cast.room.pk}
    opened(cast, nurse)
    browser = browser_of(nurse)

    assert "昨日から食欲がない" in browser.get(reverse("rooms:room", kwargs=room)).content.decode()
    assert browser.post(reverse("rooms:messages", kwargs=room), {"body": "はい"}).status_code == 422
    assert browser.post(reverse("rooms:people", kwargs=room), {"member": str(nurse.pk)}).status_code in {403, 422}
    assert browser.post(reverse("rooms:read_mark", kwargs=room), {"number": "1"}).status_code == 204
    assert not cast.room.read_marks.filter(member=nurse).exists()
    assert cast.room.messages.count() == 1


def test_nobody_is_admitted_to_a_room_on_the_strength_of_an_emergency(cast, nurse):
    from apps.rooms import actions as rooms
    from apps.rooms.refusals import NotOnTheTeam

    opened(cast, nurse)
    with pytest.raises(NotOnTheTeam):
        rooms.admit(member=nurse, room=cast.room, reason="応援", by=cast.sato)


def test_every_look_bears_what_it_is_for(browser_of, cast, nurse):
    opened(cast, nurse)
    for person in (nurse, cast.sato):
        browser_of(person).get(address("client", cast, client_id=cast.hana.pk))
        browser_of(person).get(f"/e/{cast.environment.slug}/rooms/{cast.room.pk}/")

    looks = Entry.objects.filter(client_id=cast.hana.pk, verb__endswith=".opened")
    assert {(one.verb, one.purpose) for one in looks.filter(member_id=nurse.pk)} == {
        ("clients.opened", "break-glass"),
        ("rooms.opened", "break-glass"),
    }
    assert {one.purpose for one in looks.filter(member_id=cast.sato.pk)} == {"support"}


def test_the_red_banner_stands_on_every_page_of_the_client(browser_of, cast, nurse):
    opened(cast, nurse)
    here = f"/e/{cast.environment.slug}"
    hana = f"{here}/clients/{cast.hana.pk}"
    for page in (f"{hana}/", f"{hana}/team/", f"{hana}/consents/", f"{here}/rooms/{cast.room.pk}/"):
        assert 'class="emergency"' in browser_of(nurse).get(page).content.decode(), page
        shown = browser_of(cast.sato).get(page).content.decode()
        assert 'class="emergency"' not in shown and nurse.name in shown, page


# -- who is told


def test_admin_auditor_division_and_team_are_told_at_once_and_no_name_travels(cast, nurse):
    opened(cast, nurse)

    told = Notification.objects.filter(sentence__contains="in an emergency")
    assert {one.receiver for one in told} == {cast.ito, cast.ishii, cast.sato, cast.suzuki, cast.tanaka}
    assert not any(cast.hana.name in one.sentence or nurse.name in one.sentence for one in told)


def test_what_somebody_is_told_leads_to_a_page_that_is_open_to_them(browser_of, cast, nurse):
    exception = opened(cast, nurse)

    told = Notification.objects.filter(sentence__contains="in an emergency")
    assert {browser_of(one.receiver).get(one.path).status_code for one in told} == {200}
    to_it = told.filter(path=address("exception", cast, exception_id=exception.pk))
    assert {one.receiver for one in to_it} == {cast.ito, cast.ishii, cast.tanaka}


def test_the_banner_links_to_the_exception_only_for_those_who_may_open_it(browser_of, cast, nurse):
    details = address("exception", cast, exception_id=opened(cast, nurse).pk)
    for person, is_linked in ((cast.sato, False), (cast.tanaka, True)):
        page = browser_of(person).get(f"/e/{cast.environment.slug}/clients/{cast.hana.pk}/").content.decode()
        assert nurse.name in page
        assert (details in page) is is_linked


def test_a_guest_of_the_team_is_not_told(cast, nurse):
    makers.make_seat(cast.hana, cast.kobayashi.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.kobayashi.organization])
    assert can_see(cast.kobayashi, cast.hana)
    opened(cast, nurse)
    assert not Notification.objects.filter(receiver=cast.kobayashi).exists()


def test_the_opening_is_in_the_ledger_with_its_reason(cast, nurse):
    opened(cast, nurse)
    entry = Entry.objects.get(verb="clients.glass_broken")
    assert (entry.member_id, entry.client_id, entry.purpose) == (nurse.pk, cast.hana.pk, "break-glass")
    assert entry.detail["ground"] == "life"


def test_admin_and_auditor_know_the_client_by_reference_only(browser_of, cast, nurse):
    exception = opened(cast, nurse)
    for person, is_named in ((cast.ito, False), (cast.ishii, False), (cast.tanaka, True)):
        for url in (address("exceptions", cast), address("exception", cast, exception_id=exception.pk)):
            page = browser_of(person).get(url).content.decode()
            assert nurse.name in page
            assert (cast.hana.name in page) is is_named
            assert (exception.reference in page) is not is_named


# -- its end


@pytest.mark.parametrize(
    ("person", "status"), [("nurse", 302), ("ito", 302), ("sato", 404), ("tanaka", 403), ("ishii", 403)]
)
def test_the_person_and_the_admin_end_it_before_its_time(browser_of, cast, nurse, person, status):
    exception = opened(cast, nurse)
    who = nurse if person == "nurse" else cast[person]
    answer = browser_of(who).post(address("end_exception", cast, exception_id=exception.pk))
    assert answer.status_code == status
    assert can_see(nurse, cast.hana) is (status != 302)


def test_what_has_ended_is_not_ended_again_and_may_be_opened_anew(browser_of, cast, nurse):
    first = opened(cast, nurse)
    url = address("end_exception", cast, exception_id=first.pk)
    assert browser_of(nurse).post(url).status_code == 302
    assert browser_of(nurse).post(url).status_code == 422
    opened(cast, nurse)
    assert can_see(nurse, cast.hana)


# -- its review


@pytest.mark.parametrize(
    ("person", "status"), [("ishii", 302), ("tanaka", 302), ("nurse", 403), ("ito", 403), ("sato", 404)]
)
def test_the_auditor_or_the_desk_judges_and_never_the_person_themself(browser_of, cast, nurse, person, status):
    exception = opened(cast, nurse)
    who = nurse if person == "nurse" else cast[person]
    url = address("review_exception", cast, exception_id=exception.pk)
    answer = browser_of(who).post(url, {"verdict": "no", "note": "電話で足りた"})

    assert answer.status_code == status
    exception.refresh_from_db()
    assert exception.is_justified is (False if status == 302 else None)


def test_a_desk_that_opened_it_itself_does_not_judge_it(cast):
    other = makers.make_client(cast.environment, seats=[], name="別 人")
    exception = actions.break_glass(client=other, ground="life", purpose="転倒", by=cast.tanaka)
    with pytest.raises(NotAllowed):
        actions.review_exception(exception=exception, is_justified=True, note="よし", by=cast.tanaka)
    with pytest.raises(IntegrityError, match="nobody_reviews"), transaction.atomic():
        LegalException.objects.filter(pk=exception.pk).update(
            reviewed_at=timezone.now(), reviewed_by=cast.tanaka, is_justified=True, review_note="よし"
        )


def test_a_judgement_is_given_once(browser_of, cast, nurse):
    url = address("review_exception", cast, exception_id=opened(cast, nurse).pk)
    sent = {"verdict": "yes", "note": "救急要請に必要だった"}
    assert browser_of(cast.ishii).post(url, sent).status_code == 302
    assert browser_of(cast.tanaka).post(url, sent).status_code == 422
    assert LegalException.objects.get().reviewed_by == cast.ishii


def test_a_judgement_without_a_word_comes_back(browser_of, cast, nurse):
    url = address("review_exception", cast, exception_id=opened(cast, nurse).pk)
    answer = browser_of(cast.ishii).post(url, {"verdict": "yes", "note": ""})
    assert answer.status_code == 422
    assert LegalException.objects.get().reviewed_at is None


def test_an_overdue_review_is_red_and_its_judges_are_reminded_once(browser_of, cast, nurse):
    makers.make_exception(cast.hana, by=nurse, hours_ago=70)
    late = makers.make_exception(cast.hana, by=nurse, hours_ago=73)
    page = browser_of(cast.ishii).get(address("exceptions", cast)).content.decode()
    assert page.count('class="overdue"') == 1

    for _ in range(2):
        tasks.remind(0)

    reminded = Notification.objects.filter(path__endswith=f"/exceptions/{late.pk}/")
    assert {one.receiver for one in reminded} == {cast.ishii, cast.tanaka}
    assert reminded.count() == 2 == Notification.objects.count()


# -- what the database keeps


def test_one_person_holds_three_clients_open_and_no_fourth(cast, nurse):
    others = [makers.make_client(cast.environment, seats=[], name=f"人 {number}") for number in range(4)]
    for client in others[:3]:
        actions.break_glass(client=client, ground="disaster", purpose="安否確認", by=nurse)
    with pytest.raises(TooManyOpen):
        actions.break_glass(client=others[3], ground="disaster", purpose="安否確認", by=nurse)
    with pytest.raises(IntegrityError, match="three_exceptions"), transaction.atomic():
        makers.make_exception(others[3], by=nurse, place=3)
    with pytest.raises(IntegrityError, match="one_of_three_places"), transaction.atomic():
        makers.make_exception(others[3], by=nurse, place=4)


def test_the_same_client_is_opened_once_at_a_time(cast, nurse):
    opened(cast, nurse)
    with pytest.raises(TooManyOpen):
        opened(cast, nurse)


def test_no_emergency_lasts_longer_than_two_hours(cast, nurse):
    with pytest.raises(IntegrityError, match="two_hours"), transaction.atomic():
        makers.make_exception(cast.hana, by=nurse, closes_at=timezone.now() + timedelta(hours=1, minutes=1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clients_legalexception SET purpose = 'x'",
        "UPDATE clients_legalexception SET closes_at = closes_at + interval '1 minute'",
        "DELETE FROM clients_legalexception",
        "TRUNCATE clients_legalexception CASCADE",
    ],
)
def test_what_was_written_of_an_exception_stays(cast, nurse, statement):
    opened(cast, nurse)
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_ended_place_ends_the_emergency_too(cast, nurse):
    opened(cast, nurse)
    Member.objects.filter(pk=nurse.pk).update(valid_to=timezone.now())
    nurse.refresh_from_db()
    assert not can_see(nurse, cast.hana)
    assert not people_who_can_see(cast.hana).filter(pk=nurse.pk).exists()


def test_a_role_that_watches_opens_nothing_by_what_it_was_before(cast, nurse):
    with pytest.raises(NotAllowed):
        actions.break_glass(client=cast.hana, ground="life", purpose="x", by=cast.ishii)
    Member.objects.filter(pk=nurse.pk).update(role=Role.AUDITOR)
    nurse.refresh_from_db()
    with pytest.raises(NotAllowed):
        opened(cast, nurse)
