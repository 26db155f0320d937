"""What a browser may send of messages for later, and of how one likes to write."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.rooms.forms import AskedAgain, IdsField
from apps.rooms.models import AskedOf, Message, WritingHabits


class LaterForm(AskedAgain):
    """A message, and when it is to be sent."""

    body = forms.CharField(
        label=_("Message"),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": Message.LONGEST, "autocomplete": "off"}),
    )
    send_at = forms.DateTimeField(
        label=_("Send at"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Until then nobody has it but you. Whether you may write in the room is asked again at that time."),
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    attached = IdsField(required=False)
    answers = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput, required=False)
    asked_of = forms.ChoiceField(
        label=_("Ask for a confirmation"),
        choices=[("", _("Ask nobody")), *AskedOf.choices],
        required=False,
        help_text=_("Whoever is asked gets a button to confirm the message, and a list shows who is missing."),
    )

    def message(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("body", "send_at", "answers", "asked_of")}
        return {
            **told,
            "files": self.cleaned_data["attached"],
            "client_key": self.cleaned_data["client_key"] or uuid4(),
        }


class HabitsForm(forms.ModelForm):
    """How one likes to write."""

    class Meta:
        model = WritingHabits
        fields = ["can_undo", "send_key"]
        widgets = {"send_key": forms.RadioSelect}
