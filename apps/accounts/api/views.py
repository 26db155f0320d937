"""Devices: obtained with login id, passphrase and second factor; listed; revoked."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import access, actions, queries
from apps.accounts.api.serializers import DeviceSerializer, RegisteredDeviceSerializer, RegistrationSerializer
from apps.accounts.models import User
from apps.accounts.proofs import proved_person


# Public, because a device that is being registered has no token yet; listing asks for one by its permission.
@method_decorator(login_not_required, name="dispatch")
class DevicesView(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny()] if self.request.method == "POST" else [IsAuthenticated()]

    def get_authenticators(self) -> list[Any]:
        # Registering asks for every proof anew and must work beside a session, so nothing else is looked at.
        request = getattr(self, "request", None)
        return [] if request is not None and request.method == "POST" else super().get_authenticators()

    @extend_schema(operation_id="devices_list", responses=DeviceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The signed-in person's devices."""
        devices = queries.devices_of(person(request))
        return Response(DeviceSerializer(devices, many=True, context={"request": request}).data)

    @extend_schema(
        operation_id="devices_register",
        request=RegistrationSerializer,
        responses={
            201: RegisteredDeviceSerializer,
            401: OpenApiResponse(description="Login ID, passphrase or code is not right."),
            403: OpenApiResponse(description="The account has no second factor yet."),
            429: OpenApiResponse(description="Too many failed tries; the sentence names when to try again."),
        },
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Register a device and receive its token, once."""
        form = RegistrationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        proofs = form.validated_data
        name = proofs.pop("name")
        user = proved_person(request=request._request, **proofs)
        registered = actions.register_device(user=user, name=name, by=user)
        data = RegisteredDeviceSerializer(registered, context={"request": request}).data
        return Response(data, status=status.HTTP_201_CREATED)


class DeviceView(APIView):
    @extend_schema(operation_id="devices_read", responses=DeviceSerializer)
    def get(self, request: Request, device_id: Any) -> Response:
        """One of the signed-in person's devices."""
        device = access.device_for(person(request), device_id)
        return Response(DeviceSerializer(device, context={"request": request}).data)

    @extend_schema(operation_id="devices_revoke", responses={204: None})
    def delete(self, request: Request, device_id: Any) -> Response:
        """End a device's access at once."""
        actions.revoke_device(device=access.device_for(person(request), device_id), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def person(request: Request) -> User:
    """Whoever asks: behind the permission of these views nobody is a stranger."""
    return cast(User, request.user)
