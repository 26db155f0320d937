"""What a browser may send."""

import unicodedata
from typing import Any
from uuid import UUID

import jaconv
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.directory.models import Municipality, Office
from apps.environments.models import Environment, Organization, OrganizationKind, Profession, Role
from apps.kernel.my_number import no_individual_number

# The first entry of a list, so that nothing is chosen by not looking.
CHOOSE = _("Please choose")


def plain_name(text: str) -> str:
    """A name as somebody types it, with single half-width spaces; its characters stay as they are."""
    return " ".join(text.replace("\u3000", " ").split())


def plain_reading(text: str) -> str:
    """A reading in hiragana, whatever kana and width it was typed in."""
    return jaconv.kata2hira(unicodedata.normalize("NFKC", plain_name(text)))


def is_reading(text: str) -> bool:
    """Kana, or Latin letters for a name that has no kana: never kanji."""
    return all(sign in " ・ー.'-" or "ぁ" <= sign <= "ゖ" or (sign.isascii() and sign.isalpha()) for sign in text)


class NameField(forms.CharField):
    """A person's or a body's name, or another short text; spaces are tidied and nothing else. Individual numbers are
    refused in all of them."""

    default_validators = [no_individual_number]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, "label": _("Name"), **options})
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        return plain_name(super().to_python(value) or "")


class ReadingField(NameField):
    """A reading in kana; katakana and half-width kana are written as hiragana, so that lists sort as people read."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"label": _("Reading"), "help_text": _("In kana. It decides the place in lists."), **options}
        )

    def to_python(self, value: Any) -> str:
        return plain_reading(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if not is_reading(value):
            raise ValidationError(_("Please write the reading in kana only."), code="not_kana")


class LoginIdField(forms.CharField):
    """A login id in small half-width letters, however it was typed."""

    def __init__(self, **options: Any) -> None:
        field = User._meta.get_field("login_id")
        words = {"label": _("Login ID"), "max_length": 64, "validators": field.validators[:1]}
        super().__init__(**{**words, "help_text": _("A number rather than a name: it appears in records."), **options})
        self.widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value) or "").strip().lower()


class EnvironmentForm(forms.Form):
    """A new environment: whose it is, what it is called, who runs it, who takes part."""

    municipality = forms.ModelChoiceField(Municipality.objects.all(), widget=forms.HiddenInput)
    name = NameField(label=_("Name of the environment"))
    slug = forms.CharField(
        label=_("Web address"),
        max_length=40,
        help_text=_("Stands in every link: 3 to 40 small letters, digits and hyphens."),
    )
    division = NameField(label=_("City division of the first admin"), max_length=120)
    admin_name = NameField(label=_("Name of the first admin"))
    admin_kana = ReadingField()
    admin_login_id = LoginIdField()
    offices = forms.ModelMultipleChoiceField(
        Office.objects.all(), required=False, widget=forms.MultipleHiddenInput, label=_("Offices that take part")
    )

    def clean_slug(self) -> str:
        slug = unicodedata.normalize("NFKC", self.cleaned_data["slug"]).strip().lower()
        Environment._meta.get_field("slug").run_validators(slug)
        return slug


def ticked_offices(sent: QueryDict) -> list[UUID]:
    """The ids that are ticked, also while the rest of the form is unfinished; what is no id is left out."""
    return [identifier for text in sent.getlist("offices") if (identifier := as_uuid(text)) is not None]


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class SearchForm(forms.Form):
    """What somebody looks for."""

    q = forms.CharField(max_length=100, required=False)


class OrganizationField(forms.ModelChoiceField):
    """One of the open environment's organizations, by name. Asked anew by every form: the scope is the request's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"queryset": None, "label": _("Organization"), "empty_label": CHOOSE, **options})

    def __deepcopy__(self, memo: dict[int, Any]) -> "OrganizationField":
        copied = super().__deepcopy__(memo)
        copied.queryset = Organization.objects.order_by("kind", "kana", "name")
        return copied

    def label_from_instance(self, obj: Organization) -> str:
        return obj.name


class AccountForm(forms.Form):
    """One person who is to have a place."""

    name = NameField()
    kana = ReadingField()
    login_id = LoginIdField()
    organization = OrganizationField()
    profession = forms.ChoiceField(choices=[("", CHOOSE), *Profession.choices], label=_("Profession"))
    role = forms.ChoiceField(choices=Role, label=_("Role"), initial=Role.MEMBER, widget=forms.RadioSelect)


class OrganizationForm(forms.Form):
    """A body that is to take part and is not in the directory."""

    name = NameField(max_length=120, label=_("Name of the organization"))
    kana = ReadingField(max_length=120, required=False)
    kind = forms.ChoiceField(choices=[("", CHOOSE), *OrganizationKind.choices], label=_("Kind"))
    is_outside = forms.BooleanField(required=False, label=_("From outside the municipality"))


class OfficesForm(forms.Form):
    """Offices of the directory that are to take part."""

    offices = forms.ModelMultipleChoiceField(
        Office.objects.all(), label=_("Offices"), error_messages={"required": _("Please tick at least one office.")}
    )


class SheetForm(forms.Form):
    """A list of people in a file."""

    sheet = forms.FileField(
        label=_("File (Excel or CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"required": _("Please choose a file."), "empty": _("This file is empty.")},
    )
