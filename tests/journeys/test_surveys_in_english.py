"""Whoever reads English is told everything about surveys in English; what stays Japanese was written by people."""

import os
import re

import pytest
from django_scopes import scope
from playwright.sync_api import Page

from apps.environments.models import Member, Organization
from apps.surveys.content import Content, Query
from apps.surveys.shipped import shipped
from tests.browsing import assert_fits, settled
from tests.facilities.makers import make_facility
from tests.surveys.makers import make_draft, make_reply, make_survey, make_target_list, make_template

BASE = "/e/sakuragawa-care/surveys/"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々ー]+")
# What is wider than the place it has; the words then stand over those beside them.
RUNS_OVER = """() => [...document.querySelectorAll("main :is(.list-main, .list-note, .button, .chip, .card-head, h2, legend)")]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.className}: ${one.innerText}`)"""
ENGLISH = (
    Query("single", "Do you take new people?", choices=("Yes", "No"), is_required=True),
    Query("multiple", "On which days?", choices=("Monday", "Tuesday", "Wednesday")),
    Query("number", "How many?", settings={"min": 0, "max": 99, "unit": "people", "decimals": False}),
    Query("date", "From when?"),
    Query("date_poll", "When shall we meet?", choices=("27 November, 14:00", "30 November, 10:00")),
    Query("time", "At what time?"),
    Query("scale", "How satisfied are you?", settings={"min": 1, "max": 5, "from": "little", "to": "very"}),
    Query("matrix", "Places by age", choices=("free", "full"), rows=("small", "at school")),
    Query("file", "Photos"),
    Query("text", "Remarks", settings={"long": True}),
)
SAID = {1: 1, 2: [1, 3], 3: 2, 4: "2026-12-01", 5: {"1": "yes"}, 6: "09:30", 7: 4, 8: {"1": 1}, 10: "Please call."}


@pytest.fixture
def people(transactional_db, cast):
    return cast


def left_in_japanese(page: Page, known: set[str]) -> set[str]:
    said = page.locator("main").inner_text()
    return {one for one in JAPANESE.findall(said) if not any(one in name for name in known)}


def test_the_pages_of_surveys_are_in_english_for_who_reads_it(people, on_phone, on_desk):
    with scope(environment=people.environment):
        place = make_facility(people.tanaka, organization=people.aozora, name="Sakura House", address="Tome 1-1")
        asks = [people.aozora, people.takahashi.organization]
        asked = Content(title="Free places in December", lead="Please answer.", questions=ENGLISH)
        survey = make_survey(by=people.sato, asks=asks, content=asked)
        make_reply(survey.recipients.get(number=2), by=people.takahashi, answers=SAID)
        draft = make_draft(by=people.sato, asks=asks, content=asked)
        make_target_list(by=people.sato, asks=asks, name="Every month")
        kept = make_template(by=people.sato, title="Free places", summary="Every month", content=asked.as_json())
        known = {place.kind.name, people.environment.name, *Organization.objects.values_list("name", flat=True)}
        known |= {part for name in Member.objects.values_list("name", flat=True) for part in name.split()}
    # What comes with the house is in the language of the field.
    known |= {word for one in shipped() for word in (one.category, one.summary, one.content.title)}
    of_asker = {
        "gallery": "gallery/",
        "template": f"gallery/{kept.pk}/",
        "sheets": f"{survey.pk}/sheets/",
        "own": "own/",
        "draft": f"drafts/{draft.pk}/",
        "targets": f"drafts/{draft.pk}/targets/",
        "sending": f"drafts/{draft.pk}/sending/",
        "preview": f"drafts/{draft.pk}/preview/",
        "lists": "lists/",
        "bring": "new/file/",
        "survey": f"{survey.pk}/",
        "due": f"{survey.pk}/due/",
        "dates": f"{survey.pk}/questions/5/dates/",
        "results": f"{survey.pk}/results/",
        "offices": f"{survey.pk}/results/offices/",
        "crossing": f"{survey.pk}/results/crossing/?rows=q1&columns=q7&layers=kind",
        "proxy": f"{survey.pk}/recipients/1/proxy/",
    }
    of_asker |= {f"question-{one.kind}": f"drafts/{draft.pk}/questions/?kind={one.kind}" for one in ENGLISH}
    of_office = {"asked": "", "reply": f"{survey.pk}/recipients/1/reply/"}
    of_other = {"receipt": f"{survey.pk}/recipients/2/receipt/"}
    found: dict[str, set[str]] = {}
    for size, opened in (("phone", on_phone), ("desk", on_desk)):
        for person, pages in ((people.sato, of_asker), (people.suzuki, of_office), (people.takahashi, of_other)):
            page = opened(person, locale="en-GB")
            for name, address in pages.items():
                page.goto(f"{BASE}{address}")
                settled(page)
                assert_fits(page)
                if folder := os.environ.get("CARENET_SHOTS"):
                    page.screenshot(path=f"{folder}/en-{name}-{size}.png", full_page=True)
                if page.evaluate(RUNS_OVER):
                    found[f"{name}-{size} runs over"] = set(page.evaluate(RUNS_OVER))
                if left := left_in_japanese(page, known):
                    found[f"{name}-{size}"] = left

    assert found == {}
