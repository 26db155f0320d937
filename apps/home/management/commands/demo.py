"""`manage.py demo`: build the demonstration city once, and print how to look around."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.clients import actions as clients
from apps.clients.forms.imports import ColumnsForm, checked
from apps.clients.forms.transfers import next_april
from apps.clients.models import Client
from apps.clients.printing import consent_pdf
from apps.clients.scans import examined
from apps.directory.models import Municipality
from apps.directory.numbers import lg_code_of
from apps.environments import actions as environments
from apps.environments.models import Environment, Member, Organization
from apps.files import actions as files
from apps.handovers import actions as handovers
from apps.home import place_story, story, talk_story
from apps.home.consent_story import SIGNINGS, Signing
from apps.home.demonstration import PASSPHRASE, cast_of_demonstration
from apps.home.import_story import HEADER, PEOPLE
from apps.kernel.folding import fold
from apps.oversight import actions as oversight
from apps.rooms import actions as rooms
from apps.rooms.models import MarkKind, ReactionKind, TalkRoom


class Command(BaseCommand):
    help = "Builds the invented city of the demonstration, unless it stands already, and prints its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This builds invented people with public passphrases: only with CARENET_DEMO=1.")
        if not Environment.objects.filter(slug="sakuragawa-care").exists():
            with transaction.atomic():
                self.build()
        self.print_accounts()

    def build(self) -> None:
        city, neighbour = (municipality(*one) for one in story.MUNICIPALITIES.values())
        operator = person("operator", is_operator=True)
        care = environments.open_environment(
            slug="sakuragawa-care", name="さくら川市 介護・療育連携", municipality=city, by=operator
        )
        with scope(environment=care):
            build_network(care, operator)
            for recipient in story.CLIENTS:
                register(recipient)
            for room in story.ROOMS:
                open_room(*room)
            for theme in story.THEMES:
                open_theme(*theme)
            for pair in story.PAIRS:
                open_pair(*pair)
            look_after_messages()
            talk_story.after_the_talk(room_of, member)
            send_files()
            put_away(story.ARCHIVED)
            for signing in SIGNINGS:
                sign(signing)
            bring_list()
            protect(*story.PROTECTED, story.PROTECTED_PAPER)
            break_glass(*story.EMERGENCY)
            oversight.look_for_unusual(environment_id=care.pk)
            change_people(*story.LEFT)
            pass_on(*story.PASSES_ON)
            review_access()
            place_story.look_for_places(city, member)
        build_internal(city, operator)
        build_neighbour(neighbour, operator)

    def print_accounts(self) -> None:
        self.stdout.write(f"\nPassphrase of everybody: {PASSPHRASE}")
        self.stdout.write(f"The six digits that follow are on {settings.BASE_URL}/demo/\n")
        for stand in cast_of_demonstration():
            places = ", ".join(f"{one.name} ({one.organization.name})" for one in stand.members[:1])
            self.stdout.write(f"  {stand.login_id:<12}{places or 'builds environments'}")
        self.stdout.write(f"\nOpen {settings.BASE_URL}/demo/ and choose who you are.")


def municipality(digits: str, name: str, kana: str) -> Municipality:
    made, _ = Municipality.objects.get_or_create(
        lg_code=lg_code_of(digits),
        defaults={
            "prefecture": story.PREFECTURE,
            "name": name,
            "kana": kana,
            "search_text": fold(f"{story.PREFECTURE}{name} {kana}"),
        },
    )
    return made


def person(login_id: str, *, is_operator: bool = False) -> User:
    """Somebody who can sign in at once: passphrase and authenticator app, as the page of the demonstration says."""
    user = User.objects.filter(login_id=login_id).first()
    if user is None:
        user = accounts.make_user(login_id=login_id, by=None, is_operator=is_operator)
    equip(user)
    return user


def equip(user: User) -> None:
    user.set_password(PASSPHRASE)
    user.save(update_fields=["password"])
    accounts.enrol_authenticator_app(user=user, secret=generate_totp_secret(), by=None)


def build_network(environment: Environment, operator: User) -> None:
    systems = environments.add_organization(
        environment=environment, name=story.SYSTEMS, kind="city_division", by=operator
    )
    admin = issue(systems, story.ADMIN, by=operator)
    for body in story.CARE_NETWORK:
        organization = environments.add_organization(
            environment=environment,
            name=body.name,
            kana=body.kana,
            kind=body.kind,
            is_outside=body.is_outside,
            by=admin,
        )
        for one in body.people:
            issue(organization, one, by=admin)


def issue(organization: Organization, one: story.Person, *, by: Member | User) -> Member:
    member = environments.issue_account(
        organization=organization,
        login_id=one.login_id,
        name=one.name,
        kana=one.kana,
        profession=one.profession,
        role=one.role,
        by=by,
    )
    equip(member.user)
    return member


def register(recipient: story.Recipient) -> None:
    """By the division; then the care team comes together, and what was signed opens the door to it."""
    by = clerk_of(recipient.division)
    client = clients.register_client(
        name=recipient.name, kana=recipient.kana, born_on=recipient.born_on, area=recipient.area, by=by
    )
    for name in recipient.team:
        clients.give_seat(client=client, organization=Organization.objects.get(name=name), by=by)
    if recipient.paper is not None:
        clients.record_consent(client=client, given=given(recipient, recipient.paper), by=by)
    name_team(client, story.TEAMS.get(recipient.name, ()), by)
    if recipient.name in story.RECORDS:
        write_down(client, story.RECORDS[recipient.name], by)


def sign(signing: Signing) -> None:
    """The form is printed; then, where it was signed, the consent is recorded, and its scan added afterwards."""
    register(signing.recipient)
    client = Client.objects.get(name=signing.recipient.name)
    by = clerk_of(signing.recipient.division)
    form = clients.print_form(client=client, by=by)
    if signing.paper is not None:
        until = timezone.now() + timedelta(days=signing.lasts_days) if signing.lasts_days else None
        said = replace(given(signing.recipient, signing.paper), form=form, valid_to=until)
        consent = clients.record_consent(client=client, given=said, by=by)
        clients.add_evidence(consent=consent, scan=examined(consent_pdf(form, reader=by), "同意書.pdf"), by=by)
        if signing.withdrawn:
            clients.withdraw_consent(consent=consent, note=signing.withdrawn, by=by)


def name_team(client: Client, people: tuple[tuple[str, str], ...], by: Member) -> None:
    """Who of the organizations is on the team, as what; the first one makes the plan."""
    for place, (login_id, role) in enumerate(people):
        one = member(login_id)
        seat = client.seats.get(organization=one.organization)
        person = clients.name_person(seat=seat, member=one, role=role, by=by)
        if place == 0:
            clients.name_responsible(person=person, by=by)


def write_down(client: Client, record: story.Record, by: Member) -> None:
    """What the division knows of a client from certificates and from the family."""
    childs = {"school_district": record.school_district, "needs": [*record.needs], "weekdays": [*record.weekdays]}
    clients.edit_client(client=client, facts=childs, version=client.version, by=by)
    if record.number:
        clients.write_number(client=client, certificate=record.certificate, number=record.number, by=by)
    for period in record.periods:
        clients.write_certification(client=client, granted=certified(record, period), by=by)
    for relative in record.family:
        clients.write_contact(client=client, reached=clients.Reached(**vars(relative)), by=by)


def certified(record: story.Record, period: story.Period) -> clients.Granted:
    today = timezone.localdate()
    return clients.Granted(
        certificate=record.certificate,
        care_level=period.care_level,
        granted_days=period.granted_days,
        first_day=today + timedelta(days=period.from_day),
        last_day=today + timedelta(days=period.to_day),
    )


def bring_list() -> None:
    """As the page of imports does it: read by the headings, checked, and registered as a whole."""
    by, today = clerk_of(story.ELDERLY_CARE), timezone.localdate()
    days = [[(today + timedelta(days=day)).isoformat() for day in (first, last)] for *_, first, last in PEOPLE]
    rows = [list(HEADER), *([*said, *period] for (*said, _, _), period in zip(PEOPLE, days, strict=True))]
    columns = ColumnsForm(header=rows[0])
    assert columns.is_valid(), columns.errors
    found = checked(rows, columns, member=by)
    assert not found.bad, [line.troubles for line in found.bad]
    clients.import_clients(people=found.people, source=found.source, by=by)


def protect(name: str, home: str, paper: str) -> None:
    """One clerk protects alone; not even they see afterwards what they wrote, nor open what they have filed."""
    client = Client.objects.select_related("division").get(name=name)
    by = clerk_of(client.division.name if client.division else "")
    clients.write_place(client=client, kind="home", text=home, by=by)
    scan = examined(consent_pdf(clients.print_form(client=client, by=by), reader=by), "")
    clients.keep_paper(client=client, scan=scan, kind="other", title=paper, by=by)
    clients.protect_client(client=client, by=by)


def break_glass(login_id: str, name: str, ground: str, purpose: str, finding: str) -> None:
    """An emergency that has ended and was judged."""
    by = member(login_id)
    exception = clients.break_glass(client=Client.objects.get(name=name), ground=ground, purpose=purpose, by=by)
    clients.end_exception(exception=exception, by=by)
    clients.review_exception(exception=exception, is_justified=True, note=finding, by=member("ishii"))


def clerk_of(division: str) -> Member:
    return Member.objects.filter(organization__name=division, role="desk").order_by("valid_from")[0]


def given(recipient: story.Recipient, paper: story.Paper) -> clients.Given:
    return clients.Given(
        signer=paper.signer,
        signer_name=paper.signer_name or recipient.name,
        relation=paper.relation,
        signed_on=timezone.localdate() - timedelta(days=paper.signed_days_ago),
        reference=paper.reference,
        kinds=paper.kinds,
        organizations=tuple(Organization.objects.filter(name__in=paper.bodies)),
    )


def open_room(name: str, opener: str, admitted: tuple[str, ...], said: tuple[tuple[str, str], ...]) -> None:
    by = member(opener)
    room = rooms.open_client_room(client=Client.objects.get(name=name), title="", by=by)
    for login_id in admitted:
        rooms.admit(member=member(login_id), room=room, by=by, reason="支援チームの一員")
    say(room, said)


def open_theme(
    kind: str, opener: str, title: str, purpose: str, people: tuple[str, ...], said: tuple[tuple[str, str], ...]
) -> None:
    room = rooms.open_room(
        kind=kind,
        title=title,
        purpose=purpose,
        classification="office_matter",
        members=[member(one) for one in people],
        by=member(opener),
    )
    say(room, said)


def open_pair(one: str, other: str, said: tuple[tuple[str, str], ...]) -> None:
    say(rooms.open_pair(other=member(other), by=member(one)), said)


def say(room: TalkRoom, said: tuple[tuple[str, str], ...]) -> None:
    for login_id, text in said:
        rooms.post(room=room, body=text, client_key=uuid4(), by=member(login_id))


def look_after_messages() -> None:
    for name, number, body in talk_story.EDITED:
        written = room_of(name).messages.select_related("author").get(number=number)
        rooms.edit(message=written, body=body, by=written.author)
    for name, number, login_id, body in talk_story.ANSWERS:
        rooms.post(room=room_of(name), body=body, client_key=uuid4(), answers=number, by=member(login_id))
    for name, number, login_id, phrase in talk_story.PHRASES:
        rooms.react(message=room_of(name).messages.get(number=number), kind=ReactionKind(phrase), by=member(login_id))
    for name, login_id, body in talk_story.REMOVED:
        posted = rooms.post(room=room_of(name), body=body, client_key=uuid4(), by=member(login_id))
        rooms.remove_message(message=room_of(name).messages.get(number=posted.number), by=member(login_id))
    for name, login_id, body in talk_story.DRAFTS:
        rooms.keep_draft(room=room_of(name), body=body, by=member(login_id))
    for name, number, login_id, kind in talk_story.MARKED:
        rooms.mark_message(message=room_of(name).messages.get(number=number), kind=MarkKind(kind), by=member(login_id))


def send_files() -> None:
    """They are looked at by the worker, as everybody's are."""
    for name, login_id, body, photos, texts in talk_story.SENT:
        by = member(login_id)
        contents = [(photo, talk_story.handrail()) for photo in photos] + [
            (text, said.encode("cp932")) for text, said in texts
        ]
        taken = [
            files.take_file(name=called, content=BytesIO(content), size=len(content), by=by)
            for called, content in contents
        ]
        rooms.post(room=room_of(name), body=body, client_key=uuid4(), by=by, files=[one.pk for one in taken])


