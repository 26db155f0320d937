"""Whom a kind of service is for, and who runs it, so that a facility from the directory does not begin empty."""

import re

from apps.directory.models import ServiceKind, System
from apps.facilities.grid import Age
from apps.facilities.models import Operator

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


# A corporate number is a check digit and twelve digits: those of the state begin with 00001, of prefectures, municipalities
# and their unions with 00002; registered bodies begin with the number of their registry office, never with four zeros.
OF_THE_STATE = re.compile(r"\d0000[12]")
# Registered bodies, and public all the same.
PUBLIC_BODIES = re.compile(r"独立行政法人|国立大学法人|公立大学法人|事務組合|広域連合|企業団")
PRIVATE_BODIES = re.compile(
    r"社会福祉法人|社会福祉協議会|会社|医療法人|非営利活動法人|NPO法人|社団|財団|協同組合|学校法人|宗教法人|企業組合"
    r"|日本赤十字社|[（(][福株有医特][）)]",
)
MUNICIPAL = re.compile(r"[都道府県市区町村]$")


def operator_of(corporate_name: str, corporate_number: str) -> str:
    """Public or private by the legal form of who runs it, as the directory publishes it; empty where it does not say.

    A public building that a private body runs is private here: what is compared is who decides.
    """
    name = re.sub(r"\s", "", corporate_name)
    if OF_THE_STATE.match(corporate_number) or PUBLIC_BODIES.search(name):
        return Operator.PUBLIC
    if corporate_number or PRIVATE_BODIES.search(name):
        return Operator.PRIVATE
    return Operator.PUBLIC if MUNICIPAL.search(name) else ""
