"""The builder: what a press changes, what is refused beside its field, whom a survey asks and when it is sent."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.surveys import editing, queries
from apps.surveys.content import Condition, Content, Part, Query, read
from apps.surveys.models import Survey
from apps.surveys.refusals import WrongContent
from tests import makers
from tests.facilities.makers import make_area, make_district, make_facility
from tests.surveys.makers import QUESTIONS, content, make_draft, make_survey, with_part

FIRST, HANGING, DAYS = QUESTIONS[:3]


@pytest.fixture
def draft(cast):
    return make_draft(by=cast.sato)


@pytest.fixture
def page(draft):
    return f"/e/sakuragawa-care/surveys/drafts/{draft.pk}/"


def texts(of):
    return [one.text for one in of.questions]


def test_content_comes_back_from_its_file_as_it_was():
    assert read(content().as_json()) == content()
    assert read(with_part().as_json()) == with_part()


def test_a_question_that_moves_takes_its_conditions_along():
    whole = content(DAYS, FIRST, Query("text", "理由", settings={"long": True}, shown_if=Condition(2, 2)))

    moved = editing.moved(whole, 2, -1)

    assert texts(moved) == ["利用できますか", "対応できる曜日", "理由"]
    assert moved.questions[2].shown_if == Condition(1, 2)


def test_a_question_does_not_move_behind_what_hangs_on_it():
    with pytest.raises(WrongContent):
        editing.moved(content(FIRST, HANGING), 1, 1)


def test_what_hung_on_a_removed_question_is_asked_of_everybody():
    left = editing.removed(content(FIRST, HANGING, DAYS), 1)

    assert [(one.text, one.shown_if) for one in left.questions] == [("理由", None), ("対応できる曜日", None)]


def test_a_step_over_the_border_leads_into_the_next_part():
    stepped = editing.moved(with_part(), 1, 1)

    assert [one.section for one in stepped.questions] == [2, 2]


def test_a_new_question_stands_at_the_end_of_its_part():
    more = editing.added(with_part(), Query("text", "備考", settings={"long": True}, section=1))

    assert [(one.text, one.section) for one in more.questions][1] == ("備考", 1)


def test_without_a_heading_its_questions_stand_in_the_part_before():
    assert [one.section for one in editing.without_part(with_part(), 2).questions] == [1, 1]
    assert [one.section for one in editing.without_part(with_part(), 1).questions] == [None, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        {"format": "carenet-survey"},
        {"format": "carenet-survey", "title": "x", "questions": [{"kind": "oracle", "text": "?"}]},
        {"format": "carenet-survey", "title": "x", "questions": [{"kind": "single", "text": "?", "choices": ["one"]}]},
        {
            "format": "carenet-survey",
            "title": "x",
            "questions": [{"kind": "matrix", "text": "?", "choices": ["a", "b"]}],
        },
        {"format": "carenet-survey", "title": "x", "questions": [{"kind": "text", "text": "?", "section": 1}]},
        {"format": "carenet-survey", "title": "x", "questions": [{"kind": "text", "text": "?", "section": True}]},
        {"format": "carenet-survey", "title": "x" * 101},
        {"format": "carenet-survey", "title": "\x00"},
        {"format": "carenet-survey", "title": "x", "questions": [{"kind": "text", "text": "?"}] * 101},
        {
            "format": "carenet-survey",
            "title": "x",
            "questions": [{"kind": "number", "text": "?", "settings": {"min": "1"}}],
        },
        {
            "format": "carenet-survey",
            "title": "x",
            "questions": [{"kind": "scale", "text": "?", "settings": {"max": 99}}],
        },
        {
            "format": "carenet-survey",
            "title": "x",
            "questions": [{"kind": "text", "text": "?", "shown_if": {"question": 1, "choice": 1}}],
        },
    ],
)
def test_what_is_no_survey_is_refused_with_a_sentence(wrong):
    with pytest.raises(WrongContent) as refused:
        read(wrong)
    assert refused.value.said


def test_a_question_is_added_by_a_plain_form(cast, browser_of, draft, page):
    sent = {"version": draft.version, "text": "定員は？", "unit": "人", "min": "0", "max": "99"}

    answer = browser_of(cast.sato).post(f"{page}questions/?kind=number", sent)

    assert answer.headers["Location"] == page
    added = queries.content_of(draft).questions[-1]
    assert (added.text, added.settings) == ("定員は？", {"min": 0, "max": 99, "unit": "人", "decimals": False})


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("single", {"text": "", "choices": "はい\nいいえ"}, "入力または選択してください"),
        ("single", {"text": "利用？", "choices": "はい"}, "選択肢を入れてください"),
        ("single", {"text": "利用？", "choices": "はい\nはい"}, "同じ行が2つあります"),
        ("number", {"text": "人数", "min": "9", "max": "1"}, "範囲が正しくありません"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(cast, browser_of, draft, page, kind, sent, said):
    answer = browser_of(cast.sato).post(f"{page}questions/?kind={kind}", {"version": draft.version, **sent})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert len(queries.content_of(draft).questions) == len(QUESTIONS)


def test_a_press_on_an_older_page_is_refused(cast, browser_of, draft, page):
    browser = browser_of(cast.sato)
    assert browser.post(f"{page}questions/9/removal/", {"version": draft.version}).status_code == 302

    assert browser.post(f"{page}questions/8/removal/", {"version": draft.version}).status_code == 409
    assert browser.post(f"{page}questions/99/removal/", {"version": draft.version + 1}).status_code == 404
    assert len(queries.content_of(draft).questions) == len(QUESTIONS) - 1


def test_what_cannot_be_moved_stays_and_the_page_says_why(cast, browser_of, draft, page):
    answer = browser_of(cast.sato).post(f"{page}questions/1/place/", {"version": draft.version, "by": "1"}, follow=True)

    assert "それより前の質問だけを使えます" in answer.content.decode()
    assert queries.content_of(draft) == content()


def test_whole_kinds_are_chosen_in_one_press_and_a_search_forgets_nobody(cast, browser_of, draft, page):
    station = makers.make_organization(cast.environment, "ほしぞら訪問看護", "visiting_nurse_station")
    place = make_facility(cast.tanaka, name="こどもの家 さくら")
    browser = browser_of(cast.sato)

    browser.post(f"{page}targets/", {"deed": "o:visiting_nurse_station"})
    assert {one.organization for one in draft.recipients.all()} == {cast.aozora, station}
    found = browser.post(f"{page}targets/", {"deed": "search", "q": "こどもの家"}).content.decode()
    assert ("こどもの家 さくら" in found, "ほしぞら訪問看護" in found) == (True, False)
    browser.post(f"{page}targets/", {"deed": "save", "q": "こどもの家", "target": [f"f:{place.pk}"]})

    assert [one.name for one in draft.recipients.all()] == [
        "あおぞら訪問看護ステーション",
        "ほしぞら訪問看護",
        "こどもの家 さくら",
    ]


def test_facilities_are_found_by_the_school_districts_from_which_they_fetch(cast, browser_of, page):
    near, _far = make_facility(cast.tanaka, name="ちかくの家"), make_facility(cast.tanaka, name="とおくの家")
    make_area(near, make_district(cast.tanaka, "桜台小学校区"))

    found = browser_of(cast.sato).post(f"{page}targets/", {"deed": "search", "q": "桜台"}).content.decode()

    assert ("ちかくの家" in found, "とおくの家" in found) == (True, False)


def test_everybody_is_asked_in_one_press_but_families_and_oneself(cast, browser_of, draft, page):
    browser_of(cast.sato).post(f"{page}targets/", {"deed": "all"})

    asked = {one.organization for one in draft.recipients.all()}
    assert cast.kobayashi.organization not in asked
    assert cast.hidamari not in asked
    assert {cast.aozora, cast.city} <= asked


def test_a_survey_is_sent_from_its_last_page(cast, browser_of):
    draft = make_draft(by=cast.sato, asks=[cast.aozora])
    page = f"/e/sakuragawa-care/surveys/drafts/{draft.pk}/"
    due = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {
        "due_on": due,
        "due_time": "17:00",
        "published": "recipients",
        "reminder_time": "09:00",
        "reminder_days": ["3", "1"],
    }
    browser = browser_of(cast.sato)

    assert browser.post(f"{page}sending/", sent | {"due_on": "2020-01-01"}).status_code == 422
    assert browser.post(f"{page}sending/", sent).headers["Location"].endswith(f"/surveys/{draft.pk}/")
    survey = Survey.objects.get(pk=draft.pk)
    assert (survey.state, survey.published, survey.reminder_days) == ("open", "recipients", [3, 1])
    assert browser.get(page).status_code == 422


def test_a_facility_is_asked_through_its_organization_or_without_one(cast, browser_of):
    from apps.surveys import actions
    from apps.surveys.access import asked_of

    own = make_facility(cast.tanaka, organization=cast.aozora)
    fax_only = make_facility(cast.tanaka)
    draft = make_draft(by=cast.sato)
    actions.choose_recipients(survey=draft, facilities=[own, fax_only], by=cast.sato)
    survey = actions.open_survey(survey=draft, by=cast.sato)

    assert [one.facility for one in asked_of(cast.suzuki)] == [own]
    assert queries.reach_of(survey).without == 1
    assert not asked_of(cast.takahashi).exists()


@pytest.mark.parametrize(
    "name", ["", "targets/", "sending/", "preview/", "questions/?kind=matrix", "questions/1/", "parts/"]
)
def test_every_page_of_the_builder_opens(cast, browser_of, page, name):
    assert browser_of(cast.sato).get(f"{page}{name}").status_code == 200


def test_a_survey_is_duplicated_by_a_press(cast, browser_of):
    survey = make_survey(by=cast.sato, asks=[cast.aozora])

    answer = browser_of(cast.sato).post(f"/e/sakuragawa-care/surveys/{survey.pk}/twin/", follow=True)

    assert "複製しました" in answer.content.decode()
    assert Survey.objects.drafts().get().title == survey.title


def test_parts_are_made_changed_and_taken_away(cast, browser_of, draft, page):
    browser = browser_of(cast.sato)
    browser.post(f"{page}parts/", {"title": "いまの状況", "version": draft.version})
    browser.post(f"{page}parts/1/", {"title": "現在の状況", "version": draft.version + 1})
    assert queries.content_of(draft).sections == (Part("現在の状況"),)

    browser.post(f"{page}parts/1/removal/", {"version": draft.version + 2})

    assert queries.content_of(draft).sections == ()


def test_content_without_anything_is_a_beginning():
    assert read(Content(title="x").as_json()) == Content(title="x")


def test_targets_are_narrowed_by_kind_and_by_school_district_and_what_was_chosen_stays(cast, browser_of, draft, page):
    near, far = make_facility(cast.tanaka, name="ちかくの家"), make_facility(cast.tanaka, name="とおくの家")
    district = make_district(cast.tanaka, "桜台小学校区")
    make_area(near, district)
    browser = browser_of(cast.sato)

    of_kind = browser.post(f"{page}targets/", {"deed": "search", "kind": f"f:{near.kind_id}"}).context["groups"]
    assert {one.name for group in of_kind for one in group.targets} == {"ちかくの家", "とおくの家"}
    answer = browser.post(f"{page}targets/", {"deed": "search", "district": str(district.pk)})
    assert [one.name for group in answer.context["groups"] for one in group.targets] == ["ちかくの家"]
    assert f'value="{district.pk}" selected' in answer.content.decode()
    browser.post(f"{page}targets/", {"deed": "save", "target": [f"f:{far.pk}"]})
    browser.post(f"{page}targets/", {"deed": "all", "district": str(district.pk)})

    assert {one.facility for one in draft.recipients.all()} == {near, far}


@pytest.mark.parametrize("narrowed", [{"kind": "f:none"}, {"district": "'; --"}, {"q": "だれもいない"}])
def test_what_nobody_fits_is_said(browser_of, cast, page, narrowed):
    said = browser_of(cast.sato).post(f"{page}targets/", {"deed": "search"} | narrowed).content.decode()

    assert "条件に合う相手がありません。" in said


def test_an_office_listed_as_organization_and_as_facility_is_asked_once_by_ticking_many(cast, browser_of, draft, page):
    place = make_facility(cast.tanaka, organization=cast.aozora, name="あおぞらの家")
    browser = browser_of(cast.sato)

    said = browser.get(f"{page}targets/").content.decode()
    assert "事業所としても登録されている機関が1件あります" in said
    browser.post(f"{page}targets/", {"deed": "all"})
    asked = list(draft.recipients.all())
    assert place in {one.facility for one in asked}
    assert cast.aozora not in {one.organization for one in asked}
    # Whoever ticks both by hand means both.
    browser.post(f"{page}targets/", {"deed": "save", "target": [f"f:{place.pk}", f"o:{cast.aozora.pk}"]})
    assert draft.recipients.count() == 2
