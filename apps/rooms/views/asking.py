"""Who asks, and how they want to be answered."""

from apps.environments.requests import MemberRequest


def wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
