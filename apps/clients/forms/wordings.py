"""The wording of the consent form, as an admin types it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.clients.actions.wordings import check_wording
from apps.clients.models.wordings import LONGEST_WORDING
from apps.clients.refusals.wordings import WordingEmpty, WordingTooLong
from apps.clients.wording import tidied
from apps.kernel.my_number import no_individual_number
from apps.kernel.refusals import Refusal


class WordingForm(forms.Form):
    """The text, and after which version it is written."""

    text = forms.CharField(
        label=_("Wording of the form"),
        max_length=LONGEST_WORDING,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=_(
            "The first line is the title, every further line a paragraph. Name, purposes, organizations, period and the "
            "places for signatures are printed below it by themselves."
        ),
        error_messages={"required": WordingEmpty.sentence, "max_length": WordingTooLong.sentence},
    )
    after = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text = tidied(self.cleaned_data["text"])
        try:
            check_wording(text)
        except Refusal as refusal:
            raise ValidationError(refusal.said, code=refusal.code) from refusal
        return text

    def version(self) -> dict[str, Any]:
        """As `actions.write_wording` takes it."""
        return {"text": self.cleaned_data["text"], "after": self.cleaned_data["after"] or 0}
