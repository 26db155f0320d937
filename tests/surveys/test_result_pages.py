"""The pages and files of results: who is shown them, what they hold, how they stay new, what is written in the ledger."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.surveys import actions, queries
from apps.surveys.models import Published, Reply, Survey
from apps.surveys.shipped import shipped_named
from tests.facilities.makers import make_facility
from tests.surveys.makers import ANSWERS, QUESTIONS, content, make_reply, make_survey


@pytest.fixture
def survey(cast):
    asks = [cast.aozora, cast.takahashi.organization, cast.tanaka.organization]
    made = make_survey(by=cast.sato, asks=asks, content=content(*QUESTIONS))
    make_reply(made.recipients.get(number=1), by=cast.suzuki)
    # A text that a spreadsheet would take for a formula, and a character that Shift_JIS does not have.
    make_reply(made.recipients.get(number=2), by=cast.takahashi, answers={1: 2, 2: "=1+1 🙆"})
    return made


@pytest.fixture
def address(survey):
    return f"/e/sakuragawa-care/surveys/{survey.pk}/results/"


def publish(survey: Survey, to: str) -> None:
    Survey.objects.filter(pk=survey.pk).update(published=to)


def rows_of(answer: Any, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode(encoding))))


def test_every_question_is_counted(cast, browser_of, address):
    said = browser_of(cast.sato).get(address).content.decode()

    assert "<strong>2</strong>件の回答があります" in said
    assert "=1+1 🙆" in said
    assert said.count("survey-finding") == len(QUESTIONS)


@pytest.mark.parametrize(
    ("published", "seen_by_asked", "seen_by_others"),
    [(Published.NOBODY, 404, 404), (Published.RECIPIENTS, 200, 404), (Published.EVERYBODY, 200, 200)],
)
def test_others_see_the_answers_only_where_they_are_published(
    cast, browser_of, survey, address, published, seen_by_asked, seen_by_others
):
    publish(survey, published)

    assert browser_of(cast.suzuki).get(address).status_code == seen_by_asked
    assert browser_of(cast.ito).get(address).status_code == seen_by_others


def test_who_has_not_answered_is_shown_to_the_organization_that_asks_alone(cast, browser_of, survey, address):
    publish(survey, Published.EVERYBODY)

    waiting = cast.tanaka.organization.name
    assert waiting in browser_of(cast.sato).get(f"{address}offices/").content.decode()
    assert waiting not in browser_of(cast.suzuki).get(f"{address}offices/").content.decode()


def test_a_page_that_stands_open_is_sent_anew_only_when_an_answer_came(cast, browser_of, survey, address):
    browser = browser_of(cast.sato)
    known = browser.get(address).context["results"].stamp

    assert browser.get(f"{address}?known={known}", headers={"HX-Request": "true"}).status_code == 204
    make_reply(survey.recipients.get(number=1), by=cast.suzuki, answers=ANSWERS | {4: 9}, version=1)
    fresh = browser.get(f"{address}?known={known}", headers={"HX-Request": "true"})
    assert fresh.status_code == 200
    assert "<html" not in fresh.content.decode()


def test_three_questions_crossed_add_up_to_the_replies(cast, browser_of, address):
    said = browser_of(cast.sato).get(f"{address}crossing/?rows=q1&columns=q4&layers=kind").content.decode()

    assert "＝2（回答数と一致します）" in said


@pytest.mark.parametrize(
    "keys", ["rows=q1", "rows=q1&columns=q1", "rows=q1&columns=q99", "rows=q1&columns=q4&layers=x"]
)
def test_what_cannot_be_crossed_is_answered_with_a_sentence(cast, browser_of, address, keys):
    answer = browser_of(cast.sato).get(f"{address}crossing/?{keys}")

    assert answer.status_code == 422
    assert "異なる質問を2つか3つ選んでください" in answer.content.decode()
    assert browser_of(cast.sato).get(f"{address}crossing/table/?{keys}").status_code == 422


def test_the_table_has_a_line_for_every_office_and_no_formula(cast, browser_of, address):
    head, *lines = rows_of(browser_of(cast.sato).get(f"{address}table/"))

    assert [line[0] for line in lines] == ["1", "2", "3"]
    assert dict(zip(head, lines[1], strict=True))["2. 理由"] == "'=1+1 🙆"
    assert lines[2][4] == "未回答"


def test_the_old_table_replaces_what_it_cannot_write_and_the_page_names_it(cast, browser_of, address):
    browser = browser_of(cast.sato)

    assert "'=1+1 〓" in browser.get(f"{address}table/?encoding=cp932").content.decode("cp932")
    assert "🙆" in browser.get(address).content.decode().partition("Shift_JISでは「")[2][:5]


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(cast, browser_of, address):
    book = load_workbook(io.BytesIO(browser_of(cast.sato).get(f"{address}workbook/").content))

    answers, totals = book.worksheets
    head, first, second, *_more = answers.iter_rows(values_only=True)
    assert first[head.index("4. 空き人数")] == 2
    assert second[head.index("2. 理由")] == "'=1+1 🙆"
    assert ("計", 2) in [row[:2] for row in totals.iter_rows(values_only=True)]


def test_the_sheet_is_a_pdf(cast, browser_of, address):
    answer = browser_of(cast.sato).get(f"{address}paper/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_looking_and_taking_out_are_in_the_ledger(cast, browser_of, survey, address):
    browser = browser_of(cast.sato)
    for part in ("", "offices/", "table/", "workbook/"):
        browser.get(f"{address}{part}")

    entries = Entry.objects.filter(subject_id=str(survey.pk), verb__startswith="surveys.results").order_by("pk")
    assert [(one.verb, one.detail.get("form")) for one in entries] == [
        ("surveys.results_opened", None),
        ("surveys.results_taken_out", "csv"),
        ("surveys.results_taken_out", "xlsx"),
    ]


def test_programs_are_told_the_same(cast, browser_of, survey):
    address = f"/api/v1/e/sakuragawa-care/surveys/{survey.pk}/results/"
    told = browser_of(cast.sato).get(address).json()
    crossed = browser_of(cast.sato).get(f"{address}crossing/?rows=q1&columns=q4").json()

    assert told["replies"] == 2
    assert all(sum(one["numbers"]) == 2 for finding in told["findings"] for one in finding["tallies"])
    assert crossed["whole"]["total"] == 2
    assert told["offices"][0]["answers"]["4"] == 2


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_offices(
    cast, browser_of, address, survey, django_assert_max_num_queries
):
    browser = browser_of(cast.sato)
    browser.get(address)
    with django_assert_max_num_queries(100) as few:
        browser.get(address)
    make_reply(survey.recipients.get(number=3), by=cast.tanaka)
    with django_assert_max_num_queries(len(few)):
        browser.get(address)


def test_a_closed_survey_keeps_its_results(cast, browser_of, survey, address):
    Survey.objects.filter(pk=survey.pk).update(closed_at=timezone.now())

    assert browser_of(cast.sato).get(address).status_code == 200


def test_offices_are_crossed_by_where_they_lie_and_whether_medical_care_is_possible(cast, browser_of):
    asked = shipped_named("child-development").content
    places = [
        make_facility(cast.tanaka, organization=cast.aozora, name="一", address="登米市迫町佐沼1"),
        make_facility(cast.tanaka, organization=cast.aozora, name="二", address=""),
    ]
    draft = actions.begin_survey(content=asked, by=cast.sato)
    actions.choose_recipients(survey=draft, facilities=places, by=cast.sato)
    due = timezone.now() + timedelta(days=7)
    actions.describe_survey(survey=draft, due_at=due, published="nobody", reminder_days=[], by=cast.sato)
    survey = actions.open_survey(survey=draft, by=cast.sato)
    number = 1 + [one.kind for one in asked.questions].index("availability")
    cells = {"cells": {"mon.morning.preschool": "free"}}
    for nth, care in ((1, True), (2, None)):
        said = actions.save_reply(
            recipient=survey.recipients.get(number=nth),
            answers={number: cells | ({} if care is None else {"medical_care": care})},
            version=0,
            by=cast.suzuki,
        )
        Reply.objects.filter(pk=said.pk).update(sent_at=timezone.now())

    found = queries.crossed(queries.results_of(survey, by=cast.sato), ["area", f"q{number}.care"])

    assert found.whole.rows.heads == ["登米市 迫町", "無回答"]
    assert found.whole.cells == ((1, 0, 0), (0, 0, 1))
    page = f"/e/sakuragawa-care/surveys/{survey.pk}/results/crossing/?rows=area&columns=q{number}.care"
    assert "登米市 迫町" in browser_of(cast.sato).get(page).content.decode()
