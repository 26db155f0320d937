"""The invented clients of the demonstration whose consent is on its way, about to end, or withdrawn."""

from dataclasses import dataclass
from datetime import date

from apps.home.story import ELDERLY_CARE, Paper, Recipient


@dataclass(frozen=True)
class Signing:
    """What happened to one client's form: printed, then perhaps signed, scanned, withdrawn."""

    recipient: Recipient
    paper: Paper | None = None
    lasts_days: int = 0
    withdrawn: str = ""


TEAM = ("ひだまりケアプラン", "あおぞら訪問看護ステーション")

SIGNINGS = (
    # Printed and not signed yet: the offices wait.
    Signing(Recipient("石川 勝", "いしかわ まさる", date(1938, 11, 2), "本町", ELDERLY_CARE, TEAM)),
    # Signed and scanned; ends in three weeks.
    Signing(
        Recipient("岡田 スミ", "おかだ すみ", date(1944, 6, 18), "川原町", ELDERLY_CARE, TEAM),
        Paper(344, "居宅 同意書綴り 8号", signer="family", signer_name="岡田 真理", relation="長女", bodies=TEAM),
        lasts_days=21,
    ),
    Signing(
        Recipient("村上 清", "むらかみ きよし", date(1940, 1, 30), "緑町", ELDERLY_CARE, TEAM),
        Paper(120, "居宅 同意書綴り 36号", bodies=TEAM),
        withdrawn="窓口で本人から申出",
    ),
)
