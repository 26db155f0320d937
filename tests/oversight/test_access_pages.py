"""The pages of who may open what: who may look, what stands there, and that each look is an entry."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.clients import actions as clients
from tests import makers

PAGE = "/e/sakuragawa-care/ledger/access/"


@pytest.fixture
def auditor(cast, browser_of):
    return browser_of(cast.ishii)


def told(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("person", ["ito", "sato", "tanaka", "kobayashi", "matsumoto"])
@pytest.mark.parametrize("way", ["", "table/", "paper/"])
def test_nobody_but_an_auditor_sees_who_may_open_what(cast, browser_of, person, way):
    assert browser_of(cast[person]).get(f"{PAGE}{way}?client={cast.hana.pk}").status_code == 403


def test_of_a_client_it_names_people_reasons_and_the_consent(cast, auditor):
    text = told(auditor, f"{PAGE}?client={cast.hana.pk}")

    for words in (
        "佐藤 花子",
        "鈴木 一郎",
        "田中 茂",
        "支援チームの機関の職員（同意あり）",
        "担当の課の職員",
        "福祉課 2026-12",
    ):
        assert words in text
    assert "髙𣘺" not in text


def test_of_a_person_it_names_the_clients(cast, auditor):
    text = told(auditor, f"{PAGE}?person={cast.sato.pk}")

    assert cast.hana.name in text
    assert "支援チームの機関の職員" in text


def test_without_anybody_named_the_page_says_whom_to_choose(auditor):
    assert "利用者・職員を選ぶ" in told(auditor, PAGE)


def test_for_whom_nothing_is_open_that_is_said(cast, auditor):
    assert "この職員が見られる記録はありません" in told(auditor, f"{PAGE}?person={cast.ito.pk}")


def test_each_look_is_an_entry_with_whom_it_named(cast, auditor):
    told(auditor, f"{PAGE}?client={cast.hana.pk}")
    told(auditor, f"{PAGE}?person={cast.sato.pk}")

    by_client, by_person = Entry.objects.filter(verb="oversight.access_opened").order_by("pk")
    assert (by_client.client_id, by_client.purpose) == (cast.hana.pk, "audit")
    assert by_person.detail["clients"] == [str(cast.hana.pk)]
    assert by_person.detail["asked"]["person"] == str(cast.sato.pk)


def day(days):
    return timezone.localdate() + timedelta(days=days)


def test_a_difference_names_who_was_added_and_removed_and_by_which_deed(cast, browser_of):
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        clients.withdraw_consent(consent=cast.consent, note="電話", by=cast.tanaka)
        # The ledger goes by the database's clock, with which nobody travels.
        about = {"environment_id": cast.environment.pk, "member_id": cast.tanaka.pk, "client_id": cast.hana.pk}
        written = {"verb": "clients.consent_withdrawn", "recorded_at": timezone.now(), "channel": "page"}
        Entry(**about, **written).save(force_insert=True)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        text = told(browser_of(cast.ishii), f"{PAGE}?client={cast.hana.pk}&against={day(-3)}")

    for words in ("なくなった", "佐藤 花子", "同意の撤回を記録しました", "田中 茂"):
        assert words in text
    assert "増えた" not in text


def test_of_a_day_that_has_passed_it_says_what_cannot_be_told(cast, browser_of):
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        text = told(browser_of(cast.ishii), f"{PAGE}?client={cast.hana.pk}&on={day(-2)}")

    assert "取り消されたものは含まれません" in text
    assert "佐藤 花子" in text


def test_where_nothing_changed_that_is_said(cast, browser_of):
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        text = told(browser_of(cast.ishii), f"{PAGE}?client={cast.hana.pk}&against={day(-2)}")

    assert "この間に変化はありません" in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("on=2999-01-01", "先の日のことはまだ分かりません"),
        ("on=2026-01-01&against=2026-02-01", "もう一方の日より前の日"),
        ("on=no", "日付"),
        ("client=no", ""),
    ],
)
def test_a_day_that_cannot_be_told_is_refused_with_a_sentence(cast, auditor, asked, words):
    named = "" if asked.startswith("client") else f"&person={cast.sato.pk}"
    answer = auditor.get(f"{PAGE}?{asked}{named}")

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_client_and_a_person_at_once_are_refused(cast, auditor):
    answer = auditor.get(f"{PAGE}?client={cast.hana.pk}&person={cast.sato.pk}")

    assert answer.status_code == 422
    assert "どちらか一方" in answer.content.decode()


def test_who_is_not_here_is_missing(cast, auditor):
    assert auditor.get(f"{PAGE}?client={cast.sato.pk}").status_code == 404
    assert auditor.get(f"{PAGE}?person={cast.watanabe.pk}").status_code == 404


def test_the_table_holds_every_row(cast, auditor):
    makers.make_clients(60, by=cast.sato)

    answer = auditor.get(f"{PAGE}table/?person={cast.sato.pk}")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert len(rows) == 61
    assert {row["氏名"] for row in rows} == {"佐藤 花子"}
    assert Entry.objects.get(verb="oversight.access_taken_out").detail["hits"] == 61
    assert "2 /" in told(auditor, f"{PAGE}?person={cast.sato.pk}&page=2") or "2ページ" in told(
        auditor, f"{PAGE}?person={cast.sato.pk}&page=2"
    )


def test_the_sheets_name_subject_reasons_and_who_printed(cast, auditor):
    answer = auditor.get(f"{PAGE}paper/?client={cast.hana.pk}")

    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")
    for words in ("閲覧できる範囲", cast.hana.name, "佐藤 花子", "石井 直子", "同意"):
        assert words in text
    assert Entry.objects.get(verb="oversight.access_printed").client_id == cast.hana.pk


def test_sheets_that_would_be_too_many_are_refused_and_not_cut(cast, auditor, monkeypatch):
    monkeypatch.setattr("apps.oversight.views.access.MOST_ON_PAPER", 1)

    answer = auditor.get(f"{PAGE}paper/?client={cast.hana.pk}")
    assert answer.status_code == 409
    assert "印刷できるのは1行まで" in answer.content.decode()


@pytest.mark.parametrize("way", ["table/", "paper/"])
def test_without_a_fresh_proof_nothing_leaves(cast, auditor, way):
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = auditor.get(f"{PAGE}{way}?client={cast.hana.pk}")

    assert answer["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("way", ["table/", "paper/"])
def test_without_anybody_named_nothing_leaves(auditor, way):
    assert auditor.get(f"{PAGE}{way}").status_code == 422


def test_the_chooser_leads_back_here(cast, auditor):
    answer = auditor.post("/e/sakuragawa-care/ledger/whom/?for=access", {"q": "ささき"})

    assert f"{PAGE}?client={cast.hana.pk}" in answer.content.decode()
