"""C5: somebody leaves. One action ends the place and passes on what is open; the past keeps their name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.clients.access import can_see
from apps.clients.models import ClientUserObjectPermission, Responsibility, TeamMember
from apps.environments import actions as environments
from apps.environments.models import Member
from apps.environments.names import EVERYBODYS
from apps.environments.refusals import LastAdmin, NotGivenBack, PlaceEnded
from apps.handovers import actions
from apps.handovers.queries import open_work_of
from apps.handovers.refusals import NoColleague
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.rooms import actions as rooms
from apps.rooms.access import messages_readable_by, rooms_readable_by
from apps.rooms.frames import as_html, as_json
from apps.rooms.models import Message, RoomMembership, TalkRoomUserObjectPermission
from tests import makers
from tests.cast import Cast
from tests.environments.addresses import address as of_members
from tests.handovers.addresses import address
from tests.saying import say


def leave(cast: Cast, member: Member, successor: Member | None = None) -> Member:
    return actions.leave(member=member, successor=successor, by=cast.ito)


# -- what passes on


def test_rooms_in_which_the_leaver_stood_alone_pass_to_the_colleague(cast, okada):
    leave(cast, cast.sato, okada)

    assert list(rooms_readable_by(okada)) == [cast.room]
    assert RoomMembership.objects.open().filter(room=cast.room, member=cast.sato).count() == 0
    assert RoomMembership.objects.get(member=okada).admitted_by == cast.ito


def test_a_room_where_a_colleague_is_already_needs_nobody_new(cast, okada):
    makers.make_membership(cast.room, okada)
    third = makers.make_member(cast.hidamari)

    leave(cast, cast.sato, third)

    assert not rooms_readable_by(third).exists()
    assert rooms_readable_by(okada).exists()


def test_a_talk_of_two_is_passed_to_nobody(cast, okada):
    pair = rooms.open_pair(other=cast.suzuki, by=cast.sato)

    leave(cast, cast.sato, okada)

    assert not rooms_readable_by(okada).filter(pk=pair.pk).exists()


def test_the_colleague_reads_no_further_back_than_the_leaver_could(cast, okada):
    say(cast.room, cast.suzuki, "まえ")
    RoomMembership.objects.filter(room=cast.room, member=cast.sato).update(history_from=timezone.now())
    say(cast.room, cast.suzuki, "あと")

    leave(cast, cast.sato, okada)

    assert [one.body for one in messages_readable_by(okada, cast.room)] == ["あと"]


def test_a_room_of_a_client_whom_the_colleague_may_not_see_is_not_passed(cast, okada):
    other = makers.make_client(cast.environment, seats=[cast.aozora], name="高田 サチ")
    makers.make_consent(other, by=cast.suzuki, organizations=[cast.aozora, cast.hidamari])
    clients.open_by_hand(client=other, member=cast.sato, by=cast.suzuki)
    hidden = makers.make_room(members=[cast.suzuki, cast.sato], client=other, title="")

    work = open_work_of(cast.sato, okada)
    leave(cast, cast.sato, okada)

    assert (work.rooms, work.rooms_passed, work.rooms_without, work.openings) == (2, 1, 1, 1)
    assert not RoomMembership.objects.filter(room=hidden, member=okada).exists()


def test_what_was_opened_by_hand_ends_with_the_place_and_a_new_place_does_not_revive_it(cast):
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    clients.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    assert can_see(cast.takahashi, cast.hana)

    leave(cast, cast.takahashi)
    back = environments.give_back_place(member=cast.takahashi, by=cast.ito)

    assert not ClientUserObjectPermission.objects.filter(user=cast.takahashi.user).exists()
    assert not can_see(back, cast.hana)


def test_a_room_is_left_with_its_grant(cast):
    leave(cast, cast.suzuki)

    assert not TalkRoomUserObjectPermission.objects.filter(user=cast.suzuki.user).exists()
    assert not RoomMembership.objects.open().filter(member=cast.suzuki).exists()


def test_the_colleague_is_told_and_the_ledger_says_how_much_was_passed(cast, okada):
    leave(cast, cast.sato, okada)

    assert Notification.objects.filter(receiver=okada).exists()
    entry = Entry.objects.get(verb="handovers.passed_on")
    assert entry.detail == {"to": str(okada.pk), "clients": 0, "rooms": 1, "openings": 0}
    assert (entry.subject_id, entry.member_id) == (str(cast.sato.pk), cast.ito.pk)
    assert Entry.objects.get(verb="environments.member_ended").detail == {"as": "left"}


# -- care teams


@pytest.fixture
def planning(cast):
    """Sato makes hana's plan."""
    return name_planner(cast, cast.sato)


