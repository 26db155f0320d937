"""Files that somebody adds to a client's record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.words import FROM_THE_LIST
from apps.clients.models import PaperKind
from apps.clients.scans import Scan, check_weight, examined
from apps.environments.forms import NameField
from apps.files.refusals import FileRefused


class ScanField(forms.FileField):
    """A PDF or a photo, examined: what is not, or is not what it claims, is refused beside the field."""

    def __init__(self, **options: Any) -> None:
        words = {
            "label": _("File (PDF or photo)"),
            "widget": forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
            "error_messages": {"required": _("Please choose a file."), "empty": _("This file is empty.")},
        }
        super().__init__(**{**words, **options})

    def clean(self, data: Any, initial: Any = None) -> Scan | None:
        file: UploadedFile | None = super().clean(data, initial)
        if not file:
            return None
        try:
            check_weight(file.size or 0)
            return examined(file.read(), file.name or "")
        except FileRefused as refusal:
            raise ValidationError(refusal.said, code=refusal.code) from refusal


class EvidenceForm(forms.Form):
    """The scan of a signed paper, for a consent that was recorded without it."""

    scan = ScanField(
        label=_("Scan or photo of the signed paper"),
        help_text=_("At most 10 MB. Place and time are taken out of photos."),
    )


class PaperForm(forms.Form):
    """A paper for a client's record."""

    scan = ScanField(help_text=_("At most 10 MB. Place and time are taken out of photos."))
    kind = forms.ChoiceField(
        label=_("Kind of paper"), choices=PaperKind, widget=forms.RadioSelect, error_messages=FROM_THE_LIST
    )
    title = NameField(
        label=_("Title of the paper"),
        required=False,
        help_text=_("Such as the month of an assessment. Empty: the kind of paper stands in its place."),
    )

    def paper(self) -> dict[str, Any]:
        """What was sent, as the verb takes it."""
        return {name: self.cleaned_data[name] for name in ("scan", "kind", "title")}
