"""What an admin may say about how long deleted texts are kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.rooms.models import RetentionPolicy


class RetentionForm(forms.ModelForm):
    """For how many years, and why."""

    class Meta:
        model = RetentionPolicy
        fields = ["support_years", "office_years", "reason"]
        help_texts = {
            "support_years": _(
                "Rooms about a client and rooms that are classified so. The national standards ask for two years, most "
                "ordinances for five, counted from the day on which the care has ended."
            ),
            "office_years": _("All other rooms, counted from the day on which a message was deleted or edited."),
            "reason": _("Such as the ordinance that asks for it. It stays in the list below."),
        }
