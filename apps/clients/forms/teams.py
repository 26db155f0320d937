"""Seats, the people on them, who is responsible, and openings by hand."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.days import DayField, beginning_of, end_of
from apps.clients.models import OpeningReason, SeatPurpose, TeamRole
from apps.clients.refusals import OpeningOver, OpeningTooLong

# An opening by hand lasts a fortnight unless another day is chosen, and never more than a year.
USUAL = timedelta(days=14)
LONGEST = timedelta(days=366)


class SeatForm(forms.Form):
    """The organization that is to have a seat: for what, as what, from when until when."""

    organization = forms.UUIDField(
        label=_("Organization for the care team"),
        error_messages={
            "required": _("Please choose an organization."),
            "invalid": _("Please choose an organization."),
        },
    )
    purpose = forms.ChoiceField(
        label=_("What the seat is for"),
        # What is not said is the usual: to care for the client.
        required=False,
        choices=SeatPurpose.choices,
        initial=SeatPurpose.COORDINATION,
        widget=forms.RadioSelect,
        help_text=_(
            "The seat opens the client by a consent for the same purpose. Who is introduced reads the record and writes in "
            "rooms, and changes neither record nor team."
        ),
    )
    role = forms.ChoiceField(
        label=_("Role on the team"),
        required=False,
        choices=[("", _("As the kind of organization says")), *TeamRole.choices],
    )
    first = DayField(
        label=_("First day"), required=False, help_text=_("Empty: from now on. For example R8.4.1 or 2026-04-01")
    )
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def seat(self) -> dict[str, Any]:
        """Purpose, role and period as `actions.give_seat` takes them; a seat that begins today begins now."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        begins_at = beginning_of(first) if first and first != timezone.localdate() else None
        return {
            "purpose": self.cleaned_data["purpose"] or SeatPurpose.COORDINATION,
            "role": self.cleaned_data["role"],
            "begins_at": begins_at,
            "ends_at": end_of(last) if last else None,
        }


class SeatEndForm(forms.Form):
    """When a seat ends: now, or with a day to come."""

    last = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: it ends at once. For example R8.4.1 or 2026-04-01"),
    )

    def ends_at(self) -> datetime | None:
        last = self.cleaned_data["last"]
        return end_of(last) if last else None


class PersonForm(forms.Form):
    """A person of a seat's organization, and as what they support the client."""

    member = forms.UUIDField(
        label=_("Person"),
        error_messages={"required": _("Please choose a person."), "invalid": _("Please choose a person.")},
    )
    role = forms.ChoiceField(label=_("Role on the team"), choices=[("", _("Please choose a role.")), *TeamRole.choices])


class RoleForm(forms.Form):
    """Another role for a person on the team."""

    role = forms.ChoiceField(label=_("Role on the team"), choices=TeamRole.choices)


class HandoverForm(forms.Form):
    """From which day somebody is responsible."""

    first = DayField(
        label=_("First day"), required=False, help_text=_("Empty: from now on. For example R8.4.1 or 2026-04-01")
    )

    def begins_at(self) -> datetime | None:
        first = self.cleaned_data["first"]
        return beginning_of(first) if first and first > timezone.localdate() else None


def usual_last_day() -> date:
    return timezone.localdate() + USUAL


class OpeningForm(forms.Form):
    """The person to whom a client is opened by hand, and until when."""

    member = forms.UUIDField(
        label=_("Person"),
        error_messages={"required": _("Please choose a person."), "invalid": _("Please choose a person.")},
    )
    reason = forms.ChoiceField(
        label=_("What for"), choices=OpeningReason.choices, initial=OpeningReason.STANDS_IN, widget=forms.RadioSelect
    )
    until = DayField(
        label=_("Last day"),
        initial=usual_last_day,
        help_text=_("A year ahead at most. For example R8.4.1 or 2026-04-01"),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError(OpeningOver.sentence, code=OpeningOver.code)
        if until > timezone.localdate() + LONGEST:
            raise ValidationError(OpeningTooLong.sentence, code=OpeningTooLong.code)
        return until

    def expires_at(self) -> datetime:
        return end_of(self.cleaned_data["until"])
