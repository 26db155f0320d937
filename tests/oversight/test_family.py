"""The family reads who looked: who hands out the code, what it opens and what never, and how a question is answered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.clients.models import Client
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.oversight import actions
from apps.oversight.models import FamilyCode, FamilyQuestion
from apps.oversight.refusals import AnsweredAlready, NotForProtected
from tests import makers
from tests.browser import Browser
from tests.oversight.makers import make_code, make_family_question

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def code(cast):
    """A code, and a look of sato's."""
    audit.opened(cast.hana, by=cast.sato)
    return make_code(cast.hana, by=cast.tanaka)


def read(code) -> str:
    answer = Browser().get(f"/f/{code.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_hands_out_a_code_for_thirty_days_and_says_how_it_checked(cast, browser_of):
    browser = browser_of(cast.tanaka)
    answer = browser.post(f"{BASE}clients/{cast.hana.pk}/family-codes/", {"asked_by": "長女", "identity": "card"})

    assert answer.status_code == 302
    code = FamilyCode.objects.get()
    assert (code.issued_by, code.identity, code.asked_by) == (cast.tanaka, "card", "長女")
    assert code.expires_at - code.issued_at == timedelta(days=30)
    assert Entry.objects.get(verb="oversight.code_handed_out").client_id == cast.hana.pk
    paper = browser.get(f"{BASE}clients/{cast.hana.pk}/family-codes/{code.pk}/paper/")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "told", [{}, {"asked_by": "長女"}, {"identity": "card"}, {"asked_by": "長女", "identity": "x"}]
)
def test_a_code_without_who_asks_or_how_it_was_checked_is_sent_back(cast, browser_of, told):
    answer = browser_of(cast.tanaka).post(f"{BASE}clients/{cast.hana.pk}/family-codes/", told)

    assert answer.status_code == 422
    assert not FamilyCode.objects.exists()


@pytest.mark.parametrize("person", ["sato", "suzuki", "ito", "ishii", "kobayashi"])
def test_nobody_but_the_division_in_charge_hands_out_a_code(cast, person):
    with pytest.raises(NotAllowed):
        actions.hand_out_code(client=cast.hana, asked_by="長女", identity="card", by=cast[person])


def test_no_code_is_handed_out_for_a_protected_client(cast):
    Client.objects.filter(pk=cast.hana.pk).update(is_protected=True, area="", school_district="")
    cast.hana.refresh_from_db()

    with pytest.raises(NotForProtected):
        actions.hand_out_code(client=cast.hana, asked_by="父", identity="card", by=cast.tanaka)


def test_a_paper_closes_when_its_client_is_protected(cast, code):
    Client.objects.filter(pk=cast.hana.pk).update(is_protected=True, area="", school_district="")

    assert Browser().get(f"/f/{code.code}/").status_code == 404


def test_the_family_reads_organization_role_day_and_purpose_and_no_name(cast, code):
    text = read(code)

    for words in ("ひだまりケアプラン", "介護支援専門員", "支援", "<ruby>"):
        assert words in text
    assert cast.sato.name not in text
    assert cast.hana.name not in text


def test_names_are_told_where_the_environment_says_so(cast, code, browser_of):
    browser_of(cast.ito).post(f"{BASE}ledger/family/policy/", {"shows_names": "on"})

    assert cast.sato.name in read(code)


def test_a_code_opens_nothing_of_another_client(cast, code):
    other = makers.make_client(cast.environment, seats=[cast.aozora], division=cast.city)
    audit.opened(other, by=cast.suzuki)

    assert "あおぞら訪問看護" not in read(code)


@pytest.mark.parametrize(
    "about",
    [
        {"purpose": "report"},
        {"purpose": "protected"},
        {"purpose": "legal-basis:leak"},
        {"verb": "clients.report_asked"},
        {"verb": "clients.petition_approved"},
        {"verb": "clients.places_opened"},
        {"verb": "clients.protection_lifted"},
    ],
)
def test_nothing_of_a_report_or_a_protection_is_ever_read_by_the_family(cast, about):
    code = make_code(cast.hana, by=cast.tanaka)
    told = {"verb": "clients.opened", "purpose": "support", **about}
    audit.record(client=cast.hana, by=cast.suzuki, **told)
    entry = Entry.objects.get(member_id=cast.suzuki.pk)

    assert "あおぞら訪問看護" not in read(code)
    assert Browser().post(f"/f/{code.code}/", {"entry": entry.pk}).status_code == 422
    assert not FamilyQuestion.objects.exists()


