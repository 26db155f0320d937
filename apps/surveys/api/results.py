"""Results for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.requests import MemberApiRequest
from apps.surveys import queries
from apps.surveys.access import results_for
from apps.surveys.queries import Results
from apps.surveys.refusals import NotCrossed


class TallySerializer(serializers.Serializer[Any]):
    """The replies by one way of sorting them; the numbers add up to the replies. The last group gave no answer."""

    key = serializers.CharField(source="dimension.key")
    part = serializers.CharField(source="dimension.part")
    groups = serializers.ListField(child=serializers.CharField(), source="dimension.heads")
    numbers = serializers.SerializerMethodField()

    def get_numbers(self, tally: Any) -> list[int]:
        return [one.number for one in tally.counts]


class FindingSerializer(serializers.Serializer[Any]):
    """One question counted, and what was written to it, office by office."""

    number = serializers.IntegerField(source="topic.question.number")
    text = serializers.CharField(source="topic.text")
    kind = serializers.CharField()
    tallies = TallySerializer(many=True)
    texts = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class GivenFileSerializer(serializers.Serializer[Any]):
    """A file of an answer; it is opened by `number`, at `recipients/<number>/files/<number>/` of the survey."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class OfficeResultSerializer(serializers.Serializer[Any]):
    """What one office said, by number of question, in the shape of answers; nothing while it has not answered."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)
    is_proxy = serializers.BooleanField()
    answers = serializers.DictField()
    files = serializers.SerializerMethodField()

    @extend_schema_field(GivenFileSerializer(many=True))
    def get_files(self, office: Any) -> list[dict[str, Any]]:
        """The files that its answers name, by their ids there; nothing where they are not opened to the caller."""
        return [{"id": key, "number": one.number, "name": one.name} for key, one in office.files.items()]


class ResultsSerializer(serializers.Serializer[Any]):
    """All of it. `dimensions` names what can be crossed."""

    replies = serializers.SerializerMethodField()
    findings = FindingSerializer(many=True)
    dimensions = serializers.SerializerMethodField()
    offices = OfficeResultSerializer(many=True)

    def get_replies(self, results: Results) -> int:
        return len(results.replies)

    def get_dimensions(self, results: Results) -> dict[str, str]:
        """Names by key."""
        return {one.key: one.name for one in results.dimensions}


class CrossingSerializer(serializers.Serializer[Any]):
    """One table: `cells` row by row. `title` is the group of the third way of sorting, empty where there is none."""

    title = serializers.CharField()
    rows = serializers.ListField(child=serializers.CharField(), source="rows.heads")
    columns = serializers.ListField(child=serializers.CharField(), source="columns.heads")
    cells = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    total = serializers.IntegerField()


class CrossedSerializer(serializers.Serializer[Any]):
    """The table of all replies, and one for each group of the third way of sorting."""

    whole = CrossingSerializer()
    tables = CrossingSerializer(many=True)


def results_in(request: MemberApiRequest, survey_id: UUID) -> Results:
    survey = results_for(request.member, survey_id)
    audit.looked(verb="surveys.results_opened", by=request.member, subject=survey)
    return queries.results_of(survey, by=request.member)


class ResultsView(APIView):
    @extend_schema(operation_id="surveys_results", responses=ResultsSerializer)
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """What was answered: counted and office by office."""
        return Response(ResultsSerializer(results_in(request, survey_id)).data)


NAMES = ("rows", "columns", "layers")
KEYS = [
    OpenApiParameter(one, OpenApiTypes.STR, description="A key of `dimensions`.", required=one != "layers")
    for one in NAMES
]


class CrossingView(APIView):
    @extend_schema(operation_id="surveys_results_crossing", parameters=KEYS, responses=CrossedSerializer)
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Two or three ways of sorting the replies against each other. 422 where they are not two or three."""
        results = results_in(request, survey_id)
        found = queries.crossed(results, [request.query_params.get(name, "") for name in NAMES])
        if found is None:
            raise NotCrossed(subject=results.survey)
        return Response(CrossedSerializer(found).data)
