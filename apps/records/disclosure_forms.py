"""Why, and to whom, a room is handed over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.environments.forms import NameField
from apps.records.models import Ground


class DisclosureForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Legal ground"),
        choices=Ground,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose the legal ground.")},
    )
    reference = NameField(
        label=_("Reference"), max_length=120, help_text=_("Such as the number of the request. No names, please.")
    )
    addressee = NameField(
        label=_("Handed over to"), max_length=120, help_text=_("It stands on every page of the package.")
    )
