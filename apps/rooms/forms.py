"""What a browser may send."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.files.kinds import FileKind
from apps.kernel.my_number import no_individual_number
from apps.kernel.refusals import Refusal
from apps.rooms.access import roles_in, usual_role
from apps.rooms.models import (
    AskedOf,
    Classification,
    MarkKind,
    Message,
    ReactionKind,
    RoomLimits,
    TalkRoom,
)
from apps.rooms.refusals import AnotherClient
from apps.rooms.stamps import STAMPS


class AskedAgain(forms.Form):
    """A text whose author is asked once more when it seems to be meant for another room."""

    is_sure = forms.BooleanField(
        label=_("I have read it again: it belongs in this room."), widget=forms.HiddenInput, required=False
    )
    # Whom the text seems to name, once that has been seen.
    doubt: Any = None

    def ask(self, refusal: AnotherClient) -> None:
        """Show whom it seems to name, with a box to say that this is meant."""
        self.doubt = refusal.doubt
        self.fields["is_sure"].widget = forms.CheckboxInput()
        self.add_error("body", refusal.said)


class IdsField(forms.Field):
    """Ids of files that were uploaded before; whose they are is asked where they are fetched."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(str(one)) for one in value or []]
        except ValueError as error:
            raise ValidationError(_("Please choose the files again."), code="invalid") from error


