"""Questions as they stand on a sheet, one of each kind."""

from apps.paper.blocks import Block, Choice, Grid, GridRow, Heading, Lines, Paragraph, Ticks
from apps.paper.printing import Words

DAYS = ("月", "火", "水", "木", "金", "土", "日")
HEADS = ("未就学 ○", "未就学 △", "小学 ○", "小学 △")
QUESTIONS: tuple[Block, ...] = (
    Heading("空き状況"),
    Paragraph("いま受け入れられる枠を教えてください。"),
    Grid(
        "放課後の枠",
        DAYS,
        tuple(GridRow(head, tuple(f"{row}.{day}" for day in range(7))) for row, head in enumerate(HEADS)),
        "○は空きあり、△は相談。どちらでもないときは空欄のままにしてください。",
    ),
    Ticks(
        "医療的ケアのある子ども", (Choice("care.1", "はい"), Choice("care.2", "いいえ"), Choice("care.3", "相談したい"))
    ),
    Ticks("送迎のできる学区", tuple(Choice(f"district.{at}", f"第{at}小学校区") for at in range(1, 10))),
    Lines("そのほか伝えたいこと", 2),
)


def words_for(code: str, made_for: str = "放課後等デイサービス あおぞら") -> Words:
    return Words(
        code=code,
        address=f"https://carenet.city.hinata.example.jp/s/{code}/",
        title="12月の空き状況",
        made_for=made_for,
        asker="ひなた市 子育て支援課",
        due="12月4日(金) 17:00",
        fax="0123-45-6789",
    )
