"""The invented list of clients that a division of the demonstration has brought from its own system."""

# As a file holds it: the headings of that system, then one row for each person. The insured numbers are invented, and the
# periods are written around the day on which the demonstration is built.
HEADER = (
    "被保険者番号",
    "被保険者氏名",
    "被保険者氏名カナ",
    "生年月日",
    "地区",
    "要介護状態区分",
    "有効期間開始日",
    "有効期間終了日",
)

# (number, name, reading, date of birth, area, care level, first day and last day in days from today)
PEOPLE = (
    ("0000901001", "工藤 ミツ", "クドウ ミツ", "昭和13年4月2日", "本町", "要介護2", -200, 165),
    ("0000901002", "菊池 善太郎", "キクチ ゼンタロウ", "昭和11年9月15日", "本町", "要介護4", -320, 45),
    ("0000901003", "照井 フミ", "テルイ フミ", "昭和16年1月28日", "桜台", "要支援1", -90, 275),
    ("0000901004", "小原 武", "オバラ タケシ", "S19.11.3", "緑町", "要介護1", -150, 215),
    ("0000901005", "及川 サダ", "オイカワ サダ", "S9.6.20", "川原町", "要介護5", -60, 670),
    ("0000901006", "千葉 幸子", "チバ サチコ", "1947-02-11", "桜台", "要支援2", -340, 25),
)
