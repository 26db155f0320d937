"""Who is printed for: in one press only those who cannot answer in the service."""

import pypdfium2
import pytest
from django.utils import timezone

from apps.environments.models import Member
from apps.paper.models import Sheet
from apps.surveys.queries import waiting_on_paper
from apps.surveys.refusals import NobodyWithoutAccount
from tests.facilities.makers import make_facility
from tests.surveys.makers import make_survey, print_all
from tests.surveys.test_surveys_on_paper import sheets_of

pytestmark = pytest.mark.django_db


def words_in(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


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
