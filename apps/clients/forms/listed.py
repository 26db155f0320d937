"""What the columns of a list of clients are called, and how each cell is read."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.clients.actions.certificates import wrong_with_number
from apps.clients.forms.clients import ClientForm
from apps.clients.forms.days import DayField
from apps.clients.forms.records import RecordForm
from apps.clients.models import CareLevel, Certificate, Need
from apps.clients.refusals import InsurerNumberMalformed
from apps.directory.numbers import plain
from apps.environments.columns import Column

COLUMNS = [
    Column("name", _("Name"), "氏名", ("名前", "利用者名", "利用者氏名", "対象者氏名", "児童氏名", "被保険者氏名", "name")),
    Column("kana", _("Reading"), "フリガナ", ("ふりがな", "カナ", "かな", "よみ", "氏名カナ", "氏名フリガナ", "カナ氏名", "被保険者氏名カナ", "kana")),
    Column("born_on", _("Date of birth"), "生年月日", ("誕生日", "birth date", "date of birth")),
    Column("area", _("Area"), "地区", ("地域", "地区名", "町名", "行政区", "area"), is_required=False),
    Column("school_district", _("School district"), "学校区", ("校区", "小学校区", "学区", "通学区"), is_required=False),
    Column("insured_number", _("Insured number"), "被保険者番号", ("被保険者証番号", "介護保険被保険者番号", "被保番号", "被保険者No", "insured number"), is_required=False),
    Column("insurer_number", _("Insurer number"), "保険者番号", ("証記載保険者番号", "保険者No", "insurer number"), is_required=False),
    Column("care_level", _("Care level"), "要介護度", ("要介護状態区分", "要介護状態区分コード", "要介護認定区分", "要介護区分", "介護度", "認定区分", "care level"), is_required=False),
    Column("recipient_number", _("Recipient number"), "受給者証番号", ("通所受給者証番号", "受給者番号", "recipient number"), is_required=False),
    Column("granted_days", _("Granted days per month"), "支給量", ("支給日数", "支給量(日)", "支給量(日/月)", "月の支給日数", "granted days"), is_required=False),
    Column("first_day", _("First day"), "認定有効期間開始日", ("認定有効期間(開始)", "認定有効期間開始年月日", "認定有効期間開始", "認定開始日", "有効期間開始日", "有効期間開始", "支給決定期間開始日", "支給期間開始日", "first day"), is_required=False),
    Column("last_day", _("Last day"), "認定有効期間終了日", ("認定有効期間(終了)", "認定有効期間終了年月日", "認定有効期間終了", "認定有効期間満了日", "認定終了日", "有効期間終了日", "有効期間満了日", "有効期限", "支給決定期間終了日", "支給期間終了日", "last day"), is_required=False),
    Column("needs", _("Needs"), "必要な配慮", ("配慮事項", "支援ニーズ", "ニーズ", "必要な支援", "needs"), is_required=False),
]  # fmt: skip

# How lists write a level, beside its code (domain §3.2): each without 要, spaces and 度.
LEVELS = {
    **{code: code for code in CareLevel.values},
    **dict.fromkeys(("非該当", "自立"), CareLevel.INDEPENDENT),
    **dict.fromkeys(("事業対象者", "総合事業対象者", "総合事業"), CareLevel.PROGRAMME),
    "経過的介護": CareLevel.TRANSITIONAL,
    **{f"支援{nth}": level for nth, level in enumerate((CareLevel.SUPPORT_1, CareLevel.SUPPORT_2), start=1)},
    **{f"支{nth}": level for nth, level in enumerate((CareLevel.SUPPORT_1, CareLevel.SUPPORT_2), start=1)},
    **{f"{word}{nth}": f"2{nth}" for word in ("介護", "介") for nth in range(1, 6)},
}
NEEDS = {
    Need.MEDICAL_CARE: ("医療的ケア", "医療的ケア児", "医ケア", "medical care"),
    Need.SEVERE_MULTIPLE: ("重症心身障害", "重症心身障害児", "重心"),
    Need.SEVERE_BEHAVIOR: ("強度行動障害", "強行", "行動障害"),
    Need.TRANSPORT: ("送迎", "送迎あり", "送迎要", "transport"),
}
NEED_OF = {word: need for need, words in NEEDS.items() for word in words}


class LevelField(forms.Field):
    """A care level as lists write it: 要介護３, 介3, 要支援1, 23."""

    def to_python(self, value: Any) -> str:
        word = plain(str(value or "")).replace("要", "").replace("度", "")
        if word and word not in LEVELS:
            raise ValidationError(
                _("This is no care level. Write it as on the certificate, or its code of two digits."), code="level"
            )
        return str(LEVELS.get(word, ""))


class DaysField(forms.Field):
    """Days of support a month: 10, １０日, 10日/月."""

    def to_python(self, value: Any) -> int | None:
        word = plain(str(value or "")).removesuffix("/月").removesuffix("日")
        if not word:
            return None
        if not (word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= 31):
            raise ValidationError(_("Please write how many days per month were granted, from 1 to 31."), code="days")
        return int(word)


class NeedsField(forms.Field):
    """Needs from the closed list, several in one cell."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        text = unicodedata.normalize("NFKC", str(value or "")).casefold()
        for sign in "、,・;/\n":
            text = text.replace(sign, "|")
        words = [word.strip() for word in text.split("|") if word.strip()]
        strange = [word for word in words if word not in NEED_OF]
        if strange:
            raise ValidationError(
                _(
                    "This is none of the known needs. Write medical care, severe multiple disabilities, severe behavioural disorder or pick-up."
                ),
                code="needs",
            )
        return tuple(need for need in Need.values if need in {NEED_OF[word] for word in words})


class CertificateNumberField(forms.Field):
    """The number of a certificate, in whatever width and with whatever hyphens."""

    def __init__(self, certificate: str) -> None:
        self.certificate = certificate
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        number = plain(str(value or "")).upper()
        wrong = wrong_with_number(self.certificate, number) if number else None
        if wrong is not None:
            raise ValidationError(str(wrong.sentence), code=wrong.code)
        return number


class InsurerNumberField(forms.Field):
    def to_python(self, value: Any) -> str:
        number = plain(str(value or ""))
        if number and not (number.isascii() and number.isdigit() and len(number) == 6):
            raise ValidationError(InsurerNumberMalformed.sentence, code=InsurerNumberMalformed.code)
        return number


# The fields by which a client is registered and edited one by one: the same sentences for the same troubles.
FIELDS: dict[str, Any] = {
    **ClientForm.base_fields,
    "school_district": RecordForm.base_fields["school_district"],
    "insured_number": CertificateNumberField(Certificate.INSURED),
    "insurer_number": InsurerNumberField(required=False),
    "care_level": LevelField(required=False),
    "recipient_number": CertificateNumberField(Certificate.RECIPIENT),
    "granted_days": DaysField(required=False),
    "first_day": DayField(required=False),
    "last_day": DayField(required=False),
    "needs": NeedsField(required=False),
}
