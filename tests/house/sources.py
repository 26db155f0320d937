"""The house as text: its modules as syntax trees, its templates, style sheets and scripts. Found, never listed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
APPS = PROJECT / "apps"
# Top to bottom, as design.md draws the house; .importlinter holds the same order for imports.
FLOORS = [
    "home",
    "handovers",
    "calendars",
    "oversight",
    "records",
    "notes",
    "referrals",
    "waiting",
    "inquiries",
    "surveys",
    "visits",
    "rooms",
    "facilities",
    "clients",
    "paper",
    "files",
    "notices",
    "environments",
    "directory",
    "accounts",
    "audit",
    "kernel",
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A Python file. `path` is relative to the project and names it in every finding."""

    path: Path

    @property
    def app(self) -> str:
        return self.path.parts[1]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names from the app down: `apps/rooms/views/people.py` is ("views", "people")."""
        return self.path.with_suffix("").parts[2:]

    @property
    def dotted(self) -> str:
        return ".".join(part for part in self.path.with_suffix("").parts if part != "__init__")

    @property
    def text(self) -> str:
        return (PROJECT / self.path).read_text()

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)

    def functions(self) -> Iterator[Function]:
        """Every function, methods and inner ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def own_functions(self) -> Iterator[Function]:
        """The functions that stand at the module's left edge."""
        return (node for node in self.tree.body if isinstance(node, Function))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse((PROJECT / path).read_text(), str(path))


@cache
def modules(*, migrations: bool = False) -> tuple[Module, ...]:
    """The modules of the apps, without what makemigrations wrote unless asked."""
    found = (file.relative_to(PROJECT) for file in sorted(APPS.glob("*/**/*.py")))
    return tuple(Module(path) for path in found if migrations or "migrations" not in path.parts)


def everywhere() -> Iterator[Module]:
    """The apps and the project around them."""
    yield from modules()
    for file in sorted((PROJECT / "carenet").rglob("*.py")):
        yield Module(file.relative_to(PROJECT))


def apps() -> list[str]:
    return sorted(folder.name for folder in APPS.iterdir() if (folder / "__init__.py").exists())


def modules_named(*names: str) -> list[Module]:
    """Modules of the apps called so, or below a package called so: `actions` finds actions.py and actions/*.py."""
    return [module for module in modules() if module.parts[0] in names]


def templates() -> list[Path]:
    return [file.relative_to(PROJECT) for file in sorted(APPS.glob("*/templates/**/*.html"))]


def styles() -> list[Path]:
    """The house's own style sheets; what was vendored keeps its maker's style."""
    return [file.relative_to(PROJECT) for file in sorted(APPS.glob("*/static/**/*.css")) if "vendor" not in file.parts]


def scripts() -> list[Path]:
    return [file.relative_to(PROJECT) for file in sorted(APPS.glob("*/static/**/*.js")) if "vendor" not in file.parts]


def elements() -> list[Path]:
    return [file for file in scripts() if file.parent.name == "elements"]


def read(path: Path) -> str:
    return (PROJECT / path).read_text()


def name_called(call: ast.Call) -> str:
    """The dotted words of what is called, as far as they are words: `Room.objects.get`, `gettext`."""
    words: list[str] = []
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    words.append(node.id if isinstance(node, ast.Name) else "…")
    return ".".join(reversed(words))


def decorators(function: Function) -> set[str]:
    """The last words of a function's decorators."""
    found = set()
    for decorator in function.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else ast.Call(func=decorator, args=[], keywords=[])
        found.add(name_called(call).rpartition(".")[2])
    return found
