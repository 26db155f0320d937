"""Reminders go to those who have not answered, on the days that the sender sets; what is due is closed; a date is settled."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.directory.models import Holiday
from apps.notices.models import Notification
from apps.surveys import actions, queries
from apps.surveys.access import poll_for
from apps.surveys.actions.chasing import is_reminder_time
from apps.surveys.models import Survey
from apps.surveys.refusals import NobodyToRemind, NoDate, RemindedAtNight, SurveyNotOpen
from apps.surveys.tasks import look_after_surveys
from tests.surveys.makers import ANSWERS, make_draft, make_reply, make_survey


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])


def told(member):
    return Notification.objects.filter(receiver=member, sentence__startswith="A survey still waits").count()


def test_only_those_are_reminded_who_have_not_answered_and_once_a_day(cast, survey):
    make_reply(survey.recipients.get(number=1), by=cast.suzuki)

    assert actions.remind(survey=survey, by=cast.sato) == 1
    assert (told(cast.suzuki), told(cast.takahashi)) == (0, 1)
    with pytest.raises(NobodyToRemind):
        actions.remind(survey=survey, by=cast.sato)
    assert Entry.objects.get(verb="surveys.reminded").detail == {"recipients": 1}


def test_who_has_only_saved_is_reminded_too(cast, survey):
    actions.save_reply(recipient=survey.recipients.get(number=1), answers={4: 1}, version=0, by=cast.suzuki)

    assert actions.remind(survey=survey, by=cast.sato) == 2


@pytest.fixture
def due_on_a_friday(survey):
    """On Friday, the 4th of December 2026, opened two weeks before."""
    survey.due_at = japan(12, 4, 17)
    survey.opened_at = japan(11, 20, 10)
    return survey


def japan(*moment):
    return datetime(2026, *moment, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("moment", "is_time"),
    [
        ((12, 1, 9, 0), True),
        ((12, 3, 16, 50), True),
        ((12, 2, 9, 0), False),
        ((12, 1, 8, 59), False),
        ((12, 1, 17, 30), False),
    ],
)
def test_reminders_come_on_the_days_that_were_set_while_offices_are_open(due_on_a_friday, moment, is_time):
    assert is_reminder_time(due_on_a_friday, timezone.localtime(japan(*moment))) == is_time


def test_reminders_wait_for_the_time_of_day_that_was_set(due_on_a_friday):
    due_on_a_friday.reminder_time = time(14, 30)

    at = [japan(12, 1, 9, 0), japan(12, 1, 14, 20), japan(12, 1, 14, 30), japan(12, 1, 16, 0)]
    assert [is_reminder_time(due_on_a_friday, timezone.localtime(one)) for one in at] == [False, False, True, True]


def test_where_offices_are_closed_on_the_day_the_reminder_comes_on_the_working_day_before(due_on_a_friday):
    Holiday.objects.create(date=date(2026, 11, 27), name="臨時の休日")
    due_on_a_friday.reminder_days = [5]

    at = [japan(11, 29, 10), japan(11, 27, 10), japan(11, 26, 10), japan(11, 30, 10)]
    assert [is_reminder_time(due_on_a_friday, timezone.localtime(one)) for one in at] == [False, False, True, False]


def test_nobody_is_reminded_on_the_day_on_which_it_was_sent(due_on_a_friday):
    due_on_a_friday.reminder_days = [14]

    assert not is_reminder_time(due_on_a_friday, timezone.localtime(japan(11, 20, 11)))
    due_on_a_friday.opened_at -= timedelta(days=1)
    assert is_reminder_time(due_on_a_friday, timezone.localtime(japan(11, 20, 11)))


@pytest.mark.parametrize("at", [time(8, 29), time(17, 1), time(0, 0)])
def test_nobody_is_reminded_at_night(cast, browser_of, at):
    draft = make_draft(by=cast.sato, asks=[cast.aozora])
    with pytest.raises(RemindedAtNight):
        actions.describe_survey(
            survey=draft, due_at=None, published="nobody", reminder_days=[1], reminder_time=at, by=cast.sato
        )
    sent = {"due_on": "2999-01-01", "due_time": "12:00", "published": "nobody", "reminder_time": f"{at:%H:%M}"}
    answer = browser_of(cast.sato).post(f"/e/sakuragawa-care/surveys/drafts/{draft.pk}/sending/", sent)

    assert (answer.status_code, "8:30" in answer.content.decode()) == (422, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=draft.pk).update(reminder_time=at)


def test_the_time_is_set_where_it_is_sent_and_goes_on_to_the_twin(cast, browser_of):
    draft = make_draft(by=cast.sato, asks=[cast.aozora])
    sent = {"due_on": "2999-01-01", "due_time": "12:00", "published": "nobody", "reminder_time": "14:30"}

    answer = browser_of(cast.sato).post(
        f"/e/sakuragawa-care/surveys/drafts/{draft.pk}/sending/", sent | {"reminder_days": ["3"]}
    )

    assert answer.status_code == 302
    survey = Survey.objects.get(pk=draft.pk)
    assert (survey.reminder_days, survey.reminder_time) == ([3], time(14, 30))
    assert actions.duplicate_survey(survey=survey, by=cast.sato).reminder_time == time(14, 30)


def test_the_worker_closes_what_is_due_once_and_tells_who_asked(cast, survey):
    Survey.objects.filter(pk=survey.pk).update(opened_at=timezone.now() - timedelta(days=2), due_at=timezone.now())

    look_after_surveys(0)
    look_after_surveys(0)

    closed = Survey.objects.get(pk=survey.pk)
    assert (closed.state, closed.closed_by) == ("closed", None)
    assert Notification.objects.filter(receiver=cast.sato, sentence__contains="time has run out").count() == 1
    assert Entry.objects.filter(verb="surveys.closed").count() == 1
    with pytest.raises(SurveyNotOpen):
        actions.remind(survey=closed, by=cast.sato)


def test_a_date_is_settled_in_one_press_and_everybody_is_told(cast, browser_of, survey):
    first, second = survey.recipients.order_by("number")
    make_reply(first, by=cast.suzuki)
    said = {**ANSWERS, 1: 2, 2: "訪問が重なります", 6: {"1": "no", "2": "yes"}}
    make_reply(second, by=cast.takahashi, answers=said)
    page = f"/e/sakuragawa-care/surveys/{survey.pk}/questions/6/dates/"

    answer = browser_of(cast.sato).post(page, {"choice": "1"}, follow=True)

    shown = answer.content.decode()
    assert shown.index("みどりホームヘルプ") < shown.index("訪問が重なります")
    for person in (cast.suzuki, cast.takahashi):
        assert Notification.objects.filter(receiver=person, sentence__startswith="A date was settled").exists()
    receipt = browser_of(cast.suzuki).get(f"/e/sakuragawa-care/surveys/{survey.pk}/recipients/1/receipt/")
    assert "決定" in receipt.content.decode()


def test_dates_count_who_says_what_and_who_says_nothing(cast, survey):
    make_reply(survey.recipients.get(number=1), by=cast.suzuki)

    first, second = queries.dates_of(poll_for(cast.sato, survey.pk, 6))

    assert (len(first.yes), len(first.no), first.silent) == (1, 0, 1)
    assert (len(second.yes), len(second.no), second.silent) == (0, 1, 1)


def test_one_does_not_settle_on_a_date_that_was_not_asked(cast, survey):
    with pytest.raises(NoDate):
        actions.fix_date(question=poll_for(cast.sato, survey.pk, 6), choice_number=3, by=cast.sato)
