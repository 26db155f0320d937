"""What a browser may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.files.models import FileLimits


class FileLimitsForm(forms.ModelForm):
    """How much is sent at once and kept, and whether what is taken out is marked."""

    class Meta:
        model = FileLimits
        fields = ["files_per_send", "megabytes_per_send", "gigabytes_kept", "marks_downloads"]
        help_texts = {
            "gigabytes_kept": _("What is kept already stays, also beyond this."),
            "marks_downloads": _(
                "Name, organization and time are burnt into pictures and into the pages of PDFs. Other files cannot carry a mark and are given as they are."
            ),
        }
