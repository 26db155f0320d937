"""Transfers of many clients to another division."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.days import DayField
from apps.clients.queries import divisions
from apps.clients.refusals.transfers import TransferOver, TransferTooFar
from apps.environments.forms import CHOOSE, as_uuid
from apps.environments.models import Member, Organization

LONGEST_AHEAD = 366


def next_april() -> date:
    """The day on which staff changes: the next 1 April."""
    today = timezone.localdate()
    return date(today.year + (today >= date(today.year, 4, 1)), 4, 1)


class TransferForm(forms.Form):
    """Where clients of one's own division go, and from which day on."""

    target = forms.ChoiceField(
        label=_("New division in charge"),
        error_messages={"invalid_choice": _("Please choose one of the divisions from the list.")},
    )
    on = DayField(
        label=_("From this day on"),
        initial=next_april,
        help_text=_("Today takes effect at once. For example R9.4.1 or 2027-04-01"),
    )

    def __init__(self, *args: Any, member: Member, **more: Any) -> None:
        super().__init__(*args, **more)
        self.member = member
        self.known: dict[str, Organization] = {
            str(one.pk): one for one in divisions() if one.pk != member.organization_id
        }
        named = [(key, one.name) for key, one in self.known.items()]
        self.fields["target"].choices = [("", CHOOSE), *named]  # type: ignore[attr-defined]

    def clean_target(self) -> Organization:
        return self.known[self.cleaned_data["target"]]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        ahead = (on - timezone.localdate()).days
        if ahead < 0:
            raise ValidationError(TransferOver.sentence, code=TransferOver.code)
        if ahead > LONGEST_AHEAD:
            raise ValidationError(TransferTooFar.sentence, code=TransferTooFar.code)
        return on


class TransferOfAllForm(TransferForm):
    """Where all clients of a division go, and who of them stays. `total` is how many there were on the screen: who plans a
    transfer has seen whom it concerns."""

    total = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def stays(self) -> set[UUID]:
        """The clients that do not pass on, also while the rest of the form is unfinished; what is no id is left out."""
        sent = self.data.getlist("stays") if hasattr(self.data, "getlist") else []
        return {identifier for text in sent if (identifier := as_uuid(text)) is not None}

    def turned(self) -> "TransferOfAllForm":
        """The form as it stands, for another page of the list: nothing of it is judged yet."""
        return TransferOfAllForm(initial={name: self.data.get(name) for name in self.fields}, member=self.member)
