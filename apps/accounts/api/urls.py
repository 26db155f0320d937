"""Addresses of one's own devices, below /api/v1/."""

from django.urls import path

from apps.accounts.api.views import DevicesView, DeviceView

app_name = "accounts_api"
urlpatterns = [
    path("devices/", DevicesView.as_view(), name="devices"),
    path("devices/<uuid:device_id>/", DeviceView.as_view(), name="device"),
]
