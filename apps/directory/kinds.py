"""The kinds of service as their codes are published (domain.md §3.1), and how a file's words find them."""

from collections.abc import Iterable

from apps.kernel.folding import fold

from .models import ServiceKind, System

# code, open-data code or nothing, name
KAIGO = """
11 110 訪問介護
12 120 訪問入浴介護
13 130 訪問看護
14 140 訪問リハビリテーション
15 150 通所介護
16 160 通所リハビリテーション
17 170 福祉用具貸与
21 210 短期入所生活介護
22 220 短期入所療養介護（介護老人保健施設）
23 230 短期入所療養介護（療養病床を有する病院等）
2A 551 短期入所療養介護（介護医療院）
31 --- 居宅療養管理指導
32 320 認知症対応型共同生活介護
33 331 特定施設入居者生活介護（有料老人ホーム）
33 332 特定施設入居者生活介護（軽費老人ホーム）
33 334 特定施設入居者生活介護（有料老人ホーム（サービス付き高齢者向け住宅））
33 335 特定施設入居者生活介護（有料老人ホーム（外部サービス利用型））
33 336 特定施設入居者生活介護（軽費老人ホーム（外部サービス利用型））
33 337 特定施設入居者生活介護（有料老人ホーム（サービス付き高齢者向け住宅（外部サービス利用型）））
36 361 地域密着型特定施設入居者生活介護（有料老人ホーム）
36 362 地域密着型特定施設入居者生活介護（軽費老人ホーム）
36 364 地域密着型特定施設入居者生活介護（有料老人ホーム（サービス付き高齢者向け住宅））
38 --- 認知症対応型共同生活介護（短期利用）
41 410 特定福祉用具販売
42 --- 住宅改修
43 430 居宅介護支援
46 --- 介護予防支援
51 510 介護老人福祉施設
52 520 介護老人保健施設
54 540 地域密着型介護老人福祉施設入所者生活介護
55 550 介護医療院
62 --- 介護予防訪問入浴介護
63 --- 介護予防訪問看護
64 --- 介護予防訪問リハビリテーション
66 --- 介護予防通所リハビリテーション
67 --- 介護予防福祉用具貸与
71 710 夜間対応型訪問介護
72 720 認知症対応型通所介護
73 730 小規模多機能型居宅介護
74 --- 介護予防認知症対応型通所介護
75 --- 介護予防小規模多機能型居宅介護
76 760 定期巡回・随時対応型訪問介護看護
77 770 看護小規模多機能型居宅介護（複合型サービス）
78 780 地域密着型通所介護
78 155 指定療養通所介護
A1 --- 訪問型サービス（みなし）
A2 --- 訪問型サービス（独自）
A3 --- 訪問型サービス（独自・定率）
A4 --- 訪問型サービス（独自・定額）
A5 --- 通所型サービス（みなし）
A6 --- 通所型サービス（独自）
A7 --- 通所型サービス（独自・定率）
A8 --- 通所型サービス（独自・定額）
A9 --- 生活支援サービス（配食・定率）
AA --- 生活支援サービス（配食・定額）
AB --- 生活支援サービス（見守り・定率）
AC --- 生活支援サービス（見守り・定額）
AD --- 生活支援サービス（その他・定率）
AE --- 生活支援サービス（その他・定額）
AF --- 介護予防ケアマネジメント
"""
SHOGAI = """
11 011 居宅介護
12 012 重度訪問介護
13 013 行動援護
14 014 重度障害者等包括支援
15 015 同行援護
21 021 療養介護
22 022 生活介護
24 024 短期入所
32 032 施設入所支援
33 033 共同生活援助
34 034 宿泊型自立訓練
41 041 自立訓練（機能訓練）
42 042 自立訓練（生活訓練）
45 045 就労継続支援Ａ型
46 046 就労継続支援Ｂ型
52 052 計画相談支援
53 053 地域相談支援（地域移行支援）
54 054 地域相談支援（地域定着支援）
60 060 就労移行支援
61 061 自立生活援助
62 062 就労定着支援
63 063 児童発達支援
64 064 医療型児童発達支援
65 065 放課後等デイサービス
66 066 居宅訪問型児童発達支援
67 067 保育所等訪問支援
68 068 福祉型障害児入所施設
69 069 医療型障害児入所施設
70 070 障害児相談支援
"""


def published() -> Iterable[ServiceKind]:
    """Every kind of both tables, unsaved."""
    for system, table in ((System.KAIGO, KAIGO), (System.SHOGAI, SHOGAI)):
        for line in table.strip().splitlines():
            code, opendata_code, name = line.split(" ", 2)
            known = None if opendata_code == "---" else opendata_code
            yield ServiceKind(system=system, code=code, opendata_code=known, name=name)


class KindFinder:
    """Finds the kinds of one system by the codes and names that files use; reads them once."""

    def __init__(self, system: str) -> None:
        self.kinds = [kind for kind in ServiceKind.objects.filter(system=system) if kind.opendata_code]
        self._by_code = {kind.opendata_code: kind for kind in self.kinds}
        self._by_name = {fold_kind_name(kind.name): kind for kind in self.kinds}

    def by_code(self, code: str) -> ServiceKind | None:
        """By three characters (430, 063), or by two where they name one kind only (43, 63)."""
        code = code.strip().upper()
        if code in self._by_code:
            return self._by_code[code]
        found = [kind for kind in self.kinds if kind.code == code]
        return found[0] if len(found) == 1 else None

    def by_name(self, name: str) -> ServiceKind | None:
        return self._by_name.get(fold_kind_name(name))


def fold_kind_name(name: str) -> str:
    """The lists close and space their brackets unevenly; the words between them decide."""
    return "".join(character for character in fold(name) if character not in " ()・")
