"""Care recipients: registered, and looked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.actions import Given
from apps.clients.forms.consents import ConsentFields
from apps.clients.forms.days import BirthDateField
from apps.clients.models import Purpose
from apps.clients.queries import divisions
from apps.clients.refusals import ConsentDoesNotHold
from apps.environments.forms import CHOOSE, NameField, ReadingField
from apps.environments.models import Member, Organization

NO_DIVISION = "none"


class ClientForm(forms.Form):
    """A care recipient to be registered."""

    name = NameField()
    kana = ReadingField()
    born_on = BirthDateField()
    area = NameField(
        label=_("Area"), required=False, help_text=_("The part of town, such as a district: it tells namesakes apart.")
    )

    def facts(self) -> dict[str, Any]:
        """What is written down of the person."""
        return {name: self.cleaned_data[name] for name in ("name", "kana", "born_on", "area")}

    def about_client(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "kana", "born_on", "area")]


class DivisionsClientForm(ClientForm):
    """A client of a division: it is in charge by law and needs no consent."""

    asks_consent = False
    said = _("Registered. Your division is in charge.")

    def __init__(self, data: Any = None, files: Any = None, *, member: Member) -> None:
        super().__init__(data)

    def given(self) -> dict[str, Any]:
        return self.facts()


class OfficesClientForm(ConsentFields, ClientForm):
    """A client of an office: with the signed consent, and the division that is in charge."""

    asks_consent = True
    said = _("Registered. Your organization has the first seat on the care team.")

    division = forms.ChoiceField(
        label=_("Division in charge"),
        help_text=_("Its staff see the client too, by law."),
        error_messages={"invalid_choice": _("Please choose one of the divisions from the list.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, member: Member) -> None:
        super().__init__(data, files, member=member, client=None)
        self.known = {str(one.pk): one for one in divisions()}
        named = [(key, one.name) for key, one in self.known.items()]
        self.fields["division"].choices = [("", CHOOSE), *named, (NO_DIVISION, _("None of these"))]  # type: ignore[attr-defined]

    def about_client(self) -> list[forms.BoundField]:
        return [*super().about_client(), self["division"]]

    def given(self) -> dict[str, Any]:
        division: Organization | None = self.known.get(self.cleaned_data["division"])
        consent: Given = self.consent()
        return {**self.facts(), "division": division, "consent": consent}

    def client_name(self) -> str:
        return str(self.cleaned_data.get("name", ""))

    def is_covered(self, cleaned: dict[str, Any]) -> bool:
        """The own organization is covered in any case."""
        return True

    def clean(self) -> dict[str, Any]:
        """Who registers must be able to see what was written: the consent holds today, and for care and support."""
        cleaned = super().clean()
        if "purposes" in cleaned and Purpose.COORDINATION not in cleaned["purposes"]:
            self.add_error("purposes", ValidationError(ConsentDoesNotHold.sentence, code=ConsentDoesNotHold.code))
        if (cleaned.get("valid_from") or timezone.localdate()) > timezone.localdate():
            self.add_error("valid_from", ValidationError(ConsentDoesNotHold.sentence, code=ConsentDoesNotHold.code))
        return cleaned


class SearchForm(forms.Form):
    """What somebody looks for."""

    q = forms.CharField(max_length=100, required=False)
