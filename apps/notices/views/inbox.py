"""What a member is told: the inbox, its badge, and the sight of one notification or of all."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.notices import actions, queries
from apps.notices.access import notification_for

PAGE = 50


@require_safe
def inbox(request: MemberRequest, slug: str) -> HttpResponse:
    """Newest first. Looking at the list marks nothing: only opening does."""
    page = Paginator(queries.newest_first(request.member), PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page, "unseen": queries.unread_count(request.member)})


@require_safe
def badge(request: MemberRequest, slug: str) -> HttpResponse:
    """The badge of the navigation alone; nothing when nothing is unseen."""
    return render(request, "notices/_badge.html", {"unread": queries.unread_count(request.member)})


@require_POST
def sight(request: MemberRequest, slug: str, notification_id: int) -> HttpResponse:
    """Open a notification: it counts as seen, and leads to what it is about."""
    notification = notification_for(request.member, notification_id)
    actions.see(notification=notification, by=request.member)
    inbox = reverse("notices:inbox", kwargs={"slug": slug})
    return HttpResponseRedirect(queries.way_of(notification) or inbox)


@require_POST
def sight_of_all(request: MemberRequest, slug: str) -> HttpResponse:
    actions.see_all(by=request.member)
    return redirect("notices:inbox", slug=slug)
