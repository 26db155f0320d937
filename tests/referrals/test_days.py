"""The days from consultation to start: per kind, period and operator, with no small number outside the city."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from apps.audit.models import Entry
from apps.referrals import papers, queries
from apps.referrals.drawing import Period, Start, days_of, period_of
from apps.referrals.forms import DaysForm
from tests.facilities.makers import make_facility
from tests.referrals.makers import ALL_THE_WAY, make_referral, make_way

KIND = "児童発達支援"


def starts(*days, operator="private", kind=KIND, on=date(2026, 5, 1)):
    return [Start(kind, operator, on - timedelta(days=one), on) for one in days]


def boxes(found, kind=KIND):
    return [shape.box for group in found.groups if group.kind == kind for shape in group.shapes]


# -- the numbers


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2026, 3, 31), 2025, 4),
        (date(2026, 4, 1), 2026, 1),
        (date(2026, 6, 30), 2026, 1),
        (date(2026, 7, 1), 2026, 2),
        (date(2026, 12, 31), 2026, 3),
        (date(2028, 2, 29), 2027, 4),
    ],
)
def test_a_fiscal_year_begins_in_april(day, year, quarter):
    assert period_of(day, by_quarter=True) == Period(year, quarter)
    assert period_of(day, by_quarter=False) == Period(year)


def test_median_and_quartiles_are_told_with_how_many_there_are():
    [box] = boxes(days_of(starts(10, 20, 30, 40, 50), by_quarter=False, is_masked=False))

    assert (box.count, box.lower, box.median, box.upper) == (5, 20, 30, 40)


def test_a_single_start_is_its_own_median():
    [box] = boxes(days_of(starts(12), by_quarter=False, is_masked=False))

    assert (box.lower, box.median, box.upper) == (12, 12, 12)


def test_public_private_and_unknown_stand_apart():
    told = [*starts(40), *starts(30, operator="public"), *starts(20, operator="")]

    found = boxes(days_of(told, by_quarter=False, is_masked=False))

    assert [one.operator for one in found] == ["public", "private", ""]


def test_quarters_stand_apart_and_the_newest_comes_first():
    told = [*starts(40, on=date(2026, 4, 1)), *starts(30, on=date(2026, 7, 1))]

    found = boxes(days_of(told, by_quarter=True, is_masked=False))

    assert [one.period for one in found] == [Period(2026, 2), Period(2026, 1)]


def test_every_box_lies_on_the_scale():
    found = days_of(starts(0, 10, 95), by_quarter=False, is_masked=False)

    assert found.most == 60
    assert all(0 <= one.start <= one.middle <= 100 for group in found.groups for one in group.shapes)


# -- small numbers


def test_four_are_hidden_and_five_are_told():
    told = [*starts(1, 2, 3, 4), *starts(1, 2, 3, 4, 5, operator="public")]

    public, private = boxes(days_of(told, by_quarter=False, is_masked=True))

    assert (private.count, private.median) == (None, None)
    assert public.count == 5


def test_a_sum_does_not_tell_the_part_that_is_hidden():
    told = [*starts(1, 2, 3, 4, 5, 6), *starts(1, 2, kind="放課後等デイサービス")]

    found = days_of(told, by_quarter=False, is_masked=True)

    assert [box.count for box in boxes(found, "")] == [None]
    assert [box.count for box in boxes(found)] == [6]


def test_the_city_is_shown_every_number_and_others_no_small_one_and_no_quarter(cast):
    make_way(make_referral(cast.hana, by=cast.sato), *ALL_THE_WAY, by=cast.sato)
    span = {"since": 2000, "until": 2100, "by_quarter": True, "kind": ""}

    [city] = boxes(queries.days_to_start(cast.tanaka, **span), "")
    [other] = boxes(queries.days_to_start(cast.sato, **span), "")

    assert (city.count, city.median, city.period.quarter > 0) == (1, 60, True)
    assert (other.count, other.median, other.period.quarter) == (None, None, 0)


# -- of what is counted


def test_what_is_under_way_or_came_to_nothing_is_not_counted(cast):
    make_way(make_referral(cast.hana, by=cast.sato), "introduced", by=cast.sato)
    make_way(make_referral(cast.hana, by=cast.sato), "introduced", "withdrawn", by=cast.sato)

    assert queries.started(since=2000, until=2100, kind="") == []


def test_the_days_are_counted_from_the_day_of_the_consultation(cast):
    facility = make_facility(cast.sato, operator="public")
    make_way(make_referral(cast.hana, by=cast.sato, facility=facility, days_ago=33), *ALL_THE_WAY, by=cast.sato)

    [start] = queries.started(since=2000, until=2100, kind="")

    assert (start.days, start.operator) == (33, "public")


def test_another_environment_is_not_counted(cast):
    make_way(make_referral(cast.hana, by=cast.sato), *ALL_THE_WAY, by=cast.sato)

    with scope(environment=cast.elsewhere):
        assert queries.started(since=2000, until=2100, kind="") == []


# -- taken out


def found():
    return days_of([*starts(10, 20), *starts(5, operator="")], by_quarter=False, is_masked=False)


def test_the_table_is_for_spreadsheets_old_and_new():
    rows = list(csv.reader(io.StringIO(papers.days_csv(found()).decode("utf-8-sig"))))

    assert rows[1] == ["すべてのサービス", "2026年度", "民間", "2", "12.5", "15", "17.5"]
    assert papers.days_csv(found()).startswith(b"\xef\xbb\xbf")
    assert "児童発達支援" in papers.days_cp932(found()).decode("cp932")


def test_the_paper_is_a_pdf():
    assert papers.days_pdf(found(), "さくら川市").startswith(b"%PDF")


def test_a_council_reads_one_sentence_first():
    told = [*starts(40, 50), *starts(30, operator="public")]

    assert "公立30日、民間45日" in papers.sentence_of(days_of(told, by_quarter=False, is_masked=False))
    assert papers.sentence_of(days_of(told, by_quarter=False, is_masked=True)) == ""


def test_who_takes_it_out_stands_in_the_ledger(cast, browser_of):
    answer = browser_of(cast.tanaka).get("/e/sakuragawa-care/referrals/days/table/?encoding=cp932")

    assert answer.status_code == 200
    assert Entry.objects.filter(verb="referrals.days_taken_out").exists()


# -- bad input


@pytest.mark.parametrize("sent", [{"since": "1800"}, {"by": "day"}, {"kind": "nonsense"}, {"since": "x"}])
def test_what_is_not_offered_is_told_and_the_usual_span_is_shown(sent):
    year = period_of(timezone.localdate(), by_quarter=False).year
    form = DaysForm({"since": str(year), "until": str(year), "by": "year", **sent}, kinds=[])

    assert form.errors
    assert form.span == {"since": year - 1, "until": year, "by_quarter": False, "kind": ""}


def test_the_last_year_is_not_before_the_first():
    year = period_of(timezone.localdate(), by_quarter=False).year
    form = DaysForm({"since": str(year), "until": str(year - 1), "by": "year"}, kinds=[])

    assert form.errors["until"] == ["終わりの年度が、始まりの年度より前になっています。"]
