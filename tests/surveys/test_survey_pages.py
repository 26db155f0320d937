"""The pages of surveys: answering with a plain form, what comes back when something is wrong, the receipt, the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.surveys import actions
from apps.surveys.models import Reply, Survey
from tests import makers
from tests.surveys.makers import make_reply, make_survey, with_part

# What a browser sends for ANSWERS.
SENT = {
    "version": "0",
    "q1": "1",
    "q3": ["1", "3"],
    "q4": "２",
    "q5": "2026-12-01",
    "q6_1": "yes",
    "q6_2": "no",
    "q7": "09:30",
    "q8": "4",
    "q9_1": "1",
    "q9_2": "3",
}


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])


@pytest.fixture
def page(survey):
    return f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/"


def test_an_answer_is_sent_by_a_plain_form_and_leads_to_the_receipt(cast, browser_of, page):
    answer = browser_of(cast.suzuki).post(f"{page}reply/", SENT, follow=True)

    assert answer.redirect_chain == [(f"{page}receipt/", 302)]
    assert "○ 11月27日(金) 14:00" in answer.content.decode()
    [reply] = Reply.objects.all()
    assert {one.question.number: one.value for one in reply.answers.all()} == {
        1: 1,
        3: [1, 3],
        4: 2,
        5: "2026-12-01",
        6: {"1": "yes", "2": "no"},
        7: "09:30",
        8: 4,
        9: {"1": 1, "2": 3},
    }


def test_what_was_typed_comes_back_with_the_sentence_beside_it(cast, browser_of, page):
    answer = browser_of(cast.suzuki).post(f"{page}reply/", SENT | {"q1": "", "q4": "百"})

    assert answer.status_code == 422
    said = answer.content.decode()
    assert 'value="百"' in said
    assert said.count("数字を入力してください。") == 2
    assert "この質問にお答えください。" in said
    assert not Reply.objects.exists()


def test_what_is_saved_stands_there_for_a_colleague(cast, browser_of, page):
    nakano = makers.make_member(cast.aozora, makers.make_user("nakano"), name="中野 舞", kana="なかの まい")
    browser_of(cast.suzuki).post(f"{page}reply/", {"version": "0", "q4": "7", "deed": "save"})

    said = browser_of(nakano).get(f"{page}reply/").content.decode()

    assert 'value="7"' in said
    assert "鈴木 一郎さんが途中まで保存しています" in said


def test_the_second_of_two_sees_what_the_first_has_saved_and_keeps_what_they_typed(cast, browser_of, survey, page):
    make_reply(survey.recipients.get(number=1), by=cast.suzuki, answers={1: 2, 2: "満員です"})
    browser = browser_of(cast.suzuki)

    answer = browser.post(f"{page}reply/", SENT | {"q4": "7"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "満員です" in said
    assert 'value="7"' in said
    assert browser.post(f"{page}reply/", SENT | {"version": "1"}).status_code == 302


def test_last_times_answers_are_filled_in_and_sent_again_in_one_press(cast, browser_of, survey, page):
    make_reply(survey.recipients.get(number=1), by=cast.suzuki)
    later = make_survey(by=cast.sato, asks=[cast.aozora])
    page = f"/e/sakuragawa-care/surveys/{later.pk}/recipients/1/"
    browser = browser_of(cast.suzuki)

    assert "前回と同じで送る" in browser.get(f"{page}reply/").content.decode()
    assert browser.post(f"{page}reply/same/").headers["Location"] == f"{page}receipt/"
    assert Reply.objects.get(recipient__survey=later).is_sent


def test_once_it_is_over_the_answer_page_leads_to_the_receipt_and_sending_is_refused(cast, browser_of, survey, page):
    actions.close_survey(survey=survey, by=cast.sato)
    browser = browser_of(cast.suzuki)

    assert browser.get(f"{page}reply/").headers["Location"] == f"{page}receipt/"
    answer = browser.post(f"{page}reply/", SENT)
    assert (answer.status_code, Reply.objects.count()) == (422, 0)
    assert "終了したため、保存されませんでした" in answer.content.decode()


def test_what_waits_for_an_answer_stands_first(cast, browser_of, survey):
    other = make_survey(by=cast.tanaka, asks=[cast.aozora], title="災害時の連絡先")
    make_reply(other.recipients.get(number=1), by=cast.suzuki)

    said = browser_of(cast.suzuki).get("/e/sakuragawa-care/surveys/").content.decode()

    assert 0 < said.index("空き状況の確認") < said.index("災害時の連絡先")


def test_lists_ask_as_often_for_many_as_for_few(cast, browser_of, survey, django_assert_max_num_queries):
    browser = browser_of(cast.suzuki)
    browser.get("/e/sakuragawa-care/surveys/")
    with django_assert_max_num_queries(60) as few:
        browser.get("/e/sakuragawa-care/surveys/")
    for nth in range(5):
        make_survey(by=cast.tanaka, asks=[cast.aozora], title=f"確認 {nth}")

    with django_assert_max_num_queries(len(few)):
        assert "確認 4" in browser.get("/e/sakuragawa-care/surveys/").content.decode()


def test_who_asks_sees_who_has_answered_and_who_not(cast, browser_of, survey):
    make_reply(survey.recipients.get(number=1), by=cast.suzuki)

    said = browser_of(cast.sato).get(f"/e/sakuragawa-care/surveys/{survey.pk}/").content.decode()

    assert "まだ回答していないのは1か所です" in said
    assert said.index("みどりホームヘルプ") < said.index("あおぞら訪問看護ステーション")


def test_what_an_office_says_on_the_phone_is_typed_in_and_says_so(cast, browser_of, survey, page):
    answer = browser_of(cast.sato).post(f"{page}proxy/", SENT | {"channel": "phone"})

    assert answer.status_code == 302
    assert "さくら" not in browser_of(cast.suzuki).get(f"{page}receipt/").content.decode().split("回答者")[1][:80]
    assert (
        "ひだまりケアプランが代行入力（電話で回答）" in browser_of(cast.suzuki).get(f"{page}receipt/").content.decode()
    )


def test_more_time_takes_answers_again_and_a_past_day_is_refused_beside_its_field(cast, browser_of, survey):
    actions.close_survey(survey=survey, by=cast.sato)
    browser, page = browser_of(cast.sato), f"/e/sakuragawa-care/surveys/{survey.pk}/due/"

    past = browser.post(page, {"due_on": "2020-01-01", "due_time": "17:00"})
    assert (past.status_code, "回答期限は今より後に" in past.content.decode()) == (422, True)
    later = timezone.localdate() + timedelta(days=3)
    assert browser.post(page, {"due_on": later.isoformat(), "due_time": "17:00"}).status_code == 302
    assert Survey.objects.get(pk=survey.pk).takes_answers


def test_parts_stand_with_their_headings(cast, browser_of):
    survey = make_survey(by=cast.sato, asks=[cast.aozora], content=with_part())

    page = f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/reply/"
    said = browser_of(cast.suzuki).get(page).content.decode()

    assert said.index("いまの状況") < said.index("利用できますか") < said.index("ご都合をお聞かせください。")
