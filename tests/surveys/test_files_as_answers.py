"""Files as answers: given with an account, opened by who asked and who answered, kept while an answer names them."""

import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.files.actions import look_at, take_file
from apps.files.models import StoredFile
from apps.kernel.refusals import NotHere
from apps.surveys import actions, queries
from apps.surveys.access import answer_file_for, recipient_for
from apps.surveys.content import Query
from apps.surveys.models import AnswerFile, Reply, Survey
from apps.surveys.refusals import WrongAnswers
from tests.facilities.makers import make_facility
from tests.files.makers import make_file, make_file_limits
from tests.files.sending import sent
from tests.paper.makers import make_sheet
from tests.surveys.makers import content, make_survey, make_survey_sheet

ASKED = content(Query("file", "現場の写真", is_required=True), Query("text", "説明", settings={"long": True}))


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization], content=ASKED)


@pytest.fixture
def asked(cast, survey):
    return recipient_for(cast.suzuki, survey.pk, 1)


@pytest.fixture
def here(survey):
    return f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/"


def give(recipient, *files, by, version=0, **more):
    answers = {1: [str(one.pk) for one in files], **more}
    return actions.send_reply(recipient=recipient, answers=answers, version=version, by=by)


def names(recipient):
    return [one.file.name for one in AnswerFile.objects.filter(recipient=recipient).select_related("file")]


def upload(name="現場.txt", content=b"photo"):
    return SimpleUploadedFile(name, content)


def test_files_are_given_by_a_plain_form_and_named_on_the_receipt(cast, browser_of, asked, here):
    browser = browser_of(cast.suzuki)

    answer = browser.post(f"{here}reply/", {"version": "0", "q1-new": [upload(), upload("見取図.txt")]}, follow=True)

    assert answer.redirect_chain == [(f"{here}receipt/", 302)]
    assert names(asked) == ["現場.txt", "見取図.txt"]
    assert "見取図.txt" in answer.content.decode()
    assert StoredFile.objects.filter(kept_at=None).count() == 0


def test_a_file_that_came_with_a_form_that_is_shown_again_need_not_be_chosen_again(cast, browser_of, asked, here):
    browser = browser_of(cast.suzuki)
    wrong = {"version": "0", "q1-new": upload(), "q2": "長" * 2001}

    answer = browser.post(f"{here}reply/", wrong)

    assert answer.status_code == 422
    [file] = StoredFile.objects.all()
    assert f'value="{file.pk}"' in answer.content.decode()
    assert browser.post(f"{here}reply/", {"version": "0", "q1-kept": str(file.pk)}).status_code == 302
    assert names(asked) == ["現場.txt"]


def test_a_required_file_that_is_missing_is_said_so(cast, browser_of, here):
    answer = browser_of(cast.suzuki).post(f"{here}reply/", {"version": "0"})

    assert answer.status_code == 422
    assert "この質問にお答えください。" in answer.content.decode()


def test_a_file_of_ten_megabytes_is_refused_where_the_environment_takes_less(cast, browser_of, here):
    make_file_limits(cast.ito, megabytes_per_send=5)
    heavy = upload("大きな写真.jpg", bytes(10 * 1024 * 1024))

    answer = browser_of(cast.suzuki).post(f"{here}reply/", {"version": "0", "q1-new": heavy})

    assert answer.status_code == 422
    assert "5MB" in answer.content.decode().replace(" ", "").replace("メガバイト", "MB")
    assert (StoredFile.objects.count(), Reply.objects.count()) == (0, 0)


def test_a_file_of_ten_megabytes_is_taken_otherwise(cast, browser_of, asked, here):
    heavy = upload("大きな写真.jpg", bytes(10 * 1024 * 1024))

    assert browser_of(cast.suzuki).post(f"{here}reply/", {"version": "0", "q1-new": heavy}).status_code == 302
    assert names(asked) == ["大きな写真.jpg"]


def test_more_files_than_a_question_takes_are_refused(cast, browser_of, here):
    many = [upload(f"{nth}.txt") for nth in range(11)]

    answer = browser_of(cast.suzuki).post(f"{here}reply/", {"version": "0", "q1-new": many})

    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_nobody_gives_a_file_that_somebody_else_has_sent_up(cast, browser_of, asked, here):
    foreign = make_file(cast.takahashi)

    with pytest.raises(WrongAnswers) as refused:
        give(asked, foreign, by=cast.suzuki)

    assert list(refused.value.wrong) == [1]
    answer = browser_of(cast.suzuki).post(f"{here}reply/", {"version": "0", "q1-kept": str(foreign.pk)})
    assert answer.status_code == 422
    foreign.refresh_from_db()
    assert (foreign.kept_at, Reply.objects.count()) == (None, 0)
    assert foreign.name not in answer.content.decode()


