"""Files for programs: sent in pieces by the tus protocol, or at once; looked at before anybody may read them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit.api.parsing import BoundedJSONParser
from apps.environments.access import check_can_administer
from apps.environments.requests import MemberApiRequest
from apps.files import actions
from apps.files.access import file_for, files_to_send, upload_for
from apps.files.models import FileLimits, FileState, StoredFile
from apps.files.models.limits import MOST_FILES, MOST_GIGABYTES, MOST_MEGABYTES
from apps.files.queries import limits_of, why_refused
from apps.files.views import tus


class FileSerializer(serializers.ModelSerializer[StoredFile]):
    """A file and where it stands: `checking` and `waiting` become `ready` or `refused` by themselves."""

    state = serializers.ChoiceField(choices=FileState.choices)
    sentence = serializers.SerializerMethodField(help_text="Why it was refused.")

    class Meta:
        model = StoredFile
        fields = [
            "id",
            "name",
            "size",
            "sha256",
            "content_type",
            "kind",
            "pages",
            "state",
            "sentence",
            "arrived_at",
            "scanned_at",
        ]

    def get_sentence(self, file: StoredFile) -> str:
        return why_refused(file) if file.reason else ""


class NewFileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=1000)


class FileLimitsSerializer(serializers.ModelSerializer[FileLimits]):
    """How much is sent at once and kept; whether pictures and PDFs are marked when they are taken out."""

    files_per_send = serializers.IntegerField(min_value=1, max_value=MOST_FILES)
    megabytes_per_send = serializers.IntegerField(min_value=1, max_value=MOST_MEGABYTES)
    gigabytes_kept = serializers.IntegerField(min_value=1, max_value=MOST_GIGABYTES)
    marks_downloads = serializers.BooleanField()

    class Meta:
        model = FileLimits
        fields = ["files_per_send", "megabytes_per_send", "gigabytes_kept", "marks_downloads"]


def head(name: str, said: str, *, required: bool = True) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, required=required, description=said)


VERSION = head("Tus-Resumable", "1.0.0")
LENGTH = head("Upload-Length", "How many bytes the whole file has.")
METADATA = head("Upload-Metadata", "`filename` and the name in base64.")
OFFSET = head("Upload-Offset", "How many bytes have arrived before these.")
CHECKSUM = head("Upload-Checksum", "`sha1` or `sha256` and the hash of the piece in base64.", required=False)


class UploadsView(APIView):
    @extend_schema(
        operation_id="uploads_begin", parameters=[VERSION, LENGTH, METADATA], request=None, responses={201: None}
    )
    def post(self, request: MemberApiRequest, slug: str) -> HttpResponse:
        """Begin an upload by the tus protocol 1.0.0; `Location` says where to send the pieces. Its id becomes the file's."""
        return tus.begun(request._request, request.member)

    @extend_schema(exclude=True)
    def options(self, request: MemberApiRequest, slug: str) -> HttpResponse:  # type: ignore[override]
        return tus.offered(request._request, request.member)


class UploadView(APIView):
    @extend_schema(exclude=True)
    def head(self, request: MemberApiRequest, slug: str, upload_id: UUID) -> HttpResponse:
        return tus.told(request._request, request.member, upload_for(request.member, upload_id).pk)

    @extend_schema(
        operation_id="uploads_go_on",
        parameters=[VERSION, OFFSET, CHECKSUM],
        request={tus.A_PIECE: OpenApiTypes.BINARY},
        responses={204: OpenApiResponse(description="Stored; `Upload-Offset` says how far it is."), 409: None},
    )
    def patch(self, request: MemberApiRequest, slug: str, upload_id: UUID) -> HttpResponse:
        """Send the next piece, of at most 32 MB. HEAD at the same address says where to go on after a broken line."""
        return tus.gone_on_with(request._request, request.member, upload_for(request.member, upload_id).pk)

    @extend_schema(operation_id="uploads_give_up", parameters=[VERSION], responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, upload_id: UUID) -> HttpResponse:
        """Give an upload up."""
        return tus.given_up(request._request, request.member, upload_for(request.member, upload_id).pk)


class FilesView(APIView):
    # A body of JSON is read too, to be told in the same words that its file is missing.
    parser_classes = [MultiPartParser, BoundedJSONParser]

    @extend_schema(operation_id="files_list", responses=FileSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The caller's own files that are attached to nothing yet; after a day they are thrown away."""
        return Response(FileSerializer(files_to_send(request.member).order_by("arrived_at"), many=True).data)

    @extend_schema(
        operation_id="files_send", request={"multipart/form-data": NewFileSerializer}, responses={201: FileSerializer}
    )
    def post(self, request: MemberApiRequest, slug: str) -> Response:
        """Send a small file at once, up to 32 MB with everything around it."""
        sent = NewFileSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        came = sent.validated_data["file"]
        file = actions.take_file(name=came.name, content=came, size=came.size, by=request.member)
        return Response(FileSerializer(file).data, status=status.HTTP_201_CREATED)


class FileView(APIView):
    @extend_schema(operation_id="files_retrieve", responses=FileSerializer)
    def get(self, request: MemberApiRequest, slug: str, file_id: UUID) -> Response:
        """How a file stands that is attached to nothing yet: ask until it is `ready` or `refused`."""
        return Response(FileSerializer(file_for(request.member, file_id)).data)

    @extend_schema(operation_id="files_discard", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, file_id: UUID) -> Response:
        """Throw it away."""
        actions.discard_file(file_id=file_id, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FileLimitsView(APIView):
    @extend_schema(operation_id="file_limits_retrieve", responses=FileLimitsSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """The limits that hold here."""
        return Response(FileLimitsSerializer(limits_of(request.environment.pk)).data)

    @extend_schema(operation_id="file_limits_update", request=FileLimitsSerializer, responses=FileLimitsSerializer)
    def put(self, request: MemberApiRequest, slug: str) -> Response:
        """Say new limits, as the environment's admin. What is kept already stays."""
        check_can_administer(request.member)
        sent = FileLimitsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(FileLimitsSerializer(actions.set_limits(by=request.member, **sent.validated_data)).data)
