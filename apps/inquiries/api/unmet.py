"""Why places were refused, for programs: the same numbers and the same masks as on the page."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.inquiries import queries
from apps.inquiries.access import check_can_ask
from apps.inquiries.forms import SpanForm

SPAN = [
    OpenApiParameter("since", OpenApiTypes.DATE, description="The first day; half a year ago unless given."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="The last day, included; today unless given."),
]


class UnmetRowSerializer(serializers.Serializer[Any]):
    """One age group and one reason; a number is null where it is too small to be shown to the caller."""

    age = serializers.CharField()
    reason = serializers.CharField()
    numbers = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    total = serializers.IntegerField(allow_null=True)


class UnmetSerializer(serializers.Serializer[Any]):
    """Refusals by age group and reason; a number for each of `heads`, the days of the week and no day named."""

    since = serializers.DateField()
    until = serializers.DateField()
    is_masked = serializers.BooleanField()
    heads = serializers.ListField(child=serializers.CharField())
    rows = UnmetRowSerializer(many=True)


class RefusalsView(APIView):
    @extend_schema(operation_id="inquiries_refusals", parameters=SPAN, responses=UnmetSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Of all inquiries of these days, over the whole environment. Outside the city whole months, and no small number."""
        check_can_ask(request.member)
        form = SpanForm(request.query_params)
        if form.errors:
            raise ValidationError({name: [str(one) for one in said] for name, said in form.errors.items()})
        return Response(UnmetSerializer(queries.unmet_table(request.member, **form.span)).data)