@pytest.mark.parametrize("told", [["x"], [1], "x", {"a": 1}, [None], [str(uuid4())], [str(uuid4()) for _ in range(11)]])
def test_what_is_no_file_is_refused_beside_its_question(cast, asked, told):
    with pytest.raises(WrongAnswers) as refused:
        actions.send_reply(recipient=asked, answers={1: told}, version=0, by=cast.suzuki)

    assert list(refused.value.wrong) == [1]


def test_what_the_house_threw_away_is_not_given(cast, asked):
    refused_one = sent(b"MZ\x90\x00" + bytes(100), "program.exe", by=cast.suzuki)
    assert refused_one.state == "refused"

    with pytest.raises(WrongAnswers):
        give(asked, refused_one, by=cast.suzuki)


def test_a_file_is_kept_when_the_answer_is_changed_and_let_go_when_it_is_unticked(cast, asked):
    first, second = make_file(cast.suzuki), make_file(cast.suzuki, name="second.txt")
    give(asked, first, second, by=cast.suzuki)
    numbers = dict(AnswerFile.objects.values_list("file__name", "number"))

    give(asked, first, second, by=cast.suzuki, version=1)
    assert dict(AnswerFile.objects.values_list("file__name", "number")) == numbers
    give(asked, first, by=cast.suzuki, version=2)

    assert names(asked) == [first.name]
    assert not StoredFile.objects.filter(pk=second.pk).exists()


def test_no_change_gives_the_same_file_again_and_it_stays_while_one_answer_names_it(cast, asked):
    file = make_file(cast.suzuki)
    give(asked, file, by=cast.suzuki)
    later = make_survey(by=cast.sato, asks=[cast.aozora], content=ASKED).recipients.get()

    reply = actions.send_same_reply(recipient=later, by=cast.suzuki)

    assert queries.answers_of(reply) == {1: [str(file.pk)]}
    give(later, make_file(cast.suzuki, name="new.txt"), by=cast.suzuki, version=1)
    assert (names(asked), names(later)) == ([file.name], ["new.txt"])
    assert StoredFile.objects.filter(pk=file.pk).exists()


def test_no_change_leaves_out_what_was_not_kept(cast, asked):
    file = take_file(name="photo.jpg", content=io.BytesIO(b"MZ\x90\x00"), size=4, by=cast.suzuki)
    give(asked, file, by=cast.suzuki)
    look_at(file_id=file.pk)
    assert StoredFile.objects.get(pk=file.pk).state == "refused"
    later = make_survey(by=cast.sato, asks=[cast.aozora], content=ASKED).recipients.get()

    assert queries.before(later, queries.asked(queries.questions_of(later.survey))) == {}


@pytest.mark.parametrize(
    ("person", "status"),
    [("suzuki", 200), ("sato", 200), ("takahashi", 404), ("ito", 404), ("watanabe", 404), ("matsumoto", 404)],
)
def test_who_asked_and_who_answered_open_a_file_and_nobody_else_though_results_are_published(
    cast, browser_of, survey, asked, here, person, status
):
    give(asked, make_file(cast.suzuki), by=cast.suzuki)
    Survey.objects.filter(pk=survey.pk).update(published="everybody")
    there = here if person != "watanabe" else here.replace("sakuragawa", "tonari")

    answer = browser_of(cast[person]).get(f"{there}files/1/")

    assert answer.status_code == status
    opened = Entry.objects.filter(verb="surveys.file_opened").count()
    assert opened == (1 if status == 200 else 0)


def test_who_asked_opens_no_file_before_it_is_sent(cast, asked):
    file = make_file(cast.suzuki)
    actions.save_reply(recipient=asked, answers={1: [str(file.pk)]}, version=0, by=cast.suzuki)

    with pytest.raises(NotHere):
        answer_file_for(cast.sato, asked.survey_id, 1, 1)
    assert answer_file_for(cast.suzuki, asked.survey_id, 1, 1).file == file


def test_a_file_that_is_still_looked_at_is_not_handed_out(cast, browser_of, here):
    browser = browser_of(cast.suzuki)
    browser.post(f"{here}reply/", {"version": "0", "q1-new": upload()})

    assert browser.get(f"{here}files/1/").status_code == 409


