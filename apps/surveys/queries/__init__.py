"""Page-shaped reads of surveys."""

from apps.surveys.queries.asking import Block, asked, blocks_of, content_of, questions_of
from apps.surveys.queries.files import files_of_office, names_to_give
from apps.surveys.queries.gallery import Ready, Shared, ready_one, shared_templates
from apps.surveys.queries.listing import (
    Standing,
    asked_rows,
    own_rows,
    recipient_rows,
    standing_of,
    unanswered_count,
)
from apps.surveys.queries.polls import Absent, DateStanding, absent_from, dates_of, polls_of
from apps.surveys.queries.replying import Line, answers_of, before, lines_of
from apps.surveys.queries.results import Crossed, Finding, Results, crossed, results_of
from apps.surveys.queries.sheets import OnPaper, path_of_scan, path_of_sheet, recipient_of, waiting_on_paper
from apps.surveys.queries.targets import (
    Group,
    Narrowed,
    Reach,
    areas_to_ask,
    asked_once,
    chosen_keys,
    districts_to_ask,
    groups_to_ask,
    keys_of_list,
    lists_shown,
    reach_of,
    targets_named,
)
from apps.surveys.queries.working import is_working_time, last_working_moment, reminder_moment

__all__ = [
    "Absent",
    "Block",
    "Crossed",
    "DateStanding",
    "Finding",
    "Group",
    "Line",
    "Narrowed",
    "OnPaper",
    "Reach",
    "Ready",
    "Results",
    "Shared",
    "Standing",
    "absent_from",
    "answers_of",
    "areas_to_ask",
    "asked",
    "asked_once",
    "asked_rows",
    "before",
    "blocks_of",
    "chosen_keys",
    "content_of",
    "crossed",
    "dates_of",
    "districts_to_ask",
    "files_of_office",
    "groups_to_ask",
    "is_working_time",
    "keys_of_list",
    "last_working_moment",
    "lines_of",
    "lists_shown",
    "names_to_give",
    "own_rows",
    "path_of_scan",
    "path_of_sheet",
    "polls_of",
    "questions_of",
    "reach_of",
    "ready_one",
    "recipient_of",
    "recipient_rows",
    "reminder_moment",
    "results_of",
    "shared_templates",
    "standing_of",
    "targets_named",
    "unanswered_count",
    "waiting_on_paper",
]
