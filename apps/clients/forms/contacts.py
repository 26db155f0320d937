"""The family and guardians of a client."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.clients.actions import Reached
from apps.clients.models import FamilyContact
from apps.clients.refusals import PhoneMalformed
from apps.directory.numbers import dialled
from apps.environments.forms import NameField

FIELDS = ("name", "relation", "phone", "is_key_person", "is_guardian")


class ContactForm(forms.Form):
    """Who it is and how they are reached, where that is known."""

    name = NameField()
    relation = NameField(
        label=_("Relation to the client"),
        max_length=40,
        help_text=_("For example eldest daughter, mother, adult guardian"),
    )
    phone = NameField(
        label=_("Phone"),
        max_length=20,
        required=False,
        help_text=_(
            "May be left empty. Until this family member has consented, only the division in charge and your organization see it."
        ),
    )
    is_key_person = forms.BooleanField(
        label=_("Key person: with whom decisions are talked over"),
        required=False,
        help_text=_("There is one. Who was it before stays among the family."),
    )
    is_guardian = forms.BooleanField(label=_("Parent or guardian"), required=False)

    def __init__(self, data: Any = None, *, contact: FamilyContact | None = None) -> None:
        super().__init__(data, initial={name: getattr(contact, name) for name in FIELDS} if contact else {})
        self.fields["phone"].widget.attrs |= {"inputmode": "tel"}

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not dialled(phone):
            raise ValidationError(PhoneMalformed.sentence, code=PhoneMalformed.code)
        return phone

    def reached(self) -> Reached:
        return Reached(**self.cleaned_data)
