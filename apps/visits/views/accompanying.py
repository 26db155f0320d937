"""Who of the office comes along to a visit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.environments.requests import MemberRequest
from apps.visits import actions
from apps.visits.access import check_is_asking, visit_for
from apps.visits.refusals import AccompaniesAnother
from apps.visits.views.shown import accompanying_of
from apps.visits.views.visits import shown


@require_POST
def accompanying(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Somebody of the office, or nobody."""
    found = visit_for(request.member, visit_id)
    check_is_asking(request.member, found)
    form = accompanying_of(found, request.POST)
    if not form.is_valid():
        return shown(request, found, 422, accompanying=form)
    try:
        actions.accompany(visit=found, by=request.member, **form.cleaned_data)
    except AccompaniesAnother as refusal:
        form.add_error("member", refusal.said)
        return shown(request, found, refusal.status, accompanying=form)
    messages.success(request, _("Saved."))
    return redirect("visits:visit", slug, found.pk)
