"""The same folding as `kernel.folding.fold`, in PostgreSQL: so that the database itself keeps what is searched of a name."""

from django.db import migrations

# As folding.py stood when this was written. A test holds the two equal: whoever adds a variant there replaces this
# function in a new migration and writes the columns made from it anew.
KANA = (
    "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでと"
    "どなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐ"
    "ゑをんゔゕゖゝゞァィゥェォッャュョヮヵヶ",
    "アアイイウウエエオオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツツヅテデト"
    "ドナニヌネノハバパヒビピフブプヘベペホボポマミムメモヤヤユユヨヨラリルレロワワヰ"
    "ヱヲンヴカケヽヾアイウエオツヤユヨワカケ",
)
VARIANTS = (
    "髙﨑嵜碕邉邊𠮷𣘺桒濵濱齋齊斉德澤廣國嶋嶌槇眞條應櫻壽惠增曾瀨黑栁榮籔藪冨舘龍瀧豐鷗兒圓與萬彌禮郞鄕靑淸緖渕渊",
    "高崎崎崎辺辺吉橋桑浜浜斎斎斎徳沢広国島島槙真条応桜寿恵増曽瀬黒柳栄薮薮富館竜滝豊鴎児円与万弥礼郎郷青清緒淵淵",
)
SELECTORS = r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
HYPHENS = "‐‑‒–—―−－˗⁃﹣"

# Immutable, as a generated column needs: every part of it is, in the locale that the database is made with.
# Spaces are dropped: a name is found with and without the one between its two parts.
FOLD = f"""
CREATE FUNCTION kernel_fold(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(
        translate(
            lower(normalize(regexp_replace(given, '{SELECTORS}', '', 'g'), NFKC)),
            '{KANA[0]}{VARIANTS[0]}{HYPHENS}',
            '{KANA[1]}{VARIANTS[1]}{"-" * len(HYPHENS)}'
        ),
        '\\s+', '', 'g'
    )
$$
"""
# One to a line: nothing that is typed spans the two.
SEARCH_TEXT = """
CREATE FUNCTION kernel_search_text(name text, reading text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT kernel_fold(name) || E'\\n' || kernel_fold(reading)
$$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_role_and_extensions")]
    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION kernel_fold(text)"),
        migrations.RunSQL(SEARCH_TEXT, "DROP FUNCTION kernel_search_text(text, text)"),
    ]
