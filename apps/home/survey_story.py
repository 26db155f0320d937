"""The surveys of the demonstration: one that is closed, two that are open with some answers, and a draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from apps.environments.models import Member
from apps.home.paper_story import print_and_scan
from apps.kernel.templatetags.house import short_day
from apps.surveys import actions as surveys
from apps.surveys.access import facilities_to_ask
from apps.surveys.content import Content
from apps.surveys.models import Survey
from apps.surveys.shipped import Shipped, shipped

# Who says what of the network, by question of the ready survey: satisfaction, ease, what became less, hours, words.
SATISFACTION: dict[str, dict[int, Any]] = {
    "sato": {1: 5, 2: 4, 3: [1, 2, 5], 4: "3.5", 6: "会議の日程がすぐに決まるようになりました。"},
    "nakamura": {1: 4, 2: 4, 3: [2], 4: 2},
    "suzuki": {1: 5, 2: 5, 3: [1, 2, 3], 4: 4, 5: [1, 2], 6: "訪問先でも確認できて助かります。"},
    "takahashi": {1: 3, 2: 3, 3: [1], 6: "通知をまとめて見たいです。"},
}
# Who can come when, and what those say who cannot.
MEETING: dict[str, dict[int, Any]] = {
    "suzuki": {1: {"1": "yes", "2": "maybe", "3": "no"}, 2: "週2回の訪問看護を続けています。"},
    "takahashi": {1: {"1": "no", "2": "yes", "3": "yes"}, 3: "入浴の介助を増やす案に賛成です。"},
}
# What facilities said on the phone of their free places, one after the other.
PLACES: tuple[dict[int, Any], ...] = (
    {1: {"cells": {"mon.morning.preschool": "free", "wed.morning.preschool": 2}}, 2: 1, 4: 3},
    {1: {"cells": {"tue.afternoon.preschool": "ask", "thu.morning.preschool": "full"}}, 2: 3, 4: 2},
)


def ask_around(member: Callable[[str], Member]) -> None:
    """Send them, answer them as far as is told, and close the first."""
    desk, planner = member("tanaka"), member("sato")
    satisfaction = sent("network-satisfaction", [member(one) for one in [*SATISFACTION, "kato"]], by=desk, days=3)
    answered(satisfaction, SATISFACTION, member)
    surveys.close_survey(survey=satisfaction, by=desk)
    offices = [member(one) for one in [*MEETING, "nakamura"]]
    meeting = sent("meeting-dates", offices, by=planner, days=5, dates=True)
    answered(meeting, MEETING, member)
    ask_facilities(desk)
    begun(ready("disaster-preparedness"), desk)


def ask_facilities(desk: Member) -> None:
    """All facilities are asked for their free places; the first have answered on the phone, one by FAX."""
    draft = described(begun(ready("child-development"), desk), by=desk, days=6)
    if surveys.choose_recipients(survey=draft, facilities=facilities_to_ask(desk), by=desk):
        survey = surveys.open_survey(survey=draft, by=desk)
        for recipient, answers in zip(survey.recipients.order_by("number"), PLACES, strict=False):
            surveys.enter_reply(recipient=recipient, answers=answers, version=0, by=desk)
        print_and_scan(survey, desk)


def ready(key: str) -> Shipped:
    return next(one for one in shipped() if one.key == key)


def begun(template: Shipped, by: Member) -> Survey:
    return surveys.begin_survey(content=template.content, origin=template.origin, by=by)


def sent(key: str, people: list[Member], *, by: Member, days: int, dates: bool = False) -> Survey:
    """A ready survey, sent to the organizations of these people; where it begins with dates, they are said."""
    template = ready(key)
    content = with_dates(template.content) if dates else template.content
    draft = described(surveys.begin_survey(content=content, origin=template.origin, by=by), by=by, days=days)
    surveys.choose_recipients(survey=draft, organizations=[one.organization for one in people], by=by)
    return surveys.open_survey(survey=draft, by=by)


def with_dates(content: Content) -> Content:
    """Three afternoons of the week after next."""
    days = [timezone.localdate() + timedelta(days=number) for number in (10, 11, 13)]
    poll = replace(content.questions[0], choices=tuple(f"{short_day(one)} 14:00" for one in days))
    return replace(content, questions=(poll, *content.questions[1:]))


def described(draft: Survey, *, by: Member, days: int) -> Survey:
    last = timezone.localdate() + timedelta(days=days)
    due = timezone.make_aware(datetime.combine(last, time(17)))
    return surveys.describe_survey(survey=draft, due_at=due, published="recipients", reminder_days=[3, 1], by=by)


def answered(survey: Survey, told: dict[str, dict[int, Any]], member: Callable[[str], Member]) -> None:
    for login_id, answers in told.items():
        by = member(login_id)
        recipient = survey.recipients.get(organization=by.organization_id)
        surveys.send_reply(recipient=recipient, answers=answers, version=0, by=by)
