"""The ledger for an auditor's program: the door, the verb and the file of the page."""

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.oversight import actions
from apps.oversight.views.ledger import NDJSON, taken_out


class ExportView(APIView):
    @extend_schema(operation_id="ledger_export", request=None, responses={(200, NDJSON): OpenApiTypes.BINARY})
    def post(self, request: MemberApiRequest, slug: str) -> StreamingHttpResponse:
        """The whole ledger, a JSON value in each line: keys, signed heads, entries in canonical form, count and hash."""
        return taken_out(request, actions.export_ledger(by=request.member))
