"""What a browser may send to forward a message."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.rooms.models import Attachment


class ForwardForm(forms.Form):
    """Into which room, with what remark and which files; whoever sends it has read the message as it was after so many
    changes."""

    room = forms.UUIDField(
        error_messages={"required": _("Please choose a talk room."), "invalid": _("Please choose a talk room.")}
    )
    remark = forms.CharField(
        label=_("Your own remark"),
        help_text=_("It stands above the forwarded text. You may leave it empty."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Files that go with it"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_sure = forms.BooleanField(required=False)
    client_key = forms.UUIDField(required=False)
    change = forms.IntegerField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, files: list[Attachment]) -> None:
        super().__init__(data)
        self.fields["places"].choices = [(one.place, one.file.name) for one in files if one.file.is_ready]  # type: ignore[attr-defined]

    @property
    def key(self) -> str:
        """The key that the page was given, for one press is one message; a new page has a new one."""
        return str(self.cleaned_data.get("client_key") or uuid4())

    @property
    def names_room(self) -> bool:
        """Whether it was filled in as far as the room; what is wrong beside that is said where it stands."""
        return self.is_bound and "room" in self.cleaned_data

    @property
    def told(self) -> dict[str, Any]:
        """What both the check and the deed are told."""
        return {"remark": self.cleaned_data.get("remark", ""), "files": set(self.cleaned_data.get("places", ()))}
