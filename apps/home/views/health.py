"""What a load balancer asks. It learns which part fails, and no more."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from apps.home.health import parts


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    answers = parts()
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)
