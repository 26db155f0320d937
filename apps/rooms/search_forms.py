"""What a browser may send to search in messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.rooms.queries import Choices, Sought


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def one_of(label: Any) -> forms.UUIDField:
    """Any id is understood: what one does not read is not found."""
    return forms.UUIDField(label=label, required=False, widget=forms.Select)


class SearchForm(forms.Form):
    """What was said, and where, by whom and when it was."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    room = one_of(_("Talk room"))
    client = one_of(_("Client"))
    author = one_of(_("Written by"))
    since = day_field(_("Written from"))
    until = day_field(_("Written until"))
    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def sought(self) -> Sought:
        told = dict(self.cleaned_data)
        return Sought(typed=told.pop("q"), **told)

    def offer(self, choices: Choices) -> None:
        """Among what is chosen; the rest of the form does without."""
        for name, everything, offered in (
            ("room", _("Every room"), choices.rooms),
            ("client", _("Every client"), choices.clients),
            ("author", _("Everybody"), choices.people),
        ):
            widget: Any = self.fields[name].widget
            widget.choices = [("", everything), *((str(pk), words) for pk, words in offered)]

    @property
    def is_narrowed(self) -> bool:
        return any(self[name].value() for name in ("room", "client", "author", "since", "until"))
