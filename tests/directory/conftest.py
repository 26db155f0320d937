import pytest

from apps.directory.models import Municipality
from apps.directory.search import search_text

PLACES = [
    ("032069", "岩手県", "北上市", "きたかみし", None),
    ("032018", "岩手県", "盛岡市", "もりおかし", None),
    ("033222", "岩手県", "矢巾町", "やはばちょう", None),
    ("462144", "鹿児島県", "垂水市", "たるみずし", None),
    ("221309", "静岡県", "浜松市", "はままつし", None),
    ("011002", "北海道", "札幌市", "さっぽろし", None),
    ("011011", "北海道", "札幌市 中央区", "さっぽろし ちゅうおうく", "011002"),
]


@pytest.fixture
def towns(db: None) -> dict[str, Municipality]:
    """A few municipalities by name, one of them with a ward; where the cast is there too, its own is among them."""
    made = [
        Municipality(
            lg_code=code,
            prefecture=prefecture,
            name=name,
            kana=kana,
            parent_id=parent,
            search_text=search_text(name=prefecture + name, kana=kana),
        )
        for code, prefecture, name, kana, parent in PLACES
    ]
    Municipality.objects.bulk_create(made, ignore_conflicts=True)
    return {town.name: town for town in Municipality.objects.all()}
