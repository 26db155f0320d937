"""What is written of a client, changed by those who care for them."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.clients.actions.records import EDITABLE
from apps.clients.forms.clients import ClientForm
from apps.clients.models import Client, Need, Weekday
from apps.clients.models.protection import OF_THE_RECORD
from apps.environments.forms import NameField

CHILDS = ("school_district", "needs", "weekdays")
FROM_THE_LIST = {"invalid_choice": _("Please choose from the list.")}


class RecordForm(ClientForm):
    """The editable facts of a client, with the version that was seen. What concerns children is asked of children."""

    school_district = NameField(label=_("School district"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        choices=Need,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What a facility must be able to do."),
        error_messages=FROM_THE_LIST,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days wished"),
        choices=Weekday,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=FROM_THE_LIST,
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, client: Client) -> None:
        self.client = client
        super().__init__(data, initial={name: getattr(client, name) for name in (*EDITABLE, "version")})
        if not client.is_child:
            for name in CHILDS:
                del self.fields[name]
        if client.is_protected:
            for name in OF_THE_RECORD:
                self.fields.pop(name, None)

    def about_client(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "kana", "born_on", "area") if name in self.fields]

    def clean_needs(self) -> list[str]:
        return [need for need in Need.values if need in self.cleaned_data["needs"]]

    def clean_weekdays(self) -> list[int]:
        return [day for day in Weekday.values if day in self.cleaned_data["weekdays"]]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.fields}

    @property
    def asks_who_is_meant(self) -> bool:
        """Whether the client may now be taken for somebody else."""
        return bool({"name", "kana", "born_on"} & set(self.changed_data))

    def after(self, present: Client, seen: dict[str, Any]) -> Self:
        """The same form upon the present record: what was typed stays, what was left alone is as others left it.

        `seen` holds, of what others have changed, how it was when this form was opened.
        """
        left_alone = {name for name in seen if name in self.fields and self.cleaned_data.get(name) == seen[name]}
        typed = {name: self.cleaned_data[name] for name in self.fields if name not in left_alone}
        present_facts = {name: getattr(present, name) for name in left_alone}
        form = type(self)(typed | present_facts | {"version": present.version}, client=present)
        form.is_valid()
        return form
