"""What a browser may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.access import facilities_visible_to
from apps.facilities.grid import Age
from apps.facilities.models import Facility
from apps.inquiries.kinds import Reason
from apps.kernel.my_number import no_individual_number
from apps.visits.forms import FindForm
from apps.visits.models import Visit
from apps.waiting.actions import Wish
from apps.waiting.kinds import SAID
from apps.waiting.models import Waiting

WISHED = [f"facility_{number}" for number in range(1, Waiting.MOST_WISHED + 1)]


class PutForm(FindForm):
    """What is waited for, as the counter asks, and why nothing fitted."""

    age_group = forms.ChoiceField(label=_("Age group"), choices=Age.choices)
    need = forms.CharField(
        label=_("What the facility should know"),
        max_length=Visit.LONGEST_NEED,
        required=False,
        validators=[no_individual_number],
        help_text=_("No names of clients, please."),
    )
    reasons = forms.MultipleChoiceField(
        label=pgettext_lazy("waiting list", "Why no place fitted"),
        choices=Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one reason why no place fitted.")},
    )
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in WISHED:
            self.fields[name] = forms.ModelChoiceField(
                facilities_visible_to(member).open(),  # type: ignore[attr-defined]
                label=pgettext_lazy("waiting list", "Wished facility"),
                required=False,
                empty_label=pgettext_lazy("waiting list", "Any facility"),
            )

    @property
    def wished(self) -> list[Any]:
        return [self[name] for name in WISHED]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("is_fetched") and not sent.get("near"):
            self.add_error("near", _("Please choose the school district from where the family must be fetched."))
        return sent

    def wish(self, client: Client | None) -> Wish:
        """As `actions.put_on_list` takes it."""
        sent = self.cleaned_data
        wished: dict[Any, Facility] = {one.pk: one for one in (sent[name] for name in WISHED) if one is not None}
        return Wish(
            sought=self.sought(),
            reasons=tuple(sent["reasons"]),
            need=sent["need"],
            client=client,
            facilities=tuple(wished.values()),
        )


class DecliningForm(forms.Form):
    """Why an offered place does not suit."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason.choices, widget=forms.RadioSelect)


class LeavingForm(forms.Form):
    """Why somebody waits no more."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[(one.value, one.label) for one in SAID], widget=forms.RadioSelect
    )