class FilesForm(forms.Form):
    """Which files of a room are looked for. What is not understood does not count."""

    name = forms.CharField(label=_("Name of the file"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of file"), required=False, choices=[("", _("Every kind")), *FileKind.choices]
    )
    author = forms.ChoiceField(label=_("Sent by"), required=False)
    since = forms.DateField(label=_("Sent from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Sent until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, people: list[tuple[UUID, str | Promise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        author: Any = self.fields["author"]
        author.choices = [("", _("Everybody")), *((str(pk), name) for pk, name in people)]

    def wanted(self) -> dict[str, Any]:
        """What `queries.files_of_room` takes."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}


class MessageForm(forms.Form):
    """A message and the key its sender's device chose for it; without a script the page chose one.

    A stamp goes as a message of its own, and what stands in the field beside it is a draft.
    """

    body = forms.CharField(
        label=_("Message"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off", "enterkeyhint": "enter"}),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    stamp = forms.ChoiceField(choices=[(one.text, one.phrase) for one in STAMPS], required=False)
    attached = IdsField(required=False)
    answers = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput, required=False)
    asked_of = forms.ChoiceField(choices=AskedOf.choices, required=False)
    is_sure = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def message(self, room: TalkRoom) -> dict[str, Any]:
        """Body, key and files as `actions.post` takes them. A key that is none is refused: sent again, it could not be known."""
        if not self.is_valid():
            raise Refusal(subject=room, client_id=room.client_id)
        sent = self.cleaned_data
        told = {"body": sent["stamp"] or sent["body"], "answers": sent["answers"]}
        # What is ticked beside the field is meant for what stands in it.
        told["asked_of"] = "" if sent["stamp"] else sent["asked_of"]
        return {**told, "client_key": sent["client_key"] or uuid4(), "files": sent["attached"]}

    def draft(self) -> str | None:
        """What the field holds once the message is sent; None where it is not told, and stays as it was."""
        return self.data.get("body") if self.cleaned_data["stamp"] else ""


class DraftForm(forms.Form):
    """What the composer holds."""

    body = forms.CharField(strip=False, required=False)
    answers = forms.IntegerField(min_value=1, max_value=2**53, required=False)


class TextForm(AskedAgain):
    """A message in other words."""

    body = forms.CharField(
        label=_("Message"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": Message.LONGEST, "autocomplete": "off"}),
        help_text=_("Everybody who can read the message can also see what it said before."),
    )


class MarkForm(forms.Form):
    """How one's own mark on a message is from now on."""

    ON, OFF, DONE = "on", "off", "done"

    kind = forms.ChoiceField(choices=MarkKind.choices)
    state = forms.ChoiceField(choices=[(ON, ON), (OFF, OFF), (DONE, DONE)])

    @property
    def list(self) -> str:
        """The page on which such marks stand."""
        return "todo" if self.cleaned_data["kind"] == MarkKind.TO_DO else "bookmarks"


class ReactionForm(forms.Form):
    """Answer a message in a set phrase, or take that back."""

    ON, OFF = "on", "off"

    kind = forms.ChoiceField(choices=ReactionKind.choices)
    state = forms.ChoiceField(choices=[(ON, ON), (OFF, OFF)])


class AskForm(forms.Form):
    """Whose confirmation the author of a message asks for."""

    of = forms.ChoiceField(choices=AskedOf.choices)


class NeedForm(forms.Form):
    """Of which organization somebody is needed."""

    organization = forms.UUIDField()


class HandlingForm(forms.Form):
    """What one does with a message that needs somebody."""

    TAKE, GIVE_BACK, HAND_ON, DONE = "take", "give_back", "hand_on", "done"
    DEEDS = [(one, one) for one in (TAKE, GIVE_BACK, HAND_ON, DONE)]

    deed = forms.ChoiceField(choices=DEEDS)
    to = forms.UUIDField(required=False)


class PeopleField(forms.Field):
    """Ids of people who were picked; who may be picked is asked where they are fetched."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"required": _("Please choose somebody."), "invalid": _("Please choose somebody.")}

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(str(one)) for one in value or []]
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class RoomForm(forms.Form):
    """A room about a client."""

    title = forms.CharField(
        label=_("Title"),
        max_length=80,
        required=False,
        validators=[no_individual_number],
        help_text=_("For example: daily reports. Leave it empty for the client's main room."),
    )


class NewRoomForm(forms.Form):
    """A theme room or announcements: what it is called and for, and who comes in."""

    title = forms.CharField(
        label=_("Title"),
        max_length=80,
        validators=[no_individual_number],
        help_text=_("Everybody in the room sees it. Please name no client here."),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        required=False,
        validators=[no_individual_number],
        help_text=_("What belongs here, in one sentence."),
    )
    classification = forms.ChoiceField(
        label=_("Classification"),
        choices=Classification.choices,
        initial=Classification.OFFICE_MATTER,
        widget=forms.RadioSelect,
        help_text=_("It decides how long what is written is kept."),
    )
    members = PeopleField(label=_("Members"), required=False)


class PairForm(forms.Form):
    """With whom one wants to talk."""

    member = forms.UUIDField(
        error_messages={"required": _("Please choose somebody."), "invalid": _("Please choose somebody.")}
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role in the room"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, room: TalkRoom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(role.value, role.label) for role in roles_in(room)]


class AdmissionForm(forms.Form):
    """Who comes in, and from when they see what was written: asked at every admission."""

    NOTHING, EVERYTHING, FROM_DATE = "nothing", "everything", "date"

    members = PeopleField(label=_("Who"))
    history = forms.ChoiceField(
        label=_("What they see of what was written before"),
        choices=[
            (NOTHING, _("Nothing: only what is written from now on")),
            (FROM_DATE, _("Everything from a date")),
            (EVERYTHING, _("Everything")),
        ],
        initial=NOTHING,
        widget=forms.RadioSelect,
    )
    history_from = forms.DateTimeField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"]
    )
    role = forms.ChoiceField(label=_("Role in the room"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[no_individual_number],
        help_text=_("Kept with the admission in the access log."),
    )

    def __init__(self, *args: Any, room: TalkRoom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices, role.initial = [(one.value, one.label) for one in roles_in(room)], usual_role(room)
        if len(role.choices) == 1:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("history") == self.FROM_DATE and not cleaned.get("history_from"):
            self.add_error("history_from", _("Please choose the date from which this person may read."))
        return cleaned

    def admission(self) -> dict[str, Any]:
        """How far back, as what and why, as `actions.admit_all` takes them."""
        chosen = self.cleaned_data
        before = {self.NOTHING: timezone.now(), self.FROM_DATE: chosen["history_from"], self.EVERYTHING: None}
        return {
            "history_from": before[chosen["history"]],
            "role": chosen.get("role", ""),
            "reason": chosen["reason"],
        }


class ArchiveForm(forms.Form):
    """Why a room is put away."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        validators=[no_individual_number],
        help_text=_("Everybody in the room reads it. For example: the support has ended."),
    )


class LimitsForm(forms.ModelForm):
    """How many members a room holds, and in how many rooms one person may be."""

    class Meta:
        model = RoomLimits
        fields = ["members_per_room", "rooms_per_person", "seen_shown_to"]
        widgets = {"seen_shown_to": forms.RadioSelect}
        help_texts = {
            "members_per_room": _("Whoever is in a room already stays in it."),
            "rooms_per_person": _("Archived rooms do not count."),
            "seen_shown_to": _("It is told who has seen a message, never at what time."),
        }
