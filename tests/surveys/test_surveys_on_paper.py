"""A survey on paper: a sheet for each office that has not answered, answered by its code or by a scan of it, once."""

import random
from datetime import timedelta

import pypdfium2
import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone
from PIL import ImageDraw

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.paper import actions as paper
from apps.paper.access import sheet_in_hand
from apps.paper.actions.scans import boxes_on
from apps.paper.blocks import words_of_boxes
from apps.paper.models import Scan, ScanState, Sheet, SheetState
from apps.paper.refusals import AnsweredAlready, PagesArrived, SheetNotYours, SheetReplaced
from apps.surveys import actions
from apps.surveys.content import Query
from apps.surveys.models import Reply, Survey, SurveySheet
from apps.surveys.on_paper import blocks_of, told_by, unsure_in
from apps.surveys.queries import answers_of, path_of_scan, path_of_sheet, questions_of, recipient_of, waiting_on_paper
from apps.surveys.refusals import NobodyWithoutAccount, SurveyClosed
from tests.facilities.makers import make_facility
from tests.paper.makers import as_png, make_quarantined, make_sheet
from tests.paper.scans import mark, rendered, scanned
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


def words_in(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


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


class TestSeveralPages:
    """Questions that need more than one page: what came back is one answer, in whatever order it came."""

    LONG = tuple(Query("multiple", f"質問{nth}", choices=("はい", "いいえ", "わからない")) for nth in range(1, 31))

    @pytest.fixture
    def survey(self, cast):
        return make_survey(by=cast.sato, asks=[cast.aozora], content=content(*self.LONG))

    @pytest.fixture
    def marked_pages(self, cast, survey):
        """Each page as a scanner gives it, with a third of its boxes marked, and what was marked on all of them."""
        pages = rendered(print_all(survey, by=cast.sato))
        sheet = sheets_of(survey)[1]
        kinds = ("noisy", "FAX", "thin", "fine FAX")
        made = [
            scanned(page, boxes_on(sheet, nth), kinds[nth % len(kinds)], random.Random(nth))
            for nth, page in enumerate(pages, start=1)
        ]
        assert len(made) == sheet.pages > 1
        return [one.picture for one in made], frozenset[str]().union(*(one.ticked for one in made))

    def test_pages_in_any_order_become_one_answer(self, cast, browser_of, survey, marked_pages):
        pictures, ticked = marked_pages
        scans = [came_back(picture, cast.sato) for picture in reversed(pictures)]

        page = browser_of(cast.sato).get(path_of_scan(scans[0]))

        assert page.context["back"].pages == list(range(1, len(pictures) + 1))
        assert page.context["back"].missing == []
        marks = page.context["back"].marks
        assert {key for key, mark in marks.items() if mark == "ticked"} <= ticked
        # What is not clear is asked of a person, and no mark is taken for an empty box.
        assert not {key for key, mark in marks.items() if mark == "empty"} & ticked
        sent = {"version": "0", "pages": page.context["form"].initial["pages"], "q1": "1"}
        assert browser_of(cast.sato).post(path_of_scan(scans[0]), sent).status_code == 302
        assert {Scan.objects.get(pk=scan.pk).state for scan in scans} == {ScanState.SETTLED}
        assert Reply.objects.count() == 1

    def test_the_page_that_is_missing_is_named_and_waited_for_unless_told_otherwise(
        self, cast, browser_of, survey, marked_pages
    ):
        first, *rest = (came_back(picture, cast.sato) for picture in marked_pages[0][:1] + marked_pages[0][2:])
        browser = browser_of(cast.sato)
        assert "2ページ目がまだ届いていません" in browser.get(path_of_scan(first)).content.decode()
        pages = " ".join(str(one.page) for one in (first, *rest))
        sent = {"version": "0", "pages": pages, "q1": "1"}

        refused = browser.post(path_of_scan(first), sent)

        assert refused.status_code == 422
        assert refused.context["form"].errors.keys() == {"without"}
        assert not Reply.objects.exists()
        assert browser.post(path_of_scan(first), sent | {"without": "on"}).status_code == 302

    def test_a_page_that_came_while_somebody_compared_is_not_passed_over(self, cast, survey, marked_pages):
        first, second = (came_back(picture, cast.sato) for picture in marked_pages[0][:2])
        recipient = survey.recipients.get()

        with pytest.raises(PagesArrived), transaction.atomic():
            actions.enter_scan(recipient=recipient, scan=first, pages=[1], answers={}, version=0, by=cast.sato)
        assert not Reply.objects.exists()

        actions.enter_scan(recipient=recipient, scan=second, pages=[2, 1], answers={}, version=0, by=cast.sato)
        assert Reply.objects.exists()

    def test_the_same_page_twice_waits_in_quarantine(self, cast, survey, marked_pages):
        picture = marked_pages[0][1]

        assert [came_back(picture, cast.sato).reason for _ in range(2)] == ["", "twice"]

    def test_a_program_compares_and_enters_them(self, cast, browser_of, survey, marked_pages):
        scan, *_rest = [came_back(picture, cast.sato) for picture in marked_pages[0]]
        browser = browser_of(cast.sato)
        path = f"/api/v1/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/scans/{scan.pk}/"
        read = browser.get(path).json()
        sent = {name: read[name] for name in ("pages", "version", "answers")}

        early = browser.put(path, sent | {"pages": [1]}, content_type="application/json")
        done = browser.put(path, sent, content_type="application/json")

        assert (early.status_code, done.status_code, done.json()["channel"]) == (409, 200, "paper")
        assert done.json()["answers"] == read["answers"]


class TestReachedByFax:
    """Who is printed for: in one press only those who cannot answer in the service."""

    @pytest.fixture
    def survey(self, cast):
        by_fax = make_facility(cast.sato, name="放課後等デイ こみち", fax="0123-45-9999")
        return make_survey(by=cast.sato, asks=[cast.aozora], facilities=[by_fax])

    def test_those_without_an_account_come_first_with_their_number(self, survey):
        assert [(one.recipient.number, one.has_account, one.fax) for one in waiting_on_paper(survey)] == [
            (2, False, "0123-45-9999"),
            (1, True, ""),
        ]

    def test_an_office_whose_people_have_all_left_is_one_without_an_account(self, cast, survey):
        Member.objects.filter(organization=cast.aozora).update(valid_to=timezone.now())

        assert [one.has_account for one in waiting_on_paper(survey)] == [False, False]

    def test_only_their_sheets_are_printed_unless_everybodys_are_wanted(self, cast, survey):
        print_all(survey, by=cast.sato, whom="without_account")
        assert sheets_of(survey).keys() == {2}

        print_all(survey, by=cast.sato)
        assert sheets_of(survey).keys() == {1, 2}

    def test_the_sheet_bears_where_its_answer_goes_back_to_and_nobodys_name(self, cast, survey):
        text = words_in(print_all(survey, by=cast.sato, whom="without_account", fax="0123-45-6789"))

        for word in ("0123-45-6789", cast.hidamari.name, "放課後等デイ こみち", sheets_of(survey)[2].shown_code):
            assert word in text
        assert cast.sato.name not in text

    def test_nothing_is_printed_where_everybody_has_an_account(self, cast):
        survey = make_survey(by=cast.sato, asks=[cast.aozora])

        with pytest.raises(NobodyWithoutAccount):
            print_all(survey, by=cast.sato, whom="without_account")

    def test_the_page_offers_their_sheets_and_the_number_that_was_printed_last(self, cast, browser_of, survey):
        path = f"/e/sakuragawa-care/surveys/{survey.pk}/sheets/"
        browser = browser_of(cast.sato)
        form = browser.get(path).context["form"]
        assert (form.initial["whom"], form.initial["fax"]) == ("without_account", "")

        printed = browser.post(path, {"whom": "without_account", "fax": "（０１２３）４５ー６７８９"})

        assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
        assert browser.get(path).context["form"].initial["fax"] == "0123-45-6789"

    @pytest.mark.parametrize("typed", ["", "45-6789", "ファックスなし", "0123-45-6789 / 0123-45-6780", "9" * 500])
    def test_what_is_no_number_is_told_and_nothing_is_printed(self, cast, browser_of, survey, typed):
        path = f"/e/sakuragawa-care/surveys/{survey.pk}/sheets/"

        answer = browser_of(cast.sato).post(path, {"whom": "without_account", "fax": typed})

        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {"fax"}
        assert not Sheet.objects.exists()

    def test_a_program_prints_and_sees_who_is_asked_on_paper(self, cast, browser_of, survey):
        path, browser = f"/api/v1/e/sakuragawa-care/surveys/{survey.pk}/sheets/", browser_of(cast.sato)

        printed = browser.post(path, {"fax": "0123-45-6789"}, content_type="application/json")
        wrong = browser.post(path, {"fax": "6789"}, content_type="application/json")

        assert (printed.status_code, printed.content[:5], wrong.status_code) == (200, b"%PDF-", 400)
        by_fax, other = browser.get(path).json()
        assert (by_fax["has_account"], by_fax["sheet"]["code"]) == (False, sheets_of(survey)[2].code)
        assert (other["has_account"], other["sheet"]) == (True, None)


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
