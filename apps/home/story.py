"""The invented city of the demonstration: さくら川市, its network, its clients and what they have said so far.

Every name, number and sentence is made up. Nothing here is used outside the demonstration.
"""

from dataclasses import dataclass
from datetime import date

# Prefecture numbers end at 47: these codes belong to no place in Japan. (code without check digit, name, reading)
PREFECTURE = "見本県"
MUNICIPALITIES = {"sakuragawa": ("99001", "さくら川市", "サクラガワシ"), "tonari": ("99002", "となり市", "トナリシ")}


@dataclass(frozen=True)
class Person:
    login_id: str
    name: str
    kana: str
    profession: str
    role: str = "member"


@dataclass(frozen=True)
class Body:
    name: str
    kana: str
    kind: str
    people: tuple[Person, ...] = ()
    is_outside: bool = False


@dataclass(frozen=True)
class Paper:
    """A signed consent: what it says and where it lies."""

    signed_days_ago: int
    reference: str
    signer: str = "self"
    signer_name: str = ""
    relation: str = ""
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relative:
    """Somebody of the family, or a guardian."""

    name: str
    relation: str
    phone: str = ""
    is_key_person: bool = False
    is_guardian: bool = False


@dataclass(frozen=True)
class Period:
    """A certified period, in days from today: so that the demonstration always has something to renew."""

    from_day: int
    to_day: int
    care_level: str = ""
    granted_days: int | None = None


@dataclass(frozen=True)
class Record:
    """What stands in a client's record beside who it is. Every number is invented."""

    certificate: str = "insured"
    number: str = ""
    periods: tuple[Period, ...] = ()
    family: tuple[Relative, ...] = ()
    school_district: str = ""
    needs: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """A client. The division registers them, gives the team its seats and keeps what was signed."""

    name: str
    kana: str
    born_on: date
    area: str
    division: str
    team: tuple[str, ...] = ()
    paper: Paper | None = None


ADMIN = Person("ito", "伊藤 学", "いとう まなぶ", "city_staff", "admin")
SYSTEMS = "さくら川市 情報政策課"

# Of the twenty facilities one has somebody who answers on a phone.
FACILITY_PEOPLE = {"つくし": (Person("hayashi", "林 みなみ", "はやし みなみ", "child_development_manager"),)}

CARE_NETWORK = (
    Body(
        "さくら川市 高齢福祉課",
        "さくらがわし こうれいふくしか",
        "city_division",
        (Person("tanaka", "田中 茂", "たなか しげる", "city_staff", "desk"),),
    ),
    Body(
        "さくら川市 こども家庭課",
        "さくらがわし こどもかていか",
        "city_division",
        (Person("yamamoto", "山本 葵", "やまもと あおい", "public_health_nurse", "desk"),),
    ),
    Body(
        "さくら川市 障がい福祉課",
        "さくらがわし しょうがいふくしか",
        "city_division",
        (Person("ota", "太田 恵", "おおた めぐみ", "city_staff", "desk"),),
    ),
    Body(
        "さくら川市 監査室",
        "さくらがわし かんさしつ",
        "city_division",
        (Person("ishii", "石井 直子", "いしい なおこ", "city_staff", "auditor"),),
    ),
    Body(
        "さくら川市 地域包括支援センター",
        "さくらがわし ちいきほうかつしえんせんたー",
        "community_support_center",
        (Person("kato", "加藤 真由美", "かとう まゆみ", "social_worker"),),
    ),
    Body(
        "ひだまりケアプラン",
        "ひだまりけあぷらん",
        "care_management_office",
        (
            Person("sato", "佐藤 花子", "さとう はなこ", "care_manager"),
            Person("kobayashi", "小林 健一", "こばやし けんいち", "chief_care_manager"),
            Person("mori", "森 健", "もり けん", "care_manager"),
        ),
    ),
    Body(
        "さくら川内科クリニック",
        "さくらがわないかくりにっく",
        "clinic",
        (
            Person("nakamura", "中村 誠", "なかむら まこと", "physician"),
            Person("kimura", "木村 由紀", "きむら ゆき", "nurse"),
        ),
    ),
    Body(
        "あおぞら訪問看護ステーション",
        "あおぞらほうもんかんごすてーしょん",
        "visiting_nurse_station",
        (Person("suzuki", "鈴木 一郎", "すずき いちろう", "visiting_nurse"),),
    ),
    Body(
        "みどりホームヘルプ",
        "みどりほーむへるぷ",
        "home_help_office",
        (Person("takahashi", "髙𣘺 みどり", "たかはし みどり", "service_manager"),),
    ),
    Body(
        "となり福祉用具",
        "となりふくしようぐ",
        "equipment_supplier",
        (Person("matsumoto", "松本 翔", "まつもと しょう", "equipment_specialist", "guest"),),
        is_outside=True,
    ),
    # Reached by FAX only: it takes part without a member.
    Body("さくら川薬局", "さくらがわやっきょく", "pharmacy"),
    *(
        Body(
            f"こども発達ルーム {name}", f"こどもはったつるーむ {kana}", "child_facility", FACILITY_PEOPLE.get(name, ())
        )
        for name, kana in [
            ("つくし", "つくし"),
            ("たんぽぽ", "たんぽぽ"),
            ("すみれ", "すみれ"),
            ("ひまわり", "ひまわり"),
            ("なのはな", "なのはな"),
            ("れんげ", "れんげ"),
            ("あさがお", "あさがお"),
            ("こすもす", "こすもす"),
            ("さざんか", "さざんか"),
            ("やまぶき", "やまぶき"),
            ("どんぐり", "どんぐり"),
            ("くるみ", "くるみ"),
            ("もみじ", "もみじ"),
            ("いちょう", "いちょう"),
            ("けやき", "けやき"),
            ("しらかば", "しらかば"),
            ("ほたる", "ほたる"),
            ("めだか", "めだか"),
            ("かわせみ", "かわせみ"),
            ("つばめ", "つばめ"),
        ]
    ),
)

