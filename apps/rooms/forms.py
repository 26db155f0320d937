"""What a browser may send."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.environments.models import Member
from apps.kernel.refusals import Refusal
from apps.rooms.access import people_who_could_join
from apps.rooms.models import TalkRoom


class MessageForm(forms.Form):
    """A message and the key its sender's device chose for it; without a script the page chose one."""

    body = forms.CharField(
        label=_("Message"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off", "enterkeyhint": "enter"}),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def message(self, room: TalkRoom) -> dict[str, Any]:
        """Body and key as `actions.post` takes them. A key that is none is refused: sent again, it could not be known."""
        if not self.is_valid():
            raise Refusal(subject=room, client_id=room.client_id)
        return {"body": self.cleaned_data["body"], "client_key": self.cleaned_data["client_key"] or uuid4()}


class RoomForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=80,
        required=False,
        help_text=_("For example: daily reports. Leave it empty for the client's main room."),
    )


class AdmissionForm(forms.Form):
    """Who comes in, and from when they see what was written: asked at every admission."""

    NOTHING, EVERYTHING, FROM_DATE = "nothing", "everything", "date"

    member: Any = forms.ModelChoiceField(label=_("Who"), queryset=None, widget=forms.RadioSelect, empty_label=None)
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
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Kept with the admission in the access log.")
    )

    def __init__(self, *args: object, room: TalkRoom, reader: Member, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        member: Any = self.fields["member"]
        member.queryset = people_who_could_join(room, reader=reader)
        member.label_from_instance = lambda one: f"{one.name}（{one.organization.name}）"

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("history") == self.FROM_DATE and not cleaned.get("history_from"):
            self.add_error("history_from", _("Please choose the date from which this person may read."))
        return cleaned
