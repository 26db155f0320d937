"""A large city for measuring: 100,000 clients of fifty offices in four divisions, written by a few statements."""

import os
from dataclasses import dataclass

import psycopg

from apps.environments.models import Environment, Member, Organization, Role

SLUG = "bench-city"
OFFICES = 50
DIVISIONS = 4
CLIENTS = 100_000

# Surnames and given names from which readings are put together, so that lists sort and searches hit as in a city.
NAMES = """
CREATE TEMPORARY TABLE surname AS SELECT * FROM (VALUES
    ('佐藤','さとう'),('鈴木','すずき'),('髙橋','たかはし'),('田中','たなか'),('渡邉','わたなべ'),('伊藤','いとう'),('山本','やまもと'),
    ('中村','なかむら'),('小林','こばやし'),('加藤','かとう'),('吉田','よしだ'),('山田','やまだ'),('佐々木','ささき'),('山﨑','やまざき'),
    ('松本','まつもと'),('井上','いのうえ'),('木村','きむら'),('林','はやし'),('清水','しみず'),('齋藤','さいとう')) AS s (name, kana);
CREATE TEMPORARY TABLE given AS SELECT * FROM (VALUES
    ('ハル','はる'),('正','ただし'),('和子','かずこ'),('清','きよし'),('幸子','さちこ'),('実','みのる'),('節子','せつこ'),('勇','いさむ'),
    ('洋子','ようこ'),('茂','しげる'),('京子','きょうこ'),('博','ひろし'),('美智子','みちこ'),('弘','ひろし'),('トミ','とみ'),('進','すすむ'))
    AS g (name, kana);
"""
PEOPLE = """
INSERT INTO clients_client (id, environment_id, name, kana, born_on, area, division_id, registered_at)
SELECT gen_random_uuid(), %(environment)s, s.name || ' ' || g.name, s.kana || ' ' || g.kana,
    date '1920-01-01' + (nth * 37 %% 36500), '第' || nth %% 30 || '地区', (%(divisions)s::uuid[])[1 + nth %% %(divided)s],
    now() - interval '1 day'
FROM generate_series(0, %(clients)s - 1) AS nth
JOIN (SELECT row_number() OVER () - 1 AS place, * FROM surname) s ON s.place = nth * 7 %% 20
JOIN (SELECT row_number() OVER () - 1 AS place, * FROM given) g ON g.place = nth / 20 %% 16
"""
NUMBERED = """
CREATE TEMPORARY TABLE numbered AS
SELECT id, (%(offices)s::uuid[])[1 + row_number() OVER (ORDER BY id) %% %(taking_part)s] AS office FROM clients_client
"""
SEATS = """
INSERT INTO clients_seat (id, environment_id, client_id, organization_id, valid_from)
SELECT gen_random_uuid(), %(environment)s, id, office, now() - interval '1 day' FROM numbered
"""
CONSENTS = """
INSERT INTO clients_consentrecord (id, environment_id, client_id, signer, signer_name, relation, purposes, covers_family,
    signed_on, valid_from, reference, recorded_at, recorded_by_id, withdrawal_note)
SELECT gen_random_uuid(), %(environment)s, id, 'self', '本人', '', '{coordination}', false,
    current_date, now() - interval '1 day', '計測', now(), %(member)s, '' FROM numbered
"""
AUDIENCES = """
INSERT INTO clients_audience (environment_id, consent_id, organization_id, kind)
SELECT %(environment)s, record.id, numbered.office, ''
FROM numbered JOIN clients_consentrecord record ON record.client_id = numbered.id
"""


@dataclass(frozen=True)
class City:
    """`manager` sees 2,000 clients by seat and consent, `desk` the 25,000 of a division."""

    environment: Environment
    manager: Member
    desk: Member


def populate() -> City:
    """Fill the database that Django is connected to. The scope of the city is left to whoever asks."""
    from django_scopes import scope

    from tests import makers

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        offices = [
            makers.make_organization(environment, f"事業所{nth}", "care_management_office") for nth in range(OFFICES)
        ]
        divisions = [makers.make_organization(environment, f"課{nth}", "city_division") for nth in range(DIVISIONS)]
        manager = makers.make_member(offices[0], makers.make_user("manager"))
        desk = makers.make_member(divisions[0], makers.make_user("desk"), role=Role.DESK)
        write(environment, manager, offices, divisions)
    return City(environment=environment, manager=manager, desk=desk)


def write(environment: Environment, member: Member, offices: list[Organization], divisions: list[Organization]) -> None:
    about = {
        "environment": environment.pk,
        "member": member.pk,
        "clients": CLIENTS,
        "offices": [one.pk for one in offices],
        "taking_part": len(offices),
        "divisions": [one.pk for one in divisions],
        "divided": len(divisions),
    }
    # As the owner of the tables: the application's role may not tell the planner what they hold.
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(NAMES)
        for statement in (PEOPLE, NUMBERED, SEATS, CONSENTS, AUDIENCES):
            connection.execute(statement, about)
        connection.execute("ANALYZE")
