"""Whose data the directory shows: the licences ask for these very words, so they are quoted and not translated."""

from .models import System

ATTRIBUTIONS: dict[str, str] = {
    System.KAIGO: "出典：厚生労働省 介護サービス情報公表システム（加工して作成）",
    System.SHOGAI: "出典：独立行政法人福祉医療機構 障害福祉サービス等情報公表システム（加工して作成）",
}
