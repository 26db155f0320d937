"""A survey is made at the desk by somebody who never made one, answered on a phone, and told to who asked."""

import os
from datetime import time

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.files.actions import look_at
from apps.surveys import actions
from apps.surveys.content import Query
from apps.surveys.models import AnswerFile, Reply, Survey
from apps.surveys.shipped import shipped_named
from tests.browsing import assert_everybody_can_use, assert_fits, settled
from tests.facilities.makers import make_facility
from tests.surveys.makers import content, make_draft, make_reply, make_survey

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def people(transactional_db, cast):
    return cast


def picture(page: Page, name: str) -> None:
    """Looked at by hand: where `CARENET_SHOTS` names a folder, the page as it stands."""
    if folder := os.environ.get("CARENET_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def look(page: Page, name: str) -> None:
    settled(page)
    assert_everybody_can_use(page)
    assert_fits(page)
    picture(page, name)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def test_a_survey_is_made_at_the_desk_and_answered_on_a_phone(people, on_phone, on_desk):
    desk = on_desk(people.sato)
    desk.goto(f"{BASE}surveys/own/")
    look(desk, "own-empty-desk")
    follow(desk, "新しい調査")
    expect(desk.get_by_text("児童発達支援の空き状況")).to_be_visible()
    look(desk, "gallery-desk")
    follow(desk, "白紙から作る")
    desk.get_by_label("調査の題名").fill("訪問の空き状況")
    look(desk, "new-desk")
    press(desk, "作り始める")
    look(desk, "draft-empty-desk")
    follow(desk, "1つ選ぶ")
    desk.get_by_label("質問文").fill("新しい方を受け入れられますか")
    desk.get_by_label("選択肢").fill("はい\nいいえ")
    desk.get_by_label("必ず回答してもらう").check()
    look(desk, "question-desk")
    press(desk, "追加")
    follow(desk, "数値")
    desk.get_by_label("質問文").fill("何人まで受け入れられますか")
    desk.get_by_label("単位").fill("人")
    desk.get_by_label("尋ねる相手").select_option(label="質問1で「はい」と答えた方")
    press(desk, "追加")
    look(desk, "draft-desk")
    follow(desk, "次へ：依頼先を選ぶ")
    desk.get_by_label("あおぞら訪問看護ステーション").check()
    look(desk, "targets-desk")
    press(desk, "次へ：確認して送信")
    expect(desk.get_by_text("1か所", exact=True)).to_be_visible()
    look(desk, "sending-desk")
    press(desk, "1か所に送信")
    expect(desk.get_by_text("まだ回答していないのは1か所です。")).to_be_visible()

    phone = on_phone(people.suzuki)
    phone.goto(f"{BASE}notices/")
    with phone.expect_navigation():
        phone.get_by_text("調査の依頼が届いています").click()
    expect(phone.get_by_text("何人まで受け入れられますか")).to_be_hidden()
    press(phone, "送信")
    expect(phone.get_by_text("この質問にお答えください。").first).to_be_visible()
    look(phone, "reply-wrong-phone")
    phone.get_by_label("はい").check()
    phone.get_by_label("何人まで受け入れられますか").fill("３")
    press(phone, "送信")
    expect(phone.get_by_text("3 人")).to_be_visible()
    look(phone, "receipt-phone")

    desk.reload()
    expect(desk.get_by_text("全員が回答しました。")).to_be_visible()
    look(desk, "survey-desk")


def test_every_kind_is_answered_with_a_thumb_and_the_same_is_sent_in_two_taps(people, on_phone):
    with scope(environment=people.environment):
        survey = make_survey(by=people.sato, asks=[people.aozora, people.takahashi.organization])
    phone = on_phone(people.suzuki)
    phone.goto(f"{BASE}surveys/")
    look(phone, "asked-phone")
    with phone.expect_navigation():
        phone.get_by_text("空き状況の確認").click()
    look(phone, "reply-phone")
    phone.get_by_label("はい", exact=True).check()
    phone.get_by_label("月", exact=True).check()
    first = phone.get_by_role("group", name="11月27日(金) 14:00")
    first.get_by_label("○").check()
    phone.get_by_role("group", name="未就学").get_by_label("△").check()
    press(phone, "送信")
    expect(phone.get_by_text("○ 11月27日(金) 14:00")).to_be_visible()

    with scope(environment=people.environment):
        later = make_survey(by=people.sato, asks=[people.aozora])
    phone.goto(f"{BASE}notices/")
    with phone.expect_navigation():
        phone.get_by_text("調査の依頼が届いています").first.click()
    look(phone, "same-phone")
    press(phone, "変更なし：前回と同じで送る")
    expect(phone.get_by_text("受け付けました")).to_be_visible()
    with scope(environment=people.environment):
        assert Reply.objects.filter(recipient__survey__in=[survey, later], sent_at__isnull=False).count() == 2


def test_an_answer_is_typed_in_for_an_office_and_a_draft_is_made_on_a_phone(people, on_desk, on_phone):
    with scope(environment=people.environment):
        survey = make_survey(by=people.sato, asks=[people.aozora, people.takahashi.organization])
        make_reply(survey.recipients.get(number=2), by=people.takahashi)
        draft = make_draft(by=people.sato, asks=[people.aozora])
    desk = on_desk(people.sato)
    desk.goto(f"{BASE}surveys/{survey.pk}/")
    look(desk, "survey-half-desk")
    follow(desk, "あおぞら訪問看護ステーションの回答を代行入力")
    desk.get_by_label("いいえ").check()
    expect(desk.get_by_label("2. 理由")).to_be_visible()
    look(desk, "proxy-desk")
    press(desk, "この内容で登録")
    expect(desk.get_by_text("代行入力（電話で回答）")).to_be_visible()

    desk.goto(f"{BASE}surveys/drafts/{draft.pk}/")
    look(desk, "draft-whole-desk")
    phone = on_phone(people.sato)
    phone.goto(f"{BASE}surveys/{survey.pk}/questions/6/dates/")
    press(phone, "この日に決める")
    expect(phone.get_by_text("日程を決め、依頼先の全員に知らせました。")).to_be_visible()
    look(phone, "dates-phone")
    for name, address in (("gallery", ""), ("ready", "ready/short-stay/")):
        phone.goto(f"{BASE}surveys/gallery/{address}")
        look(phone, f"{name}-phone")
    for name, address in (("draft", ""), ("targets", "targets/"), ("sending", "sending/"), ("preview", "preview/")):
        phone.goto(f"{BASE}surveys/drafts/{draft.pk}/{address}")
        look(phone, f"{name}-phone")
    phone.goto(f"{BASE}surveys/own/")
    look(phone, "own-phone")
    phone.goto(f"{BASE}surveys/{survey.pk}/")
    look(phone, "survey-phone")
    with scope(environment=people.environment):
        assert Survey.objects.count() == 2


def test_free_places_are_marked_with_a_thumb(people, on_phone):
    with scope(environment=people.environment):
        place = make_facility(people.tanaka, organization=people.aozora, name="こどもの家 さくら")
        draft = make_draft(by=people.tanaka, content=shipped_named("child-development").content)
        actions.choose_recipients(survey=draft, facilities=[place], by=people.tanaka)
        survey = actions.open_survey(survey=draft, by=people.tanaka)
    phone = on_phone(people.suzuki)
    phone.goto(f"{BASE}surveys/{survey.pk}/recipients/1/reply/")
    expect(phone.locator("availability-grid td button").first).to_be_visible()
    look(phone, "places-phone")
    phone.locator("availability-grid td button").first.click()
    phone.get_by_label("できます", exact=True).check()
    press(phone, "送信")
    expect(phone.get_by_text("未就学 午前: 月○")).to_be_visible()


def test_a_photo_is_given_with_a_phone_and_opened_at_the_desk(people, on_phone, on_desk):
    asked = content(Query("file", "現場の写真", is_required=True), Query("text", "説明", settings={"long": True}))
    with scope(environment=people.environment):
        survey = make_survey(by=people.sato, asks=[people.aozora], content=asked)
    phone = on_phone(people.suzuki)
    phone.goto(f"{BASE}surveys/{survey.pk}/recipients/1/reply/")
    look(phone, "files-phone")
    photo = {"name": "玄関の写真.txt", "mimeType": "text/plain", "buffer": "段差".encode()}
    phone.get_by_label("ファイルを選ぶ・写真を撮る").set_input_files([photo])
    press(phone, "途中で保存")
    expect(phone.get_by_label("玄関の写真.txt")).to_be_checked()
    look(phone, "files-kept-phone")
    press(phone, "送信")
    expect(phone.get_by_text("玄関の写真.txt")).to_be_visible()
    with scope(environment=people.environment):
        look_at(file_id=AnswerFile.objects.get().file_id)
    phone.reload()
    expect(phone.get_by_role("link", name="玄関の写真.txt")).to_be_visible()
    look(phone, "files-receipt-phone")

    desk = on_desk(people.sato)
    desk.goto(f"{BASE}surveys/{survey.pk}/results/")
    look(desk, "files-results-desk")
    desk.goto(f"{BASE}surveys/{survey.pk}/results/offices/")
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="玄関の写真.txt").click()
    assert taken.value.suggested_filename == "玄関の写真.txt"
    look(desk, "files-offices-desk")
    desk_reply = on_desk(people.suzuki)
    desk_reply.goto(f"{BASE}surveys/{survey.pk}/recipients/1/reply/")
    look(desk_reply, "files-reply-desk")


