"""Why an auditor looks into a record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.words import FROM_THE_LIST
from apps.clients.models import Basis
from apps.environments.forms import NameField


class InspectionForm(forms.Form):
    """The basis and its reference first, then whose record."""

    basis = forms.ChoiceField(
        label=_("Legal basis"), choices=Basis, widget=forms.RadioSelect, error_messages=FROM_THE_LIST
    )
    reference = NameField(
        label=_("Reference"),
        max_length=120,
        help_text=_(
            "Such as the number of the audit plan or of the request. No names, please: it stays in the records."
        ),
    )
    q = NameField(label=_("Whose record"), max_length=100, help_text=_("Name or reading, at least two letters"))
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
