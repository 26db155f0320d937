"""Nothing grows beyond what a person reads at one sitting."""

import ast

from tests.house.sources import PROJECT, Function, Module, everywhere, modules, modules_named

LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
# A view is door, form, action, answer: at most a dozen lines of code between its signature and its end.
LONGEST_VIEW = 12


def lines_of(function: Function) -> int:
    """The lines that hold code of the body: no signature, no docstring, no comment, no blank line, and a bracket that
    stands alone belongs to the line above."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return len({node.lineno for part in body for node in ast.walk(part) if isinstance(node, ast.stmt | ast.expr)})


def answers_requests(function: Function) -> bool:
    return bool(function.args.args) and function.args.args[0].arg == "request" and ends_in_a_response(function)


def ends_in_a_response(function: Function) -> bool:
    return function.returns is not None and "Response" in ast.unparse(function.returns)


def test_no_module_has_more_than_400_lines():
    here = [*everywhere(), *(Module(file.relative_to(PROJECT)) for file in (PROJECT / "tests").rglob("*.py"))]
    too_long = {str(module.path): count for module in here if (count := module.text.count("\n")) > LONGEST_MODULE}

    assert too_long == {}


def test_no_function_is_longer_than_a_screen():
    too_long = {
        f"{module.at(function)} {function.name}": count
        for module in everywhere()
        for function in module.functions()
        if (count := (function.end_lineno or 0) - function.body[0].lineno + 1) > LONGEST_FUNCTION
    }

    assert too_long == {}


def test_no_view_is_longer_than_twelve_lines():
    too_long = {
        f"{module.at(function)} {function.name}": count
        for module in modules_named("views")
        for function in module.own_functions()
        if answers_requests(function) and (count := lines_of(function)) > LONGEST_VIEW
    }

    assert too_long == {}


def test_no_endpoint_of_the_api_is_longer_than_twelve_lines():
    too_long = {
        f"{module.at(function)} {function.name}": count
        for module in modules()
        if module.parts[0] == "api"
        for function in module.functions()
        if function.name in {"get", "post", "put", "patch", "delete"} and (count := lines_of(function)) > LONGEST_VIEW
    }

    assert too_long == {}