def test_who_is_asked_is_kept_as_a_list_and_reminded_at_a_time(people, on_phone, on_desk):
    with scope(environment=people.environment):
        for name, address in (("こどもの家 さくら", "宮城県登米市迫町佐沼1"), ("そよかぜ", "栗原市築館2-1")):
            make_facility(people.tanaka, name=name, address=address)
        draft = make_draft(by=people.sato)
    desk = on_desk(people.sato)
    desk.goto(f"{BASE}surveys/drafts/{draft.pk}/targets/")
    desk.get_by_label("地区", exact=True).select_option("登米市 迫町")
    press(desk, "検索")
    expect(desk.get_by_text("そよかぜ")).to_be_hidden()
    desk.get_by_label("こどもの家 さくら").check()
    desk.get_by_label("選んだ依頼先を残すリストの名前").fill("迫町の児童")
    look(desk, "lists-targets-desk")
    press(desk, "リストとして残す")
    expect(desk.get_by_role("button", name="「迫町の児童」を選択")).to_be_visible()
    follow(desk, "名前の変更・削除")
    look(desk, "lists-desk")

    phone = on_phone(people.sato)
    phone.goto(f"{BASE}surveys/lists/")
    look(phone, "lists-phone")
    phone.goto(f"{BASE}surveys/drafts/{draft.pk}/targets/")
    look(phone, "lists-targets-phone")
    press(phone, "次へ：確認して送信")
    phone.get_by_label("お知らせする時刻").fill("14:30")
    look(phone, "sending-time-phone")
    desk.goto(f"{BASE}surveys/drafts/{draft.pk}/sending/")
    look(desk, "sending-time-desk")
    press(phone, "1か所に送信")
    with scope(environment=people.environment):
        assert Survey.objects.get().reminder_time == time(14, 30)
