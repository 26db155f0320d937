"""A survey on paper: a sheet for each office that has not answered, answered by its code or by a scan of it, once."""

import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone
from PIL import ImageDraw

from apps.kernel.refusals import NotHere
from apps.paper import actions as paper
from apps.paper.access import sheet_in_hand
from apps.paper.actions.scans import boxes_on
from apps.paper.blocks import words_of_boxes
from apps.paper.models import Scan, ScanState, Sheet, SheetState
from apps.paper.refusals import AnsweredAlready, SheetNotYours, SheetReplaced
from apps.surveys import actions
from apps.surveys.content import Query
from apps.surveys.models import Reply, Survey, SurveySheet
from apps.surveys.on_paper import blocks_of, told_by, unsure_in
from apps.surveys.queries import answers_of, path_of_scan, path_of_sheet, questions_of, recipient_of
from apps.surveys.refusals import SurveyClosed
from tests.paper.makers import as_png, make_quarantined, make_sheet
from tests.paper.scans import mark, rendered
from tests.surveys.makers import ANSWERS, QUESTIONS, content, make_reply, make_survey, make_survey_sheet, print_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])


def sheets_of(survey):
    """Those that count, by number of recipient."""
    counting = SurveySheet.objects.filter(recipient__survey=survey, replaced_at=None)
    return {one.recipient.number: one.sheet for one in counting}


def came_back(page, by):
    """A page that this member has scanned, and the worker has read."""
    [scan] = paper.take_scans(file_name="fax.pdf", pages=[as_png(page)], by=by)
    paper.read_scan(scan_id=scan.pk)
    return Scan.objects.get(pk=scan.pk)


def marked(*keys):
    """The marks of a sheet on which these boxes are ticked, and no other."""
    return dict.fromkeys(keys, "ticked")


def test_each_office_that_has_not_answered_gets_a_sheet_of_its_own(cast, survey):
    make_reply(survey.recipients.get(number=2), by=cast.takahashi)

    pages = rendered(print_all(survey, by=cast.sato))

    [(number, sheet)] = sheets_of(survey).items()
    assert (number, sheet.made_for, sheet.title) == (1, cast.aozora.name, survey.title)
    assert len(pages) == sheet.pages
    assert recipient_of(sheet) == survey.recipients.get(number=1)


def test_printed_again_an_office_gets_a_newer_sheet_and_the_earlier_one_says_so(cast, survey):
    print_all(survey, by=cast.sato)
    earlier = sheets_of(survey)[1]

    print_all(survey, by=cast.sato)

    earlier.refresh_from_db()
    newer = sheets_of(survey)[1]
    assert (earlier.state, earlier.replaced_by, newer.state) == (SheetState.VOID, newer, SheetState.OUT)
    with pytest.raises(SheetReplaced):
        sheet_in_hand(earlier.code)
    assert sheet_in_hand(newer.code) == newer


def test_the_database_lets_one_sheet_of_an_office_count(cast, survey):
    recipient = survey.recipients.get(number=1)
    make_survey_sheet(recipient, make_sheet(cast.sato), replaced_at=timezone.now())
    make_survey_sheet(recipient, make_sheet(cast.sato))

    with pytest.raises(IntegrityError, match="one_sheet_of_an_office_counts"), transaction.atomic():
        make_survey_sheet(recipient, make_sheet(cast.sato))


def test_a_scan_of_an_earlier_sheet_waits_and_is_given_to_the_newer_one_by_hand(cast, survey):
    [page, *_] = rendered(print_all(survey, by=cast.sato))
    print_all(survey, by=cast.sato)
    scan = came_back(page, cast.sato)
    earlier, newer = scan.sheet, sheets_of(survey)[1]
    assert (scan.reason, earlier.replaced_by) == ("replaced", newer)
    read = scan.marks

    matched = paper.match_scan(scan=scan, code=earlier.shown_code, by=cast.sato)

    assert (matched.sheet, matched.reason, matched.marks) == (newer, "", read)


