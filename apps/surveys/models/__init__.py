"""Surveys, what they ask, whom they ask, and what was answered."""

from apps.surveys.kinds import Poll, Published, QuestionKind
from apps.surveys.models.files import AnswerFile
from apps.surveys.models.lists import ListedTarget, TargetList
from apps.surveys.models.replies import Answer, Recipient, Reply
from apps.surveys.models.sheets import SurveySheet
from apps.surveys.models.surveys import LAST_REMINDER, OPENS, Choice, Question, Row, Section, Survey, SurveyState
from apps.surveys.models.templates import SurveyTemplate

__all__ = [
    "LAST_REMINDER",
    "OPENS",
    "Answer",
    "AnswerFile",
    "Choice",
    "ListedTarget",
    "Poll",
    "Published",
    "Question",
    "QuestionKind",
    "Recipient",
    "Reply",
    "Row",
    "Section",
    "Survey",
    "SurveySheet",
    "SurveyState",
    "SurveyTemplate",
    "TargetList",
]
