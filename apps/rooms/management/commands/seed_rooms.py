"""Fill an environment with people and talk rooms for measuring, and write down how to sign in as them."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from itertools import count
from math import gcd
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django_scopes import scope

from apps.accounts.access import token_hash
from apps.accounts.models import Device, User
from apps.audit.origin import COMMAND
from apps.clients.models import Audience, Client, ConsentRecord, Seat
from apps.directory.models import Municipality
from apps.environments.models import Environment, Member, Organization, OrganizationKind
from apps.rooms.actions import APPEND, Outgoing, arguments
from apps.rooms.models import Classification, RoomKind, RoomMembership, TalkRoom, TalkRoomUserObjectPermission

KIND = OrganizationKind.CARE_MANAGEMENT_OFFICE
PEOPLE_IN_AN_OFFICE = 50
AT_ONCE = 500
# What is written in such rooms, of many lengths; invented.
SAID = [
    "本日訪問しました。食事は全量、水分も取れています。",
    "血圧一三二の七八、体温三六度四分。むくみは先週より軽くなりました。",
    "薬が一種類変わりました。朝食後に一錠です。飲み忘れがないか見守りをお願いします。",
    "確認しました。",
    "担当者会議の候補日です。来週火曜の午後か、木曜の午前はいかがでしょうか。",
    "夜間に二回起きられたそうです。転倒はありません。手すりの位置を次回の訪問で確かめます。",
]
# What is said once in so many messages, for whoever measures how words are found that few messages hold.
SAID_SELDOM = {
    1_000: "仙骨部に発赤があります。",
    10_000: "嚥下の評価を依頼しました。",
    100_000: "胃瘻の交換は来月です。",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=1000)
        parser.add_argument("--rooms", type=int, default=500)
        parser.add_argument("--members", type=int, default=8, help="of each room; neighbouring rooms share some")
        parser.add_argument("--busy", type=int, default=0, help="rooms in which the first of the people is besides")
        parser.add_argument("--messages", type=int, default=0, help="in all, dealt out to the rooms at random")
        parser.add_argument("--slug", default="measured-town")
        parser.add_argument("--write-to", type=Path, required=True, help="a JSON file: slug, rooms, tokens")

    def handle(self, *args: Any, **wanted: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This makes people whose tokens stand in a file: only with CARENET_DEMO=1.")
        if Environment.objects.filter(slug=wanted["slug"]).exists():
            raise CommandError(f"There is an environment {wanted['slug']} already; please choose another --slug.")
        if wanted["members"] > wanted["people"]:
            raise CommandError("A room cannot have more members than there are people.")

        with transaction.atomic():
            environment = made_environment(wanted["slug"])
            with scope(environment=environment):
                people, tokens = made_people(environment, wanted["people"])
                rooms = made_rooms(environment, people, wanted["rooms"], wanted["members"], wanted["busy"])
        write_history(rooms, people, wanted["messages"])
        keep_statistics()
        town = {
            "slug": environment.slug,
            "rooms": [{"id": str(room_id), "members": members} for room_id, members in rooms.items()],
            "tokens": tokens,
        }
        wanted["write_to"].write_text(json.dumps(town))
        self.stdout.write(f"{len(people)} people and {len(rooms)} rooms; tokens are in {wanted['write_to']}.")


def made_environment(slug: str) -> Environment:
    municipality, _made = Municipality.objects.get_or_create(
        lg_code="132012", defaults={"name": "計測市", "prefecture": "計測県", "search_text": "計測市"}
    )
    return Environment.objects.create(slug=slug, name="計測市 介護連携", municipality=municipality)


def made_people(environment: Environment, number: int) -> tuple[list[Member], list[str]]:
    """So many people, each with a device that is trusted, in offices of fifty."""
    users = User.objects.bulk_create(
        [User(login_id=f"{environment.slug}-{nth}", password=make_password(None)) for nth in range(number)],
        batch_size=AT_ONCE,
    )
    offices = Organization.objects.bulk_create(
        [
            Organization(environment=environment, name=f"計測ケアプラン{nth + 1}", kind=KIND)
            for nth in range(-(-number // PEOPLE_IN_AN_OFFICE))
        ]
    )
    members = Member.objects.bulk_create(
        [
            Member(
                environment=environment,
                organization=offices[nth // PEOPLE_IN_AN_OFFICE],
                user=user,
                name=f"計測 {nth + 1}",
                kana=f"けいそく {nth + 1}",
            )
            for nth, user in enumerate(users)
        ],
        batch_size=AT_ONCE,
    )
    tokens = [f"cn_{uuid4().hex}" for _ in users]
    Device.objects.bulk_create(
        [
            Device(user=user, name="計測", token_hash=token_hash(token))
            for user, token in zip(users, tokens, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    return members, tokens


def made_rooms(
    environment: Environment, people: list[Member], number: int, size: int, busy: int = 0
) -> dict[UUID, list[int]]:
    """Rooms about one client each, whose members come from offices that have a seat and a consent; as places in `people`.

    The first person is in the first `busy` rooms besides.
    """
    clients = made_clients(environment, people[0], number)
    rooms = TalkRoom.objects.bulk_create(
        [
            TalkRoom(
                environment=environment,
                kind=RoomKind.CLIENT,
                classification=Classification.SUPPORT_RECORD,
                client=client,
                opened_by=people[0],
            )
            for client in clients
        ],
        batch_size=AT_ONCE,
    )
    # A step beyond an office that shares no divisor with the number of people: the members of a room are all different,
    # from several offices, and everybody is in as many rooms as anybody.
    step = next(one for one in count(PEOPLE_IN_AN_OFFICE + 1) if gcd(one, len(people)) == 1)
    inside = {
        room.pk: [(nth * size + one) * step % len(people) for one in range(size)] for nth, room in enumerate(rooms)
    }
    for room in rooms[:busy]:
        inside[room.pk] = list(dict.fromkeys([0, *inside[room.pk]]))
    let_in(environment, people, rooms, inside)
    return inside


def made_clients(environment: Environment, by: Member, number: int) -> list[Client]:
    """Clients who have agreed that every office of the kind may know of them."""
    clients = Client.objects.bulk_create(
        [
            Client(
                environment=environment,
                name=f"計測 利用者{nth + 1}",
                kana="けいそく りようしゃ",
                born_on=date(1940, 4, 2),
            )
            for nth in range(number)
        ],
        batch_size=AT_ONCE,
    )
    records = ConsentRecord.objects.bulk_create(
        [
            ConsentRecord(
                environment=environment,
                client=client,
                signer="self",
                signer_name=client.name,
                purposes=["coordination"],
                signed_on=date(2026, 4, 1),
                reference="計測",
                recorded_by=by,
            )
            for client in clients
        ],
        batch_size=AT_ONCE,
    )
    Audience.objects.bulk_create(
        [Audience(environment=environment, consent=record, kind=KIND) for record in records], batch_size=AT_ONCE
    )
    return clients


def let_in(
    environment: Environment, people: list[Member], rooms: list[TalkRoom], inside: dict[UUID, list[int]]
) -> None:
    offices = {
        (room.client_id, people[place].organization_id): None
        for room in rooms
        if room.client_id
        for place in inside[room.pk]
    }
    Seat.objects.bulk_create(
        [Seat(environment=environment, client_id=client, organization_id=office) for client, office in offices],
        batch_size=AT_ONCE,
    )
    pairs = [(room, people[place]) for room in rooms for place in inside[room.pk]]
    RoomMembership.objects.bulk_create(
        [RoomMembership(environment=environment, room=room, member=member) for room, member in pairs],
        batch_size=AT_ONCE,
    )
    permission = Permission.objects.get(codename="view_talkroom")
    TalkRoomUserObjectPermission.objects.bulk_create(
        [
            TalkRoomUserObjectPermission(
                environment=environment, content_object=room, user_id=member.user_id, permission=permission
            )
            for room, member in pairs
        ],
        batch_size=AT_ONCE,
    )


def write_history(rooms: dict[UUID, list[int]], people: list[Member], number: int) -> None:
    """Messages as they are written in life: by the one statement, with their entries in the ledger."""
    dealt = dealing(rooms, people, number)
    while group := [message for message, _ in zip(dealt, range(AT_ONCE), strict=False)]:
        with connection.cursor() as cursor:
            cursor.execute(APPEND, arguments(group))


def dealing(rooms: dict[UUID, list[int]], people: list[Member], number: int) -> Iterator[Outgoing]:
    # The same town for everybody who measures.
    chance = Random(number)
    ids = list(rooms)
    for nth in range(number):
        room_id = chance.choice(ids)
        author = people[chance.choice(rooms[room_id])]
        seldom = "".join(said for often, said in SAID_SELDOM.items() if nth % often == often // 2)
        body = f"{chance.choice(SAID)}{seldom}{chance.choice(SAID)}（{nth + 1}）"
        yield Outgoing(room_id, author.pk, uuid4(), body, COMMAND)


def keep_statistics() -> None:
    """Where the role may: else the server does it by itself a minute later."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
