"""How a line is written where it matters for safety: fetching, saving, refusing, transactions, logs."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.sources import Function, Module, decorators, everywhere, modules, modules_named, name_called

ENTRANCES = ("views", "api", "consumers", "sockets", "tasks")
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete", "save"}
MODEL_SIGNALS = {"pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}


def test_fetching_is_checking():
    # Only access gives things out: a view that asks a model itself has left the check behind.
    asking = [
        f"{module.at(call)} {name_called(call)}"
        for module in modules_named(*ENTRANCES)
        for call in module.calls()
        if re.search(r"\bobjects(\.\w+)*\.(get|first|last|get_or_create)$", name_called(call))
        or name_called(call).rpartition(".")[2] in {"get_object_or_404", "get_list_or_404"}
    ]

    assert [found for found in asking if not speaks_of_oneself(found)] == []


def speaks_of_oneself(found: str) -> bool:
    """A slip that was shown in this very session is held by its code, before there is a person to check."""
    return "views/join.py" in found and "Slip.objects" in found


def test_nothing_is_written_outside_the_verbs():
    writing = [
        f"{module.at(call)} {name_called(call)}"
        for module in modules_named(
            "views", "api", "consumers", "sockets", "forms", "queries", "access", "templatetags"
        )
        for call in module.calls()
        if re.search(rf"\bobjects(\.\w+)*\.({'|'.join(WRITES)})$", name_called(call))
    ]

    assert writing == []


def test_no_except_is_bare_and_none_catches_everything_silently():
    broad = [
        module.at(handler)
        for module in everywhere()
        for handler in ast.walk(module.tree)
        if isinstance(handler, ast.ExceptHandler) and catches_everything(handler) and not reports(handler)
    ]

    assert broad == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def reports(handler: ast.ExceptHandler) -> bool:
    """Raised again, or written down with its trace."""
    if handler.type is None:
        return False
    spoken = (ast.unparse(node) for node in ast.walk(handler) if isinstance(node, ast.Raise | ast.Call))
    return any(text.startswith(("raise", "log.exception")) for text in spoken)


def test_no_model_speaks_through_signals():
    listening = [
        f"{module.path} {alias.name}"
        for module in everywhere()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
        for alias in node.names
        if alias.name in MODEL_SIGNALS
    ]

    assert listening == []


def test_no_model_hides_logic_in_save_or_delete():
    hiding = [
        f"{module.at(function)} {function.name}"
        for module in modules_named("models")
        for function in module.functions()
        if function.name in {"save", "delete", "full_clean"}
    ]

    assert hiding == []


def test_a_save_names_the_fields_it_writes():
    # `force_insert` names them too: all of a new row.
    unnamed = [
        f"{module.at(call)} {ast.unparse(call)}"
        for module in everywhere()
        for call in module.calls()
        if name_called(call).endswith(".save") and saves_a_row(call)
        if not {"update_fields", "force_insert", "using"}.intersection(word.arg for word in call.keywords)
    ]

    assert unnamed == []


def saves_a_row(call: ast.Call) -> bool:
    """Not what Python's other libraries save: a drawing into a file, a session into its store, a workbook."""
    return not call.args and not name_called(call).startswith(("request.session", "session"))


def public_actions() -> list[tuple[Module, Function]]:
    return [
        (module, function)
        for module in modules_named("actions")
        for function in module.own_functions()
        if not function.name.startswith("_")
    ]


@cache
def verbs_of(module: Module) -> dict[str, Function]:
    return {function.name: function for function in module.own_functions()}