def room_of(name: str) -> TalkRoom:
    return TalkRoom.objects.select_related("client").get(client__name=name)


def put_away(archived: tuple[tuple[str, str], ...]) -> None:
    """By whoever opened the room."""
    for title, reason in archived:
        room = TalkRoom.objects.select_related("opened_by__environment").get(title=title)
        assert room.opened_by is not None
        rooms.archive_room(room=room, reason=reason, by=room.opened_by)


def change_people(leaver: str, successor: str) -> None:
    """Somebody has left: what they wrote keeps their name, and their way in is gone with the place."""
    admin, gone = member("ito"), member(leaver)
    handovers.leave(member=gone, successor=member(successor), by=admin)
    accounts.remove_second_factors(user=gone.user, by=admin)


def pass_on(name: str, planner: str, division: str) -> None:
    """A client passes to another division on the coming 1 April."""
    target, client = Organization.objects.get(name=division), Client.objects.get(name=name)
    clients.plan_transfer(clients={client.pk}, target=target, on=next_april(), by=member(planner))


def review_access() -> None:
    """A review in which everybody was still needed. None stays open: after a fortnight it would suspend the invented city."""
    admin = member("ito")
    review = handovers.start_review(by=admin)
    handovers.answer(review=review, answers=dict.fromkeys(review.places.values_list("pk", flat=True), "keep"), by=admin)
    handovers.finish(review=review, by=admin)


