"""Addresses of this app's API, below an environment."""

from django.urls import path

from apps.visits.api import accompanying, closing, requests, slots, visits

app_name = "visits_api"
SLOT = "visits/times/<uuid:slot_id>/"
REQUEST = "visits/requests/<uuid:request_id>/"
VISIT = "visits/<uuid:visit_id>/"
urlpatterns = [
    path("visits/", visits.VisitsView.as_view(), name="visits"),
    path("visits/find/", slots.FindView.as_view(), name="find"),
    path("facilities/<uuid:facility_id>/visits/", slots.SlotsView.as_view(), name="slots"),
    path("facilities/<uuid:facility_id>/closed-days/", closing.ClosedDaysView.as_view(), name="closed_days"),
    path(
        "facilities/<uuid:facility_id>/closed-days/opening/", closing.OpenedDayView.as_view(), name="closed_day_opening"
    ),
    path("visits/requests/", requests.RequestsView.as_view(), name="requests"),
    path("facilities/<uuid:facility_id>/visit-requests/", requests.ProposingView.as_view(), name="proposing"),
    path(REQUEST, requests.RequestView.as_view(), name="request"),
    path(f"{REQUEST}acceptance/", requests.AcceptanceView.as_view(), name="acceptance"),
    path(f"{REQUEST}refusal/", requests.RequestRefusalView.as_view(), name="refusal"),
    path(f"{REQUEST}withdrawal/", requests.RequestWithdrawalView.as_view(), name="request_withdrawal"),
    path(SLOT, slots.SlotView.as_view(), name="slot"),
    path(f"{SLOT}holds/", slots.HoldsView.as_view(), name="holds"),
    path(f"{SLOT}beyond/", accompanying.BeyondView.as_view(), name="beyond"),
    path(f"{SLOT}capacity/", slots.CapacityView.as_view(), name="capacity"),
    path(f"{SLOT}withdrawal/", slots.WithdrawalView.as_view(), name="withdrawal"),
    path(VISIT, visits.VisitView.as_view(), name="visit"),
    path(f"{VISIT}booking/", visits.BookingView.as_view(), name="booking"),
    path(f"{VISIT}opening/", visits.OpeningView.as_view(), name="opening"),
    path(f"{VISIT}release/", visits.ReleaseView.as_view(), name="release"),
    path(f"{VISIT}cancellation/", visits.CancellationView.as_view(), name="cancellation"),
    path(f"{VISIT}accompanying/", accompanying.AccompanyingView.as_view(), name="accompanying"),
    path(f"{VISIT}move/", visits.MoveView.as_view(), name="move"),
]