def name_planner(cast: Cast, member: Member) -> TeamMember:
    person = makers.make_team_member(cast.hana.seats.get(organization=cast.hidamari), member, "care_manager")
    clients.name_responsible(person=person, by=cast.tanaka)
    return person


def test_the_responsibility_passes_in_the_moment_in_which_the_place_ends(cast, okada, planning):
    work = open_work_of(cast.sato, okada)
    ended = leave(cast, cast.sato, okada)

    before, after = Responsibility.objects.filter(client=cast.hana).order_by("valid_from")
    assert (work.clients, work.responsible, work.responsible_passed) == (1, 1, 1)
    assert before.valid_to == after.valid_from == ended.valid_to
    assert (after.person.member, after.person.role, after.is_open) == (okada, "care_manager", True)
    assert Entry.objects.get(verb="clients.responsibility_handed_over").detail["member"] == str(okada.pk)


def test_a_colleague_in_a_role_that_makes_no_plan_keeps_it_and_nobody_is_responsible(cast, okada, planning):
    own = makers.make_team_member(planning.seat, okada, "other")

    work = open_work_of(cast.sato, okada)
    leave(cast, cast.sato, okada)

    assert (work.responsible, work.responsible_without) == (1, 1)
    assert TeamMember.objects.open().get(seat=planning.seat) == own
    assert not Responsibility.objects.open().filter(client=cast.hana).exists()


def test_who_is_named_to_no_successor_ends_on_the_team(cast, okada, planning):
    leave(cast, cast.sato)

    assert not TeamMember.objects.open().filter(seat=planning.seat).exists()


# -- who may, and when it is possible


def test_only_an_admin_ends_a_place(cast, okada):
    with pytest.raises(NotAllowed):
        actions.leave(member=cast.sato, successor=okada, by=cast.tanaka)
    assert cast.sato.is_current


@pytest.mark.parametrize("person", ["suzuki", "tanaka", "mori", "sato"])
def test_nobody_but_a_present_colleague_takes_over(cast, person):
    with pytest.raises(NoColleague):
        leave(cast, cast.sato, cast[person])
    assert Member.objects.get(pk=cast.sato.pk).is_current


def test_a_place_ends_once(cast, okada):
    leave(cast, cast.sato, okada)

    with pytest.raises(PlaceEnded):
        leave(cast, cast.sato, okada)


def test_the_last_admin_stays(cast):
    with pytest.raises(LastAdmin):
        leave(cast, cast.ito)


# -- the name in the past


def test_what_somebody_wrote_keeps_their_name_with_a_mark(cast, okada, browser_of):
    say(cast.room, cast.sato, "お世話になりました。")
    leave(cast, cast.sato, okada)
    message = Message.objects.select_related("author", "author__organization").get()

    with override("ja"):
        assert "佐藤 花子（退職）" in as_html(message, EVERYBODYS, None)["html"]
        assert as_json(message, EVERYBODYS, None)["author"]["known_as"] == "佐藤 花子（退職）"
        assert as_json(message, EVERYBODYS, None)["author"]["name"] == "佐藤 花子"
    with override("en"):
        assert "佐藤 花子 (no longer here)" in as_html(message, EVERYBODYS, None)["html"]
    page = browser_of(cast.suzuki).get(f"/e/{cast.environment.slug}/rooms/{cast.room.pk}/").content.decode()
    assert "佐藤 花子（退職）" in page
    told = browser_of(cast.suzuki).get(f"/api/v1/e/{cast.environment.slug}/rooms/{cast.room.pk}/messages/").json()
    assert told["messages"][0]["author"]["known_as"] == "佐藤 花子（退職）"


def test_somebody_who_is_here_bears_no_mark(cast):
    assert cast.sato.known_as == "佐藤 花子"


# -- a mistake


def test_a_mistaken_end_is_taken_back_on_the_same_day_by_a_new_place(cast, okada):
    leave(cast, cast.sato, okada)

    back = environments.give_back_place(member=cast.sato, by=cast.ito)

    assert back.is_current
    assert (back.user, back.organization, back.role) == (cast.sato.user, cast.hidamari, cast.sato.role)
    assert not rooms_readable_by(back).exists()
    assert Member.objects.get(pk=cast.sato.pk).known_as == "佐藤 花子"