def member(login_id: str) -> Member:
    return Member.objects.select_related("environment", "organization", "user").get(user__login_id=login_id)


def build_internal(city: Municipality, operator: User) -> None:
    """The city's own environment: some of the same people, and nothing of the care network."""
    environment = environments.open_environment(
        slug="sakuragawa-internal", name="さくら川市 庁内", municipality=city, by=operator
    )
    with scope(environment=environment):
        systems = environments.add_organization(
            environment=environment, name=story.SYSTEMS, kind="city_division", by=operator
        )
        join(systems, "ito", "伊藤 学", "いとう まなぶ", role="admin", by=operator)
        admin = member("ito")
        division = environments.add_organization(
            environment=environment, name="さくら川市 高齢福祉課", kind="city_division", by=admin
        )
        join(division, "tanaka", "田中 茂", "たなか しげる", role="desk", by=admin)


def join(organization: Organization, login_id: str, name: str, kana: str, *, role: str, by: Member | User) -> None:
    environments.add_member(
        organization=organization,
        user=User.objects.get(login_id=login_id),
        name=name,
        kana=kana,
        profession="city_staff",
        role=role,
        by=by,
    )


def build_neighbour(municipality: Municipality, operator: User) -> None:
    """Another city's care network, which must stay invisible from the first."""
    environment = environments.open_environment(
        slug="tonari-care", name="となり市 介護連携", municipality=municipality, by=operator
    )
    with scope(environment=environment):
        office = environments.add_organization(
            environment=environment, name="となりケアプラン", kind="care_management_office", by=operator
        )
        watanabe = story.Person("watanabe", "渡邉 恵", "わたなべ めぐみ", "care_manager", "admin")
        issue(office, watanabe, by=operator)