def writes(module: Module, function: Function, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function writes rows, itself or through another function of its module."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = name_called(call)
        if name.rpartition(".")[2] in WRITES and name.rpartition(".")[0] not in {"cache", "request.session", "digest"}:
            return True
        if name in {"assign_perm", "remove_perm", "audit.record"}:
            return True
        helper = verbs_of(module).get(name)
        if helper is not None and name not in seen and writes(module, helper, seen | {name}):
            return True
    return False


def is_a_verb(function: Function) -> bool:
    """`def verb(*, things, by)`: helpers below a verb take their things by position or no `by`."""
    return bool(function.args.kwonlyargs) and not function.args.args


def called_only_by_verbs(module: Module, function: Function) -> bool:
    """A helper that stands below its caller in the same module and is called from nowhere else."""
    callers = [one for one in module.own_functions() if function.name in names_called(one) and one is not function]
    elsewhere = re.compile(rf"\bactions(\.\w+)*\.{function.name}\(|actions(\.\w+)* import [^\n]*\b{function.name}\b")
    return bool(callers) and not any(elsewhere.search(other.text) for other in modules() if other.path != module.path)


def names_called(function: Function) -> set[str]:
    return {name_called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def test_every_verb_that_writes_owns_its_transaction():
    # The ledger is written inside the transaction of the deed it speaks of: its verbs have none of their own.
    loose = [
        f"{module.at(function)} {function.name}"
        for module, function in public_actions()
        if module.app != "audit" and is_a_verb(function) and writes(module, function)
        if "atomic" not in decorators(function) and not called_only_by_verbs(module, function)
        if not is_one_statement(function)
    ]

    assert loose == []


def is_one_statement(function: Function) -> bool:
    """What writes by a single conditional statement and nothing beside it is whole by itself."""
    writing = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and name_called(node).rpartition(".")[2] in WRITES
    ]
    branches = [node for node in ast.walk(function) if isinstance(node, ast.If)]
    return len(writing) <= 1 + len(branches) and "audit.record" not in names_called(function)


def test_only_verbs_own_transactions():
    owning = [
        f"{module.path} {function.name}"
        for module in modules_named("views", "api", "forms", "queries", "access", "consumers", "sockets")
        for function in module.functions()
        if "atomic" in decorators(function) or "transaction.atomic" in names_called(function)
    ]

    assert owning == []


def test_every_verb_takes_its_things_by_name_and_its_actor_last():
    wrong = [
        f"{module.at(function)} {function.name}({ast.unparse(function.args)})"
        for module, function in public_actions()
        if "by" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        and function.args.args
        and "atomic" in decorators(function)
    ]

    assert wrong == []


def test_no_verb_has_a_switch_that_turns_a_rule_off():
    switches = [
        f"{module.at(function)} {argument.arg}"
        for module, function in public_actions()
        for argument in function.args.kwonlyargs
        if re.fullmatch(
            r"(force|silent|quiet|notify|check|skip_\w+|no_\w+|without_\w+|ignore_\w+|unsafe)", argument.arg
        )
    ]

    assert switches == []


def log_calls() -> Iterator[tuple[Module, ast.Call]]:
    levels = {"debug", "info", "warning", "error", "critical", "exception", "log"}
    for module in everywhere():
        for call in module.calls():
            who, _, level = name_called(call).rpartition(".")
            if level in levels and who.rpartition(".")[2] in {"log", "logger", "logging"}:
                yield module, call


def test_a_log_line_is_a_constant_sentence():
    made_up = [
        f"{module.at(call)} {ast.unparse(call)}"
        for module, call in log_calls()
        if not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]

    assert made_up == []


def test_a_log_line_holds_ids_and_verbs_only():
    # Words by which the house names what belongs to a person, and whole objects that would print them.
    telling = re.compile(
        r"\b(name|kana|body|text|title|message|sentence|said|reason|born_on|area|login_id|passphrase|password|code|token"
        r"|secret|POST|GET|data|query|headers|path|get_full_path|member|client|user|room|request)$"
    )
    wrong = [
        f"{module.at(call)} {ast.unparse(argument)}"
        for module, call in log_calls()
        for argument in call.args[1:]
        if telling.search(ast.unparse(argument).removesuffix("()")) and "__name__" not in ast.unparse(argument)
    ]

    assert wrong == []


def test_a_refusal_speaks_in_sentences_and_its_exception_text_is_a_code():
    from apps.kernel.refusals import Refusal

    refusal = Refusal(subject="佐々木 ハナ", name="佐々木 ハナ")
    assert str(refusal) == repr(refusal.code).strip("'")
    assert "佐々木" not in repr(refusal)


def family(refusal: type) -> Iterator[type]:
    for child in refusal.__subclasses__():
        yield child
        yield from family(child)


def test_every_refusal_has_a_code_of_its_own_and_a_sentence_that_says_what_to_do():
    import importlib

    from apps.kernel.refusals import Refusal

    for module in modules_named("refusals"):
        importlib.import_module(module.dotted)
    kinds = [kind for kind in family(Refusal) if kind.__module__.startswith("apps.")]

    assert len({kind.code for kind in kinds}) == len(kinds), "two refusals share a code"
    for kind in kinds:
        assert re.fullmatch(r"[a-z][a-z_]+", kind.code), kind
        assert 400 <= kind.status < 500, kind
        assert str(kind.sentence).endswith((".", "。")), kind


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later(word):
    left = [str(module.path) for module in everywhere() if re.search(rf"\b{word}\b", module.text)]

    assert left == []
