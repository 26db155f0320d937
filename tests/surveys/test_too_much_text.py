"""Ten megabytes of text for an answer: refused with a sentence wherever they are sent, and nothing is kept."""

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from apps.surveys.content import Query
from apps.surveys.models import Answer, SurveySheet
from tests.surveys.makers import QUESTIONS, content, make_survey, print_all

# Three bytes each.
TEN_MEGABYTES = "あ" * (10 * 1024 * 1024 // 3)


@pytest.fixture
def survey(cast):
    cache.clear()
    return make_survey(
        by=cast.sato, asks=[cast.aozora], content=content(Query("text", "備考", settings={"long": True}), QUESTIONS[0])
    )


@pytest.fixture
def ways(cast, browser_of, survey):
    """Every way by which an answer comes: the office's page, the desk's, a program, the door of a sheet."""
    print_all(survey, by=cast.sato)
    code, base = SurveySheet.objects.get().sheet.code, f"e/{cast.environment.slug}/surveys/{survey.pk}/recipients/1/"
    typed = {"version": "0", "send": "1", "q1": TEN_MEGABYTES, "q2": "1"}
    told = {"version": 0, "answers": {"1": TEN_MEGABYTES, "2": 1}, "send": True}
    return [
        lambda: browser_of(cast.suzuki).post(f"/{base}reply/", typed),
        lambda: browser_of(cast.sato).post(f"/{base}proxy/", typed),
        lambda: browser_of(cast.suzuki).put(f"/api/v1/{base}reply/", told, content_type="application/json"),
        lambda: Browser().post(f"/s/{code}/", typed),
    ]


def test_it_is_refused_with_a_sentence_and_nothing_is_kept(ways):
    for way in ways:
        answer = way()

        assert 400 <= answer.status_code < 500
        is_json = answer["Content-Type"].startswith("application/json")
        said = answer.json()["sentence"] if is_json else answer.content.decode()
        assert "ください" in said
        assert len(said) < 100_000
    assert not Answer.objects.exists()
