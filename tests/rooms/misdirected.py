"""Messages made up for measuring the guard: 300 that name another client than the room's, and 1,000 that do not.

Every text is put together from the lists below by a generator with a fixed seed; no name is anybody's.
"""

import random
from dataclasses import dataclass, field

SURNAMES = """
佐藤:さとう 鈴木:すずき 高橋:たかはし 田中:たなか 伊藤:いとう 渡辺:わたなべ 山本:やまもと 中村:なかむら 小林:こばやし 加藤:かとう
吉田:よしだ 山田:やまだ 佐々木:ささき 山口:やまぐち 松本:まつもと 井上:いのうえ 木村:きむら 林:はやし 斎藤:さいとう 清水:しみず
山崎:やまざき 森:もり 池田:いけだ 橋本:はしもと 阿部:あべ 石川:いしかわ 山下:やました 中島:なかじま 石井:いしい 小川:おがわ
前田:まえだ 岡田:おかだ 長谷川:はせがわ 藤田:ふじた 後藤:ごとう 近藤:こんどう 村上:むらかみ 遠藤:えんどう 青木:あおき 坂本:さかもと
"""
GIVEN_NAMES = """
ハナ:はな 清:きよし 和子:かずこ 幸子:さちこ 節子:せつこ 久美子:くみこ 正:ただし 茂:しげる 勇:いさむ 実:みのる 光男:みつお 文子:ふみこ
千代:ちよ キヨ:きよ トメ:とめ 三郎:さぶろう 一郎:いちろう 美代子:みよこ 弘:ひろし 悦子:えつこ
"""
FAMILY, GIVEN = SURNAMES.split(), GIVEN_NAMES.split()
VARIANT = {"高橋": "髙𣘺", "渡辺": "渡邉", "山崎": "山﨑", "斎藤": "齋藤"}
ABOUT = [
    "{who}ですが、本日の訪問時に血圧150/90でした。", "明日の{who}の送迎は9時にお願いします。", "{who}より、入浴の回数を増やしたいと相談がありました。",
    "先ほど{who}のご家族から電話があり、来週はお休みとのことです。", "{who}の内服薬が残っていたので、薬局へ連絡しました。",
    "お世話になります。{who}、むせこみが続いています。食形態の見直しをお願いします。", "{who}の担当者会議は12日14時からでよろしいでしょうか。",
    "昨日{who}宅へ伺いました。手すりの位置を変えたいそうです。",
]  # fmt: skip
FILES = [
    "{who}_ケアプラン.pdf",
    "20261101_{who}_提供票.xlsx",
    "{who} 主治医意見書.pdf",
    "居宅サービス計画書（{who}）.docx",
]
# What is said in a room about its own client, about colleagues and about the world.
PROPER = [
    "本日訪問しました。お変わりありません。", "血圧132/78、体温36.5、SpO2 97%でした。", "次回は11月28日（土）10時に伺います。",
    "{own}は食欲もあり、笑顔が見られました。", "{own}のお薬カレンダーを確認しました。", "昨日、{own}から「腰が痛い」とお話がありました。",
    "{staff}さん、ありがとうございます。承知しました。", "明日は{staff}が代わりに伺います。", "{staff}さんと{own}のご自宅で打ち合わせました。",
    "{doctor}先生の往診は木曜日です。", "{doctor}内科クリニックへ情報提供書を送りました。", "{place}町の坂で転びそうになったそうです。",
    "{hospital}病院の{other}さんに連絡し、退院日を確認しました。", "訪看の{other}さんから申し送りがありました。", "森の湯まで家族と出かけたそうです。",
    "ご家族様の様子も落ち着いています。", "娘さんと息子さんに説明しました。", "皆さん、会議の資料を添付します。", "奥様が付き添われました。",
    "連絡先は0197-64-1234です。", "デイでは他の利用者さんと将棋をされました。", "林檎を少しと、お粥を半分召し上がりました。", "山口県の親戚から荷物が届いたとのこと。",
    "前田薬局で一包化をお願いしています。", "福祉用具の見積もりは15,400円です。", "様式第1号を市へ提出しました。", "中村橋の工事で送迎が10分遅れます。",
]  # fmt: skip


