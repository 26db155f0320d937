"""Reminders go to those who have not answered, on the days that the sender sets; what is due is closed; a date is settled."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.notices.models import Notification
from apps.surveys import actions, queries
from apps.surveys.access import poll_for
from apps.surveys.actions.chasing import is_reminder_day
from apps.surveys.models import Survey
from apps.surveys.refusals import NobodyToRemind, NoDate, SurveyNotOpen
from apps.surveys.tasks import look_after_surveys
from tests.surveys.makers import ANSWERS, make_reply, make_survey


@pytest.fixture
def survey(cast):
    return make_survey(by=cast.sato, asks=[cast.aozora, cast.takahashi.organization])


def told(member):
    return Notification.objects.filter(receiver=member, sentence__startswith="A survey still waits").count()


def at(survey, *, days_before, hour=9):
    """A moment in Japan, so many days before the last one."""
    day = timezone.localdate(survey.due_at) - timedelta(days=days_before)
    return timezone.make_aware(datetime.combine(day, time(hour)))


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


@pytest.mark.parametrize(
    ("days_before", "hour", "is_day"), [(3, 9, True), (1, 16, True), (2, 9, False), (3, 7, False), (3, 17, False)]
)
def test_reminders_come_on_the_days_that_were_set_while_offices_are_open(survey, days_before, hour, is_day):
    assert is_reminder_day(survey, timezone.localtime(at(survey, days_before=days_before, hour=hour))) == is_day


def test_nobody_is_reminded_on_the_day_on_which_it_was_sent(survey):
    survey.reminder_days = [7]

    assert not is_reminder_day(survey, timezone.localtime(at(survey, days_before=7)))
    survey.opened_at -= timedelta(days=1)
    assert is_reminder_day(survey, timezone.localtime(at(survey, days_before=7)))


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
