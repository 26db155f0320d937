"""What a browser may send: free places, what is known of a facility, what the board is asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.directory.forms import grouped_kinds
from apps.directory.models import Municipality, OfficeService, ServiceKind, System
from apps.directory.queries import municipalities_around
from apps.environments.models import Organization
from apps.facilities import grid, stated, wording
from apps.facilities.grid import Age, Band, Weekday
from apps.facilities.models import Facility, Operator, SchoolDistrict, Shown
from apps.facilities.queries import Wanted
from apps.facilities.stated import Stated
from apps.kernel.my_number import no_individual_number
from apps.kernel.numbers import whole_number
from apps.kernel.refusals import Refusal

# So many places a cell offers without script; the element takes any number up to 99.
PLACES_OFFERED = range(1, 11)


def several(label: Any, choices: Iterable[tuple[str, Any]] = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple
    )


def district_choices() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in SchoolDistrict.objects.all()]


class AvailabilityForm(forms.Form):
    """The free places and what belongs beside them, as `facilities/_availability.html` shows them.

    For any page: `AvailabilityForm(request.POST or None, prefix="answer", last=…, ages=[…])`, then
    `{% include "facilities/_availability.html" with form=form only %}`, and `form.stated` once it is valid. It posts
    `<prefix>.from_when`, `.ages`, `.districts`, `.medical_care`, `.visit_times`, `.remarks`, a field
    `<prefix>.<weekday>.<band>.<age>` for each cell, and `<prefix>.same` from the button "the same as last time".
    `ages`, `bands` and `weekdays` say which part of the grid is asked; what `last` says of other cells stays.
    """

    from_when = forms.DateField(
        label=_("From when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if the places are free now."),
    )
    ages = several(_("Ages you take now"), Age.choices)
    districts = several(_("School districts from which you fetch"))
    medical_care = forms.ChoiceField(
        label=_("Medical care"),
        required=False,
        choices=[("", _("As on your page")), ("yes", _("Possible")), ("no", _("Not possible"))],
    )
    visit_times = forms.CharField(
        label=_("When one may come to look"),
        max_length=stated.LONGEST_TIMES,
        required=False,
        validators=[no_individual_number],
    )
    remarks = forms.CharField(
        label=_("Remarks"),
        max_length=stated.LONGEST_REMARKS,
        required=False,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No names of clients, please."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str = "answer",
        last: Stated | None = None,
        ages: Iterable[str] = (),
        bands: Iterable[str] = (),
        weekdays: Iterable[str] = (),
    ) -> None:
        self.last = last
        super().__init__(data, prefix=prefix, initial=initial_of(last))
        self.shown = {
            "weekdays": list(weekdays) or Weekday.values[:6],
            "bands": list(bands) or Band.values,
            "ages": [age for age in Age.values if age in (set(ages) or set(Age.values))],
        }
        offered: Any = self.fields["districts"]
        offered.choices = district_choices()
        if not offered.choices:
            del self.fields["districts"]
        if len(self.shown["ages"]) == 1:
            del self.fields["ages"]
        else:
            self.fields["ages"].choices = [(age, Age(age).label) for age in self.shown["ages"]]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}"

    @property
    def is_same(self) -> bool:
        """Whether "the same as last time" was pressed: then nothing else that was sent counts."""
        return self.last is not None and f"{self.prefix}.same" in self.data

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        try:
            sent["stated"] = self.read(sent)
        except Refusal as refusal:
            self.add_error(None, refusal.said)
        return sent

    def read(self, sent: dict[str, Any]) -> Stated:
        if self.is_same and self.last is not None:
            return self.last
        asked = set(grid.keys_of(**self.shown))
        before = {} if self.last is None else self.last.grid.as_json()
        beside = {name: said for name, said in before.items() if name not in asked}
        said = grid.posted(self.data, str(self.prefix)).as_json()
        return stated.checked(
            Stated(
                grid=grid.read({**beside, **{name: one for name, one in said.items() if name in asked}}),
                from_when=sent.get("from_when"),
                districts=tuple(sorted(UUID(one) for one in sent.get("districts", []))),
                ages=tuple(age for age in Age.values if age in sent.get("ages", [])),
                medical_care={"yes": True, "no": False}.get(sent.get("medical_care", "")),
                visit_times=sent.get("visit_times", ""),
                remarks=stated.words(sent.get("remarks", "")),
            )
        )

    @property
    def stated(self) -> Stated:
        """What was said, once the form is valid."""
        said: Stated = self.cleaned_data["stated"]
        return said

    @property
    def tables(self) -> list[wording.Table]:
        """The cells to fill in, as they were typed, or else as they were answered the last time."""
        said = self.before
        if self.is_bound:
            try:
                said = grid.posted(self.data, str(self.prefix))
            except Refusal:
                said = grid.EMPTY
        return wording.tables_to_fill(said, **self.shown)

    @property
    def before(self) -> grid.Grid:
        return grid.EMPTY if self.last is None else self.last.grid

    @property
    def says_more(self) -> bool:
        """Whether anything stands beside the grid, or has to be put right there."""
        return any(self[name].value() or self[name].errors for name in self.fields)

    @property
    def places_offered(self) -> range:
        return PLACES_OFFERED


def initial_of(last: Stated | None) -> dict[str, Any]:
    if last is None:
        return {}
    return {
        "from_when": last.from_when,
        "ages": list(last.ages),
        "districts": [str(one) for one in last.districts],
        "medical_care": {True: "yes", False: "no", None: ""}[last.medical_care],
        "visit_times": last.visit_times,
        "remarks": last.remarks,
    }


class FacilityForm(forms.ModelForm):
    """What is known of a facility."""

    # Not of the model's making: its choices are read inside the environment.
    organization = forms.ChoiceField(
        label=_("Organization that answers for it"),
        required=False,
        help_text=_("None, if the facility has no account: then it is asked by FAX or phone."),
    )
    postal_code = forms.CharField(label=_("Postal code"), max_length=8, required=False)
    age_groups = several(_("Whom it takes"), Age.choices)
    districts = several(_("School districts from which it fetches"))

    class Meta:
        model = Facility
        fields = (
            *("name", "kana", "kind", "operator", "phone", "fax", "postal_code", "address"),
            *("capacity", "age_groups", "takes_medical_care", "picks_up", "latitude", "longitude", "closed_on"),
        )
        widgets = {"closed_on": forms.DateInput(attrs={"type": "date"})}
        labels = {"latitude": _("Latitude"), "longitude": _("Longitude")}
        help_texts = {
            "latitude": _("For distances, such as 39.28."),
            "longitude": _("Such as 141.11."),
        }

    field_order = (
        *(
            "name",
            "kana",
            "kind",
            "operator",
            "organization",
            "age_groups",
            "capacity",
            "takes_medical_care",
            "picks_up",
        ),
        *("districts", "phone", "fax", "postal_code", "address", "latitude", "longitude", "closed_on"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organizations = {str(one.pk): one for one in Organization.objects.order_by("kana", "name")}
        choices = {
            "kind": [("", "---------"), *kinds_by_system()],
            "operator": [("", pgettext("operator", "Not known")), *Operator.choices],
            "organization": [("", _("No organization")), *((pk, one.name) for pk, one in self.organizations.items())],
            "districts": district_choices(),
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        if not choices["districts"]:
            del self.fields["districts"]
        if not self.instance._state.adding:
            self.initial["districts"] = [str(one.district_id) for one in self.instance.areas.all()]
            self.initial["organization"] = str(self.instance.organization_id or "")
        else:
            del self.fields["closed_on"]

    def clean_postal_code(self) -> str:
        return str(self.cleaned_data["postal_code"]).replace("-", "").strip()

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if (sent.get("latitude") is None) is not (sent.get("longitude") is None):
            self.add_error("longitude", _("Please give both, or neither."))
        return sent

    def _post_clean(self) -> None:
        """Nothing is put on the row: the action does that, and says which part has changed."""
        place = self.cleaned_data.get("postal_code", "")
        if place and not (place.isascii() and place.isdigit() and len(place) == 7):
            self.add_error("postal_code", _("A postal code has seven digits."))
        for name, lowest, highest in (("latitude", 20, 46), ("longitude", 122, 154)):
            value = self.cleaned_data.get(name)
            if value is not None and not lowest <= value <= highest:
                self.add_error(name, _("This is not a place in Japan."))

    def told(self) -> dict[str, Any]:
        """As `actions.register_by_hand` and `actions.change_facility` take it."""
        about = dict(self.cleaned_data)
        districts = [UUID(one) for one in about.pop("districts", [])]
        return {
            "districts": districts,
            "about": {**about, "organization": self.organizations.get(about["organization"])},
        }


def kinds_by_system() -> list[tuple[Any, Any]]:
    kinds = list(ServiceKind.objects.all())
    return [(system.label, [(kind.pk, kind.name) for kind in kinds if kind.system == system]) for system in System]


class ServicesForm(forms.Form):
    """Which services of the directory are looked for, and which are ticked."""

    kind = forms.ChoiceField(label=_("Kind of service"), required=False)
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=_("Municipality"), required=False)
    services = forms.ModelMultipleChoiceField(
        OfficeService.objects.select_related("kind"),
        required=False,
        error_messages={"invalid_choice": _("Please tick the services in the list.")},
    )

    # The two kinds for children are mostly asked for together.
    CHILDREN = "children"

    def __init__(self, *args: Any, here: Municipality, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        both = (self.CHILDREN, _("Child development and after-school services"))
        kind.choices = [both, *list(grouped_kinds())[1:]]
        places: Any = self.fields["municipality"].widget
        places.choices = [(one.pk, one.name) for one in municipalities_around(here)]

    def kinds(self) -> list[ServiceKind]:
        """Those that are looked for."""
        wanted = self.cleaned_data.get("kind") or self.CHILDREN
        if wanted == self.CHILDREN:
            return list(ServiceKind.objects.filter(system=System.SHOGAI, code__in=["63", "65"]))
        return list(ServiceKind.objects.filter(opendata_code=wanted))


class DistrictForm(forms.Form):
    """A school district."""

    name = forms.CharField(label=_("Name of the school district"), max_length=60)
    number = forms.IntegerField(label=_("Order"), min_value=0, max_value=9_999, initial=1)
    latitude = forms.FloatField(label=_("Latitude"), min_value=20, max_value=46, required=False)
    longitude = forms.FloatField(label=_("Longitude"), min_value=122, max_value=154, required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if not self.errors and (sent["latitude"] is None) is not (sent["longitude"] is None):
            self.add_error("longitude", _("Please give both, or neither."))
        return sent


class PublicationForm(forms.Form):
    """To whom the board is shown."""

    shown_to = forms.ChoiceField(
        label=_("Who is shown the board of free places"), choices=Shown.choices, widget=forms.RadioSelect
    )


class BoardForm(forms.Form):
    """What is looked for on the board."""

    age = forms.ChoiceField(label=_("Age group"), required=False, choices=[("", _("Any age")), *Age.choices])
    weekdays = several(_("Days of the week"), Weekday.choices)
    bands = several(_("Time of day"), Band.choices)
    kind = forms.ChoiceField(label=_("Kind of service"), required=False)
    district = forms.ChoiceField(label=_("Fetches from"), required=False)
    near = forms.ChoiceField(label=_("Distance from"), required=False)
    within_km = forms.ChoiceField(
        label=_("Not farther than"),
        required=False,
        choices=[("", _("Any distance")), *((str(km), f"{km} km") for km in (2, 5, 10, 20))],
    )
    needs_medical_care = forms.BooleanField(label=_("Medical care is needed"), required=False)
    picked_up = forms.BooleanField(label=_("Fetched and brought home"), required=False)
    old_too = forms.BooleanField(label=_("Answers older than 30 days too"), required=False)
    full_too = forms.BooleanField(label=_("Those without a place too"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        districts = list(SchoolDistrict.objects.all())
        kinds = ServiceKind.objects.filter(pk__in=Facility.objects.open().values("kind"))
        choices = {
            "kind": [(str(one.pk), one.name) for one in kinds],
            "district": [(str(one.pk), one.name) for one in districts],
            "near": [(str(one.pk), one.name) for one in districts if one.is_located],
        }
        empty = {"kind": _("All kinds of service"), "district": _("Any school district"), "near": _("Nowhere")}
        for name, found in choices.items():
            self.fields[name].choices = [("", empty[name]), *found]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What the board is asked; everything, where the form was not understood."""
        if not self.is_valid():
            return Wanted()
        sent = self.cleaned_data
        return Wanted(
            age=sent["age"],
            weekdays=tuple(sent["weekdays"]),
            bands=tuple(sent["bands"]),
            kind=whole_number(sent["kind"]),
            needs_medical_care=sent["needs_medical_care"],
            picked_up=sent["picked_up"],
            district=UUID(sent["district"]) if sent["district"] else None,
            near=UUID(sent["near"]) if sent["near"] else None,
            within_km=whole_number(sent["within_km"]),
            old_too=sent["old_too"],
            full_too=sent["full_too"],
        )

    @property
    def is_narrowed(self) -> bool:
        more = ("kind", "district", "near", "within_km", "picked_up", "old_too", "full_too")
        return any(self[name].value() for name in more)
