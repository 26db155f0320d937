"""What an auditor asks the ledger. Everything is an id, a code or a day: it stands in addresses."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.models import Channel, Outcome
from apps.environments.forms import NameField
from apps.environments.models import Organization
from apps.oversight.kinds import Area, Kind
from apps.oversight.models import Finding, Form, Identity


class PurposeAsked(TextChoices):
    """Purposes as they are asked for; every legal basis is one of them."""

    SUPPORT = "support", pgettext_lazy("purpose in the ledger", "Support")
    BREAK_GLASS = "break-glass", pgettext_lazy("purpose in the ledger", "Emergency")
    REPORT = "report", pgettext_lazy("purpose in the ledger", "Report of an abuse")
    LEGAL_BASIS = "legal-basis", pgettext_lazy("purpose in the ledger", "Inspection with a legal basis")
    AUDIT = "audit", pgettext_lazy("purpose in the ledger", "Audit")
    NONE = "none", pgettext_lazy("purpose in the ledger", "not said")


ANY = [("", pgettext_lazy("ledger", "All"))]


class QuestionForm(forms.Form):
    """What is asked of the ledger; an empty field asks for everything."""

    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        label=_("Organization"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=pgettext_lazy("ledger", "All"),
    )
    area = forms.ChoiceField(label=pgettext_lazy("ledger", "What about"), choices=[*ANY, *Area.choices], required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("ledger", "What was done"), choices=[*ANY, *Kind.choices], required=False
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[*ANY, *Outcome.choices], required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[*ANY, *PurposeAsked.choices], required=False)
    channel = forms.ChoiceField(
        label=pgettext_lazy("ledger", "Entrance"), choices=[*ANY, *Channel.choices], required=False
    )
    address = forms.GenericIPAddressField(label=pgettext_lazy("ledger", "Network address"), required=False)
    agent = forms.RegexField(
        label=pgettext_lazy("ledger", "Sign of the device"), regex=r"^[0-9a-f]{16}$", required=False, max_length=16
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.order_by("kana", "name")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        return told

    def asked(self) -> dict[str, str]:
        """What is asked, as an address and the ledger bear it."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: str(getattr(value, "pk", value)) for name, value in told.items()}


class WhomForm(forms.Form):
    """Whom to ask the ledger about. What is typed here stands in no address."""

    q = NameField(
        label=pgettext_lazy("ledger", "Name of a client or of a member"),
        max_length=100,
        help_text=_("Name or reading, at least two letters"),
    )


class Span(TextChoices):
    """How much of the ledger is taken out."""

    FOUND = "found", pgettext_lazy("ledger", "What the question finds")
    ALL = "all", pgettext_lazy("ledger", "The whole ledger")


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=pgettext_lazy("ledger", "In which form"), choices=Form, widget=forms.RadioSelect, initial=Form.CSV
    )
    span = forms.ChoiceField(
        label=pgettext_lazy("ledger", "How much"), choices=Span, widget=forms.RadioSelect, initial=Span.FOUND
    )


class AccessForm(forms.Form):
    """Of whom or of whom not it is told what is open, and of which day."""

    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(
        label=pgettext_lazy("access", "As of the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=pgettext_lazy("access", "Empty: now"),
    )
    against = forms.DateField(
        label=pgettext_lazy("access", "Compared with the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        today = timezone.localdate()
        on, against = told.get("on") or today, told.get("against")
        if told.get("client") and told.get("person"):
            self.add_error(None, _("Please choose a client or a person, not both."))
        if on > today:
            self.add_error("on", _("Nobody knows yet what will be open then. Please choose a day up to today."))
        if against and against >= on:
            self.add_error("against", _("Please choose an earlier day than the other one."))
        return told

    def asked(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class SaveForm(forms.Form):
    name = NameField(label=_("Name of the question"), max_length=60)


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding, widget=forms.RadioSelect)
    words = NameField(
        label=_("What you found out"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whom you asked, and what they said. No names of clients, please: it stays for good."),
    )


class WatchForm(forms.Form):
    """The numbers of the rules, within what makes sense."""

    begins_hour = forms.IntegerField(label=_("Working hours begin at"), min_value=0, max_value=23)
    ends_hour = forms.IntegerField(label=_("Working hours end at"), min_value=1, max_value=24)
    many_clients = forms.IntegerField(label=_("Clients within one hour"), min_value=2, max_value=1000)
    review_days = forms.IntegerField(label=_("Days for a review"), min_value=1, max_value=90)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("begins_hour", 0) >= told.get("ends_hour", 24):
            self.add_error("ends_hour", _("The end lies before the beginning."))
        return told


class CodeForm(forms.Form):
    """Who stands at the counter, and how the desk made sure of it."""

    asked_by = NameField(
        label=_("Who asks"),
        max_length=40,
        help_text=_("Such as: the client, the eldest daughter, the mother. No name."),
    )
    identity = forms.ChoiceField(label=_("How was it made sure who asks?"), choices=Identity, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    answer = NameField(
        label=_("Answer to the family"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain words: who it was, and what it was for."),
    )


class PolicyForm(forms.Form):
    shows_names = forms.BooleanField(label=_("Show families the names of those who looked"), required=False)


class AskForm(forms.Form):
    entry = forms.IntegerField(min_value=1, max_value=2**63 - 1)
