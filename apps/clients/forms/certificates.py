"""What a certificate says, as it is copied from the paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.clients.actions import Granted
from apps.clients.forms.days import DayField
from apps.clients.models import CareLevel, Certificate, Client
from apps.clients.models.certificates import OPEN_ENDED
from apps.clients.refusals import (
    CertificationReversed,
    CertificationsOverlap,
    CertificationTooLong,
    Dubious,
    InsurerNumberMalformed,
    NumberMalformed,
    NumberTaken,
)
from apps.environments.forms import CHOOSE
from apps.kernel.refusals import IndividualNumber, Refusal

FROM_THE_LIST = {"invalid_choice": _("Please choose from the list.")}


class CertificateForm(forms.Form):
    """Which certificate; a child's is likely another one than an adult's."""

    certificate = forms.ChoiceField(
        label=_("Certificate"), choices=Certificate, widget=forms.RadioSelect, error_messages=FROM_THE_LIST
    )
    # At which field a refusal of the verb is said.
    SAID_AT: dict[str, str] = {}

    def __init__(self, data: Any = None, *, client: Client) -> None:
        self.client = client
        likely = Certificate.RECIPIENT if client.is_child else Certificate.INSURED
        super().__init__(data, initial={"certificate": likely})

    def refuse(self, refusal: Refusal) -> None:
        """Say what the verb said beside the field it is about."""
        self.add_error(self.SAID_AT.get(refusal.code), ValidationError(refusal.said, code=refusal.code))


class NumberForm(CertificateForm):
    """The number of a certificate. Whether it can be one is decided by the verb, for pages and programs alike."""

    number = forms.CharField(
        label=_("Number"),
        max_length=30,
        help_text=_("Ten digits. It is kept encrypted, and shown in full only when somebody opens it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    insurer_number = forms.CharField(
        label=_("Insurer number"),
        max_length=20,
        required=False,
        help_text=_("Six digits, from the certificate of long-term care insurance."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    is_checked = forms.BooleanField(label=_("I have compared it with the certificate. It is right."), required=False)

    SAID_AT = {
        NumberMalformed.code: "number",
        NumberTaken.code: "number",
        IndividualNumber.code: "number",
        InsurerNumberMalformed.code: "insurer_number",
        Dubious.code: "insurer_number",
    }

    @property
    def is_dubious(self) -> bool:
        """Whether somebody should look again and say so."""
        return self.has_error("insurer_number", Dubious.code) or bool(self.data.get("is_checked"))

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        of_insurance = cleaned["certificate"] == Certificate.INSURED
        return cleaned | {"insurer_number": cleaned["insurer_number"] if of_insurance else ""}


class CertificationForm(CertificateForm):
    """A period with its care level, or with the days of support it grants."""

    care_level = forms.ChoiceField(
        label=_("Care level"), choices=[("", CHOOSE), *CareLevel.choices], required=False, error_messages=FROM_THE_LIST
    )
    granted_days = forms.IntegerField(
        label=_("Granted days per month"),
        min_value=1,
        max_value=31,
        required=False,
        widget=forms.NumberInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False)

    SAID_AT = {CertificationsOverlap.code: "first_day", CertificationTooLong.code: "last_day"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        of_insurance = cleaned.get("certificate") == Certificate.INSURED
        cleaned["granted_days" if of_insurance else "care_level"] = None if of_insurance else ""
        if of_insurance:
            self.need("care_level", _("Please choose the care level."))
        elif "certificate" in cleaned:
            self.need("granted_days", _("Please write how many days per month were granted."))
        if cleaned.get("care_level") not in OPEN_ENDED:
            self.need("last_day", _("Please write the last day of the certification."))
        if cleaned.get("first_day") and cleaned.get("last_day") and cleaned["last_day"] < cleaned["first_day"]:
            self.add_error("last_day", ValidationError(CertificationReversed.sentence, code=CertificationReversed.code))
        return cleaned

    def need(self, field: str, sentence: Any) -> None:
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, ValidationError(sentence, code="required"))

    def granted(self) -> Granted:
        return Granted(**self.cleaned_data)