def test_a_mistake_is_taken_back_once_and_not_on_another_day(cast, okada):
    leave(cast, cast.sato, okada)
    environments.give_back_place(member=cast.sato, by=cast.ito)
    with pytest.raises(NotGivenBack):
        environments.give_back_place(member=cast.sato, by=cast.ito)

    leave(cast, okada)
    Member.objects.filter(pk=okada.pk).update(
        valid_from=timezone.now() - timedelta(days=9), valid_to=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(NotGivenBack):
        environments.give_back_place(member=okada, by=cast.ito)


# -- the page


def test_the_page_shows_what_passes_to_whom_before_anything_is_done(browser_of, cast, okada):
    browser = browser_of(cast.ito)
    url = address("leave", cast, member_id=cast.sato.pk)

    assert okada.name in browser.get(url).content.decode()
    shown = browser.post(url, {"successor": str(okada.pk)}, headers={"HX-Request": "true"}).content.decode()
    assert "岡田 実さん" in shown
    assert "<html" not in shown
    assert Member.objects.get(pk=cast.sato.pk).is_current


def test_one_press_ends_the_place_and_passes_the_work(browser_of, cast, okada):
    answer = browser_of(cast.ito).post(
        address("leave", cast, member_id=cast.sato.pk), {"successor": str(okada.pk), "do": "1"}
    )

    assert answer.status_code == 302
    assert not Member.objects.get(pk=cast.sato.pk).is_current
    assert rooms_readable_by(okada).exists()


def test_without_a_choice_nothing_is_done(browser_of, cast, okada):
    answer = browser_of(cast.ito).post(address("leave", cast, member_id=cast.sato.pk), {"do": "1"})

    assert answer.status_code == 422
    assert Member.objects.get(pk=cast.sato.pk).is_current


def test_nobody_is_a_choice_too(browser_of, cast, okada):
    browser_of(cast.ito).post(address("leave", cast, member_id=cast.sato.pk), {"successor": "nobody", "do": "1"})

    assert not Member.objects.get(pk=cast.sato.pk).is_current
    assert not rooms_readable_by(okada).exists()


def test_a_place_that_has_ended_is_not_ended_again(browser_of, cast):
    answer = browser_of(cast.ito).post(address("leave", cast, member_id=cast.mori.pk), {"do": "1"})

    assert answer.status_code == 422


def test_the_end_of_a_place_closes_the_environment_and_every_session_at_once(browser_of, cast):
    takahashi = browser_of(cast.takahashi)
    assert takahashi.get(of_members("members", cast)).status_code == 200

    browser_of(cast.ito).post(address("leave", cast, member_id=cast.takahashi.pk), {"do": "1"})

    assert takahashi.get(of_members("members", cast)).status_code == 302
    assert browser_of(cast.takahashi).get(of_members("members", cast)).status_code == 404


def test_the_page_of_somebody_who_left_today_offers_to_take_it_back(browser_of, cast):
    browser = browser_of(cast.ito)
    browser.post(address("leave", cast, member_id=cast.takahashi.pk), {"do": "1"})
    back = of_members("give_back", cast, member_id=cast.takahashi.pk)

    page = browser.get(of_members("member", cast, member_id=cast.takahashi.pk)).content.decode()
    assert cast.takahashi.name in page
    assert back in page
    assert (
        back not in browser_of(cast.sato).get(of_members("member", cast, member_id=cast.takahashi.pk)).content.decode()
    )
    assert browser.post(back).status_code == 302
    assert Member.objects.current().filter(user=cast.takahashi.user).count() == 1


def test_an_admin_may_go_once_there_is_another(browser_of, cast):
    Member.objects.filter(pk=cast.takahashi.pk).update(role="admin")
    assert browser_of(cast.ito).post(address("leave", cast, member_id=cast.ito.pk), {"do": "1"}).status_code == 302
    assert not Member.objects.get(pk=cast.ito.pk).is_current


# -- programs


def test_a_program_asks_what_is_open_and_ends_a_place(browser_of, cast, okada):
    browser = browser_of(cast.ito)
    url = f"/api/v1/e/{cast.environment.slug}/members/{cast.sato.pk}/departure/"

    told = browser.get(url, {"successor": str(okada.pk)}).json()
    assert (told["rooms"], told["rooms_passed"], told["openings"], told["clients"]) == (1, 1, 0, 0)
    answer = browser.post(url, {"successor": str(okada.pk)}, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["valid_to"] is not None
    assert rooms_readable_by(okada).exists()
