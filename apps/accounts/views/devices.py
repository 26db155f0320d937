"""One's own devices that use the API with a token."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import access, actions
from apps.accounts.queries import devices_of


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/devices.html", {"devices": devices_of(request.user)})  # type: ignore[arg-type]


@require_POST
def revoke_device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    device = access.device_for(request.user, device_id)  # type: ignore[arg-type]
    actions.revoke_device(device=device, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("This device's access has ended."))
    return redirect("accounts:devices")
