"""Places of a client, and what is asked where they are withheld."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.exceptions import PurposeField
from apps.clients.forms.words import FROM_THE_LIST
from apps.clients.models import Client, PetitionKind, PlaceKind
from apps.clients.models.protection import OF_THE_RECORD
from apps.environments.forms import CHOOSE, NameField


class PlaceForm(forms.Form):
    """Where a client is. Area and school district are written here only while the record may not bear them."""

    kind = forms.ChoiceField(label=_("What it is"), error_messages=FROM_THE_LIST)
    text = NameField(label=_("Where it is"), max_length=200)

    def __init__(self, data: Any = None, *, client: Client) -> None:
        super().__init__(data)
        offered = [one for one in PlaceKind if client.is_protected or one not in OF_THE_RECORD]
        choices = [("", CHOOSE), *((one.value, one.label) for one in offered)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class PetitionForm(forms.Form):
    """What somebody asks of the others, and why."""

    kind = forms.ChoiceField(choices=PetitionKind, error_messages=FROM_THE_LIST, widget=forms.HiddenInput)
    reason = PurposeField()
