"""What a program may send to register a device, and how a device is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.models import Device


class RegistrationSerializer(serializers.Serializer[Any]):
    """Both factors and a name for the device."""

    login_id = serializers.CharField(max_length=64)
    passphrase = serializers.CharField(max_length=4096, trim_whitespace=False, style={"input_type": "password"})
    code = serializers.CharField(
        max_length=64, help_text=_("Six digits from your authenticator app, or a recovery code.")
    )
    name = serializers.CharField(max_length=64)


class DeviceSerializer(serializers.ModelSerializer[Device]):
    expires_at = serializers.DateTimeField(read_only=True)
    is_this = serializers.SerializerMethodField(help_text=_("Whether the request came with this device's token."))

    class Meta:
        model = Device
        fields = ["id", "name", "created_at", "last_used_at", "expires_at", "is_this"]

    def get_is_this(self, device: Device) -> bool:
        request = self.context.get("request")
        return request is not None and getattr(request.auth, "pk", None) == device.pk


class RegisteredDeviceSerializer(serializers.Serializer[Any]):
    """The device and its token, which is told this once."""

    device = DeviceSerializer()
    token = serializers.CharField()
