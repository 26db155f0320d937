"""Uploads of a browser, and how a file of one's own stands that is attached to nothing yet."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.files import actions
from apps.files.access import file_for, upload_for
from apps.files.queries import why_refused
from apps.files.views import tus


@require_http_methods(["POST", "OPTIONS"])
def uploads(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin an upload."""
    answer = tus.begun if request.method == "POST" else tus.offered
    return answer(request, request.member)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: MemberRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Ask how far it is, go on, give it up."""
    upload_for(request.member, upload_id)
    answers = {"HEAD": tus.told, "PATCH": tus.gone_on_with, "DELETE": tus.given_up}
    return answers[str(request.method)](request, request.member, upload_id)


@require_http_methods(["GET", "DELETE"])
def file(request: MemberRequest, slug: str, file_id: UUID) -> HttpResponse:
    """How a file of one's own stands; or throw it away."""
    found = file_for(request.member, file_id)
    if request.method == "DELETE":
        actions.discard_file(file_id=found.pk, by=request.member)
        return HttpResponse(status=204)
    sentence = why_refused(found) if found.reason else ""
    return JsonResponse({"state": found.state, "name": found.name, "size": found.size, "sentence": sentence})
