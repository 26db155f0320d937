"""Ready surveys: what comes with the house, what one keeps, shares, and carries in a file."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from apps.surveys import actions, queries
from apps.surveys.content import read
from apps.surveys.kinds import QuestionKind
from apps.surveys.models import Survey, SurveyTemplate
from apps.surveys.shipped import shipped, shipped_named
from tests.surveys.makers import content, make_draft, make_template

BASE = "/e/sakuragawa-care/surveys/"


def test_at_least_twenty_ready_surveys_come_with_the_house_and_each_asks_something():
    assert len(shipped()) >= 20
    assert len({one.key for one in shipped()}) == len(shipped())
    assert [one.key for one in shipped() if not one.content.questions or not one.summary] == []
    assert {query.kind for one in shipped() for query in one.content.questions} == set(QuestionKind.values)


@pytest.mark.parametrize("key", ["child-development", "meeting-dates", "disaster-safety", "network-satisfaction"])
def test_a_ready_survey_becomes_a_draft_in_one_press(cast, browser_of, key):
    ready = shipped_named(key)
    browser = browser_of(cast.tanaka)

    assert ready.content.title in browser.get(f"{BASE}gallery/").content.decode()
    assert browser.post(f"{BASE}gallery/ready/{key}/").status_code == 302
    assert queries.content_of(Survey.objects.get()) == ready.content


def test_a_survey_is_kept_as_a_template_of_ones_organization(cast, browser_of):
    draft = make_draft(by=cast.sato)

    browser_of(cast.sato).post(f"{BASE}{draft.pk}/template/")

    kept = SurveyTemplate.objects.get()
    assert read(kept.content) == content()
    assert browser_of(cast.suzuki).get(f"{BASE}gallery/{kept.pk}/").status_code == 404


def test_what_is_shared_is_offered_in_the_other_environments_and_nothing_else(cast, browser_of):
    with scope(environment=cast.elsewhere):
        shared = make_template(by=cast.watanabe, title="となり市の調査")
        kept = make_template(by=cast.watanabe, title="となり市だけの調査")
        actions.share_template(template=shared, by=cast.watanabe)
    browser = browser_of(cast.sato)

    said = browser.get(f"{BASE}gallery/").content.decode()

    assert ("となり市の調査" in said, "となり市だけの調査" in said) == (True, False)
    assert browser.post(f"{BASE}gallery/{shared.pk}/").status_code == 302
    assert browser.post(f"{BASE}gallery/{kept.pk}/").status_code == 404
    assert Survey.objects.get().title == "となり市の調査"
    assert browser.post(f"{BASE}gallery/{shared.pk}/sharing/").status_code == 404


def test_sharing_ends(cast, browser_of):
    mine = make_template(by=cast.sato, is_shared=True)

    browser_of(cast.sato).post(f"{BASE}gallery/{mine.pk}/sharing/", {"off": "1"})

    assert queries.shared_templates() == []


def test_a_file_makes_the_same_survey_elsewhere(cast, browser_of):
    draft = make_draft(by=cast.sato)
    saved = browser_of(cast.sato).get(f"{BASE}{draft.pk}/file/").content
    there = "/e/tonari-care/surveys/new/file/"

    answer = browser_of(cast.watanabe).post(there, {"file": SimpleUploadedFile("調査.json", saved)})

    assert answer.status_code == 302
    with scope(environment=cast.elsewhere):
        assert queries.content_of(Survey.objects.get()) == content()


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[" * 100_000,
        b"PK\x03\x04",
        json.dumps({"format": "carenet-survey"}).encode(),
        b" " * 1_000_001,
    ],
    ids=["empty", "no text", "half", "deep", "archive", "untitled", "large"],
)
def test_a_bad_file_is_refused_with_a_sentence_beside_it(cast, browser_of, told):
    sent = {"file": SimpleUploadedFile("調査.json", told)}

    answer = browser_of(cast.sato).post(f"{BASE}new/file/", sent)

    assert answer.status_code == 422
    assert "field-trouble" in answer.content.decode()
    assert not Survey.objects.exists()


API = "/api/v1/e/sakuragawa-care/surveys/"


def test_a_program_takes_a_ready_survey_duplicates_it_and_keeps_it_as_a_template(cast, browser_of):
    browser = browser_of(cast.sato)
    offered = browser.get(f"{API}gallery/").json()
    assert len(offered["ready"]) >= 20
    key = offered["ready"][0]["key"]

    draft = browser.post(f"{API}gallery/ready/{key}/")
    assert (draft.status_code, draft.json()["state"]) == (201, "draft")
    assert draft.json()["content"] == browser.get(f"{API}gallery/ready/{key}/").json()["content"]
    twin = browser.post(f"{API}{draft.json()['id']}/twin/").json()
    assert twin["content"] == draft.json()["content"]
    kept = browser.post(f"{API}{twin['id']}/template/")
    assert kept.status_code == 201
    assert [one["id"] for one in browser.get(f"{API}gallery/").json()["own"]] == [kept.json()["id"]]
    assert browser.get(f"{API}gallery/ready/nothing/").status_code == 404


def test_a_program_shares_a_template_with_the_other_environments_and_stops(cast, browser_of):
    mine, there = make_template(by=cast.sato, title="となりへ"), "/api/v1/e/tonari-care/surveys/gallery/"
    at = f"{API}gallery/{mine.pk}/"

    assert browser_of(cast.watanabe).post(f"{there}{mine.pk}/").status_code == 404
    assert browser_of(cast.sato).put(f"{at}sharing/").status_code == 204
    [shared] = browser_of(cast.watanabe).get(there).json()["shared"]
    assert (shared["id"], shared["title"]) == (str(mine.pk), "となりへ")
    assert browser_of(cast.watanabe).post(f"{there}{mine.pk}/").json()["title"] == "となりへ"
    assert browser_of(cast.watanabe).delete(f"{there}{mine.pk}/").status_code == 404
    assert browser_of(cast.sato).delete(f"{at}sharing/").status_code == 204
    assert browser_of(cast.watanabe).get(there).json()["shared"] == []
    assert browser_of(cast.sato).delete(at).status_code == 204
    assert not SurveyTemplate.objects.exists()


def test_a_program_takes_a_survey_as_a_file_into_another_environment(cast, browser_of):
    draft = make_draft(by=cast.sato)
    file = browser_of(cast.sato).get(f"{API}{draft.pk}/file/").json()
    assert browser_of(cast.takahashi).get(f"{API}{draft.pk}/file/").status_code == 404

    made = browser_of(cast.watanabe).post(
        "/api/v1/e/tonari-care/surveys/", {"content": file}, content_type="application/json"
    )

    assert (made.status_code, made.json()["content"]) == (201, file)
