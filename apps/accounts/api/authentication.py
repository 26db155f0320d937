"""A device's token as a way to sign in to the API; the middleware has already looked at it."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from apps.accounts.models import Device, User


class DeviceAuthentication(BaseAuthentication):
    """Trusts the person and the device that `middleware.device_token` found, and asks others for a token."""

    def authenticate(self, request: Request) -> tuple[User, Device] | None:
        device = getattr(request._request, "device", None)
        if device is None:
            return None
        return device.user, device

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class DeviceTokenScheme(OpenApiAuthenticationExtension):
    """Describes the token in the OpenAPI document."""

    target_class = "apps.accounts.api.authentication.DeviceAuthentication"
    name = "deviceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "cn_…",
            "description": "The token of a registered device, from POST /api/v1/devices/.",
        }
