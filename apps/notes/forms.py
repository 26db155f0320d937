"""What a browser may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.kernel.my_number import no_individual_number
from apps.notes.models import NoteTask, NoteVersion
from apps.notes.refusals import SavedMeanwhile
from apps.rooms.forms import AskedAgain

# No note has more versions, and no version more lines.
MOST = 2**31 - 1


class NoteForm(AskedAgain):
    """A new note."""

    title = forms.CharField(
        label=_("Title of the note"), max_length=NoteVersion.LONGEST_TITLE, validators=[no_individual_number]
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=NoteVersion.LONGEST,
        strip=False,
        required=False,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 16, "autocomplete": "off"}),
    )

    field_order: tuple[str, ...] = ("title", "body")

    def told(self) -> dict[str, Any]:
        """Title and text, as `actions.begin_note` takes them."""
        return {name: self.cleaned_data[name] for name in ("title", "body")}


class TextForm(NoteForm):
    """The next version of a note, on top of the one that was read."""

    reason = forms.CharField(
        label=_("What was changed"),
        max_length=NoteVersion.LONGEST_REASON,
        required=False,
        validators=[no_individual_number],
        help_text=_("Stands in the history beside the version. You may leave it empty."),
    )
    version = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)

    field_order = ("title", "body", "reason")

    # What somebody else has saved meanwhile, once that has been found.
    other: NoteVersion | None = None

    def told(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {**super().told(), "reason": sent["reason"], "expected": sent["version"]}

    def compare(self, refusal: SavedMeanwhile) -> None:
        """Show what the other has saved; saved again, the text here stands on top of it."""
        self.other = refusal.newest
        self.data: Any = {**self.data.dict(), "version": str(refusal.newest.number)}
        self.add_error(None, refusal.said)


class TickForm(forms.Form):
    """Which line of which version is ticked, or is so no more."""

    version = forms.IntegerField(min_value=1, max_value=MOST)
    item = forms.IntegerField(min_value=1, max_value=MOST)
    state = forms.ChoiceField(choices=[("done", "done"), ("open", "open")])

    def told(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {"seen": sent["version"], "item": sent["item"], "is_done": sent["state"] == "done"}


class ReturnForm(forms.Form):
    """On top of which version an earlier one is to stand again."""

    expected = forms.IntegerField(min_value=1, max_value=MOST)


class TaskForm(forms.Form):
    """Who does a task, and until when; nobody and no day where nothing is chosen."""

    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(label=_("Until when"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = [("", _("Nobody yet")), *people]


class NewTaskForm(AskedAgain, TaskForm):
    """A new task."""

    body = forms.CharField(
        label=_("What is to be done"),
        max_length=NoteTask.LONGEST,
        validators=[no_individual_number],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("body", "owner", "due_on")


class StateForm(forms.Form):
    """Whether a task is done."""

    state = forms.ChoiceField(choices=[("done", "done"), ("open", "open")])
