"""Accounts issued one by one, their slips, and new slips."""

import pytest
import time_machine
from django.utils import timezone

from apps.accounts import actions as accounts
from apps.accounts.access import has_second_factor
from apps.accounts.models import Slip, User
from apps.accounts.refusals import SlipRevoked
from apps.audit.models import Entry
from apps.environments import actions
from apps.environments.models import Member
from apps.environments.refusals import BelongsElsewhere
from tests.environments.addresses import address

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def filled(cast, **changes):
    return {
        "name": "山本　由美",
        "kana": "ﾔﾏﾓﾄ ﾕﾐ",
        "login_id": "Ｙ-００７",
        "organization": str(cast.aozora.pk),
        "profession": "nurse",
        "role": "member",
    } | changes


def code_on(page):
    return page.split('class="secret">')[1].split("<")[0]


def test_an_account_is_issued_with_a_slip_that_lets_its_person_in(browser_of, cast):
    answer = browser_of(cast.ito).post(address("new_member", cast), filled(cast))

    assert answer.status_code == 201
    member = Member.objects.get(user__login_id="y-007")
    assert (member.name, member.kana, member.organization) == ("山本 由美", "やまもと ゆみ", cast.aozora)
    assert accounts.check_slip(code=code_on(answer.content.decode())).user == member.user


def test_a_login_id_is_suggested_that_tells_nothing_of_the_person(browser_of, cast):
    User.objects.create_user("sakuragawa-care-041")
    page = browser_of(cast.ito).get(address("new_member", cast)).content.decode()
    assert 'value="sakuragawa-care-042"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("kana", "山本"),
        ("kana", ""),
        ("login_id", "山本"),
        ("login_id", "ab"),
        ("login_id", "suzuki"),
        ("organization", ""),
        ("organization", "00000000-0000-4000-8000-000000000000"),
        ("profession", "wizard"),
        ("role", "superuser"),
        ("name", "あ" * 81),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_nothing_is_issued(browser_of, cast, field, value):
    before = Member.objects.count()
    answer = browser_of(cast.ito).post(address("new_member", cast), filled(cast, **{field: value}))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode() or f'href="#id_{field}' in answer.content.decode()
    assert Member.objects.count() == before


def test_an_organization_of_another_environment_cannot_be_chosen(browser_of, cast):
    watanabes = str(cast.watanabe.organization_id)
    answer = browser_of(cast.ito).post(address("new_member", cast), filled(cast, organization=watanabes))
    assert answer.status_code == 422
    assert not User.objects.filter(login_id="y-007").exists()


def test_the_slip_is_printed_by_handing_back_what_the_page_carries(browser_of, cast):
    ito = browser_of(cast.ito)
    page = ito.post(address("new_member", cast), filled(cast)).content.decode()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]

    answer = ito.post(address("slips", cast), {"sealed": sealed})

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="slips.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]


def test_what_the_page_carries_can_be_read_by_nobody_and_used_by_its_person_only(browser_of, cast):
    Member.objects.filter(pk=cast.takahashi.pk).update(role="admin")
    page = browser_of(cast.ito).post(address("new_member", cast), filled(cast)).content.decode()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]

    assert code_on(page) not in sealed
    assert browser_of(cast.takahashi).post(address("slips", cast), {"sealed": sealed}).status_code == 422
    assert browser_of(cast.ito).post(address("slips", cast), {"sealed": sealed[:-4] + "AAAA"}).status_code == 422
    assert browser_of(cast.ito).post(address("slips", cast), {"sealed": sealed}).status_code == 200


def test_what_the_page_carries_ends_after_an_hour(browser_of, cast):
    ito = browser_of(cast.ito)
    page = ito.post(address("new_member", cast), filled(cast)).content.decode()
    sealed = page.split('name="sealed" value="')[1].split('"')[0]

    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2), tick=False):
        assert browser_of(cast.ito).post(address("slips", cast), {"sealed": sealed}).status_code == 422


def test_a_new_slip_ends_the_old_one(browser_of, cast):
    old = accounts.issue_slip(user=cast.takahashi.user, by=cast.ito)

    answer = browser_of(cast.ito).post(address("new_slip", cast, member_id=cast.takahashi.pk))

    assert answer.status_code == 201
    assert accounts.check_slip(code=code_on(answer.content.decode())).user == cast.takahashi.user
    with pytest.raises(SlipRevoked):
        accounts.check_slip(code=old.code)


def test_asking_for_a_new_slip_changes_nothing_before_it_is_confirmed(browser_of, cast):
    old = accounts.issue_slip(user=cast.takahashi.user, by=cast.ito)
    assert browser_of(cast.ito).get(address("new_slip", cast, member_id=cast.takahashi.pk)).status_code == 200
    assert accounts.check_slip(code=old.code)


def test_a_new_slip_leaves_the_second_factor(cast):
    accounts.enrol_authenticator_app(user=cast.takahashi.user, secret=SECRET, by=cast.takahashi)
    actions.renew_slip(member=cast.takahashi, by=cast.ito)
    assert has_second_factor(cast.takahashi.user)


def test_a_lost_phone_ends_sessions_devices_and_factors(browser_of, cast):
    accounts.enrol_authenticator_app(user=cast.takahashi.user, secret=SECRET, by=cast.takahashi)
    accounts.register_device(user=cast.takahashi.user, name="phone", by=cast.takahashi)
    takahashi = browser_of(cast.takahashi)
    assert takahashi.get(address("members", cast)).status_code == 200

    answer = browser_of(cast.ito).post(address("lost_phone", cast, member_id=cast.takahashi.pk))

    assert answer.status_code == 201
    assert takahashi.get(address("members", cast)).status_code == 302
    assert not has_second_factor(cast.takahashi.user)
    assert not cast.takahashi.user.devices.filter(revoked_at=None).exists()


def test_one_environments_admin_walks_into_no_other_by_a_slip(cast):
    from django_scopes import scope

    from tests import makers

    with scope(environment=cast.elsewhere):
        makers.make_member(cast.watanabe.organization, cast.takahashi.user)

    with pytest.raises(BelongsElsewhere):
        actions.replace_lost_factors(member=cast.takahashi, by=cast.ito)
    with pytest.raises(BelongsElsewhere):
        actions.renew_slip(member=cast.takahashi, by=cast.ito)
    accounts.enrol_authenticator_app(user=cast.takahashi.user, secret=SECRET, by=cast.takahashi)
    assert actions.renew_slip(member=cast.takahashi, by=cast.ito).slip.code


def test_whose_place_has_ended_gets_no_new_slip(browser_of, cast):
    answer = browser_of(cast.ito).post(address("new_slip", cast, member_id=cast.mori.pk))
    assert answer.status_code == 422
    assert not Slip.objects.filter(user=cast.mori.user).exists()


def test_slips_leave_no_code_in_the_ledger(browser_of, cast):
    answer = browser_of(cast.ito).post(address("new_slip", cast, member_id=cast.takahashi.pk))
    code = code_on(answer.content.decode())
    entry = Entry.objects.get(verb="environments.slip_renewed")
    assert entry.subject_id == str(cast.takahashi.pk)
    assert not any(code in str(vars(entry)) for entry in Entry.objects.all())