def test_only_the_asking_organization_prints_and_only_while_answers_are_taken(cast, survey):
    with pytest.raises(NotHere):
        print_all(survey, by=cast.suzuki)
    actions.close_survey(survey=survey, by=cast.sato)
    with pytest.raises(SurveyClosed):
        print_all(survey, by=cast.sato)


def test_every_question_stands_on_the_sheet_and_its_boxes_say_its_answer(cast, survey):
    questions = questions_of(survey)
    keys = words_of_boxes(blocks_of(survey, questions))

    assert {int(key.split(".")[0]) for key in keys} == {1, 3, 6, 8, 9}
    told = told_by(questions, marked("1.1", "3.1", "3.3", "6.1.yes", "6.2.no", "8.4", "9.1.1", "9.2.3"))
    assert told == {number: ANSWERS[number] for number in (1, 3, 6, 8, 9)}


def test_free_places_stand_on_the_sheet_as_a_week(cast):
    asks = Query(
        "availability", "空き", settings={"weekdays": ["mon", "tue"], "bands": ["after_school"], "ages": ["primary"]}
    )
    survey = make_survey(by=cast.sato, asks=[cast.aozora], content=content(asks))
    questions = questions_of(survey)
    keys = words_of_boxes(blocks_of(survey, questions))

    assert len(keys) == 4
    told = told_by(questions, marked("1.mon.after_school.primary.free", "1.tue.after_school.primary.ask"))
    assert told[1]["cells"] == {"mon.after_school.primary": "free", "tue.after_school.primary": "ask"}
    assert unsure_in(questions, dict.fromkeys(keys, "ticked")) == [1]


def test_what_is_not_clear_is_left_open_and_pointed_at(cast, survey):
    questions = questions_of(survey)
    marks = {"1.1": "ticked", "1.2": "ticked", "3.1": "ticked", "3.2": "unsure", "8.4": "ticked", "8.5": "unsure"}

    assert told_by(questions, marks) == {}
    assert unsure_in(questions, marks) == [1, 3, 8]
    assert unsure_in(questions, marked("1.1")) == []


def test_who_holds_the_sheet_answers_once(cast, survey):
    print_all(survey, by=cast.sato)
    sheet = sheets_of(survey)[1]

    reply = actions.answer_by_code(code=sheet.code, answers=ANSWERS, version=0)

    assert (reply.channel, reply.answered_by, reply.is_sent) == ("code", None, True)
    assert answers_of(reply) == ANSWERS
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.ANSWERED
    with pytest.raises(AnsweredAlready):
        actions.answer_by_code(code=sheet.code, answers=ANSWERS, version=1)


def test_an_answer_by_another_way_ends_the_sheet(cast, survey, django_capture_on_commit_callbacks):
    print_all(survey, by=cast.sato)

    with django_capture_on_commit_callbacks(execute=True):
        make_reply(survey.recipients.get(number=1), by=cast.suzuki)

    assert {number: sheet.state for number, sheet in sheets_of(survey).items()} == {1: "answered", 2: "out"}


@pytest.fixture
def scan(cast, survey):
    """The sheet of the first office, back with its first box ticked and read."""
    [page, *_] = rendered(print_all(survey, by=cast.sato))
    sheet = sheets_of(survey)[1]
    [box] = [box for box in boxes_on(sheet, 1) if box.key == "1.1"]
    mark(ImageDraw.Draw(page), box, random.Random(1))
    return came_back(page, cast.sato)


def test_a_scan_becomes_the_answer_when_somebody_has_compared_it(cast, browser_of, survey, scan):
    browser = browser_of(cast.sato)
    page = browser.get(path_of_scan(scan))
    assert page.status_code == 200
    assert page.context["form"].initial["q1"] == "1"

    done = browser.post(path_of_scan(scan), {"version": "0", "pages": "1", "without": "on", "q1": "1", "q4": "2"})

    assert done.status_code == 302
    reply = Reply.objects.get(recipient__survey=survey)
    assert (reply.channel, reply.is_proxy, reply.answered_by) == ("paper", True, cast.sato)
    assert answers_of(reply) == {1: 1, 4: 2}
    scan.refresh_from_db()
    assert scan.state == ScanState.SETTLED


