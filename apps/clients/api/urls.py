"""Addresses of this app, below /api/v1/e/<slug>/."""

from django.urls import path

from apps.clients.api.views import ClientsView, ClientView, SeatsView, SeatView

app_name = "clients_api"
urlpatterns = [
    path("clients/", ClientsView.as_view(), name="clients"),
    path("clients/<uuid:client_id>/", ClientView.as_view(), name="client"),
    path("clients/<uuid:client_id>/seats/", SeatsView.as_view(), name="seats"),
    path("clients/<uuid:client_id>/seats/<uuid:seat_id>/", SeatView.as_view(), name="seat"),
]
