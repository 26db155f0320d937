"""In the minutes after a transfer's midnight, before the worker has written the column: every door asks the periods."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.clients import actions
from apps.clients.access import can_protect, exceptions_visible_to, may_judge, people_told_of_emergency, phones_open_to
from apps.clients.access.exceptions import judged_among, people_told_of_report
from apps.clients.models import Client
from apps.kernel.refusals import NotAllowed, NotHere
from tests import makers


@pytest.fixture
def yamamoto(cast):
    """The desk of the division to which hana passes tomorrow."""
    child_welfare = makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")
    yamamoto = makers.make_member(child_welfare, role="desk")
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.plan_transfer(clients={cast.hana.pk}, target=child_welfare, on=tomorrow, by=cast.tanaka)
    return yamamoto


@pytest.fixture(params=["the evening before", "just after midnight"])
def in_charge(request, cast, yamamoto):
    """Who is in charge, and who is not; the column says the former division in both moments."""
    moment = cast.hana.charges.get(division=yamamoto.organization).valid_from
    before = request.param == "the evening before"
    with time_machine.travel(moment + timedelta(seconds=-5 if before else 5), tick=False):
        assert Client.objects.get(pk=cast.hana.pk).division_id == cast.city.pk
        yield (cast.tanaka, yamamoto) if before else (yamamoto, cast.tanaka)


def test_the_division_in_charge_protects_and_nobody_else(cast, in_charge):
    present, other = in_charge
    assert (can_protect(present, cast.hana), can_protect(other, cast.hana)) == (True, False)
    # With a seat the other one sees the client, and still does not withhold a place or write one unseen.
    makers.make_seat(cast.hana, other.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[other.organization])
    with pytest.raises(NotAllowed):
        actions.protect_client(client=cast.hana, by=other)
    actions.protect_client(client=cast.hana, by=present)
    hidden = Client.objects.get(pk=cast.hana.pk)
    with pytest.raises(NotAllowed):
        actions.write_place(client=hidden, kind="home", text="本町", by=other)
    actions.write_place(client=hidden, kind="home", text="本町", by=present)


def test_the_division_in_charge_is_shown_the_telephone_of_the_family(cast, in_charge):
    contact = makers.make_contact(cast.hana, by=cast.sato)
    present, other = in_charge
    assert phones_open_to(present, cast.hana, [contact]) == {contact.pk}
    assert phones_open_to(other, cast.hana, [contact]) == set()


def test_the_division_in_charge_is_told_of_an_exception_and_judges_it(cast, in_charge):
    present, other = in_charge
    opened = makers.make_exception(cast.hana, by=cast.takahashi)
    for member, expected in ((present, True), (other, False)):
        assert exceptions_visible_to(member).filter(pk=opened.pk).exists() is expected
        assert may_judge(member, opened) is expected
        assert (judged_among(member, [opened]) == {opened.pk}) is expected
        assert people_told_of_emergency(cast.hana, cast.takahashi).filter(pk=member.pk).exists() is expected
        assert people_told_of_report(opened).filter(pk=member.pk).exists() is expected


def test_a_petition_is_approved_by_the_division_in_charge(cast, in_charge):
    present, other = in_charge
    actions.protect_client(client=cast.hana, by=present)
    asked = actions.petition(client=Client.objects.get(pk=cast.hana.pk), kind="see", reason="訪問", by=cast.sato)
    with pytest.raises((NotAllowed, NotHere)):
        actions.approve_petition(petition=asked, by=other)
    actions.approve_petition(petition=asked, by=present)
    asked.refresh_from_db()
    assert asked.first_by == present


def test_an_admin_of_the_division_is_not_in_charge_and_judges_nothing(cast):
    admin = makers.make_member(cast.city, role="admin")
    opened = makers.make_exception(cast.hana, by=cast.takahashi)
    assert not can_protect(admin, cast.hana)
    assert not may_judge(admin, opened)
    assert judged_among(admin, [opened]) == set()
