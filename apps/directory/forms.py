"""What a browser may ask the directory for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Municipality, ServiceKind, System
from .queries import municipalities_around
from .search import MOST_CHARACTERS


class KindField(forms.ModelChoiceField):
    """A kind of service by its open-data code, grouped by system."""

    def __init__(self, **options: Any) -> None:
        super().__init__(ServiceKind.objects.exclude(opendata_code=None), to_field_name="opendata_code", **options)


def grouped_kinds() -> Iterator[tuple[Any, Any]]:
    yield "", _("All kinds of service")
    kinds = list(ServiceKind.objects.exclude(opendata_code=None))
    for system in System:
        yield system.label, [(kind.opendata_code, kind.name) for kind in kinds if kind.system == system]


class OfficeSearch(forms.Form):
    """Words, a kind of service and a municipality; all of them may be left open."""

    q = forms.CharField(label=_("Name, reading or office number"), max_length=MOST_CHARACTERS, required=False)
    kind = KindField(label=_("Kind of service"), required=False)
    municipality = forms.ModelChoiceField(Municipality.objects.all(), label=_("Municipality"), required=False)

    def __init__(self, *args: Any, here: Municipality, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].widget.choices = list(grouped_kinds())
        # Offered are the neighbours; accepted is every municipality, so that a link to another one works.
        offered = [(place.pk, place.name) for place in municipalities_around(here)]
        asked = self.data.get("municipality", "")
        if asked and asked not in dict(offered):
            offered += [(place.pk, str(place)) for place in Municipality.objects.filter(pk=asked)]
        self.fields["municipality"].widget.choices = [("", _("Everywhere")), *offered]


class Picking(forms.Form):
    """What a picker is asked: words and limits, the name of the field it fills, and whether it takes several."""

    q = forms.CharField(max_length=MOST_CHARACTERS, required=False)
    kind = KindField(required=False)
    municipality = forms.ModelChoiceField(Municipality.objects.all(), required=False)
    name = forms.SlugField(max_length=40, required=False)
    many = forms.BooleanField(required=False)
    back = forms.CharField(max_length=300, required=False)
