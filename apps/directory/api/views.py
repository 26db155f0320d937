"""Endpoints of the directory, for everybody who is signed in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.serializers import Serializer

from apps.directory.access import office_for
from apps.directory.models import Holiday, Municipality, Office
from apps.directory.queries import municipalities_found, offices_found, offices_shown

from .serializers import (
    HolidayQuestion,
    HolidaySerializer,
    MunicipalityQuestion,
    MunicipalitySerializer,
    OfficeInFullSerializer,
    OfficeQuestion,
    OfficeSerializer,
)


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class Asked:
    """What the query string asks, checked; an unknown value is answered with 400 and the field's name."""

    question: type[Serializer[Any]]

    def asked(self) -> dict[str, Any]:
        question = self.question(data=self.request.query_params)  # type: ignore[attr-defined]
        question.is_valid(raise_exception=True)
        return dict(question.validated_data)


@extend_schema(parameters=[OfficeQuestion], summary="Find offices", tags=["directory"])
class Offices(Asked, ListAPIView[Office]):
    """Open offices by name, reading or number, kind of service (open-data code) and municipality."""

    serializer_class = OfficeSerializer
    pagination_class = Pages
    question = OfficeQuestion
    queryset = Office.objects.none()

    def get_queryset(self) -> QuerySet[Office]:
        asked = self.asked()
        return offices_shown(offices_found(asked.get("q", ""), asked.get("kind"), asked.get("municipality")))


@extend_schema(summary="One office with all its services", tags=["directory"])
class OneOffice(RetrieveAPIView[Office]):
    """The office and its services, closed ones too."""

    serializer_class = OfficeInFullSerializer
    queryset = Office.objects.none()
    lookup_url_kwarg = "office_id"

    def get_object(self) -> Office:
        office_id: UUID = self.kwargs["office_id"]
        return office_for(office_id)


@extend_schema(parameters=[MunicipalityQuestion], summary="Find municipalities", tags=["directory"])
class Municipalities(Asked, ListAPIView[Municipality]):
    """Municipalities and wards by name or reading."""

    serializer_class = MunicipalitySerializer
    pagination_class = Pages
    question = MunicipalityQuestion
    queryset = Municipality.objects.none()

    def get_queryset(self) -> QuerySet[Municipality]:
        return municipalities_found(self.asked()["q"])


@extend_schema(parameters=[HolidayQuestion], summary="National holidays", tags=["directory"])
class Holidays(Asked, ListAPIView[Holiday]):
    """National holidays of Japan: of one year, or all that are known."""

    serializer_class = HolidaySerializer
    pagination_class = Pages
    question = HolidayQuestion
    queryset = Holiday.objects.none()

    def get_queryset(self) -> QuerySet[Holiday]:
        asked = self.asked()
        return Holiday.objects.filter(date__year=asked["year"]) if "year" in asked else Holiday.objects.all()
