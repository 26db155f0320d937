"""What a browser test says about a page as it stands."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def settled(page: Page) -> Page:
    """Wait until htmx has nothing under way."""
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping')")
    return page


def assert_everybody_can_use(page: Page) -> None:
    """axe finds nothing serious or critical on the page as it stands."""
    findings = [
        f"{finding['impact']}: {finding['id']}: {finding['help']}: {[node['target'] for node in finding['nodes']]}"
        for finding in Axe().run(page).response["violations"]
        if finding["impact"] in {"serious", "critical"}
    ]
    assert findings == []


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wider = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"The page is {wider} px wider than the screen."
