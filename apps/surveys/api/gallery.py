"""The gallery of ready surveys for programs: what it offers, a draft of it; kept, shared, duplicated, as a file."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.kernel.refusals import NotHere
from apps.surveys import actions, queries, shipped
from apps.surveys.access import check_can_make_surveys, own_template_for, survey_for, templates_of
from apps.surveys.api.serializers import ContentSerializer, WholeSurveySerializer
from apps.surveys.api.views import whole
from apps.surveys.content import Content


class ReadySurveySerializer(serializers.Serializer[Any]):
    """A survey that comes with the house, in a list."""

    key = serializers.CharField()
    category = serializers.CharField()
    title = serializers.CharField(source="content.title")
    summary = serializers.CharField()


class OwnTemplateSerializer(serializers.Serializer[Any]):
    """A template of the caller's organization."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    summary = serializers.CharField()
    is_shared = serializers.BooleanField()


class SharedTemplateSerializer(serializers.Serializer[Any]):
    """A template that somebody shares, and the name of their environment."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    summary = serializers.CharField()
    shared_by = serializers.CharField()


class GallerySerializer(serializers.Serializer[Any]):
    """Everything with which a survey may begin."""

    ready = ReadySurveySerializer(many=True)
    own = OwnTemplateSerializer(many=True)
    shared = SharedTemplateSerializer(many=True)


class GalleryView(APIView):
    @extend_schema(operation_id="surveys_gallery", responses=GallerySerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What comes with the house, what the caller's organization keeps, what others share."""
        check_can_make_surveys(request.member)
        own = list(templates_of(request.member))
        shared = [one for one in queries.shared_templates() if one.id not in {mine.pk for mine in own}]
        return Response(GallerySerializer({"ready": shipped.shipped(), "own": own, "shared": shared}).data)


def told(content: Content) -> Response:
    return Response(ContentSerializer({"content": content.as_json()}).data)


def taken(request: MemberApiRequest, content: Content, origin: UUID) -> Response:
    return whole(actions.begin_survey(content=content, origin=origin, by=request.member), status.HTTP_201_CREATED)


def shipped_one(request: MemberApiRequest, key: str) -> shipped.Shipped:
    check_can_make_surveys(request.member)
    found = shipped.shipped_named(key)
    if found is None:
        raise NotHere(subject=key)
    return found


class ReadyView(APIView):
    @extend_schema(operation_id="surveys_gallery_ready", responses=ContentSerializer)
    def get(self, request: MemberApiRequest, slug: str, template_key: str) -> Response:
        """What a survey asks that comes with the house."""
        return told(shipped_one(request, template_key).content)

    @extend_schema(operation_id="surveys_gallery_take_ready", request=None, responses={201: WholeSurveySerializer})
    def post(self, request: MemberApiRequest, slug: str, template_key: str) -> Response:
        """A draft of it."""
        found = shipped_one(request, template_key)
        return taken(request, found.content, found.origin)


class TemplateView(APIView):
    @extend_schema(operation_id="surveys_gallery_template", responses=ContentSerializer)
    def get(self, request: MemberApiRequest, slug: str, template_id: UUID) -> Response:
        """What a template asks: an own one, or one that somebody shares."""
        check_can_make_surveys(request.member)
        return told(queries.ready_one(request.member, template_id).content)

    @extend_schema(operation_id="surveys_gallery_take", request=None, responses={201: WholeSurveySerializer})
    def post(self, request: MemberApiRequest, slug: str, template_id: UUID) -> Response:
        """A draft of it."""
        check_can_make_surveys(request.member)
        found = queries.ready_one(request.member, template_id)
        return taken(request, found.content, found.origin)

    @extend_schema(operation_id="surveys_gallery_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, template_id: UUID) -> Response:
        """Take an own one out of the gallery; surveys that were made of it stay."""
        actions.remove_template(template=own_template_for(request.member, template_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SharingView(APIView):
    @extend_schema(operation_id="surveys_gallery_share", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, template_id: UUID) -> Response:
        """Offer an own one to the other environments."""
        actions.share_template(template=own_template_for(request.member, template_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="surveys_gallery_stop_sharing", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, template_id: UUID) -> Response:
        """Offer it to the own organization alone again."""
        actions.stop_sharing_template(template=own_template_for(request.member, template_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class KeepView(APIView):
    @extend_schema(operation_id="surveys_gallery_keep", request=None, responses={201: OwnTemplateSerializer})
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """Keep what a survey asks as a template."""
        kept = actions.keep_template(survey=survey_for(request.member, survey_id), by=request.member)
        return Response(OwnTemplateSerializer(kept).data, status=status.HTTP_201_CREATED)


class TwinView(APIView):
    @extend_schema(operation_id="surveys_duplicate", request=None, responses={201: WholeSurveySerializer})
    def post(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """A draft that asks the same of the same offices."""
        survey = survey_for(request.member, survey_id)
        return whole(actions.duplicate_survey(survey=survey, by=request.member), status.HTTP_201_CREATED)


class FileView(APIView):
    @extend_schema(operation_id="surveys_file", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: MemberApiRequest, slug: str, survey_id: UUID) -> Response:
        """What a survey asks, as its file holds it; `content` of a new survey takes it elsewhere."""
        return Response(queries.content_of(survey_for(request.member, survey_id)).as_json())
