"""Texts as people write them at a desk, made by chance from a seed: some that could tell who somebody is, some that do not.

The words here are the test's own: names that the application lists, and names that it does not.
"""

import random
from collections.abc import Callable

# Written, read. The last ones stand in no list of the application.
FAMILY = [
    *[
        ("佐藤", "さとう"),
        ("鈴木", "すずき"),
        ("高橋", "たかはし"),
        ("髙橋", "たかはし"),
        ("渡邉", "わたなべ"),
        ("伊藤", "いとう"),
    ],
    *[
        ("斎藤", "さいとう"),
        ("齋藤", "さいとう"),
        ("小野寺", "おのでら"),
        ("及川", "おいかわ"),
        ("菊池", "きくち"),
        ("阿部", "あべ"),
    ],
    *[
        ("吉田", "よしだ"),
        ("山﨑", "やまざき"),
        ("藤原", "ふじわら"),
        ("八重樫", "やえがし"),
        ("照井", "てるい"),
        ("林", "はやし"),
    ],
    *[("蝦名", "えびな"), ("釜石", "かまいし"), ("一戸", "いちのへ"), ("四十九院", "つるしいん")],
]
GIVEN = [
    *[
        ("花子", "はなこ"),
        ("ハル", "はる"),
        ("健太", "けんた"),
        ("美咲", "みさき"),
        ("一郎", "いちろう"),
        ("陽菜", "ひな"),
    ],
    *[
        ("翔太", "しょうた"),
        ("和子", "かずこ"),
        ("湊", "みなと"),
        ("トメ", "とめ"),
        ("さくら", "さくら"),
        ("大輔", "だいすけ"),
    ],
]
TOWNS = ["北上市本通り", "さくら川市駅前", "垂水市錦江町", "花巻市材木町", "奥州市水沢", "盛岡市内丸"]
BEFORE = [
    "週2回の利用を希望しています。",
    "退院後の生活を支えたいとのことです。",
    "",
    "初めての相談です。",
    "急ぎではありません。",
]
AFTER = [
    "よろしくお願いします。",
    "送迎があると助かります。",
    "",
    "午前中が希望です。",
    "詳しくはお問い合わせください。",
]
WIDE = str.maketrans("0123456789-@.", "０１２３４５６７８９－＠．")


def kana(reading: str) -> str:
    return "".join(chr(ord(one) + 96) if "ぁ" <= one <= "ゖ" else one for one in reading)


def widened(chance: random.Random, text: str) -> str:
    """In full width as often as not: closed networks are full of it."""
    return text.translate(WIDE) if chance.random() < 0.4 else text


def named(chance: random.Random) -> str:
    (family, read), (given, called) = chance.choice(FAMILY), chance.choice(GIVEN)
    title = chance.choice(["さん", "様", "さま", "氏"])
    forms: list[Callable[[], str]] = [
        lambda: f"{family}{title}についての相談です。",
        lambda: f"{family} {given}{title}のご家族から連絡がありました。",
        lambda: f"利用者は{family}{given}さんです。",
        lambda: f"氏名：{family}　{given}",
        lambda: f"名前は{family}{given}です。",
        lambda: f"フリガナ:{kana(read)} {kana(called)}",
        lambda: f"ふりがな　: {read} {called}",
        lambda: f"お母さまの{family}さんより相談。",
        lambda: f"{given}ちゃんの放課後の居場所を探しています。",
        lambda: f"{family}君は落ち着いて過ごせます。",
        lambda: f"ご本人：{family}{given}",
        lambda: f"担当のケアマネは{family}さんで、長女が同居です。",
    ]
    return chance.choice(forms)()


def placed(chance: random.Random) -> str:
    town, first, second = chance.choice(TOWNS), chance.randint(1, 9), chance.randint(1, 40)
    room = chance.randint(101, 905)
    forms = [
        f"住まいは{town}{first}丁目{second}番{chance.randint(1, 20)}号です。",
        f"{town}{first}-{second}-{chance.randint(1, 30)}のアパートに住んでいます。",
        f"住所 {town}{second}番地{first}",
        f"〒{chance.randint(20, 89)}{first}-{chance.randint(1000, 9999)} にお住まいです。",
        f"郵便番号は0{second + 20}-{chance.randint(1000, 9999)}です。",
        f"コーポさくら{room}号室で一人暮らし。",
        f"{chance.choice(['県営住宅', 'ハイツ北', 'メゾン青葉'])} {room}号に母と同居。",
        f"駅前{chance.choice('一二三四五')}丁目のお宅です。",
        f"大字{chance.choice(['黒沢', '立花', '更木'])}{second}に実家があります。",
        f"{town}{second}番地のご自宅から通います。",
    ]
    return widened(chance, chance.choice(forms))


def born(chance: random.Random) -> str:
    year, month, day = chance.randint(1930, 1960), chance.randint(1, 12), chance.randint(1, 28)
    child = chance.randint(2010, 2021)
    numerals = ["十五", "二十三", "九", "二〇"]
    forms = [
        f"昭和{year - 1925}年{month}月{day}日生まれの女性です。",
        f"生年月日：S{year - 1925}.{month}.{day}",
        f"{year}年{month}月{day}日生",
        f"生年月日 {year}/{month:02}/{day:02}",
        f"平成{child - 1988}年{month}月{day}日生まれのお子さんです。",
        f"H{child - 1988}.{month}.{day}生",
        f"誕生日は{month}月{day}日です。",
        f"昭和{chance.choice(numerals)}年{chance.choice(['三', '十一'])}月{chance.choice(['九', '二十'])}日生まれ",
        f"({year}-{month:02}-{day:02}) 男性",
        f"{child}.{month}.{day}生まれ、兄がいます。",
    ]
    return widened(chance, chance.choice(forms))


