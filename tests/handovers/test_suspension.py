"""A suspended place sees nothing, at once and at every door, and gets everything back in one press."""

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.db import IntegrityError, transaction
from django_scopes import scope

from apps.audit.models import Entry
from apps.clients.access import can_see, people_who_can_see
from apps.environments import actions
from apps.environments.access import belongs_elsewhere
from apps.environments.models import Member, Role, Suspension, SuspensionReason
from apps.environments.queries import environments_of
from apps.environments.refusals import LastAdmin, NotSuspended, PlaceEnded
from apps.kernel.refusals import NotAllowed
from apps.rooms.access import people_who_can_read
from apps.rooms.hub import hub
from tests import makers
from tests.cast import assemble
from tests.environments.addresses import address
from tests.hearing import connected, listening

UNANSWERED = SuspensionReason.UNANSWERED


def suspended(member, by=None):
    actions.suspend(member=member, reason=UNANSWERED, by=by)
    return Member.objects.select_related("organization", "environment", "user").get(pk=member.pk)


def test_a_suspended_place_sees_no_client_and_no_room_and_is_among_nobody(cast):
    sato = suspended(cast.sato)

    assert not sato.is_current
    assert not can_see(sato, cast.hana)
    assert not people_who_can_see(cast.hana).filter(pk=sato.pk).exists()
    assert not people_who_can_read(cast.room).filter(pk=sato.pk).exists()
    assert environments_of(sato.user) == []


def test_every_page_and_the_api_answer_as_if_there_was_no_place(cast, browser_of):
    browser = browser_of(cast.sato)
    assert browser.get(f"/e/{cast.environment.slug}/").status_code == 200
    suspended(cast.sato)

    assert browser.get(f"/e/{cast.environment.slug}/").status_code == 404
    assert browser.get(f"/api/v1/e/{cast.environment.slug}/rooms/").status_code == 404


def test_one_press_opens_it_again_as_it_was(cast, browser_of):
    suspended(cast.sato)
    url = address("lift_suspension", cast, member_id=cast.sato.pk)

    assert browser_of(cast.tanaka).post(url).status_code == 403
    assert browser_of(cast.ito).post(url).status_code == 302

    sato = Member.objects.get(pk=cast.sato.pk)
    assert can_see(sato, cast.hana)
    assert people_who_can_read(cast.room).filter(pk=sato.pk).exists()
    period = Suspension.objects.get(member=sato)
    assert (period.lifted_by, period.valid_to is not None) == (cast.ito, True)
    assert Entry.objects.filter(verb="environments.suspension_lifted", subject_id=str(sato.pk)).count() == 1


def test_only_an_admin_sees_the_suspended_in_the_list(cast, browser_of):
    suspended(cast.takahashi)

    assert cast.takahashi.name in browser_of(cast.ito).get(address("members", cast)).content.decode()
    assert cast.takahashi.name not in browser_of(cast.sato).get(address("members", cast)).content.decode()


def test_the_last_admin_is_never_suspended(cast):
    with pytest.raises(LastAdmin):
        suspended(cast.ito)


def test_one_of_two_admins_may_be(cast):
    other = makers.make_member(cast.city, role=Role.ADMIN)

    assert suspended(cast.ito).is_suspended
    with pytest.raises(LastAdmin):
        suspended(other)


def test_nobody_is_suspended_twice_and_nobody_who_has_gone(cast):
    suspended(cast.sato)
    with pytest.raises(PlaceEnded):
        suspended(cast.sato)
    with pytest.raises(PlaceEnded):
        suspended(cast.mori)


def test_lifting_needs_a_suspension_and_an_admin(cast):
    with pytest.raises(NotSuspended):
        actions.lift_suspension(member=cast.sato, by=cast.ito)
    suspended(cast.sato)
    with pytest.raises(NotAllowed):
        actions.lift_suspension(member=cast.sato, by=cast.tanaka)


def test_the_database_keeps_the_sign_on_the_place_equal_to_the_periods(cast):
    row = Suspension.objects.create(environment=cast.environment, member=cast.sato, reason=UNANSWERED)
    assert Member.objects.get(pk=cast.sato.pk).suspended_at == row.valid_from

    with pytest.raises(IntegrityError, match="one_suspension_of_a_place_at_a_time"), transaction.atomic():
        Suspension.objects.create(environment=cast.environment, member=cast.sato, reason=UNANSWERED)
    with pytest.raises(IntegrityError, match="a_lifted_suspension_has_its_time_and_hand"), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(lifted_by=cast.ito)


def test_a_suspended_place_elsewhere_still_belongs_elsewhere(cast):
    with scope(environment=cast.elsewhere):
        office = makers.make_organization(cast.elsewhere)
        makers.make_member(office, cast.sato.user)
        suspended(Member.objects.get(user=cast.sato.user))

    assert belongs_elsewhere(cast.sato)


@pytest_asyncio.fixture
async def people(transactional_db):
    cast = await database_sync_to_async(assemble)()
    yield cast
    await hub().bus.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.asyncio
async def test_open_screens_close_at_once_and_no_new_one_opens(people):
    def suspend():
        with scope(environment=people.environment):
            actions.suspend(member=people.suzuki, reason=UNANSWERED, by=None)

    async with listening(people.suzuki) as screen:
        await database_sync_to_async(suspend)()
        assert await screen.hears() == 4403
    assert await (await connected(people.suzuki)).hears() == 4404
