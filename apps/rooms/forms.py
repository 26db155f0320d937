"""What a browser may send."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.kernel.my_number import no_individual_number
from apps.kernel.refusals import Refusal
from apps.rooms.access import roles_in, usual_role
from apps.rooms.models import Classification, RoomLimits, TalkRoom


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
        fields = ["members_per_room", "rooms_per_person"]
        help_texts = {
            "members_per_room": _("Whoever is in a room already stays in it."),
            "rooms_per_person": _("Archived rooms do not count."),
        }
