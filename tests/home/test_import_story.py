"""The list of the demonstration is one that the page of imports takes."""

from apps.clients.models import Certification, Client, ClientNumber, ImportRun
from apps.home import import_story
from apps.home.management.commands import demo
from tests.clients.addresses import address


def test_the_invented_list_is_imported_whole_and_its_run_can_be_opened(browser_of, cast):
    demo.bring_list()

    run = ImportRun.objects.get()
    number = len(import_story.PEOPLE)
    assert (run.organization, run.imported_by, run.brought, run.already_there) == (cast.city, cast.tanaka, number, 0)
    brought = Client.objects.filter(brought_by=run)
    assert [one.objects.filter(client__in=brought).count() for one in (Certification, ClientNumber)] == [number] * 2
    tanaka = browser_of(cast.tanaka)
    page = tanaka.get(address("imports", cast)).content.decode()
    assert address("import", cast, run_id=run.pk) in page
    assert address("import_template", cast, form="xlsx") in page
    assert tanaka.get(address("import", cast, run_id=run.pk)).status_code == 200