ELDERLY_CARE = "さくら川市 高齢福祉課"
CHILD_WELFARE = "さくら川市 こども家庭課"
DISABILITY_WELFARE = "さくら川市 障がい福祉課"

CLIENTS = (
    Recipient(
        "大野 ハル",
        "おおの はる",
        date(1942, 3, 9),
        "川原町",
        ELDERLY_CARE,
        (
            "ひだまりケアプラン",
            "さくら川市 地域包括支援センター",
            "さくら川内科クリニック",
            "あおぞら訪問看護ステーション",
            "みどりホームヘルプ",
        ),
        Paper(
            229,
            "居宅 同意書綴り 12号",
            kinds=(
                "community_support_center",
                "care_management_office",
                "clinic",
                "visiting_nurse_station",
                "home_help_office",
            ),
        ),
    ),
    # 79 years old; will withdraw the consent.
    Recipient(
        "藤田 正雄",
        "ふじた まさお",
        date(1947, 8, 21),
        "桜台",
        ELDERLY_CARE,
        ("ひだまりケアプラン", "あおぞら訪問看護ステーション"),
        Paper(
            159,
            "居宅 同意書綴り 31号",
            bodies=("ひだまりケアプラン", "あおぞら訪問看護ステーション"),
        ),
    ),
    Recipient(
        "森下 みお",
        "もりした みお",
        date(2022, 5, 14),
        "緑町",
        CHILD_WELFARE,
        ("こども発達ルーム つくし",),
        Paper(
            50,
            "こども家庭課 同意書綴り 5号",
            signer="guardian",
            signer_name="森下 さやか",
            relation="母",
            kinds=("child_facility",),
        ),
    ),
    Recipient("西村 りく", "にしむら りく", date(2020, 4, 1), "桜台", CHILD_WELFARE),
)

# Who of each organization supports whom, and as what; the first one is responsible.
TEAMS = {
    "大野 ハル": (
        ("sato", "care_manager"),
        ("kato", "social_worker"),
        ("nakamura", "attending_physician"),
        ("suzuki", "visiting_nurse"),
        ("takahashi", "home_help_lead"),
    ),
    "藤田 正雄": (("sato", "care_manager"), ("suzuki", "visiting_nurse")),
}

