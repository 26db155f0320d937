"""How much is unread, for the badges of a page that stays open."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from apps.notices.queries import unread_count
from apps.rooms.queries import unread_rooms_count


@require_safe
def unread(request: HttpRequest, slug: str) -> JsonResponse:
    member = request.member  # type: ignore[attr-defined]
    return JsonResponse({"rooms": unread_rooms_count(member), "notices": unread_count(member)})
