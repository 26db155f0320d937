"""The page of today shows what waits for this member, and nothing of others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.models import Member
from apps.home.queries import day_of
from apps.rooms import actions
from tests import makers
from tests.browser import Browser
from tests.cast import Cast
from tests.notes.makers import make_note, make_task


def page(cast: Cast, person: str) -> str:
    address = reverse("home:today", kwargs={"slug": cast.environment.slug})
    answer = Browser(cast[person]).get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def say(cast: Cast, by: str = "suzuki") -> None:
    actions.post(room=cast.room, body="本日訪問しました。", client_key=uuid4(), by=cast[by])


def test_an_unread_room_waits(cast):
    say(cast)

    day = day_of(cast.sato)

    assert [room.pk for room in day.rooms] == [cast.room.pk]
    assert day.quiet_rooms == []
    assert not day.is_clear


def test_a_room_in_which_only_oneself_wrote_does_not_wait(cast):
    say(cast, by="sato")

    day = day_of(cast.sato)

    assert day.rooms == []
    assert [room.pk for room in day.quiet_rooms] == [cast.room.pk]


@pytest.mark.parametrize(("person", "sees"), [("sato", True), ("takahashi", False), ("ito", False), ("ishii", False)])
def test_a_client_is_shown_to_the_care_team_only(cast, person, sees):
    say(cast)

    assert (cast.hana.name in page(cast, person)) is sees


def test_nothing_of_a_message_is_shown(cast):
    say(cast)

    assert "本日訪問しました" not in page(cast, "sato")


def test_a_look_at_the_page_is_recorded_once(cast):
    page(cast, "sato")
    page(cast, "sato")

    [entry] = Entry.objects.filter(verb="home.today_opened", member_id=cast.sato.pk)
    assert entry.detail == {"rooms": [str(cast.room.pk)], "clients": [str(cast.hana.pk)]}


@pytest.mark.parametrize(
    ("person", "told"), [("takahashi", True), ("matsumoto", True), ("sato", False), ("ito", False), ("ishii", False)]
)
def test_somebody_who_waits_for_work_is_told_the_first_steps(cast, person, told):
    assert day_of(cast[person]).is_new is told
    assert ("First steps" in page(cast, person)) is told


def test_the_first_administrator_is_asked_to_let_people_in(cast):
    assert "Let people in" not in page(cast, "ito")

    Member.objects.exclude(pk=cast.ito.pk).update(valid_to=timezone.now())

    assert "Let people in" in page(cast, "ito")


@pytest.mark.parametrize(("person", "registers"), [("takahashi", True), ("matsumoto", False)])
def test_only_who_may_register_clients_is_asked_to(cast, person, registers):
    assert ("Register a client" in page(cast, person)) is registers


def test_at_most_a_handful_of_clients_is_shown_with_their_number(cast):
    for _ in range(7):
        makers.make_consent(makers.make_client(cast.environment, seats=[cast.hidamari]), by=cast.sato)

    day = day_of(cast.sato)

    assert (len(day.clients), day.clients_count) == (5, 8)


@pytest.mark.parametrize("person", ["watanabe", "mori"])
def test_the_page_does_not_exist_for_people_without_a_place(cast, person):
    address = reverse("home:today", kwargs={"slug": cast.environment.slug})

    assert Browser(cast[person]).get(address).status_code == 404


def test_tasks_that_are_due_wait_and_lead_to_ones_own(cast):
    note, today = make_note(cast.room, by=cast.suzuki), timezone.localdate()
    for days in (-3, 0, 1):
        make_task(note, by=cast.suzuki, owner=cast.sato, due_on=today + timedelta(days=days))
    make_task(note, by=cast.suzuki, owner=cast.sato)
    make_task(note, by=cast.suzuki, owner=cast.suzuki, due_on=today + timedelta(days=1))

    assert day_of(cast.sato).tasks_due == 2
    assert not day_of(cast.sato).is_clear
    assert "Your tasks that are due" in page(cast, "sato")
    assert day_of(cast.suzuki).is_clear
    assert "Your tasks that are due" not in page(cast, "suzuki")
