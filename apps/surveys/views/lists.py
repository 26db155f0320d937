"""What one's office is asked, and what one's organization asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.surveys import actions, queries
from apps.surveys.access import can_make_surveys, check_can_make_surveys, list_for
from apps.surveys.models import TargetList


@require_safe
def asked(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits for an answer first."""
    page = paged(queries.asked_rows(request.member), request.GET.get("page"))
    return render(request, "surveys/asked.html", {"page": page, "can_make": can_make_surveys(request.member)})


@require_safe
def own(request: MemberRequest, slug: str) -> HttpResponse:
    """Drafts, open and closed ones, the newest first."""
    check_can_make_surveys(request.member)
    page = paged(queries.own_rows(request.member), request.GET.get("page"))
    return render(request, "surveys/own.html", {"page": page})


@require_safe
def target_lists(request: MemberRequest, slug: str) -> HttpResponse:
    """The lists of one's organization, to be renamed and thrown away."""
    check_can_make_surveys(request.member)
    context = {"lists": queries.lists_shown(request.member), "longest": TargetList.LONGEST_NAME}
    return render(request, "surveys/target_lists.html", context)


@require_POST
def target_list(request: MemberRequest, slug: str, list_id: UUID) -> HttpResponse:
    """Give it another name."""
    found = list_for(request.member, list_id)
    actions.rename_list(target_list=found, name=request.POST.get("name", ""), by=request.member)
    messages.success(request, _("The list has its new name."))
    return redirect("surveys:target_lists", slug)


@require_POST
def remove_list(request: MemberRequest, slug: str, list_id: UUID) -> HttpResponse:
    """Throw it away."""
    actions.remove_list(target_list=list_for(request.member, list_id), by=request.member)
    messages.success(request, _("The list was removed."))
    return redirect("surveys:target_lists", slug)