# What the division writes down of each: certificates, family, and what a child needs.
RECORDS = {
    "大野 ハル": Record(
        number="0001203345",
        periods=(Period(-1050, -320, "22"), Period(-319, 44, "23")),
        family=(
            Relative("大野 洋子", "長女", "090-0000-1234", is_key_person=True),
            Relative("大野 健一", "長男（県外）"),
        ),
    ),
    "藤田 正雄": Record(
        number="0001207718",
        periods=(Period(-705, 25, "21"),),
        family=(Relative("藤田 和子", "妻", is_key_person=True),),
    ),
    "森下 みお": Record(
        certificate="recipient",
        number="0300450012",
        periods=(Period(-45, 320, granted_days=8),),
        family=(Relative("森下 さやか", "母", "080-0000-5678", is_key_person=True, is_guardian=True),),
        school_district="第二小学校区",
        needs=("transport",),
        weekdays=(0, 2),
    ),
    "西村 りく": Record(
        certificate="recipient",
        family=(Relative("西村 直樹", "父", is_key_person=True, is_guardian=True),),
        school_district="第一小学校区",
        weekdays=(1, 4),
    ),
}

# The 6-year-old who must not be found: where they live is written down, and withheld.
PROTECTED = ("西村 りく", "さくら川市桜台二丁目14-3 第2桜荘")
# What was in the record before, and is withheld with the places.
PROTECTED_PAPER = "同意書の用紙（説明に使ったもの）"
# An emergency that is over: who opened whom, why, and what the auditor found.
EMERGENCY = ("kato", "藤田 正雄", "missing", "警察から安否確認の依頼", "警察への情報提供に必要だった")

# (client's name, who opens, who is admitted, what was said: login id and text)
ROOMS = (
    (
        "大野 ハル",
        "sato",
        ("suzuki", "tanaka", "nakamura", "kimura", "takahashi", "kato"),
        (
            ("sato", "大野さんのトークルームを開きました。今後の連絡はこちらでお願いします。"),
            ("suzuki", "よろしくお願いします。本日14時に訪問しました。\n血圧 132/78、体温 36.4℃。食欲も戻っています。"),
            ("takahashi", "ありがとうございます。明日の朝食は普段どおり用意します。"),
            ("sato", "来週の担当者会議は、水曜か木曜の午後で調整したいと思います。ご都合をお知らせください。"),
            ("nakamura", "水曜の15時以降であれば参加できます。"),
        ),
    ),
    (
        "藤田 正雄",
        "sato",
        ("suzuki", "tanaka", "mori"),
        (
            ("mori", "今月末で退職します。藤田さんの担当は、佐藤が続けます。お世話になりました。"),
            ("tanaka", "認定の更新申請を受け付けました。結果は来月中旬の予定です。"),
            ("sato", "ありがとうございます。ご家族にも伝えます。"),
        ),
    ),
    (
        "森下 みお",
        "yamamoto",
        (),
        (("yamamoto", "月曜と水曜で、送迎のある事業所を探しています。"),),
    ),
)

# (kind, who opens, title, purpose, who is brought in, what was said): rooms about no client.
THEMES = (
    (
        "group",
        "sato",
        "在宅医療・介護の連携",
        "退院時の連絡方法と、月例会の日程を決めます。",
        ("suzuki", "nakamura", "kato", "takahashi"),
        (
            ("sato", "次回の月例会は、第3木曜の18時30分からでいかがでしょうか。"),
            ("kato", "センターの会議室を押さえました。"),
        ),
    ),
    (
        "announcement",
        "tanaka",
        "高齢福祉課からのお知らせ",
        "制度の変更と、窓口の休みをお知らせします。",
        ("sato", "suzuki", "nakamura", "kimura", "takahashi", "kato"),
        (("tanaka", "12月29日から1月3日まで窓口を閉めます。急ぎの場合は代表電話へお願いします。"),),
    ),
    (
        "group",
        "sato",
        "春の合同研修会",
        "研修会の準備をします。",
        ("suzuki", "kato"),
        (("kato", "当日はありがとうございました。資料は各事業所へお送りしました。"),),
    ),
)
# (title, why): rooms that have been put away.
ARCHIVED = (("春の合同研修会", "研修会が終了したため"),)
# (who begins, with whom, what was said): talks of two.
PAIRS = (("suzuki", "sato", (("suzuki", "明日の訪問、15分ほど遅れそうです。ご家族には伝えてあります。"),)),)

# Who has left, and who took over.
LEFT = ("mori", "kobayashi")
# Who passes to another division on the coming 1 April: the client, the clerk who planned it, the division.
PASSES_ON = ("森下 みお", "yamamoto", DISABILITY_WELFARE)
