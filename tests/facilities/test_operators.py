"""Public or private: by the legal form that the directory publishes, by hand otherwise, and unknown where nobody says."""

import pytest
from django.db import IntegrityError, transaction

from apps.facilities.actions import change_facility
from apps.facilities.forms import FacilityForm
from apps.facilities.models import Facility
from apps.facilities.suggestions import operator_of
from tests.facilities.makers import make_facility


@pytest.mark.parametrize(
    ("name", "number", "operator"),
    [
        ("垂水市", "6000020462144", "public"),
        ("奥州市", "", "public"),
        ("北上地区広域行政組合事務組合", "", "public"),
        ("地方独立行政法人 見本県立病院機構", "4400005000000", "public"),
        ("社会福祉法人 健康村", "", "private"),
        ("株式会社ツクイ", "1020001136162", "private"),
        ("社会福祉法人花巻市社会福祉協議会", "", "private"),
        ("いわて生活協同組合", "", "private"),
        ("さくら見本会", "1020001136162", "private"),
        ("さくら見本会", "", ""),
        ("", "", ""),
    ],
)
def test_the_legal_form_says_who_runs_a_facility(name, number, operator):
    assert operator_of(name, number) == operator


def test_the_form_asks_who_runs_it_and_takes_that_nobody_knows(cast):
    facility = make_facility(cast.tanaka)
    form = FacilityForm({"name": facility.name, "kind": facility.kind_id, "operator": "public"}, instance=facility)

    assert form.is_valid()
    changed = change_facility(facility=facility, by=cast.tanaka, **form.told())

    assert changed.operator == "public"
    assert form.fields["operator"].choices[0] == ("", "不明")


def test_nobody_runs_a_facility_in_another_way(cast):
    facility = make_facility(cast.tanaka)

    with pytest.raises(IntegrityError), transaction.atomic():
        Facility.objects.filter(pk=facility.pk).update(operator="both")