def test_results_lead_to_the_files_and_tables_name_them(cast, browser_of, survey, asked, here):
    give(asked, make_file(cast.suzuki, name="写真.txt"), make_file(cast.suzuki, name="図.txt"), by=cast.suzuki)
    browser, results = browser_of(cast.sato), f"/e/sakuragawa-care/surveys/{survey.pk}/results/"

    for address in (results, f"{results}offices/"):
        assert f'href="{here}files/2/"' in browser.get(address).content.decode()
    assert "写真.txt / 図.txt" in browser.get(f"{results}table/").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(browser.get(f"{results}workbook/").content))
    assert book.worksheets[0].cell(2, 7).value == "写真.txt / 図.txt"
    assert browser.get(f"{results}paper/").content.startswith(b"%PDF")


def test_to_others_published_results_say_how_many_files_and_no_name(cast, browser_of, survey, asked):
    give(asked, make_file(cast.suzuki, name="写真.txt"), by=cast.suzuki)
    Survey.objects.filter(pk=survey.pk).update(published="recipients")

    said = browser_of(cast.takahashi).get(f"/e/sakuragawa-care/surveys/{survey.pk}/results/offices/").content.decode()

    assert ("写真.txt" in said, "1件" in said) == (False, True)


def test_the_desk_gives_a_file_for_an_office(cast, browser_of, asked, here):
    answer = browser_of(cast.sato).post(f"{here}proxy/", {"version": "0", "channel": "phone", "q1-new": upload()})

    assert answer.status_code == 302
    assert names(asked) == ["現場.txt"]


def test_whoever_holds_a_sheet_is_asked_for_no_file_and_removes_none(cast, browser_of, asked):
    file = make_file(cast.suzuki)
    actions.save_reply(recipient=asked, answers={1: [str(file.pk)]}, version=0, by=cast.suzuki)
    sheet = make_sheet(cast.sato)
    make_survey_sheet(asked, sheet)

    said = browser_of().get(f"/s/{sheet.code}/").content.decode()
    assert ("現場の写真" in said, "説明" in said) == (False, True)
    reply = actions.answer_by_code(code=sheet.code, answers={2: "紙で回答"}, version=1)

    assert queries.answers_of(reply) == {1: [str(file.pk)], 2: "紙で回答"}
    assert names(asked) == [file.name]


def test_a_program_gives_and_opens_a_file(cast, browser_of, survey):
    at = f"/api/v1/e/sakuragawa-care/surveys/{survey.pk}/"
    file = make_file(cast.suzuki, content=b"memo")
    told = {"answers": {"1": [str(file.pk)]}, "version": 0, "is_sent": True}

    answer = browser_of(cast.suzuki).put(f"{at}recipients/1/reply/", json.dumps(told), content_type="application/json")

    assert answer.json()["answers"] == {"1": [str(file.pk)]}
    [office] = [one for one in browser_of(cast.sato).get(f"{at}results/").json()["offices"] if one["files"]]
    assert office["files"] == [{"id": str(file.pk), "number": 1, "name": "memo.txt"}]
    assert b"".join(browser_of(cast.sato).get(f"{at}recipients/1/files/1/")) == b"memo"
    assert browser_of(cast.takahashi).get(f"{at}recipients/1/files/1/").status_code == 404


def test_the_database_takes_no_file_for_a_closed_survey(cast, survey, asked):
    file = make_file(cast.suzuki, kept_at=timezone.now())
    actions.close_survey(survey=survey, by=cast.sato)

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFile.objects.create(
            environment=cast.environment, recipient=asked, question=survey.questions.first(), number=1, file=file
        )


def test_a_facility_gives_its_files_and_its_office_opens_them(cast, browser_of):
    place = make_facility(cast.tanaka, organization=cast.aozora, name="こどもの家")
    draft = actions.begin_survey(content=ASKED, by=cast.sato)
    actions.choose_recipients(survey=draft, facilities=[place], by=cast.sato)
    due = timezone.now() + timedelta(days=7)
    draft = actions.describe_survey(survey=draft, due_at=due, published="nobody", reminder_days=[], by=cast.sato)
    survey = actions.open_survey(survey=draft, by=cast.sato)
    give(survey.recipients.get(), make_file(cast.suzuki), by=cast.suzuki)

    at = f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/files/1/"
    assert [browser_of(cast[one]).get(at).status_code for one in ("suzuki", "sato", "takahashi")] == [200, 200, 404]
