"""An emergency, a report, and what is thought of it afterwards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.clients.access import seconds_for
from apps.clients.forms.consents import OrganizationsField
from apps.clients.forms.days import BirthDateField
from apps.clients.forms.words import FROM_THE_LIST
from apps.clients.models import Ground
from apps.clients.models.exceptions import OF_EMERGENCY, OF_REPORT
from apps.clients.refusals import NoSecondPerson
from apps.environments.access import organizations_visible_to
from apps.environments.forms import CHOOSE, NameField
from apps.environments.models import Member


class PurposeField(NameField):
    """One or two sentences, read by those who judge afterwards."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "label": _("What it is needed for"),
                "help_text": _("One or two sentences for those who review it. Please no names and no diagnoses."),
                "max_length": 300,
                "widget": forms.Textarea(attrs={"rows": 3}),
                **options,
            }
        )


class PersonSought(forms.Form):
    """The one person who is meant: nobody is listed, and nothing but the whole name with the date of birth finds."""

    name = NameField(
        label=_("Full name"), help_text=_("As it is written, or its reading in kana. Parts of a name find nobody.")
    )
    born_on = BirthDateField()

    def about_person(self) -> list[forms.BoundField]:
        return [self["name"], self["born_on"]]


class EmergencyForm(PersonSought):
    """Whom to open in an emergency, and why."""

    ground = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one.value, one.label) for one in OF_EMERGENCY],
        widget=forms.RadioSelect,
        error_messages=FROM_THE_LIST | {"required": _("Please choose a reason.")},
    )
    purpose = PurposeField()

    def why(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("ground", "purpose")}


class SecondField(forms.ModelChoiceField):
    """People who may confirm, by organization; whoever is none of them is answered alike."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organization.name}　{obj.name}"

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(NoSecondPerson.sentence, code=NoSecondPerson.code) from error


class ReportForm(PersonSought):
    """Whom a report is about, by which law, who confirms it, and which organizations hear nothing."""

    ground = forms.ChoiceField(
        label=_("By which law"),
        choices=[(one.value, one.label) for one in Ground if one in OF_REPORT],
        widget=forms.RadioSelect,
        error_messages=FROM_THE_LIST | {"required": _("Please choose a reason.")},
    )
    purpose = PurposeField()
    second = SecondField(
        label=_("Second person"),
        queryset=None,
        empty_label=CHOOSE,
        help_text=_(
            "Somebody of a city division or a support center. Only when they confirm within 24 hours is anything opened."
        ),
    )
    unheard = OrganizationsField(
        label=_("Organizations that must not hear of it"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Where the suspected person works, for example. The family and the care team are not told in any case."
        ),
        error_messages=FROM_THE_LIST,
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data)
        second, unheard = (self.fields[name] for name in ("second", "unheard"))
        people = seconds_for(member).select_related("organization")
        second.queryset = people.order_by("organization__kana", "organization__name", "kana")  # type: ignore[attr-defined]
        bodies = organizations_visible_to(member).order_by("kind", "kana", "name")
        unheard.queryset = bodies  # type: ignore[attr-defined]
        unheard.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        second = cleaned.get("second")
        if second is not None and second.organization in (cleaned.get("unheard") or []):
            self.add_error("second", ValidationError(NoSecondPerson.sentence, code=NoSecondPerson.code))
        return cleaned

    def why(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("ground", "purpose", "second", "unheard")}


class ReviewForm(forms.Form):
    """Whether an exception was justified, and what was found."""

    verdict = forms.ChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Justified")), ("no", _("Not justified"))],
        widget=forms.RadioSelect,
        error_messages=FROM_THE_LIST | {"required": _("Please choose one of the two.")},
    )
    note = PurposeField(
        label=_("What you found"),
        help_text=_("One or two sentences that stay with it. Please no names and no diagnoses."),
    )

    def result(self) -> dict[str, Any]:
        return {"is_justified": self.cleaned_data["verdict"] == "yes", "note": self.cleaned_data["note"]}
