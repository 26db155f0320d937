"""Addresses of this app, below an environment."""

from django.urls import path

from apps.visits.views import accompanying, closing, family, finding, requests, sheets, slots, visits

app_name = "visits"
SLOT = "visits/times/<uuid:slot_id>/"
REQUEST = "visits/requests/<uuid:request_id>/"
VISIT = "visits/<uuid:visit_id>/"
FACILITY = "facilities/<uuid:facility_id>/visits/"
urlpatterns = [
    path("visits/", visits.visits, name="visits"),
    path("visits/past/", visits.past, name="past"),
    path("visits/find/", finding.find, name="find"),
    path("visits/find/clients/", finding.clients, name="clients"),
    path("visits/find/cards/", finding.cards, name="cards"),
    path("visits/requests/", requests.requests, name="requests"),
    path(REQUEST, requests.one, name="request"),
    path(f"{REQUEST}sheet/", sheets.sheet, name="request_sheet"),
    path(f"{REQUEST}scans/<uuid:scan_id>/", sheets.from_scan, name="request_from_scan"),
    path(f"{REQUEST}acceptance/", requests.acceptance, name="acceptance"),
    path(f"{REQUEST}refusal/", requests.refusal, name="refusal"),
    path(f"{REQUEST}withdrawal/", requests.withdrawal, name="request_withdrawal"),
    path("visits/facilities/", slots.facilities, name="facilities"),
    path(SLOT, slots.slot, name="slot"),
    path(f"{SLOT}hold/", slots.hold, name="hold"),
    path(f"{SLOT}beyond/", accompanying.beyond, name="beyond"),
    path(f"{SLOT}capacity/", slots.capacity, name="capacity"),
    path(f"{SLOT}withdrawal/", slots.withdrawal, name="withdrawal"),
    path(VISIT, visits.visit, name="visit"),
    path(f"{VISIT}booking/", visits.booking, name="booking"),
    path(f"{VISIT}opening/", visits.opening, name="opening"),
    path(f"{VISIT}family/", family.family, name="family"),
    path(f"{VISIT}slip/", family.slip, name="slip"),
    path(f"{VISIT}release/", visits.release, name="release"),
    path(f"{VISIT}cancellation/", visits.cancellation, name="cancellation"),
    path(f"{VISIT}accompanying/", accompanying.accompanying, name="accompanying"),
    path(f"{VISIT}move/", visits.move, name="move"),
    path(FACILITY, slots.slots, name="slots"),
    path(f"{FACILITY}closed/", closing.closed, name="closed"),
    path(f"{FACILITY}closed/opening/", closing.reopening, name="reopening"),
    path(f"{FACILITY}request/", requests.proposing, name="proposing"),
    path(f"{FACILITY}new/", slots.publish, name="publish"),
]
