"""One's own sessions: seen, recognised, ended from elsewhere, ended for good."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.accounts import access, actions
from apps.accounts.agents import friendly_name
from apps.accounts.models import Slip
from tests import makers
from tests.accounts.proofs import SECRET
from tests.browser import Browser
from tests.postgres import connect

LIST = reverse("usersessions_list")
PAGE = reverse("mfa_index")
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.fixture
def desk(careful):
    browser = Browser(careful, headers={"User-Agent": EDGE})
    browser.get(PAGE)
    return browser


@pytest.fixture
def phone(careful):
    browser = Browser(careful, headers={"User-Agent": IPHONE})
    browser.get(PAGE)
    return browser


@pytest.fixture
def heard(transactional_db, test_database):
    """`heard()`: what every process is told after the deed, from a connection of one's own."""
    with connect(test_database.name) as line:
        line.execute("LISTEN carenet")
        yield lambda: [json.loads(notice.payload) for notice in line.notifies(timeout=1)]


def sessions_seen(browser):
    return browser.get(LIST).context["sessions"]


def test_the_list_names_devices_as_a_person_would(desk, phone):
    here, there = sessions_seen(desk)
    assert (here.is_here, here.is_handheld) == (True, False)
    assert (there.is_here, there.is_handheld) == (False, True)


def test_signing_out_there_ends_that_session_at_once_on_every_process(heard, desk, phone, ledger):
    key = phone.session.session_key
    there = sessions_seen(desk)[1]

    answer = desk.post(reverse("accounts:end_session", kwargs={"session_id": there.id}))

    assert answer["Location"] == LIST
    assert phone.get(PAGE)["Location"].startswith(reverse("account_login"))
    assert phone.get("/api/v1/devices/").status_code == 401
    assert desk.get(PAGE).status_code == 200
    told = heard()
    assert [(fact["is"], fact["session_hash"]) for fact in told] == [
        ("accounts.session_ended", access.session_hash(key))
    ]
    assert key not in str(told)
    assert len(ledger("accounts.session_ended")) == 1


def test_a_fragment_asked_for_by_an_ended_session_leads_to_the_sign_in(desk, phone):
    actions.end_other_sessions(user=makers.User.objects.get(login_id="sato.h"), but=desk.session.session_key, by=None)

    answer = phone.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"})

    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(reverse("account_login"))


def test_signing_out_everywhere_else_keeps_this_one(desk, phone, careful):
    third = Browser(careful)
    third.get(PAGE)

    desk.post(reverse("accounts:end_other_sessions"))

    assert phone.get(PAGE).status_code == 302
    assert third.get(PAGE).status_code == 302
    assert desk.get(PAGE).status_code == 200


def test_another_persons_session_is_not_there(desk):
    other = Browser(makers.make_user())
    other.get(PAGE)
    theirs = sessions_seen(other)[0]

    answer = desk.post(reverse("accounts:end_session", kwargs={"session_id": theirs.id}))

    assert answer.status_code == 404
    assert other.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["accounts:end_other_sessions", "accounts:presence", "accounts:sign_in_options"])
def test_what_changes_something_is_not_done_by_a_link(desk, name):
    assert desk.get(reverse(name)).status_code == 405


def test_what_changes_something_needs_the_sites_own_form(careful):
    browser = Browser(careful, enforce_csrf_checks=True)

    assert browser.post(reverse("accounts:end_other_sessions")).status_code == 403
    assert browser.post(reverse("account_logout")).status_code == 403


def test_closing_an_account_ends_everything_at_once_on_every_process(heard, desk, phone, careful, ledger):
    token = actions.register_device(user=careful, name="tablet", by=careful).token
    actions.issue_slip(user=careful, by=None)
    admin = makers.make_user()

    actions.deactivate(user=careful, by=admin)

    assert desk.get(PAGE).status_code == 302
    assert phone.get("/api/v1/devices/").status_code == 401
    assert Browser().get("/api/v1/devices/", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert not Slip.objects.open().exists()
    assert sorted(fact["is"] for fact in heard()) == [
        "accounts.device_revoked",
        "accounts.session_ended",
        "accounts.session_ended",
        "accounts.user_deactivated",
    ]
    (entry,) = ledger("accounts.deactivated")
    assert (entry.user_id, entry.subject_id) == (str(admin.pk), str(careful.pk))


def test_the_command_line_signs_somebody_out_everywhere(desk, phone, careful, capsys):
    token = actions.register_device(user=careful, name="tablet", by=careful).token

    call_command("end_sessions", "sato.h")

    assert "2 sessions ended" in capsys.readouterr().out
    assert desk.get(PAGE).status_code == 302
    assert phone.get(PAGE).status_code == 302
    assert Browser().get("/api/v1/devices/", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_the_command_line_says_when_nobody_is_called_so(db):
    with pytest.raises(CommandError, match=r"Nobody signs in as nobody\."):
        call_command("end_sessions", "nobody")


def test_the_command_line_makes_an_operator_who_joins_by_a_code(db, capsys):
    call_command("make_operator", "first.operator")

    code = capsys.readouterr().out.splitlines()[1].strip()
    slip = actions.check_slip(code=code)
    assert slip.user.login_id == "first.operator"
    assert slip.user.is_operator
    assert not slip.user.is_superuser


def test_asked_again_it_prints_a_new_code_for_the_same_operator(db, capsys):
    call_command("make_operator", "first.operator")
    old = capsys.readouterr().out.splitlines()[1].strip()
    call_command("make_operator", "first.operator")

    new = capsys.readouterr().out.splitlines()[1].strip()

    assert old != new
    assert actions.check_slip(code=new).user.login_id == "first.operator"


@pytest.mark.parametrize("login_id", ["sato.h", "Has Capitals", "ab", "佐藤"])
def test_an_operator_is_not_made_of_somebody_else_or_of_a_bad_login_id(person, login_id):
    with pytest.raises(CommandError):
        call_command("make_operator", login_id)


@pytest.mark.parametrize(
    ("agent", "name"),
    [(IPHONE, "Safari on iPhone"), (EDGE, "Edge on Windows"), ("", "Unknown browser on Unknown device")],
)
def test_a_browser_has_a_friendly_name(settings, agent, name):
    from django.utils import translation

    with translation.override("en"):
        assert friendly_name(agent) == name


def test_an_app_enrolled_by_hand_is_written_down(person, ledger):
    actions.enrol_authenticator_app(user=person, secret=SECRET, by=None)

    assert ledger("accounts.factor_added")[0].subject_id == str(person.pk)