def test_looks_of_one_person_on_one_day_are_one_line(cast, code):
    for _time in range(3):
        audit.record(verb="rooms.opened", client=cast.hana, by=cast.sato, purpose="support")

    assert read(code).count('name="entry"') == 1


@pytest.mark.parametrize("days", [-1])
def test_wrong_ended_and_revoked_codes_answer_alike(cast, days):
    ended, revoked = make_code(cast.hana, by=cast.tanaka, days=days), make_code(cast.hana, by=cast.tanaka)
    actions.revoke_code(code=revoked, by=cast.tanaka)

    answers = {
        Browser().get(f"/f/{code}/").content.decode().partition("<main")[2].partition("</main>")[0]
        for code in (ended.code, revoked.code, "2222-2222-2222-2222", "x")
    }

    assert len(answers) == 1
    assert "期限が過ぎています" in answers.pop()


def test_whoever_guesses_is_told_to_wait(cast, code):
    browser = Browser()
    statuses = [browser.get("/f/2222-2222-2222-2222/").status_code for _try in range(21)]

    assert set(statuses[:20]) == {404}
    assert statuses[20] == 429


def test_each_look_of_the_family_is_an_entry(cast, code):
    read(code)

    entry = Entry.objects.get(verb="oversight.family_looked")
    assert (entry.client_id, entry.member_id, entry.purpose) == (cast.hana.pk, None, "family")


def test_a_question_becomes_a_dated_task_and_its_answer_stands_on_the_page(cast, code, browser_of):
    entry = Entry.objects.get(member_id=cast.sato.pk)
    assert Browser().post(f"/f/{code.code}/", {"entry": entry.pk}).status_code == 302
    question = FamilyQuestion.objects.get()
    assert question.due_at - question.asked_at == timedelta(days=14)
    assert {one.receiver.role for one in Notification.objects.filter(path="ledger/family/")} == {"admin", "auditor"}

    browser = browser_of(cast.ito)
    listed = browser.get(f"{BASE}ledger/family/").content.decode()
    assert cast.sato.name in listed
    assert cast.hana.name not in listed
    browser.post(f"{BASE}ledger/family/{question.pk}/", {"answer": "訪問の準備で見ました。"})

    assert "訪問の準備で見ました。" in read(code)


def test_an_entry_is_asked_about_once(cast, code):
    entry = Entry.objects.get(member_id=cast.sato.pk)
    for _time in range(2):
        Browser().post(f"/f/{code.code}/", {"entry": entry.pk})

    assert FamilyQuestion.objects.count() == 1


@pytest.mark.parametrize("entry", ["", "x", "0", str(2**63), "999999999"])
def test_a_question_about_nothing_is_refused(code, entry):
    assert Browser().post(f"/f/{code.code}/", {"entry": entry}).status_code == 422


def test_a_question_is_answered_once(cast, code):
    question = make_family_question(code)
    actions.answer_family(question=question, answer="準備です。", by=cast.ito)

    with pytest.raises(AnsweredAlready):
        actions.answer_family(question=question, answer="ちがいます。", by=cast.ishii)


def test_an_unanswered_question_turns_red_after_its_due(cast, code, browser_of):
    make_family_question(code, days=-1)

    assert 'data-tone="error"' in browser_of(cast.ishii).get(f"{BASE}ledger/family/").content.decode()


def test_an_empty_answer_is_sent_back(cast, code, browser_of):
    question = make_family_question(code)

    assert browser_of(cast.ito).post(f"{BASE}ledger/family/{question.pk}/", {"answer": " "}).status_code == 422


@pytest.mark.parametrize("person", ["sato", "tanaka", "matsumoto"])
def test_nobody_else_answers_or_sets_the_policy(cast, code, person):
    with pytest.raises(NotAllowed):
        actions.answer_family(question=make_family_question(code), answer="x", by=cast[person])
    with pytest.raises(NotAllowed):
        actions.set_family_policy(shows_names=True, by=cast[person])
    assert timezone.now() > code.issued_at


def test_a_code_is_read_in_its_own_environment_alone(cast, code):
    with scope(environment=cast.elsewhere):
        assert not FamilyCode.objects.exists()
    assert "ひだまりケアプラン" in read(code)
