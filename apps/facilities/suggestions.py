"""Whom a kind of service is for, so that a facility from the directory does not begin empty."""

from apps.directory.models import ServiceKind, System
from apps.facilities.grid import Age

# 児童発達支援, 医療型児発, 居宅訪問型児発 · 放課後等デイサービス · 保育所等訪問支援 · 障害児入所施設, 障害児相談支援 (domain.md §3.1)
BEFORE_SCHOOL = {"63", "64", "66"}
AFTER_SCHOOL = {"65"}
IN_SCHOOLS = {"67"}
CHILDREN = {"68", "69", "70"}


def ages_of(kind: ServiceKind) -> list[str]:
    """The age groups that a kind of service is meant for."""
    if kind.system != System.SHOGAI:
        return [Age.ADULT]
    if kind.code in BEFORE_SCHOOL:
        return [Age.PRESCHOOL]
    if kind.code in AFTER_SCHOOL:
        return [Age.PRIMARY, Age.SECONDARY]
    if kind.code in IN_SCHOOLS:
        return [Age.PRESCHOOL, Age.PRIMARY]
    return [Age.PRESCHOOL, Age.PRIMARY, Age.SECONDARY] if kind.code in CHILDREN else [Age.ADULT]
