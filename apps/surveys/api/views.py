"""Surveys for programs: the same doors, the same verbs, the same ledger."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.api.paging import PAGE, page_of
from apps.environments.requests import MemberApiRequest
from apps.surveys import actions, queries
from apps.surveys.access import (
    check_can_make_surveys,
    draft_for,
    facilities_to_ask,
    organizations_to_ask,
    poll_for,
    recipients_of,
    survey_for,
)
from apps.surveys.api.serializers import (
    ContentSerializer,
    DescriptionSerializer,
    DueSerializer,
    FixedDateSerializer,
    NextContentSerializer,
    RecipientSerializer,
    SurveyPageSerializer,
    TargetsSerializer,
    WholeSurveySerializer,
)
from apps.surveys.content import read
from apps.surveys.models import Survey
from apps.surveys.refusals import TargetNotHere


def sent_in(serializer: type[serializers.Serializer[Any]], request: MemberApiRequest) -> dict[str, Any]:
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def whole(survey: Survey, code: int = status.HTTP_200_OK) -> Response:
    return Response(WholeSurveySerializer(survey).data, status=code)


class SurveysView(APIView):
    @extend_schema(operation_id="surveys_list", parameters=[PAGE], responses=SurveyPageSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller's organization asks, the newest first."""
        check_can_make_surveys(request.member)
        return Response(SurveyPageSerializer(page_of(request, queries.own_rows(request.member))).data)

    @extend_schema(operation_id="surveys_create", request=ContentSerializer, responses={201: WholeSurveySerializer})
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """A draft that asks this."""
        check_can_make_surveys(request.member)
        content = read(sent_in(ContentSerializer, request)["content"])
        return whole(actions.begin_survey(content=content, by=request.member), status.HTTP_201_CREATED)


class SurveyView(APIView):
    @extend_schema(operation_id="surveys_retrieve", responses=WholeSurveySerializer)
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """A survey of the caller's organization with all it asks."""
        return whole(looked_at(request, survey_id))


def looked_at(request: MemberApiRequest, survey_id: UUID) -> Survey:
    survey = survey_for(request.member, survey_id)
    audit.looked(verb="surveys.own_opened", by=request.member, subject=survey)
    return survey


class DraftView(APIView):
    @extend_schema(operation_id="surveys_write", request=NextContentSerializer, responses=WholeSurveySerializer)
    def put(self, request: MemberApiRequest, slug: str, draft_id: UUID) -> Response:
        """Let a draft ask this from now on. 409 where somebody has changed it since `version`."""
        draft, sent = draft_for(request.member, draft_id), sent_in(NextContentSerializer, request)
        about = {"content": read(sent["content"]), "version": sent["version"]}
        return whole(actions.write_content(survey=draft, by=request.member, **about))

    @extend_schema(operation_id="surveys_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, draft_id: UUID) -> Response:
        """Throw a draft away."""
        actions.remove_draft(survey=draft_for(request.member, draft_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DescriptionView(APIView):
    @extend_schema(operation_id="surveys_describe", request=DescriptionSerializer, responses=WholeSurveySerializer)
    def put(self, request: MemberApiRequest, slug: str, draft_id: UUID) -> Response:
        """Until when it asks, to whom its results are shown, when the others are reminded."""
        draft = draft_for(request.member, draft_id)
        return whole(
            actions.describe_survey(survey=draft, by=request.member, **sent_in(DescriptionSerializer, request))
        )


class OpeningView(APIView):
    @extend_schema(operation_id="surveys_open", request=DueSerializer, responses=WholeSurveySerializer)
    def post(self, request: MemberApiRequest, slug: str, draft_id: UUID) -> Response:
        """Send it to all whom it asks."""
        draft, sent = draft_for(request.member, draft_id), sent_in(DueSerializer, request)
        about: dict[str, Any] = {"published": draft.published, "reminder_days": draft.reminder_days, **sent}
        about |= {"reminder_time": draft.reminder_time}
        draft = actions.describe_survey(survey=draft, by=request.member, **about)
        return whole(actions.open_survey(survey=draft, by=request.member))


def picked(there: QuerySet[Any], wanted: list[UUID]) -> list[Any]:
    """These, in the order in which they were named."""
    found = {one.pk: one for one in there.filter(pk__in=wanted)}
    if set(wanted) - found.keys():
        raise TargetNotHere
    return [found[one] for one in wanted]


class RecipientsView(APIView):
    @extend_schema(
        operation_id="surveys_choose_recipients",
        request=TargetsSerializer,
        responses=RecipientSerializer(many=True),
    )
    def put(self, request: MemberApiRequest, slug: str, draft_id: UUID) -> Response:
        """Let a draft ask these offices and no others."""
        draft = draft_for(request.member, draft_id)
        sent = sent_in(TargetsSerializer, request)
        offices = picked(organizations_to_ask(request.member), sent["organizations"])
        places = picked(facilities_to_ask(request.member), sent["facilities"])
        actions.choose_recipients(survey=draft, organizations=offices, facilities=places, by=request.member)
        return asked(request, draft)


def asked(request: MemberApiRequest, survey: Survey) -> Response:
    rows = recipients_of(survey).order_by("number")
    return Response(RecipientSerializer(rows, many=True).data)


class AskedOfficesView(APIView):
    @extend_schema(operation_id="surveys_recipients", responses=RecipientSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Whom a survey asks, and who has answered."""
        return asked(request, looked_at(request, survey_id))


class ExtensionView(APIView):
    @extend_schema(operation_id="surveys_extend", request=DueSerializer, responses=WholeSurveySerializer)
    def put(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Take answers until another moment."""
        survey = survey_for(request.member, survey_id)
        due_at = sent_in(DueSerializer, request)["due_at"]
        return whole(actions.extend_survey(survey=survey, due_at=due_at, by=request.member))


class ClosingView(APIView):
    @extend_schema(operation_id="surveys_close", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Take no more answers."""
        actions.close_survey(survey=survey_for(request.member, survey_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReminderView(APIView):
    @extend_schema(operation_id="surveys_remind", request=None, responses={204: None})
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Remind, now, those who have not answered and were not reminded today."""
        actions.remind(survey=survey_for(request.member, survey_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FixedDateView(APIView):
    @extend_schema(operation_id="surveys_fix_date", request=FixedDateSerializer, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, survey_id: UUID, question_number: int) -> Response:
        """Settle on one of the dates of a poll; everybody who was asked is told."""
        poll = poll_for(request.member, survey_id, question_number)
        choice = sent_in(FixedDateSerializer, request)["choice"]
        actions.fix_date(question=poll, choice_number=choice, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
