"""Visiting times and visits in FHIR R4, to read and to search: the same doors as the rest of the API.

Addresses have no slash at their end here, because FHIR's have none.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.facilities.access import facilities_visible_to, facility_for
from apps.kernel.paging import paged
from apps.kernel.refusals import NotAllowed
from apps.visits.access import has_visits, slot_for, slots_visible_to, visit_for, visits_visible_to
from apps.visits.api.fhir_search import wanted
from apps.visits.fhir import (
    ASKED_BY,
    appointment_resource,
    bundle_resource,
    capability_resource,
    outcome_resource,
    schedule_resource,
    slot_resource,
)
from apps.visits.models import Slot, Visit


class FhirRenderer(JSONRenderer):
    media_type = "application/fhir+json"
    format = "fhir"
    charset = "utf-8"


def said_in_fhir(kind: str = "") -> Any:
    """The description of an endpoint, with what a search of that resource asks by."""
    parameters = [OpenApiParameter(name, str, many=True) for name in ASKED_BY.get(kind, {})]
    name = f"fhir_{kind.lower()}_search" if kind else None
    return extend_schema(operation_id=name, parameters=parameters, responses=OpenApiTypes.OBJECT)


class FhirView(APIView):
    """Says no with an OperationOutcome."""

    renderer_classes = [FhirRenderer, JSONRenderer]

    def handle_exception(self, exc: Exception) -> Response:
        answer = super().handle_exception(exc)
        sentence = answer.data.get("sentence", "") if isinstance(answer.data, dict) else ""
        answer.data = outcome_resource(answer.status_code, str(sentence) or answer.status_text)
        return answer

    def base(self) -> str:
        """Where the resources of this environment are found."""
        whole: str = self.request.build_absolute_uri(self.request.path)
        return whole[: whole.index("/fhir/") + len("/fhir")]

    def found(self, kind: str, rows: QuerySet[Any], shape: Callable[[Any], dict[str, Any]]) -> Response:
        """A page of what the request's parameters leave of these rows, with the way to the next one."""
        asked, understood = wanted(kind, self.request.query_params)
        page = paged(rows.filter(asked), self.request.query_params.get("page"))
        numbers = {"self": page.number}
        if page.has_previous():
            numbers["previous"] = page.previous_page_number()
        if page.has_next():
            numbers["next"] = page.next_page_number()
        links = {
            relation: f"{self.base()}/{kind}?{urlencode([*understood, ('page', number)])}"
            for relation, number in numbers.items()
        }
        shown = [shape(row) for row in page.object_list]
        return Response(bundle_resource(self.base(), shown, total=page.paginator.count, links=links))


class MetadataView(FhirView):
    @extend_schema(operation_id="fhir_metadata", responses=OpenApiTypes.OBJECT)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What can be asked here, as a CapabilityStatement."""
        return Response(capability_resource(self.base()))


class SchedulesView(FhirView):
    @said_in_fhir("Schedule")
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The facilities that the caller may see, each as a Schedule, fifty at a time."""
        rows = facilities_visible_to(request.member).select_related("kind").order_by("kana", "name", "pk")
        return self.found("Schedule", rows, schedule_resource)


class ScheduleView(FhirView):
    @extend_schema(operation_id="fhir_schedule_read", responses=OpenApiTypes.OBJECT)
    def get(self, request: MemberApiRequest, slug: str, facility_id: UUID) -> Response:
        """One facility's visiting times as a whole, as a Schedule."""
        return Response(schedule_resource(facility_for(request.member, facility_id)))


class SlotsView(FhirView):
    @said_in_fhir("Slot")
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Times, each as a Slot, fifty at a time."""
        rows: Any = slots_visible_to(request.member)
        return self.found("Slot", rows.with_status().order_by("starts_at", "pk"), slot_resource)


class SlotView(FhirView):
    @extend_schema(operation_id="fhir_slot_read", responses=OpenApiTypes.OBJECT)
    def get(self, request: MemberApiRequest, slug: str, slot_id: UUID) -> Response:
        """One time, as a Slot."""
        slot = slot_for(request.member, slot_id)
        return Response(slot_resource(Slot.objects.with_status().get(pk=slot.pk)))


class AppointmentsView(FhirView):
    @said_in_fhir("Appointment")
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The visits that the caller may see, over and cancelled ones too, each as an Appointment, fifty at a time."""
        if not has_visits(request.member):
            raise NotAllowed
        rows: Any = visits_visible_to(request.member)
        rows = rows.with_status().select_related("slot__facility__kind").order_by("slot__starts_at", "place", "pk")
        return self.found("Appointment", rows, appointment_resource)


class AppointmentView(FhirView):
    @extend_schema(operation_id="fhir_appointment_read", responses=OpenApiTypes.OBJECT)
    def get(self, request: MemberApiRequest, slug: str, visit_id: UUID) -> Response:
        """One visit, as an Appointment."""
        visit = visit_for(request.member, visit_id)
        visit.status = Visit.objects.with_status().values_list("status", flat=True).get(pk=visit.pk)  # type: ignore[attr-defined]
        return Response(appointment_resource(visit))


app_name = "visits_fhir"
urlpatterns = [
    path("metadata", MetadataView.as_view(), name="metadata"),
    path("Schedule", SchedulesView.as_view(), name="schedules"),
    path("Schedule/<uuid:facility_id>", ScheduleView.as_view(), name="schedule"),
    path("Slot", SlotsView.as_view(), name="slots"),
    path("Slot/<uuid:slot_id>", SlotView.as_view(), name="slot"),
    path("Appointment", AppointmentsView.as_view(), name="appointments"),
    path("Appointment/<uuid:visit_id>", AppointmentView.as_view(), name="appointment"),
]