@dataclass
class Person:
    family: str
    given: str
    family_kana: str
    given_kana: str
    number: str = ""

    @property
    def name(self) -> str:
        return f"{self.family} {self.given}"

    @property
    def kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}"


@dataclass
class Written:
    """A message on its way into the room of the client with this place in the list, and how it names somebody."""

    room: int
    text: str
    files: list[str] = field(default_factory=list)
    how: str = ""


def people(number: int, luck: random.Random) -> list[Person]:
    """No two with the same name; the surnames are common ones, so some share theirs."""
    found: dict[str, Person] = {}
    while len(found) < number:
        family, given = (luck.choice(one).split(":") for one in (FAMILY, GIVEN))
        found.setdefault(family[0] + given[0], Person(family[0], given[0], family[1], given[1]))
    return list(found.values())


def ways(person: Person) -> dict[str, str]:
    """How people write of somebody."""
    initials = f"{LATIN[person.family_kana[0]]}.{LATIN[person.given_kana[0]]}"
    return {
        "full": person.name, "together": person.family + person.given, "with_title": f"{person.family}{person.given}様",
        "family_sama": f"{person.family}様", "family_san": f"{person.family}さん", "family_shi": f"{person.family}氏",
        "kana": f"{person.family_kana}さん", "full_kana": f"{person.family_kana} {person.given_kana}さん",
        "variant": f"{VARIANT.get(person.family, person.family)}様", "initials": f"{initials}様", "number": f"被保険者番号{person.number}の方",
    }  # fmt: skip


LATIN = {
    "あ": "A", "い": "I", "お": "O", "え": "E", "か": "K", "き": "K", "く": "K", "こ": "K", "ご": "G", "さ": "S", "し": "S", "す": "S", "せ": "S",
    "た": "T", "ち": "C", "と": "T", "な": "N", "は": "H", "ひ": "H", "ふ": "F", "ま": "M", "み": "M", "む": "M", "も": "M", "や": "Y", "よ": "Y", "わ": "W",
}  # fmt: skip


def misdirected(clients: list[Person], luck: random.Random, number: int = 300) -> list[Written]:
    found = []
    for nth in range(number):
        room, other = luck.sample(range(len(clients)), 2)
        if clients[room].family_kana == clients[other].family_kana and nth % 10:
            # Two of one surname: told apart by the full name alone, which is every tenth's lot below.
            other = next(one for one in range(len(clients)) if clients[one].family_kana != clients[room].family_kana)
        named = ways(clients[other])
        how = "full" if clients[room].family_kana == clients[other].family_kana else luck.choice(list(named))
        if how not in {"number", "initials"} and luck.random() < 0.25:
            found.append(
                Written(room, "資料です。", [luck.choice(FILES).format(who=named[how])], f"{how} in a file's name")
            )
        else:
            found.append(Written(room, luck.choice(ABOUT).format(who=named[how]), how=how))
    return found


def proper(clients: list[Person], staff: list[Person], luck: random.Random, number: int = 1000) -> list[Written]:
    found = []
    for _ in range(number):
        room = luck.randrange(len(clients))
        words = {
            "own": luck.choice(list(ways(clients[room]).values())), "staff": luck.choice(staff).family, "doctor": luck.choice(FAMILY).split(":")[0],
            "place": luck.choice(FAMILY).split(":")[0], "hospital": luck.choice(["中央", "市立", "共立"]), "other": luck.choice(FAMILY).split(":")[0],
        }  # fmt: skip
        files = [luck.choice(FILES).format(who=words["own"])] if luck.random() < 0.1 else []
        found.append(Written(room, " ".join(luck.sample(PROPER, luck.choice([1, 2]))).format(**words), files, "proper"))
    return found