def numbered(chance: random.Random) -> str:
    ten = "".join(str(chance.randint(0, 9)) for _ in range(10))
    forms = [
        f"被保険者番号は{ten}です。",
        f"受給者証番号:{ten}",
        f"番号 {ten} で確認できます。",
        f"H{ten[:9]}（生活保護）",
        f"被保険者番号 {ten[:4]}-{ten[4:8]}-{ten[8:]}",
        f"受給者番号　{ten[:5]} {ten[5:]}",
    ]
    return widened(chance, chance.choice(forms))


def reached(chance: random.Random) -> str:
    four, other = chance.randint(1000, 9999), chance.randint(1000, 9999)
    two = chance.randint(10, 99)
    forms = [
        f"携帯は090-{four}-{other}です。",
        f"電話 0197-{two}-{four} におかけください。",
        f"連絡先：080{four}{other}",
        f"TEL(0197){two}-{four}",
        f"母の携帯 070 {four} {other}",
        f"自宅{two}-{four}、電話は0197（{two}）{four}まで。",
        f"メールは hanako.{four}@example.ne.jp です。",
        f"haru{two}@mail.example.jp に送ってください。",
    ]
    return widened(chance, chance.choice(forms))


def schooled(chance: random.Random) -> str:
    name = chance.choice(["黒沢尻東", "江釣子", "さくら川第二", "飯豊", "花巻", "ひまわり"])
    forms = [
        f"{name}小学校の2年生です。",
        f"{name}保育園に通っています。",
        f"{name}病院を来週退院します。",
        f"{name}中学校の特別支援学級。",
    ]
    return chance.choice(forms)


def telling(number: int, seed: int = 5) -> list[str]:
    """So many texts, each of which could tell who it is by one word or more."""
    chance = random.Random(seed)
    kinds = [named, named, named, placed, placed, born, born, numbered, reached, reached, schooled]
    return [chance.choice(BEFORE) + chance.choice(kinds)(chance) + chance.choice(AFTER) for _ in range(number)]


HARMLESS = [
    "週{a}回、月曜と水曜の放課後を希望しています。",
    "要介護{b}の方です。入浴介助が必要です。",
    "お母さんが{c}時まで働いているため、送迎が必要です。",
    "吸引が1日{a}回あります。看護師の配置をご確認ください。",
    "年齢は{b}歳から{d}歳のクラスを希望しています。",
    "体重は{e}kg、車いすを使用しています。",
    "利用時間は9時30分から{c}時を考えています。",
    "{f}年{b}月から利用を始めたいそうです。",
    "令和{r}年4月からの入学に合わせて探しています。",
    "来月{g}日までに見学できる日を教えてください。",
    "血圧は{h}-80くらいで落ち着いています。",
    "酸素を{a}L使用しています。医師の指示書があります。",
    "ご家族が仕事で、土曜日も月{a}回ほどお願いしたいです。",
    "近くの小学校に通う予定です。学区は送迎範囲をご確認ください。",
    "特別支援学校への通学に合わせた時間を希望します。",
    "退院は来週の予定です。総合病院と連携しています。",
    "たくさんの人がいる場所が苦手です。少人数を希望します。",
    "お子さんは水遊びが好きです。人見知りがあります。",
    "皆さんの空き状況を教えてください。",
    "ヘルパーさんの交代には少し時間がかかります。",
    "介護度は区分変更の申請中です。{a}割負担です。",
    "同様のケースの受け入れ経験があれば教えてください。",
    "様子を見ながら、週{a}日から始めたいとのことです。",
    "食事はきざみ食、アレルギーは卵と乳です。",
    "杖歩行で、転倒が今年{a}回ありました。",
    "1日あたり{a}〜{b}時間、{b}-{d}回/月の利用を想定しています。",
    "送迎は自宅から車で{g}分くらいです。",
    "ご主人と二人暮らしで、日中は一人になります。",
    "お父さまの出張が多く、祖父母が手伝っています。",
    "森林公園など外での活動があると喜びます。",
    "東側の地区で、駅の近くが便利です。",
    "林間学校の前までに慣れたいそうです。",
    "前回の利用から{a}か月ほど空いています。",
    "医療的ケアはありません。服薬が1日{a}回です。",
    "定員や空きは{f}年度の予定でかまいません。",
    "本人は静かな環境が合うようです。",
    "名前は伏せて照会しています。",
    "氏名：非公開",
    "電話でのご相談も歓迎です。",
    "南向きの部屋を希望しています。原則として平日です。",
]


def harmless(number: int, seed: int = 7) -> list[str]:
    """So many texts that tell of a need and of nobody."""
    chance = random.Random(seed)
    return [filled(chance) + chance.choice(["", filled(chance)]) for _ in range(number)]


def filled(chance: random.Random) -> str:
    return chance.choice(HARMLESS).format(
        a=chance.randint(1, 4),
        b=chance.randint(1, 5),
        c=chance.randint(14, 18),
        d=chance.randint(6, 12),
        e=chance.randint(12, 70),
        f=2026 + chance.randint(0, 1),
        g=chance.randint(5, 28),
        h=chance.randint(110, 150),
        r=9,
    )
