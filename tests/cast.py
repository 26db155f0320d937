"""The people every test knows.

sato       care manager, on hana's team by consent, in her room         takahashi  same environment, not on the team
suzuki     visiting nurse, on hana's team by consent, in it too      watanabe   other environment
ito        environment admin                                        ishii      auditor
kobayashi  family member of hana                                    mori       former member, was in hana's room
matsumoto  guest from outside the municipality                      tanaka     welfare desk of hana's division, not in the room
"""

from dataclasses import dataclass, fields
from datetime import timedelta

from django.utils import timezone
from django_scopes import scope

from apps.clients.models import Client, ConsentRecord
from apps.environments.models import Environment, Member, Organization, Profession, Role
from apps.rooms.models import TalkRoom
from tests import makers


@dataclass
class Cast:
    environment: Environment
    elsewhere: Environment
    city: Organization
    hidamari: Organization
    aozora: Organization
    sato: Member
    suzuki: Member
    takahashi: Member
    watanabe: Member
    ito: Member
    ishii: Member
    kobayashi: Member
    mori: Member
    matsumoto: Member
    tanaka: Member
    hana: Client
    consent: ConsentRecord
    room: TalkRoom

    def __getitem__(self, name: str) -> Member:
        """A person by name; `nobody` is not one of them."""
        return getattr(self, name)  # type: ignore[no-any-return]


PEOPLE = [field.name for field in fields(Cast) if field.type is Member or field.type == "Member"]
EVERYBODY = ["nobody", *PEOPLE]


def assemble() -> Cast:
    """Make everybody, as the demo city's people would be."""
    environment = makers.make_environment("sakuragawa-care")
    with scope(environment=environment):
        return assembled(environment, elsewhere())


def elsewhere() -> tuple[Environment, Member]:
    environment = makers.make_environment("tonari-care", "となり市 介護連携")
    with scope(environment=environment):
        office = makers.make_organization(environment, "となりケアプラン", "care_management_office")
        watanabe = makers.make_member(
            office,
            makers.make_user("watanabe"),
            name="渡邉 恵",
            kana="わたなべ めぐみ",
            profession=Profession.CARE_MANAGER,
        )
    return environment, watanabe


def assembled(environment: Environment, neighbour: tuple[Environment, Member]) -> Cast:
    city = makers.make_organization(environment, "さくら川市 高齢福祉課", "city_division")
    systems = makers.make_organization(environment, "さくら川市 情報政策課", "city_division")
    hidamari = makers.make_organization(environment, "ひだまりケアプラン", "care_management_office")
    aozora = makers.make_organization(environment, "あおぞら訪問看護ステーション", "visiting_nurse_station")
    midori = makers.make_organization(environment, "みどりホームヘルプ", "home_help_office")
    family = makers.make_organization(environment, "佐々木家", "family")
    supplier = makers.make_organization(environment, "となり福祉用具", "equipment_supplier")

    sato = makers.make_member(
        hidamari, makers.make_user("sato"), name="佐藤 花子", kana="さとう はなこ", profession=Profession.CARE_MANAGER
    )
    suzuki = makers.make_member(
        aozora,
        makers.make_user("suzuki"),
        name="鈴木 一郎",
        kana="すずき いちろう",
        profession=Profession.VISITING_NURSE,
    )
    takahashi = makers.make_member(
        midori,
        makers.make_user("takahashi"),
        name="髙𣘺 みどり",
        kana="たかはし みどり",
        profession=Profession.HOME_HELPER,
    )
    mori = makers.make_member(
        hidamari,
        makers.make_user("mori"),
        name="森 健",
        kana="もり けん",
        profession=Profession.CARE_MANAGER,
        valid_from=timezone.now() - timedelta(days=90),
        valid_to=timezone.now() - timedelta(days=1),
    )
    hana = makers.make_client(environment, seats=[hidamari, aozora], division=city)
    consent = makers.make_consent(hana, by=sato)
    room = makers.make_room(members=[sato, suzuki, mori], client=hana, title="")
    return Cast(
        environment=environment,
        elsewhere=neighbour[0],
        watanabe=neighbour[1],
        city=city,
        hidamari=hidamari,
        aozora=aozora,
        sato=sato,
        suzuki=suzuki,
        takahashi=takahashi,
        mori=mori,
        ito=makers.make_member(
            systems,
            makers.make_user("ito"),
            name="伊藤 学",
            kana="いとう まなぶ",
            role=Role.ADMIN,
            profession="city_staff",
        ),
        ishii=makers.make_member(
            makers.make_organization(environment, "さくら川市 監査室", "city_division"),
            makers.make_user("ishii"),
            name="石井 直子",
            kana="いしい なおこ",
            role=Role.AUDITOR,
            profession="city_staff",
        ),
        kobayashi=makers.make_member(
            family,
            makers.make_user("kobayashi"),
            name="小林 優",
            kana="こばやし ゆう",
            role=Role.GUEST,
            profession="family",
        ),
        matsumoto=makers.make_member(
            supplier,
            makers.make_user("matsumoto"),
            name="松本 翔",
            kana="まつもと しょう",
            role=Role.GUEST,
            profession=Profession.EQUIPMENT_SPECIALIST,
        ),
        tanaka=makers.make_member(
            city,
            makers.make_user("tanaka"),
            name="田中 茂",
            kana="たなか しげる",
            role=Role.DESK,
            profession="city_staff",
        ),
        hana=hana,
        consent=consent,
        room=room,
    )
