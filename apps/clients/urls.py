"""Addresses of this app, below an environment."""

from django.urls import path

from apps.clients.views import clients, openings, registering, seats

app_name = "clients"
urlpatterns = [
    path("clients/", clients.client_list, name="list"),
    path("clients/new/", registering.new, name="new"),
    path("clients/<uuid:client_id>/", clients.client, name="client"),
    path("clients/<uuid:client_id>/seats/", seats.new, name="new_seat"),
    path("clients/<uuid:client_id>/seats/<uuid:seat_id>/end/", seats.end, name="end_seat"),
    path("clients/<uuid:client_id>/openings/", openings.new, name="open_by_hand"),
    path("clients/<uuid:client_id>/openings/<uuid:member_id>/end/", openings.end, name="close_by_hand"),
]
