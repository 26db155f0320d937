"""The sheets of the demonstration: one that came back by FAX waits to be compared, another one is out."""

from apps.home.facility_story import BY_FAX, PLACES, full_name, keep_facilities
from apps.home.survey_story import ask_facilities
from apps.paper.models import Scan, Sheet, SheetState
from apps.surveys.queries import path_of_scan
from tests import makers
from tests.cast import Cast


def test_a_fax_waits_to_be_compared_and_another_sheet_is_out(cast: Cast, browser_of) -> None:
    here = cast.environment.municipality
    for name, *_ in PLACES:
        if name not in BY_FAX:
            makers.make_organization(cast.environment, full_name(name), "child_facility")
    keep_facilities(here, {"yamamoto": cast.tanaka, "ito": cast.ito}.__getitem__)

    ask_facilities(cast.tanaka)

    scans = list(Scan.objects.all())
    assert {scan.reason for scan in scans} == {""}
    assert {scan.sheet.made_for for scan in scans} == {full_name("かわせみ")}
    assert len(scans) == scans[0].sheet.pages
    assert any("ticked" in scan.marks.values() for scan in scans)
    assert Sheet.objects.get(made_for=full_name("さざんか")).state == SheetState.OUT
    assert browser_of(cast.tanaka).get(path_of_scan(scans[0])).status_code == 200
