"""The verbs of surveys."""

from apps.surveys.actions.answering import enter_reply, save_reply, send_reply, send_same_reply, take_reply
from apps.surveys.actions.attaching import take_answer_file
from apps.surveys.actions.chasing import fix_date, remind, remind_when_due
from apps.surveys.actions.lists import keep_list, remove_list, rename_list
from apps.surveys.actions.sending import choose_recipients, close_survey, close_when_due, extend_survey, open_survey
from apps.surveys.actions.sheets import answer_by_code, end_sheet, enter_scan, print_survey
from apps.surveys.actions.templates import keep_template, remove_template, share_template, stop_sharing_template
from apps.surveys.actions.writing import begin_survey, describe_survey, duplicate_survey, remove_draft, write_content

__all__ = [
    "answer_by_code",
    "begin_survey",
    "choose_recipients",
    "close_survey",
    "close_when_due",
    "describe_survey",
    "duplicate_survey",
    "end_sheet",
    "enter_reply",
    "enter_scan",
    "extend_survey",
    "fix_date",
    "keep_list",
    "keep_template",
    "open_survey",
    "print_survey",
    "remind",
    "remind_when_due",
    "remove_draft",
    "remove_list",
    "remove_template",
    "rename_list",
    "save_reply",
    "send_reply",
    "send_same_reply",
    "share_template",
    "stop_sharing_template",
    "take_answer_file",
    "take_reply",
    "write_content",
]
