"""Legal exceptions for programs of those who watch: who opened what, when, why, and how it was judged."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.clients import queries
from apps.clients.access import has_consent_on_file
from apps.clients.models import ExceptionKind, Ground, LegalException
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest


class ExceptionSerializer(serializers.ModelSerializer[LegalException]):
    """A legal exception. The client is told by an internal reference only."""

    kind = serializers.ChoiceField(choices=ExceptionKind.choices)
    ground = serializers.ChoiceField(choices=Ground.choices)
    client = serializers.CharField(source="reference", help_text="An internal reference: eight signs that name nobody.")
    member = serializers.SerializerMethodField(help_text="As the caller may be shown them.")
    organization = serializers.SerializerMethodField(help_text="Its kind where its name would tell a protected place.")
    review_due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.BooleanField()
    consent_on_file = serializers.BooleanField(
        allow_null=True,
        help_text="Whether the client had signed a consent for emergencies that covers the organization; null of a report.",
    )

    def get_member(self, exception: LegalException) -> str:
        return str(self.context["who"][exception.pk].name)

    def get_organization(self, exception: LegalException) -> str:
        return str(self.context["who"][exception.pk].organization)

    class Meta:
        model = LegalException
        fields = [
            *(
                "id",
                "kind",
                "ground",
                "purpose",
                "client",
                "member",
                "organization",
                "asked_at",
                "opens_at",
                "closes_at",
            ),
            *("consent_on_file", "ended_at", "review_due_at", "is_overdue"),
            *("reviewed_at", "is_justified", "review_note"),
        ]


class ExceptionPageSerializer(serializers.Serializer[Any]):
    """One page of exceptions, and how many there are."""

    count = serializers.IntegerField()
    results = ExceptionSerializer(many=True)


class ExceptionsView(APIView):
    @extend_schema(operation_id="exceptions_list", parameters=[PAGE], responses=ExceptionPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """Emergencies and reports that the caller may know of, those that wait for a judgement first."""
        page = page_of(request, queries.exceptions(request.member).annotate(consent_on_file=has_consent_on_file()))
        ids = [str(one.pk) for one in page["results"]]
        audit.looked(verb="clients.exceptions_listed", by=request.member, detail={"exceptions": ids})
        who = {one.exception.pk: one.who for one in queries.exceptions_shown(request.member, page["results"])}
        return Response(ExceptionPageSerializer(page, context={"who": who}).data)
