"""Making a survey and sending it: what a draft may become, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.surveys import actions, queries
from apps.surveys.access import draft_for, results_for, survey_for
from apps.surveys.models import Choice, Question, Recipient
from apps.surveys.refusals import (
    DraftChanged,
    NoQuestion,
    NoTarget,
    PastDueDate,
    SurveyNotOpen,
    SurveyOpened,
    TargetNotHere,
)
from tests import makers
from tests.surveys.makers import QUESTIONS, content, make_draft, make_survey, with_part


def test_a_draft_asks_what_was_written(cast):
    draft = make_draft(by=cast.sato, content=with_part())

    assert queries.content_of(draft) == with_part()
    again = actions.write_content(survey=draft, content=content(), version=1, by=cast.sato)
    assert queries.content_of(again) == content()


def test_of_two_who_change_a_draft_the_second_is_told(cast):
    draft = make_draft(by=cast.sato)
    actions.write_content(survey=draft, content=content(QUESTIONS[0]), version=1, by=cast.sato)

    with pytest.raises(DraftChanged):
        actions.write_content(survey=draft, content=content(), version=1, by=cast.sato)
    assert Question.objects.filter(survey=draft).count() == 1


def test_guests_ask_nobody(cast):
    with pytest.raises(NotAllowed):
        actions.begin_survey(content=content(), by=cast.matsumoto)


@pytest.mark.parametrize(
    ("person", "sees"), [("sato", True), ("suzuki", False), ("ito", False), ("mori", False), ("kobayashi", False)]
)
def test_a_survey_is_its_organizations(cast, person, sees):
    draft = make_draft(by=cast.sato)

    if sees:
        assert draft_for(cast[person], draft.pk) == draft
    else:
        with pytest.raises(NotHere):
            survey_for(cast[person], draft.pk)


def test_sending_tells_everybody_of_every_office_and_nobody_else(cast):
    survey = make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])

    told = Notification.objects.filter(about__in=survey.recipients.values("pk"))
    assert {one.receiver for one in told} == {cast.suzuki, cast.takahashi}
    [path] = {one.path for one in told if one.receiver_id == cast.suzuki.pk}
    assert path == f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/reply/"
    entry = Entry.objects.get(verb="surveys.opened")
    assert (entry.member_id, entry.detail) == (cast.sato.pk, {"recipients": 2, "people": 2})


@pytest.mark.parametrize(
    ("refusal", "questions", "asks", "days"),
    [(NoQuestion, 0, True, 7), (NoTarget, 1, False, 7), (PastDueDate, 1, True, -1)],
)
def test_what_is_not_whole_is_not_sent(cast, refusal, questions, asks, days):
    draft = actions.begin_survey(content=content(), by=cast.sato)
    asked = tuple(QUESTIONS[:questions])
    whole = type(content())(title="空き", questions=asked)
    draft = actions.write_content(survey=draft, content=whole, version=1, by=cast.sato)
    if asks:
        actions.choose_recipients(survey=draft, organizations=[cast.aozora], by=cast.sato)
    about = {"published": "nobody", "reminder_days": []}
    due = timezone.now() + timedelta(days=days)
    draft = actions.describe_survey(survey=draft, due_at=due, by=cast.sato, **about)

    with pytest.raises(refusal):
        actions.open_survey(survey=draft, by=cast.sato)
    assert survey_for(cast.sato, draft.pk).is_draft


def test_a_family_and_a_body_from_elsewhere_are_asked_nothing(cast):
    draft = make_draft(by=cast.sato)

    for body in (cast.kobayashi.organization, cast.watanabe.organization):
        with pytest.raises(TargetNotHere):
            actions.choose_recipients(survey=draft, organizations=[body], by=cast.sato)


def test_what_was_sent_stays_as_it_is(cast):
    survey = make_survey(by=cast.sato, asks=[cast.aozora])

    with pytest.raises(SurveyOpened):
        actions.write_content(survey=survey, content=content(), version=survey.version, by=cast.sato)
    with pytest.raises(SurveyOpened):
        actions.remove_draft(survey=survey, by=cast.sato)
    for change in (
        lambda: Question.objects.filter(survey=survey).update(text="別の質問"),
        lambda: Choice.objects.filter(question__survey=survey).update(text="別の選択肢"),
        lambda: Recipient.objects.filter(survey=survey).delete(),
    ):
        with pytest.raises(IntegrityError, match="what was asked stays"), transaction.atomic():
            change()


def test_sending_to_many_takes_as_many_statements_as_sending_to_few(cast, django_assert_max_num_queries):
    bodies = [makers.make_organization(cast.environment) for _ in range(30)]
    for body in bodies:
        makers.make_member(body)
    few = make_draft(by=cast.sato, asks=bodies[:2])
    many = make_draft(by=cast.sato, asks=bodies)

    with django_assert_max_num_queries(20) as asked:
        actions.open_survey(survey=few, by=cast.sato)
    with django_assert_max_num_queries(len(asked)):
        actions.open_survey(survey=many, by=cast.sato)


def test_a_closed_survey_can_be_given_more_time(cast):
    survey = make_survey(by=cast.sato, asks=[cast.aozora])
    survey = actions.close_survey(survey=survey, by=cast.sato)
    assert survey.state == "closed"

    with pytest.raises(SurveyNotOpen):
        actions.close_survey(survey=survey, by=cast.sato)
    with pytest.raises(PastDueDate):
        actions.extend_survey(survey=survey, due_at=timezone.now(), by=cast.sato)
    later = timezone.now() + timedelta(days=2)
    assert actions.extend_survey(survey=survey, due_at=later, by=cast.sato).state == "open"


def test_a_twin_asks_the_same_of_the_same(cast):
    survey = make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])

    twin = actions.duplicate_survey(survey=survey, by=cast.sato)

    assert twin.is_draft
    assert queries.content_of(twin) == queries.content_of(survey)
    assert [one.organization for one in twin.recipients.all()] == [cast.aozora, cast.takahashi.organization]


@pytest.mark.parametrize(
    ("published", "readers"),
    [
        ("nobody", {"sato"}),
        ("recipients", {"sato", "suzuki"}),
        ("everybody", {"sato", "suzuki", "takahashi", "ito", "ishii", "tanaka"}),
    ],
)
def test_results_are_shown_to_whom_they_are_published(cast, published, readers):
    draft = make_draft(by=cast.sato, asks=[cast.aozora])
    due = timezone.now() + timedelta(days=1)
    draft = actions.describe_survey(survey=draft, due_at=due, published=published, reminder_days=[], by=cast.sato)
    survey = actions.open_survey(survey=draft, by=cast.sato)

    for name in ("sato", "suzuki", "takahashi", "ito", "ishii", "tanaka", "kobayashi", "matsumoto", "mori"):
        if name in readers:
            assert results_for(cast[name], survey.pk) == survey
        else:
            with pytest.raises(NotHere):
                results_for(cast[name], survey.pk)


def test_what_programs_send_becomes_a_survey_and_its_answers(cast, browser_of):
    browser, base = browser_of(cast.sato), "/api/v1/e/sakuragawa-care/surveys/"
    made = browser.post(base, {"content": content().as_json()}, content_type="application/json").json()
    draft = f"{base}drafts/{made['id']}/"
    whom = {"organizations": [str(cast.aozora.pk)]}
    asked = browser.put(f"{draft}recipients/", whom, content_type="application/json").json()
    due = {"due_at": (timezone.now() + timedelta(days=2)).isoformat()}
    opened = browser.post(f"{draft}opening/", due, content_type="application/json").json()
    reply = f"{base}{made['id']}/recipients/1/reply/"
    told = {"version": 0, "answers": {"1": 1, "4": 3}}

    wrong = browser_of(cast.suzuki).put(reply, told | {"answers": {"4": -1}}, content_type="application/json")
    answered = browser_of(cast.suzuki).put(reply, told, content_type="application/json").json()

    assert ([one["name"] for one in asked], opened["state"]) == (["あおぞら訪問看護ステーション"], "open")
    assert (wrong.status_code, list(wrong.json()["fields"]["answers"])) == (400, ["1", "4"])
    assert (answered["answers"], answered["version"]) == ({"1": 1, "4": 3}, 1)
    assert browser.get(base).json()["results"][0]["answered"] == 1
