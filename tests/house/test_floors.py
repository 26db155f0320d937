"""Imports and relations go down: between the apps by floors, inside an app by layers."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps as registry

from tests.house.sources import APPS, FLOORS, Module, modules

# Inside an app, from the door to the ground (design.md, "Rooms of an app"). Whatever stands in one row may know one
# another; a row knows only rows below it. Words in lower rows are the ones an app made for itself.
LAYERS = [
    # How the app is put up: addresses, registration with Django, commands.
    {"urls", "routing", "entrance", "picking_urls", "apps"},
    # Entrances: what a request, a socket, a queue, a library or a terminal comes in by.
    {
        "views",
        "api",
        "consumers",
        "sockets",
        "tasks",
        "taking_in",
        "sealer",
        "admin",
        "management",
        "middleware",
        "adapter",
        "ledger",
        "context",
    },
    # Behind an entrance: what a browser may send, which sockets hear what, what a page or a sheet of paper looks like.
    {
        *(
            "forms",
            "factor_forms",
            "forwarding_forms",
            "disclosure_forms",
            "search_forms",
            "drafting_forms",
            "places_forms",
            "files_forms",
            "waiting_forms",
            "retention_forms",
            "inspection_forms",
            "requests",
            "streams",
            "hub",
            "clock",
            "reading",
            "listener",
            "sending",
            "writer",
            "tallies",
            "frames",
            "templatetags",
            "templating",
        ),
        *(
            "paper",
            "papers",
            "rosters",
            "uploads",
            "proofs",
            "guards",
            "answers",
            "navigation",
            "returning",
            "demonstration",
        ),
        *("printing", "print", "fhir", "taking_out", "delivery", "installed", "health"),
    },
    # The verbs, and what one verb alone is made of.
    {
        *(
            "actions",
            "seals",
            "anchors",
            "importing",
            "loading",
            "layouts",
            "pace",
            "limits",
            "progress",
            "packing",
        ),
        *(
            "story",
            "consent_story",
            "import_story",
            "record_story",
            "forward_story",
            "facility_story",
            "note_story",
            "survey_story",
            "paper_story",
            "inquiry_story",
            "place_story",
            "talk_story",
            "visit_story",
            "referral_story",
            "wait_story",
        ),
    },
    # Who may, what a page reads, and what a file is that somebody sends.
    {
        "scans",
        "drawing",
        "asking",
        "on_paper",
        "wording",
        "stamps",
        "access",
        "queries",
        "search",
        "suggestions",
        "names",
        "remembered",
        "origin",
        "sources",
        "tree",
        "places",
    },
    # The nouns.
    {
        "models",
        "kinds",
        "standing",
        "postgres",
        "care_plans",
        "content",
        "shipped",
        "values",
        "areas",
        "results",
        "editing",
        "card",
    },
    # Facts, noes, and words that know no row.
    {
        *("happenings", "refusals", "bus", "walls", "folding", "numbers", "sheets", "columns", "sealing", "agents"),
        *("grid", "stated", "identifying", "naming", "times"),
        *("tables", "wareki", "ages", "retention", "passphrases", "my_number", "vault"),
        *("codes", "blocks", "geometry", "merkle", "canonical", "verify_ledger"),
    },
]
# Words that mean different things in different apps.
PER_APP = {
    # The directory reads files; rooms read rows for the hub.
    ("directory", "reading"): "numbers",
    # Paper reads pictures: nothing of a request, and no row.
    ("paper", "reading"): "numbers",
    # To print a sheet is to know where its boxes are: a verb writes that down.
    ("paper", "printing"): "queries",
    # Every form of the house renders alike: nothing of an app.
    ("kernel", "forms"): "forms",
    ("kernel", "print"): "folding",
}


def layer_of(module: Module) -> int:
    word = PER_APP.get((module.app, module.parts[0]), module.parts[0])
    rows = [number for number, words in enumerate(LAYERS) if word in words]
    assert rows, f"{module.path}: no row of LAYERS has a place for {word!r}; say where it stands"
    return rows[0]


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """What a module imports, in full words; imports inside functions and for types count too."""
    package = ".".join(module.path.with_suffix("").parts[:-1])
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            words = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            start = ".".join([*words, *filter(None, [node.module])])
            yield from ((node, f"{start}.{alias.name}") for alias in node.names)


def module_at(dotted: str) -> Module | None:
    """The module of an app that a dotted name leads into, if it leads into one."""
    words = dotted.split(".")
    if words[0] != "apps" or len(words) < 3:
        return None
    for length in range(len(words), 2, -1):
        path = APPS.parent.joinpath(*words[:length])
        if path.with_suffix(".py").exists():
            return Module(path.with_suffix(".py").relative_to(APPS.parent))
        if (path / "__init__.py").exists():
            return Module((path / "__init__.py").relative_to(APPS.parent))
    return None


def test_no_app_knows_the_project_around_it():
    knowing = [
        f"{module.at(node)} imports {name}"
        for module in modules(migrations=True)
        for node, name in imported(module)
        if name.split(".")[0] == "carenet"
    ]

    assert knowing == []


def test_no_app_imports_an_app_of_its_own_floor_or_above():
    climbing = [
        f"{module.at(node)} imports {name}"
        for module in modules(migrations=True)
        for node, name in imported(module)
        if name.startswith("apps.") and FLOORS.index(name.split(".")[1]) < FLOORS.index(module.app)
    ]

    assert climbing == []


@pytest.mark.parametrize("app", FLOORS)
def test_inside_an_app_imports_go_down(app):
    climbing = []
    for module in modules():
        if module.app != app or module.parts == ("__init__",):
            continue
        for node, name in imported(module):
            other = module_at(name)
            if other is None or other.app != app or other.parts == ("__init__",):
                continue
            # What an app connects when it is ready stands at its door.
            if layer_of(other) < layer_of(module):
                climbing.append(f"{module.at(node)} imports {name}")

    assert climbing == []


def test_relations_between_apps_go_down_the_floors():
    # A relation may be named by a string, which no linter of imports sees.
    climbing = []
    for model in registry.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            other = field.related_model if field.is_relation and not field.auto_created else None
            here, there = model._meta.app_label, other._meta.app_label if isinstance(other, type) else None
            if here in FLOORS and there in FLOORS and FLOORS.index(there) < FLOORS.index(here):
                climbing.append(f"{model._meta.label}.{field.name} points up to {there}")

    assert climbing == []


def test_no_library_points_into_the_house_but_at_the_people_who_sign_in():
    pointing = {
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in registry.get_models(include_auto_created=True)
        if model._meta.app_label not in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if field.related_model._meta.app_label in FLOORS and field.related_model._meta.label != "accounts.User"
    }

    assert pointing == set()


def test_the_ground_floor_has_no_tables_and_the_ledger_no_relations():
    assert list(registry.get_app_config("kernel").get_models()) == []
    relations = [
        field.name
        for model in registry.get_app_config("audit").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
    ]
    assert relations == []


def test_the_import_linter_knows_every_floor_in_this_order():
    contract = next(
        text
        for text in (
            (APPS.parent / name).read_text()
            for name in (".importlinter", "pyproject.toml")
            if (APPS.parent / name).exists()
        )
        if "importlinter" in text
    )

    places = [contract.find(f"apps.{floor}") for floor in FLOORS]
    assert -1 not in places
    assert places == sorted(places)
