"""Makers of surveys."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.environments.models import Member, Organization
from apps.paper.models import Sheet
from apps.surveys import actions
from apps.surveys.content import Condition, Content, Part, Query
from apps.surveys.models import AnswerFile, Recipient, Survey, SurveySheet, SurveyTemplate, TargetList
from tests.files.makers import make_file
from tests.paper.makers import address_of, make_read, make_sheet

# One of each kind, with a question that hangs on another's answer.
QUESTIONS = (
    Query("single", "利用できますか", choices=("はい", "いいえ"), is_required=True),
    Query("text", "理由", settings={"long": True}, shown_if=Condition(1, 2)),
    Query("multiple", "対応できる曜日", choices=("月", "火", "水")),
    Query("number", "空き人数", settings={"min": 0, "max": 99, "unit": "人", "decimals": False}),
    Query("date", "いつから"),
    Query("date_poll", "会議の候補日", choices=("11月27日(金) 14:00", "11月30日(月) 10:00")),
    Query("time", "訪問できる時刻"),
    Query("scale", "満足度", settings={"min": 1, "max": 5, "from": "低い", "to": "高い"}),
    Query("matrix", "区分ごとの空き", choices=("○", "△", "×"), rows=("未就学", "小学生")),
)
# An answer to each of them, as it is kept; question 2 is not asked of who says yes.
ANSWERS: dict[int, Any] = {
    1: 1,
    3: [1, 3],
    4: 2,
    5: "2026-12-01",
    6: {"1": "yes", "2": "no"},
    7: "09:30",
    8: 4,
    9: {"1": 1, "2": 3},
}


def content(*questions: Query, title: str = "空き状況の確認", **about: Any) -> Content:
    return Content(title=title, lead="お忙しいところ恐れ入ります。", questions=questions or QUESTIONS, **about)


def make_draft(*, by: Member, asks: list[Organization] | None = None, **about: Any) -> Survey:
    """A draft due in a week."""
    facilities = about.pop("facilities", ())
    draft = actions.begin_survey(content=about.pop("content", None) or content(**about), by=by)
    if asks or facilities:
        actions.choose_recipients(survey=draft, organizations=asks or [], facilities=facilities, by=by)
    due = timezone.now() + timedelta(days=7)
    return actions.describe_survey(survey=draft, due_at=due, published="nobody", reminder_days=[3, 1], by=by)


def make_survey(*, by: Member, asks: list[Organization], **about: Any) -> Survey:
    """One that was sent."""
    return actions.open_survey(survey=make_draft(by=by, asks=asks, **about), by=by)


def make_reply(recipient: Recipient, *, by: Member, answers: dict[int, Any] | None = None, version: int = 0) -> Any:
    """One that was sent."""
    return actions.send_reply(recipient=recipient, answers=answers or ANSWERS, version=version, by=by)


def with_part(*, title: str = "空き状況の確認") -> Content:
    """Two parts."""
    parts = (Part("いまの状況"), Part("会議", "ご都合をお聞かせください。"))
    first, second = QUESTIONS[0], QUESTIONS[5]
    return Content(title=title, sections=parts, questions=(replaced(first, 1), replaced(second, 2)))


def on_paper(recipient: Recipient, by: Member) -> dict[str, Any]:
    """A sheet that was answered and a scan of it that was dealt with, neither of which knocking can end; the code of another
    sheet, which takes an answer."""
    now = timezone.now()
    answered, out = make_sheet(by, answered_at=now), make_sheet(by)
    make_survey_sheet(recipient, answered, replaced_at=now)
    make_survey_sheet(recipient, out)
    return {
        "sheet_id": answered.pk,
        "scan_id": make_read(by, answered, marks={}, uploaded_at=now, settled_at=now, settled_by=by).pk,
        "code": out.code,
    }


def print_all(survey: Survey, *, by: Member, whom: str = "everybody", fax: str = "0123-45-6789") -> bytes:
    return actions.print_survey(survey=survey, whom=whom, fax=fax, address_of=address_of, by=by)


def make_survey_sheet(recipient: Recipient, sheet: Sheet, **about: Any) -> SurveySheet:
    return SurveySheet.objects.create(
        environment_id=recipient.environment_id, recipient=recipient, sheet=sheet, **about
    )


def make_answer_file(recipient: Recipient, *, by: Member, number: int = 1) -> AnswerFile:
    """A file in the answer to the first question."""
    about = {"question": recipient.survey.questions.first(), "file": make_file(by, kept_at=timezone.now())}
    return AnswerFile.objects.create(
        environment_id=recipient.environment_id, recipient=recipient, number=number, **about
    )


def make_target_list(*, by: Member, asks: list[Organization], name: str = "いつもの依頼先") -> TargetList:
    return actions.keep_list(name=name, organizations=asks, by=by)


def replaced(query: Query, section: int) -> Query:
    return Query(**{**query.__dict__, "section": section})


def make_template(*, by: Member, title: str = "空き状況", **about: Any) -> SurveyTemplate:
    return SurveyTemplate.objects.create(
        environment=by.environment,
        organization=by.organization,
        created_by=by,
        **{"title": title, "content": content(title=title).as_json(), **about},
    )


def behind_addresses(*, by: Member, first: Organization, second: Member, number: int) -> dict[str, Any]:
    """What stands behind the words of addresses: a draft, and a survey that asks two offices, of which the second has
    answered; or as many offices, questions and parts as the number says, of which the last stands behind it."""
    more = [Organization.objects.create(environment=by.environment, name=f"照会先 {nth}") for nth in range(2, number)]
    asks = [first, second.organization, *more]
    survey = make_survey(by=by, asks=asks, content=content(QUESTIONS[5], QUESTIONS[0], QUESTIONS[8]))
    make_reply(survey.recipients.get(number=2), by=second, answers={1: {"1": "yes", "2": "no"}, 2: 1})
    parts = tuple(Part(f"その{nth}") for nth in range(1, max(2, number) + 1))
    questions = tuple(replaced(QUESTIONS[0], nth) for nth in range(1, len(parts) + 1))
    make_answer_file(survey.recipients.get(number=number), by=by, number=min(number, 2))
    draft = make_draft(by=by, asks=asks, content=Content(title="次の調査", sections=parts, questions=questions))
    return {
        "survey_id": survey.pk,
        **on_paper(survey.recipients.get(number=number), by),
        "draft_id": draft.pk,
        "template_id": make_template(by=by).pk,
        "list_id": make_target_list(by=by, asks=asks).pk,
        "recipient_number": number,
        "question_number": number,
        "part_number": number,
    }
