"""Results in a browser: new answers appear by themselves, three questions are crossed, and all of it fits a phone."""

import pytest
from playwright.sync_api import expect

from tests.browsing import assert_everybody_can_use, assert_fits
from tests.surveys.makers import make_reply, make_survey


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def survey(people):
    made = make_survey(by=people.sato, asks=[people.aozora, people.takahashi.organization])
    make_reply(made.recipients.get(number=1), by=people.suzuki)
    return made


def looked_at(page):
    assert_fits(page)
    assert_everybody_can_use(page)


def test_an_answer_appears_by_itself_on_a_page_that_stands_open(people, survey, on_desk):
    page = on_desk(people.sato)
    page.goto(f"/e/sakuragawa-care/surveys/{survey.pk}/")
    page.get_by_role("link", name="集計結果").click()
    first = page.get_by_role("table", name="利用できますか")
    expect(first.get_by_role("row", name="計")).to_contain_text("1")
    looked_at(page)

    make_reply(survey.recipients.get(number=2), by=people.takahashi, answers={1: 2, 2: "満員です"})

    expect(first.get_by_role("row", name="計")).to_contain_text("2")
    expect(page.get_by_text("満員です")).to_be_visible()


def test_three_questions_are_crossed_by_keyboard(people, survey, on_desk):
    page = on_desk(people.sato)
    page.goto(f"/e/sakuragawa-care/surveys/{survey.pk}/results/crossing/")
    looked_at(page)
    for label, value in (("表側（行）", "q1"), ("表頭（列）", "q4"), ("層（任意・項目ごとに表を分けます）", "kind")):
        page.get_by_label(label).select_option(value)
    page.get_by_role("button", name="表を表示").press("Enter")

    expect(page.get_by_text("＝1（回答数と一致します）")).to_be_visible()
    looked_at(page)


@pytest.mark.parametrize("part", ["", "offices/", "crossing/?rows=q3.1&columns=q8"])
def test_results_fit_a_phone(people, survey, on_phone, part):
    page = on_phone(people.sato)
    page.goto(f"/e/sakuragawa-care/surveys/{survey.pk}/results/{part}")

    expect(page.get_by_role("heading", name="空き状況の確認")).to_be_visible()
    looked_at(page)
