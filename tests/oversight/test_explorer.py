"""Questions to the ledger: who may ask, what is answered, in how many queries, and that each question is an entry."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit import actions as audit
from apps.audit.models import Entry
from apps.audit.origin import Origin, coming_from
from apps.kernel.refusals import NotAllowed
from apps.oversight import actions, wording
from apps.oversight.kinds import Kind, kind_of, of_kind
from apps.oversight.models import SavedQuestion
from tests import makers
from tests.oversight.makers import make_question

PAGE = "/e/sakuragawa-care/ledger/entries/"
WHOM = "/e/sakuragawa-care/ledger/whom/"
KEEP = "/e/sakuragawa-care/ledger/questions/"


def told(browser, address=PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def auditor(cast, browser_of):
    return browser_of(cast.ishii)


def test_a_look_is_told_with_person_organization_role_deed_purpose_and_origin(cast, auditor):
    with coming_from(Origin(channel="page", address="192.0.2.7", agent="0123456789abcdef")):
        audit.opened(cast.hana, by=cast.sato)

    text = told(auditor, f"{PAGE}?client={cast.hana.pk}")

    for words in ("佐藤 花子", "ひだまりケアプラン", "利用者の記録を開きました", "支援", "192.0.2.7", "012345"):
        assert words in text


@pytest.mark.parametrize("person", ["ito", "sato", "tanaka", "kobayashi", "matsumoto"])
def test_nobody_but_an_auditor_asks_the_ledger(cast, browser_of, person):
    browser = browser_of(cast[person])

    assert browser.get(PAGE).status_code == 403
    assert browser.get(WHOM).status_code == 403
    assert browser.post(KEEP, {"name": "毎朝"}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.save_question(name="毎朝", asked={}, by=cast[person])


def test_each_question_is_an_entry_with_what_was_asked(cast, auditor):
    told(auditor, f"{PAGE}?client={cast.hana.pk}&outcome=refused")

    entry = Entry.objects.get(verb="oversight.entries_opened")
    assert (entry.member_id, entry.client_id, entry.purpose) == (cast.ishii.pk, cast.hana.pk, "audit")
    assert entry.detail == {"asked": {"client": str(cast.hana.pk), "outcome": "refused"}}


def test_no_client_is_named_until_one_is_asked_for(cast, auditor):
    audit.opened(cast.hana, by=cast.sato)

    assert cast.hana.name not in told(auditor)
    assert cast.hana.name in told(auditor, f"{PAGE}?client={cast.hana.pk}")


ASKS = {
    "person": lambda cast: cast.sato.pk,
    "organization": lambda cast: cast.hidamari.pk,
    "area": lambda cast: "notes",
    "kind": lambda cast: "export",
    "outcome": lambda cast: "refused",
    "purpose": lambda cast: "break-glass",
    "channel": lambda cast: "api",
    "address": lambda cast: "198.51.100.9",
    "agent": lambda cast: "f" * 16,
}


@pytest.mark.parametrize("name", ASKS)
def test_a_question_finds_what_it_asks_for_and_nothing_else(cast, auditor, name):
    told_of = {"verb": "rooms.message_posted", "recorded_at": timezone.now(), "environment_id": cast.environment.pk}
    plain = {"channel": "page", "member_id": cast.suzuki.pk, "organization_id": cast.aozora.pk, "purpose": "support"}
    Entry(**told_of, **plain).save(force_insert=True)
    wanted = {
        "person": {"member_id": cast.sato.pk},
        "organization": {"organization_id": cast.hidamari.pk},
        "area": {"verb": "notes.opened"},
        "kind": {"verb": "records.taken_out"},
        "outcome": {"outcome": "refused", "reason": "not_here"},
        "purpose": {"purpose": "break-glass"},
        "channel": {"channel": "api"},
        "address": {"address": "198.51.100.9"},
        "agent": {"agent": "f" * 16},
    }[name]
    Entry(**{**told_of, **plain, **wanted}).save(force_insert=True)
    # What the test itself asks is in the ledger too, by ishii through the page.
    text = told(auditor, f"{PAGE}?{name}={ASKS[name](cast)}")

    assert text.count('<td class="nowrap"') == 1


def test_days_bound_what_is_found(cast, auditor):
    old = timezone.now() - timedelta(days=40)
    Entry(
        verb="rooms.opened",
        recorded_at=old,
        environment_id=cast.environment.pk,
        member_id=cast.sato.pk,
        channel="page",
        client_id=cast.hana.pk,
    ).save(force_insert=True)
    day = timezone.localdate(old)

    assert "トークルームを開きました" in told(auditor, f"{PAGE}?since={day}&until={day}")
    assert "トークルームを開きました" not in told(auditor, f"{PAGE}?until={day - timedelta(days=1)}")
    assert "トークルームを開きました" in told(auditor, f"{PAGE}?client={cast.hana.pk}")


def test_an_end_before_the_beginning_is_told(auditor):
    answer = auditor.get(f"{PAGE}?since=2026-11-20&until=2026-11-19")

    assert answer.status_code == 422
    assert "終わりの日が始まりの日より前です" in answer.content.decode()


@pytest.mark.parametrize(
    "question", ["client=abc", "organization=7", "address=here", "kind=x", "agent=xyz", "since=today"]
)
def test_what_is_no_question_is_said(auditor, question):
    assert auditor.get(f"{PAGE}?{question}").status_code == 422


def test_nobody_of_another_environment_can_be_asked_about(cast, auditor):
    assert auditor.get(f"{PAGE}?person={cast.watanabe.pk}").status_code == 404
    assert auditor.get(f"{PAGE}?client={cast.watanabe.pk}").status_code == 404


@pytest.mark.parametrize("before", ["", "x", "1-", "-1", "9" * 38 + "-1", "1-" + "9" * 30])
def test_a_page_from_nowhere_is_a_page(auditor, before):
    assert auditor.get(f"{PAGE}?before={before}").status_code == 200


def test_pages_leave_nothing_out_and_show_nothing_twice(cast, auditor):
    # All in one moment, as a batch is written.
    audit.record_each(verb="tests.done", by=cast.sato, clients=[cast.hana] * 120)
    seen, address = 0, f"{PAGE}?person={cast.sato.pk}"
    while address:
        text = told(auditor, address)
        seen += text.count('<td class="nowrap"')
        _, found, rest = text.partition("before=")
        address = f"{PAGE}?person={cast.sato.pk}&before={rest.split(chr(34))[0]}" if found else ""

    assert seen == Entry.objects.filter(member_id=cast.sato.pk).count()


def test_a_page_is_read_with_one_number_of_questions(cast, auditor):
    audit.opened(cast.hana, by=cast.sato)
    address = f"{PAGE}?client={cast.hana.pk}"
    told(auditor, address)
    with CaptureQueriesContext(connection) as few:
        told(auditor, address)
    for number in range(30):
        one = makers.make_member(cast.aozora, makers.make_user(f"many{number}"), name=f"人 {number}")
        audit.opened(cast.hana, by=one)
    with CaptureQueriesContext(connection) as many:
        told(auditor, address)

    assert len(many) == len(few)


def test_a_client_is_found_by_reading_and_told_apart_and_stands_in_no_address(cast, auditor):
    answer = auditor.post(WHOM, {"q": cast.hana.kana.split()[0]})

    text = answer.content.decode()
    assert cast.hana.name in text
    assert f"client={cast.hana.pk}" in text
    entry = Entry.objects.get(verb="oversight.people_searched")
    assert entry.detail["clients"] == [str(cast.hana.pk)]
    assert cast.hana.name not in str(entry.detail)


def test_nobody_is_found_by_one_letter(cast, auditor):
    assert cast.hana.name not in auditor.post(WHOM, {"q": "さ"}).content.decode()


def test_a_question_is_kept_for_its_auditor_alone(cast, auditor):
    answer = auditor.post(f"{KEEP}?outcome=refused", {"name": "拒否"})

    assert answer.headers["Location"] == f"{PAGE}?outcome=refused"
    assert ">拒否</a>" in told(auditor)
    question = SavedQuestion.objects.get()
    other = makers.make_member(cast.city, makers.make_user("kansa"), name="監査 次郎", role="auditor")
    with pytest.raises(NotAllowed):
        actions.remove_question(question=question, by=cast.ito)
    actions.remove_question(question=question, by=other)
    assert SavedQuestion.objects.filter(pk=question.pk).exists()


def test_a_second_question_of_the_same_name_is_refused_in_words(cast, auditor):
    make_question(cast.ishii, "拒否")

    answer = auditor.post(f"{KEEP}?outcome=refused", {"name": "拒否"})

    assert answer.status_code == 422
    assert "同じ名前の質問がすでに保存されています" in answer.content.decode()


def test_a_kept_question_goes_when_it_is_removed(cast, auditor):
    question = make_question(cast.ishii)

    auditor.post(f"{KEEP}{question.pk}/removal/")

    assert not SavedQuestion.objects.exists()
    assert auditor.post(f"{KEEP}{question.pk}/removal/").status_code == 404


VERBS = {
    "clients.searched": Kind.SEARCH,
    "records.taken_out": Kind.EXPORT,
    "visits.slip_printed": Kind.PRINT,
    "rooms.file_opened": Kind.FILE,
    "rooms.stream_opened": Kind.LIVE,
    "rooms.marks_listed": Kind.LIST,
    "accounts.signed_in": Kind.SIGN,
    "clients.opened": Kind.PAGE,
    "rooms:room": Kind.PAGE,
    "rooms.reopened": Kind.CHANGE,
    "surveys.opened": Kind.CHANGE,
    "rooms.message_posted": Kind.CHANGE,
}


@pytest.mark.parametrize("verb", VERBS)
def test_database_and_words_agree_on_the_kind_of_a_deed(cast, verb):
    audit.record(verb=verb, by=cast.sato)

    assert kind_of(verb) == VERBS[verb]
    found = {kind for kind in Kind if Entry.objects.filter(of_kind(kind), verb=verb).exists()}
    assert found == {VERBS[verb]}


def test_a_range_of_messages_and_hits_are_told():
    assert wording.part({"messages": [1, 20]}) == "1〜20番のメッセージ"
    assert wording.part({"number": 41, "hits": 3}) == "41番 · 3件"
    assert wording.part({"room": "x"}) == ""


def test_a_basis_in_law_is_told_in_words():
    assert wording.purpose("legal-basis:leak").startswith("法的根拠：")
