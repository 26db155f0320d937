"""Page-shaped reads."""

from apps.rooms.queries.asking import (
    Standing,
    ask_list,
    ask_list_written,
    asked_by_room,
    asked_of_me,
    asks_on,
    standings,
)
from apps.rooms.queries.choices import Choices, choices_of
from apps.rooms.queries.drafts import draft_in
from apps.rooms.queries.excerpts import Part, excerpt, marked
from apps.rooms.queries.files import Wanted, files_of_room, senders_in
from apps.rooms.queries.forwarding import forwarded_text, new_readers, rooms_for_forwarding
from apps.rooms.queries.guard import doubt_about
from apps.rooms.queries.handling import (
    handling_choices,
    handlings_on,
    office_of,
    one_of,
    organizations_shown,
    untaken_count,
)
from apps.rooms.queries.inspecting import rooms_to_choose
from apps.rooms.queries.limits import limits_of
from apps.rooms.queries.lists import names_in_lists
from apps.rooms.queries.memberships import PersonHere, people_of, people_rows, person_in, usually_asked
from apps.rooms.queries.mentioned import CalledBy, mentions_by_room, mentions_shown
from apps.rooms.queries.mentions import Callee, callable_in, calls_of, fetch_mentions, mentioned_by
from apps.rooms.queries.messages import (
    PAGE,
    beside_messages,
    has_older,
    latest_messages,
    messages_after,
    messages_around,
    messages_changed,
    read_mark_of,
    whole,
    with_authors,
)
from apps.rooms.queries.organizations import Beside, by_organization
from apps.rooms.queries.personal import marks_on, marks_shown
from apps.rooms.queries.picking import Picking, picking
from apps.rooms.queries.quotes import Quote, fetch_answered, quote_of, quotes_shown_from
from apps.rooms.queries.reactions import fetch_reactions, reactions_of, reactions_to, who_reacted
from apps.rooms.queries.removed import Removed, removed_shown
from apps.rooms.queries.retention import Retention, retention_of
from apps.rooms.queries.rooms import Show, is_pinned, room_row, room_rows, rooms_found, shown_of
from apps.rooms.queries.rows import unread_rooms_count
from apps.rooms.queries.searching import (
    FoundMessages,
    Hit,
    NoteFound,
    Seeking,
    Sought,
    beside_talk,
    give_rooms,
    messages_found,
)
from apps.rooms.queries.seen import seen_lately, seen_on, who_saw
from apps.rooms.queries.waiting import answering, files_that_wait, habits_of, waiting_everywhere, waiting_in

__all__ = [
    "PAGE",
    "Beside",
    "CalledBy",
    "Callee",
    "Choices",
    "FoundMessages",
    "Hit",
    "NoteFound",
    "Part",
    "PersonHere",
    "Picking",
    "Quote",
    "Removed",
    "Retention",
    "Seeking",
    "Show",
    "Sought",
    "Standing",
    "Wanted",
    "answering",
    "ask_list",
    "ask_list_written",
    "asked_by_room",
    "asked_of_me",
    "asks_on",
    "beside_messages",
    "beside_talk",
    "by_organization",
    "callable_in",
    "calls_of",
    "choices_of",
    "doubt_about",
    "draft_in",
    "excerpt",
    "fetch_answered",
    "fetch_mentions",
    "fetch_reactions",
    "files_of_room",
    "files_that_wait",
    "forwarded_text",
    "give_rooms",
    "habits_of",
    "handling_choices",
    "handlings_on",
    "has_older",
    "is_pinned",
    "latest_messages",
    "limits_of",
    "marked",
    "marks_on",
    "marks_shown",
    "mentioned_by",
    "mentions_by_room",
    "mentions_shown",
    "messages_after",
    "messages_around",
    "messages_changed",
    "messages_found",
    "names_in_lists",
    "new_readers",
    "office_of",
    "one_of",
    "organizations_shown",
    "people_of",
    "people_rows",
    "person_in",
    "picking",
    "quote_of",
    "quotes_shown_from",
    "reactions_of",
    "reactions_to",
    "read_mark_of",
    "removed_shown",
    "retention_of",
    "room_row",
    "room_rows",
    "rooms_for_forwarding",
    "rooms_found",
    "rooms_to_choose",
    "seen_lately",
    "seen_on",
    "senders_in",
    "shown_of",
    "standings",
    "unread_rooms_count",
    "untaken_count",
    "usually_asked",
    "waiting_everywhere",
    "waiting_in",
    "who_reacted",
    "who_saw",
    "whole",
    "with_authors",
]
