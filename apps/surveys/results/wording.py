"""Results in a sentence."""

from django.utils.translation import ngettext

from apps.surveys.results.counting import Measures


def measures_said(found: Measures | None) -> str:
    """Sum, mean, median, smallest and largest, in one line."""
    if found is None:
        return ""
    words = {
        "total": f"{found.total:f}",
        "mean": f"{found.mean:f}",
        "middle": f"{found.middle:f}",
        "least": f"{found.least:f}",
        "most": f"{found.most:f}",
    }
    said = ngettext(
        "%(count)s answer with a number: sum %(total)s, mean %(mean)s, median %(middle)s, from %(least)s to %(most)s",
        "%(count)s answers with a number: sum %(total)s, mean %(mean)s, median %(middle)s, from %(least)s to %(most)s",
        found.count,
    )
    return said % {"count": found.count, **words}
