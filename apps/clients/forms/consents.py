"""What stands on a signed paper."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.clients.access import is_withheld_from
from apps.clients.actions import Given
from apps.clients.forms.days import DayField, beginning_of, end_of
from apps.clients.forms.papers import ScanField
from apps.clients.forms.words import FROM_THE_LIST
from apps.clients.models import Client, PrintedForm, Purpose, Seat, Signer
from apps.clients.refusals import (
    ConsentOver,
    EvidenceMissing,
    FamilySignsItself,
    NobodyCovered,
    PeriodReversed,
    RelationMissing,
    SignedInFuture,
)
from apps.environments.access import organizations_visible_to
from apps.environments.forms import NameField
from apps.environments.models import Member, Organization, OrganizationKind
from apps.kernel.templatetags.house import day

# A family is no kind of office, and "other" says nothing about who that is: both are named one by one.
KINDS = [
    (kind.value, kind.label)
    for kind in OrganizationKind
    if kind not in {OrganizationKind.FAMILY, OrganizationKind.OTHER}
]


@dataclass(frozen=True)
class Offered:
    """An organization to choose, and whether it is chosen."""

    organization: Organization
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """Organizations under one heading, seen at once or folded away."""

    heading: Any
    offered: list[Offered]
    stands_open: bool

    @property
    def is_open(self) -> bool:
        return self.stands_open or any(one.is_chosen for one in self.offered)


class OrganizationsField(forms.ModelMultipleChoiceField):
    """Organizations of this environment; what is none, in whatever form, is answered alike."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class ConsentFields(forms.Form):
    """Who signed, for what, for whom, from when until when, and where the paper is."""

    signer = forms.ChoiceField(
        label=_("Who has signed?"),
        choices=Signer,
        widget=forms.RadioSelect,
        initial=Signer.SELF,
        error_messages=FROM_THE_LIST,
    )
    signer_name = NameField(label=_("Name of the person who signed"), required=False)
    relation = NameField(
        label=_("Relation to the client"),
        required=False,
        max_length=40,
        help_text=_("For example daughter, mother or guardian appointed by the family court"),
    )
    signed_on = DayField(label=_("Signed on"))
    purposes = forms.MultipleChoiceField(
        label=_("For what"),
        choices=Purpose,
        widget=forms.CheckboxSelectMultiple,
        initial=[Purpose.COORDINATION],
        error_messages={"required": _("Please choose at least one purpose."), **FROM_THE_LIST},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Every organization of these kinds on the care team"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Also those who join the team later."),
        error_messages=FROM_THE_LIST,
    )
    organizations = OrganizationsField(
        label=_("Single organizations"), queryset=None, required=False, error_messages=FROM_THE_LIST
    )
    valid_from = DayField(
        label=_("First day"), required=False, help_text=_("Empty: from today. For example R8.4.1 or 2026-04-01")
    )
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Empty: until it is withdrawn."))
    scan = ScanField(
        label=_("Scan or photo of the signed paper"),
        required=False,
        help_text=_("PDF, JPEG or PNG. It is kept among the client's papers."),
    )
    reference = NameField(
        label=_("Where the paper is kept"),
        max_length=120,
        required=False,
        help_text=_("Such as the folder and its number. Needed where no scan is added."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, member: Member, client: Client | None, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        self.client, self.member = client, member
        chosen: Any = self.fields["organizations"]
        chosen.queryset = organizations_visible_to(member).order_by("kind", "kana", "name")

    def about_signer(self) -> list[forms.BoundField]:
        return [self["signer_name"], self["relation"]]

    @cached_property
    def groups(self) -> list[Group]:
        """Organizations to choose from: the care team first, then everybody else; all alike where it is withheld who is
        on the team. Left out is who needs no mention: the division in charge, and whoever registers a client."""
        chosen = {str(one) for one in self["organizations"].value() or []}
        queryset: Any = self.fields["organizations"].queryset  # type: ignore[attr-defined]
        on_team: list[Offered] = []
        others: list[Offered] = []
        seated, needless = (
            self.seated(),
            self.member.organization_id if self.client is None else self.client.division_id,
        )
        for one in queryset.exclude(pk=needless):
            (on_team if one.pk in seated else others).append(Offered(one, str(one.pk) in chosen))
        return [Group(_("On the care team"), on_team, True), Group(_("Other organizations"), others, not on_team)]

    def seated(self) -> set[Any]:
        if self.client is None or is_withheld_from(self.member, self.client):
            return set()
        return set(Seat.objects.open().filter(client=self.client).values_list("organization", flat=True))

    def clean_signed_on(self) -> date:
        signed_on: date = self.cleaned_data["signed_on"]
        if signed_on > timezone.localdate():
            raise ValidationError(SignedInFuture.sentence, code=SignedInFuture.code)
        return signed_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("signer") != Signer.SELF:
            self.need("signer_name", _("Please write the name of the person who signed."))
            self.need("relation", RelationMissing.sentence)
        if not {"reference", "scan"} & self.errors.keys() and not (cleaned.get("reference") or cleaned.get("scan")):
            self.add_error("reference", ValidationError(EvidenceMissing.sentence, code=EvidenceMissing.code))
        if not self.errors and not self.is_covered(cleaned):
            self.add_error("kinds", ValidationError(NobodyCovered.sentence, code=NobodyCovered.code))
        self.check_period(cleaned.get("valid_from") or timezone.localdate(), cleaned.get("valid_to"))
        return cleaned

    def need(self, field: str, sentence: Any) -> None:
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, ValidationError(sentence, code="required"))

    def is_covered(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("kinds") or cleaned.get("organizations"))

    def check_period(self, first: date, last: date | None) -> None:
        if last is not None and last < first:
            self.add_error("valid_to", ValidationError(PeriodReversed.sentence, code=PeriodReversed.code))
        elif last is not None and last < timezone.localdate():
            self.add_error("valid_to", ValidationError(ConsentOver.sentence, code=ConsentOver.code))

    def consent(self) -> Given:
        """What was typed, as the verbs take it."""
        cleaned = self.cleaned_data
        is_own = cleaned["signer"] == Signer.SELF
        return Given(
            signer=cleaned["signer"],
            signer_name=self.client_name() if is_own else cleaned["signer_name"],
            relation="" if is_own else cleaned["relation"],
            signed_on=cleaned["signed_on"],
            purposes=tuple(cleaned["purposes"]),
            kinds=tuple(cleaned["kinds"]),
            organizations=tuple(cleaned["organizations"]),
            covers_family=cleaned.get("covers_family", False),
            valid_from=beginning_of(cleaned["valid_from"]) if cleaned["valid_from"] else timezone.now(),
            valid_to=end_of(cleaned["valid_to"]) if cleaned["valid_to"] else None,
            reference=cleaned["reference"],
            scan=cleaned.get("scan"),
        )

    def client_name(self) -> str:
        return "" if self.client is None else self.client.name


class ConsentForm(ConsentFields):
    """A consent for a client who is registered already."""

    form = forms.TypedChoiceField(
        label=_("Which printed form was signed?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Its number stands at the foot of the sheet."),
        error_messages=FROM_THE_LIST,
    )
    covers_family = forms.BooleanField(
        label=_("This consent is about the family member's own data only"),
        required=False,
        help_text=_("Such as their health or work. It opens nothing of the client, and the family member signs it."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, client: Client, **options: Any) -> None:
        super().__init__(data, files, client=client, **options)
        self.printed = {one.number: one for one in PrintedForm.objects.filter(client=client).select_related("wording")}
        asked: Any = self.fields["form"]
        asked.choices = [
            ("", _("None of these: another paper")),
            *[(nth, said_of(one)) for nth, one in self.printed.items()],
        ]
        asked.initial = next(iter(self.printed), "")

    def consent(self) -> Given:
        return replace(super().consent(), form=self.printed.get(self.cleaned_data["form"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("covers_family") and cleaned.get("signer") == Signer.SELF:
            self.add_error("covers_family", ValidationError(FamilySignsItself.sentence, code=FamilySignsItself.code))
        return cleaned


def said_of(form: PrintedForm) -> str:
    """A printed sheet as it is chosen: its number, its day, its version."""
    return _("No. %(number)s, printed on %(day)s (version %(version)s)") % {
        "number": form.number,
        "day": day(form.printed_at),
        "version": form.wording.number,
    }


class WithdrawalForm(forms.Form):
    """How a consent was withdrawn."""

    note = NameField(
        label=_("How it was withdrawn"),
        required=False,
        max_length=200,
        help_text=_("For example: said at the counter, written letter. Please no facts about health."),
    )