def test_a_scan_is_never_entered_for_another_office(cast, survey, scan):
    other = survey.recipients.get(number=2)

    for wrong in (scan, make_quarantined(cast.sato)):
        with pytest.raises(SheetNotYours):
            actions.enter_scan(recipient=other, scan=wrong, pages=[1], answers={1: 1}, version=0, by=cast.sato)
    assert not Reply.objects.exists()


def test_a_code_read_aloud_leads_to_where_its_answers_are_typed(cast, browser_of, survey):
    print_all(survey, by=cast.sato)
    sheet = sheets_of(survey)[1]

    found = browser_of(cast.sato).post("/e/sakuragawa-care/paper/codes/", {"code": sheet.shown_code}, follow=True)

    assert path_of_sheet(sheet) in found.content.decode()
    assert browser_of(cast.sato).get(path_of_sheet(sheet)).status_code == 200


class TestAtTheDoor:
    """What somebody is answered who has nothing but the code."""

    @pytest.fixture(autouse=True)
    def _fresh(self):
        cache.clear()
        yield
        cache.clear()

    @pytest.fixture
    def code(self, cast):
        survey = make_survey(by=cast.sato, asks=[cast.aozora], content=content(QUESTIONS[0], QUESTIONS[3]))
        print_all(survey, by=cast.sato)
        return sheets_of(survey)[1].code

    def test_the_questions_are_shown_and_nothing_of_the_environment(self, cast, code):
        shown = Browser().get(f"/s/{code}/").content.decode()

        assert "利用できますか" in shown
        for word in (
            cast.environment.name,
            cast.environment.slug,
            cast.hidamari.name,
            cast.aozora.name,
            cast.sato.name,
        ):
            assert word not in shown

    def test_an_answer_is_sent_once(self, code):
        browser = Browser()

        assert browser.post(f"/s/{code}/", {"version": "0", "q1": "1", "q2": "３"}).status_code == 200

        assert answers_of(Reply.objects.get()) == {1: 1, 2: 3}
        again = browser.get(f"/s/{code}/")
        assert again.status_code == 410
        assert "利用できますか" not in again.content.decode()

    def test_a_wrong_answer_is_told_beside_its_question_and_the_sheet_stays_open(self, code):
        answer = Browser().post(f"/s/{code}/", {"version": "0", "q1": "1", "q2": "100"})

        assert answer.status_code == 422
        assert not Reply.objects.exists()
        assert Browser().get(f"/s/{code}/").status_code == 200

    def test_a_void_sheet_and_no_sheet_are_answered_alike(self, cast, code):
        paper.void_sheet(sheet=Sheet.objects.get(code=code), by=cast.sato)

        void, unknown, nonsense = (Browser().get(f"/s/{word}/") for word in (code, "34679ACDE", "x" * 300))

        assert {void.status_code, unknown.status_code, nonsense.status_code} == {404}
        assert body(void) == body(unknown) == body(nonsense)

    def test_an_earlier_sheet_says_that_there_is_a_newer_one(self, cast, code):
        print_all(Survey.objects.get(), by=cast.sato)

        earlier = Browser().get(f"/s/{code}/")

        assert earlier.status_code == 410
        assert "新しい用紙" in earlier.content.decode()
        assert "利用できますか" not in earlier.content.decode()

    def test_too_late_is_too_late_and_more_time_opens_the_door_again(self, cast, code):
        survey = Survey.objects.get()
        actions.close_survey(survey=survey, by=cast.sato)
        assert Browser().get(f"/s/{code}/").status_code == 410

        actions.extend_survey(survey=survey, due_at=timezone.now() + timedelta(days=1), by=cast.sato)

        assert Browser().get(f"/s/{code}/").status_code == 200

    def test_guessing_ends_soon_and_a_right_code_is_no_guess(self, code):
        assert {Browser().get(f"/s/{code}/").status_code for _ in range(25)} == {200}

        *first, last = [Browser().get("/s/34679ACDE/") for _ in range(21)]

        assert ({one.status_code for one in first}, last.status_code) == ({404}, 429)
        assert "用紙を送った事業所へお電話ください" in last.content.decode()


def body(answer):
    """The page without what differs each time it is loaded."""
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]
