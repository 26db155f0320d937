"""One page of a long list, said the same way by every endpoint."""

from typing import Any

from django.core.paginator import Paginator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

PAGE = OpenApiParameter("page", OpenApiTypes.INT, description="From 1; a number beyond the end gives the last page.")
MOST = 100
# Of lists that a page shows too, a page of which holds fifty.
FIFTY = OpenApiParameter(
    "page", OpenApiTypes.INT, description="Fifty each, from 1; a number beyond the end gives the last."
)


def page_of(request: Request, rows: Any) -> dict[str, Any]:
    """The page asked for, as `{"count", "results"}`."""
    paginator = Paginator(rows, MOST)
    return {"count": paginator.count, "results": list(paginator.get_page(request.query_params.get("page")))}
