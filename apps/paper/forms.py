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
from apps.paper.kinds import Printed
from apps.paper.queries import Returned
from apps.paper.refusals import CodeMistyped, FaxMistyped, PageMissing, PagesArrived, TooManyScans

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


class PrintForm(forms.Form):
    """For whom sheets are printed, and where their answers go back to."""

    whom = forms.ChoiceField(label=_("For whom"), choices=Printed, widget=forms.RadioSelect)
    fax = FaxField()

    @staticmethod
    def standing(*, without: int, fax: str) -> dict[str, str]:
        """What stands in the form before anybody has typed: those without an account, as long as there are any."""
        return {"whom": Printed.WITHOUT_ACCOUNT if without else Printed.EVERYBODY, "fax": fax}


class ComparedForm(forms.Form):
    """Beside the answers of a sheet: which of its pages somebody has compared, and that they go on without the others."""

    pages = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    without = forms.BooleanField(label=_("Save without the pages that are missing"), required=False)

    def __init__(self, *sent: Any, back: Returned, **about: Any) -> None:
        super().__init__(*sent, **about)
        self.back = back
        self.initial["pages"] = " ".join(str(page) for page in back.pages)
        if not back.missing:
            del self.fields["without"]

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if self.back.missing and not sent.get("without"):
            self.add_error("without", PageMissing(pages=", ".join(map(str, self.back.missing))).said)
        return sent

    def compare_again(self, refusal: PagesArrived) -> None:
        """Other pages have come back meanwhile: what was typed stays, and the pages that are shown now are compared next."""
        self.add_error(None, refusal.said)
        sent: Any = self.data
        shown = sent.copy()
        shown["pages"] = " ".join(str(page) for page in self.back.pages)
        self.data = shown

    @property
    def compared(self) -> list[int]:
        return [int(page) for page in self.cleaned_data["pages"].split() if page.isdecimal()]
