"""Slips on paper. Their codes stand in no address, no file name and no row: the page that showed them hands them back."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.audit import actions as audit
from apps.environments.paper import printed_slips
from apps.environments.requests import PersonRequest


@require_POST
@sensitive_post_parameters("sealed")
def slips(request: PersonRequest, slug: str | None = None) -> HttpResponse:
    """The slips that this person has just been shown, as one PDF."""
    by: Any = getattr(request, "member", None) or request.user
    pdf, count = printed_slips(request.POST.get("sealed", ""), by=by)
    audit.record(verb="environments.slips_printed", by=by, detail={"slips": count})
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="slips.pdf"'}
    )
