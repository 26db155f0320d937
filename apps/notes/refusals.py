"""The ways this app says no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class SavedMeanwhile(Refusal):
    """Told to the second of two who save at once; carries what the first has saved."""

    code = "note_saved_meanwhile"
    status = 409
    sentence = _(
        "Somebody saved this note while you were writing. Nothing of yours is lost: please compare the two texts, and save again."
    )

    def __init__(self, newest: Any, **about: Any) -> None:
        super().__init__(**about)
        self.newest = newest


class NoteTooLong(Refusal):
    code = "note_too_long"
    sentence = _("This is longer than %(limit)s characters. Please shorten it, or begin a second note.")


class NoteArchived(Refusal):
    code = "note_archived"
    sentence = _("This note is archived: it can be read, and not changed. Take it out of the archive to go on.")


class LineChanged(Refusal):
    code = "note_line_changed"
    status = 409
    sentence = _("Somebody has changed this line meanwhile. Nothing was ticked: please look at the list again.")


class NoteUntitled(Refusal):
    code = "note_untitled"
    sentence = _("Please give the note a title.")


class TaskUnsaid(Refusal):
    code = "task_unsaid"
    sentence = _("Please say what is to be done.")
