"""C5: somebody changes organization. The old place ends and a new one begins: same login, nothing comes along."""

import pytest

from apps.clients.access import can_see
from apps.environments import actions as environments
from apps.environments.models import Member, Role
from apps.environments.refusals import PlaceEnded, SamePlace
from apps.handovers import actions
from apps.rooms.access import rooms_readable_by
from apps.rooms.models import Message
from tests import makers
from tests.cast import Cast
from tests.handovers.addresses import address
from tests.saying import say


def move(cast: Cast, member: Member, successor: Member | None = None, **more: str) -> Member:
    words = {"profession": "social_worker", "role": "member", **more}
    organization = cast.takahashi.organization
    return actions.move(member=member, organization=organization, successor=successor, by=cast.ito, **words)


def test_the_old_place_ends_in_the_moment_in_which_the_new_one_begins(cast, okada):
    begun = move(cast, cast.sato, okada)

    old = Member.objects.get(pk=cast.sato.pk)
    assert not old.is_current
    assert begun.is_current
    assert old.valid_to <= begun.valid_from
    assert (begun.user, begun.name, begun.profession) == (cast.sato.user, "佐藤 花子", "social_worker")
    assert Member.objects.current().get(user=cast.sato.user) == begun


def test_nothing_of_the_old_office_is_open_to_the_new_place(cast, okada):
    begun = move(cast, cast.sato, okada)

    assert not can_see(begun, cast.hana)
    assert not rooms_readable_by(begun).exists()
    assert not begun.user.has_perm("rooms.view_talkroom", cast.room)
    assert rooms_readable_by(okada).get() == cast.room


def test_what_was_written_at_the_old_place_keeps_the_name_and_says_that_they_moved_on(cast, okada):
    say(cast.room, cast.sato, "引き継ぎます。")
    move(cast, cast.sato, okada)

    message = Message.objects.select_related("author").get()
    assert message.author.known_as == "佐藤 花子（異動）"


def test_every_device_and_session_ends(cast, browser_of):
    browser = browser_of(cast.takahashi)
    assert browser.get(f"/e/{cast.environment.slug}/").status_code == 200
    organization = cast.aozora
    actions.move(
        member=cast.takahashi, organization=organization, profession="nurse", role="member", successor=None, by=cast.ito
    )

    assert browser.get(f"/e/{cast.environment.slug}/").status_code == 302
    assert browser_of(cast.takahashi).get(f"/e/{cast.environment.slug}/").status_code == 200


def test_nobody_moves_to_where_they_are(cast):
    with pytest.raises(SamePlace):
        environments.move_membership(
            member=cast.sato, organization=cast.hidamari, profession="nurse", role="member", by=cast.ito
        )


def test_who_has_no_place_cannot_move(cast):
    with pytest.raises(PlaceEnded):
        move(cast, cast.mori)


def test_the_last_admin_moves_as_admin_and_not_otherwise(cast, browser_of):
    url = address("move", cast, member_id=cast.ito.pk)
    sent = {"organization": str(cast.city.pk), "profession": "city_staff", "role": "desk", "do": "1"}

    assert browser_of(cast.ito).post(url, sent).status_code == 422
    assert browser_of(cast.ito).post(url, sent | {"role": "admin"}).status_code == 302
    assert Member.objects.current().with_role(Role.ADMIN).get().organization == cast.city


def test_one_form_moves_and_passes_the_work_on(cast, okada, browser_of):
    sent = {"organization": str(cast.aozora.pk), "profession": "nurse", "role": "member"}
    url = address("move", cast, member_id=cast.sato.pk)
    browser = browser_of(cast.ito)

    assert browser.post(url, sent | {"do": "1"}).status_code == 422
    answer = browser.post(url, sent | {"do": "1", "successor": str(okada.pk)})

    assert answer.status_code == 302
    begun = Member.objects.current().get(user=cast.sato.user)
    assert answer.url.endswith(f"/members/{begun.pk}/")
    assert begun.organization == cast.aozora
    assert rooms_readable_by(okada).exists()


def test_a_program_moves_somebody(cast, okada, browser_of):
    sent = {"organization": str(cast.aozora.pk), "profession": "nurse", "role": "member", "successor": str(okada.pk)}
    url = f"/api/v1/e/{cast.environment.slug}/members/{cast.sato.pk}/move/"

    answer = browser_of(cast.ito).post(url, sent, content_type="application/json")

    assert answer.status_code == 201
    assert answer.json()["organization"]["id"] == str(cast.aozora.pk)


def test_a_person_of_another_office_stays_what_they_were_there(cast):
    elsewhere = makers.make_member(cast.aozora)
    move(cast, cast.sato)
    assert elsewhere.is_current
