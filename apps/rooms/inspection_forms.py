"""What an auditor says to read what was deleted in a room about nobody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.clients.forms import InspectionForm
from apps.environments.forms import NameField


class RoomInspectionForm(InspectionForm):
    """The basis and its reference first, then which room."""

    # Of a room about nobody there is no client.
    client = None  # type: ignore[assignment]
    q = NameField(
        label=_("Which room"),
        max_length=100,
        help_text=_("Its title, or the name or reading of one of the two who talk; at least two letters"),
    )
    room = forms.UUIDField(required=False, widget=forms.HiddenInput)
