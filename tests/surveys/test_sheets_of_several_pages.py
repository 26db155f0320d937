"""Questions that need more than one page: what came back is one answer, in whatever order it came."""

import random

import pytest
from django.db import transaction

from apps.paper.actions.scans import boxes_on
from apps.paper.models import Scan, ScanState
from apps.paper.refusals import PagesArrived
from apps.surveys import actions
from apps.surveys.content import Query
from apps.surveys.models import Reply
from apps.surveys.queries import path_of_scan
from tests.paper.scans import rendered, scanned
from tests.surveys.makers import content, make_survey, print_all
from tests.surveys.test_surveys_on_paper import came_back, sheets_of

pytestmark = pytest.mark.django_db


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
