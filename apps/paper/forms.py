"""Scans that somebody sends, and codes that somebody types."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.directory.numbers import dialled
from apps.files.refusals import FileRefused
from apps.paper.codes import code_in, number_written
from apps.paper.drawing import check_weight, drawn
from apps.paper.refusals import CodeMistyped, FaxMistyped, TooManyScans

MOST_FILES = 10
OFFERED = "application/pdf,image/jpeg,image/png,image/tiff"


@dataclass(frozen=True)
class DrawnFile:
    """A file of scans as its pages were drawn anew."""

    name: str
    pages: list[bytes]


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class ScansField(forms.Field):
    """Files of scans, each drawn anew: one that cannot be is refused by its name, and none is kept."""

    widget = ManyFilesInput(attrs={"accept": OFFERED})
    default_error_messages = {"required": _("Please choose at least one file.")}

    def clean(self, value: Any) -> list[DrawnFile]:
        super().clean(value)
        if len(value) > MOST_FILES:
            refusal = TooManyScans(limit=MOST_FILES)
            raise ValidationError(refusal.said, code=refusal.code)
        found, troubles = [], []
        for file in value:
            try:
                check_weight(file.size)
                found.append(DrawnFile(file.name, drawn(file.read())))
            except FileRefused as refusal:
                troubles.append(ValidationError(f"{file.name}: {refusal.said}", code=refusal.code))
        if troubles:
            raise ValidationError(troubles)
        return found


class ScansForm(forms.Form):
    """One or more files of scans."""

    scans = ScansField(
        label=_("Scans (PDF, JPEG, PNG or TIFF)"),
        help_text=_(
            "Up to 10 files of 20 MB. Several sheets in one file are told apart. Black and white at 200 dpi is enough."
        ),
    )


class CodeField(forms.CharField):
    """The code at the foot of a sheet, however it is typed."""

    def __init__(self, **options: Any) -> None:
        words: dict[str, Any] = {
            "label": _("Code of the sheet"),
            "max_length": 40,
            "help_text": _("Nine letters and digits at the foot of the sheet."),
            "widget": forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
        }
        super().__init__(**{**words, **options})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return code_in(typed)
        except CodeMistyped as refusal:
            raise ValidationError(refusal.said, code=refusal.code) from refusal


class FaxField(forms.CharField):
    """A FAX number as people write it: with hyphens, in wide digits or not."""

    def __init__(self, **options: Any) -> None:
        words: dict[str, Any] = {
            "label": _("FAX number to which the answer goes back"),
            "max_length": 20,
            "help_text": _("It stands on every sheet, beside the name of your organization."),
            "widget": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        }
        super().__init__(**{**words, **options})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if typed and not dialled(typed):
            raise ValidationError(FaxMistyped.sentence, code=FaxMistyped.code)
        return number_written(typed)


class CodeForm(forms.Form):
    code = CodeField()


class MatchForm(forms.Form):
    """Whose sheet a scan is, and which page of it."""

    code = CodeField()
    page = forms.IntegerField(label=pgettext_lazy("of a sheet", "Page"), min_value=1, max_value=99, initial=1)
