"""What a city plans by: why places were refused, and nothing by which somebody is recognised."""

from datetime import date

import pytest

from apps.inquiries.models import InquiryReply
from apps.inquiries.papers import lines_of, unmet_csv
from apps.inquiries.queries import unmet_table
from tests.inquiries.makers import make_inquiry, make_reply

YEAR = {"since": date(2000, 1, 1), "until": date(2099, 12, 31)}
PAGE = "/e/sakuragawa-care/inquiries/refusals/"


@pytest.fixture
def refused(cast):
    """Of five inquiries all were refused because the office is full, and one also because of its days."""
    for nth in range(5):
        inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.takahashi.organization])
        reasons = ["full", "weekday"] if nth == 0 else ["full"]
        make_reply(inquiry.recipients.get(), by=cast.takahashi, said="cannot", reasons=reasons)


def numbers(member):
    return {row.reason: (row.numbers[0], row.numbers[1], row.total) for row in unmet_table(member, **YEAR).rows}


def test_the_city_is_shown_exact_numbers(cast, refused):
    assert numbers(cast.tanaka) == {"空きなし": (5, 0, 10), "曜日・時間帯が合わない": (1, 0, 2)}


def test_others_are_shown_no_small_number_and_no_sum_that_tells_it(cast, refused):
    assert numbers(cast.sato) == {"空きなし": (5, 0, 10), "曜日・時間帯が合わない": (None, 0, None)}


def test_the_chart_draws_each_reason_and_each_day_with_its_number(cast, refused):
    unmet = unmet_table(cast.tanaka, **YEAR)

    assert [(one.label, one.number, one.share) for one in unmet.by_reason] == [
        ("空きなし", 10, 100.0),
        ("曜日・時間帯が合わない", 2, 20.0),
    ]
    assert [one.number for one in unmet.by_day if one.number] == [6, 6]


def test_the_chart_tells_others_no_sum_in_which_a_small_number_hides(cast, refused):
    unmet = unmet_table(cast.sato, **YEAR)

    assert [(one.number, one.share) for one in unmet.by_reason] == [(10, 100.0), (None, 0.0)]
    assert {one.number for one in unmet.by_day} == {None, 0}


def test_others_are_shown_whole_months(cast, refused):
    span = {"since": date(2026, 2, 11), "until": date(2026, 2, 12)}
    found, exact = unmet_table(cast.sato, **span), unmet_table(cast.tanaka, **span)

    assert (found.since, found.until) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (exact.since, exact.until) == (date(2026, 2, 11), date(2026, 2, 12))


def test_who_can_counts_for_nothing_and_a_wish_to_talk_counts_with_its_reasons(cast):
    inquiry = make_inquiry(cast.hana, by=cast.sato, asks=[cast.takahashi.organization, cast.aozora])
    make_reply(inquiry.recipients.get(number=1), by=cast.takahashi, said="can")
    make_reply(inquiry.recipients.get(number=2), by=cast.suzuki, said="talk", reasons=["staff"])

    assert [row.reason for row in unmet_table(cast.tanaka, **YEAR).rows] == ["職員が足りない"]
    assert InquiryReply.objects.count() == 2


def test_the_spreadsheet_says_what_the_page_says(cast, refused):
    unmet = unmet_table(cast.sato, **YEAR)
    lines = unmet_csv(unmet).decode("utf-8-sig").splitlines()

    assert lines == [",".join(line) for line in lines_of(unmet)]
    assert "少数" in lines[2]


@pytest.mark.parametrize("form", ["", "table/", "paper/"])
def test_page_spreadsheet_and_paper_are_for_who_asks(cast, browser_of, refused, form):
    assert browser_of(cast.matsumoto).get(PAGE + form).status_code == 403
    answer = browser_of(cast.sato).get(PAGE + form)

    assert answer.status_code == 200
    assert cast.hana.name.encode() not in answer.content


@pytest.mark.parametrize("asked", ["?since=2026-05-02&until=2026-05-01", "?since=&until=", "?since=x&until=2026-13-01"])
def test_a_span_that_is_none_is_told_so(cast, browser_of, asked):
    answer = browser_of(cast.sato).get(PAGE + asked)

    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_programs_are_told_what_the_page_shows(cast, refused, browser_of):
    span = {"since": "2000-01-01", "until": "2099-12-31"}
    address = f"/api/v1/e/{cast.environment.slug}/inquiries/refusals/"

    rows = browser_of(cast.sato).get(address, span).json()["rows"]
    exact = browser_of(cast.tanaka).get(address, span).json()

    assert [(one["numbers"][:2], one["total"]) for one in rows] == [([5, 0], 10), ([None, 0], None)]
    assert (exact["is_masked"], len(exact["heads"])) == (False, len(exact["rows"][0]["numbers"]))


def test_a_span_that_ends_before_it_begins_is_told_so_to_programs(cast, browser_of):
    address = f"/api/v1/e/{cast.environment.slug}/inquiries/refusals/"

    answer = browser_of(cast.sato).get(address, {"since": "2026-02-02", "until": "2026-02-01"})

    assert answer.status_code == 400
    assert answer.json()["fields"]["until"]
