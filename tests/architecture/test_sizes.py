"""Files, functions and templates stay small enough to be read at one sitting."""

import ast

import pytest

from tests.architecture.tree import files, modules, name, parsed

FILE, FUNCTION, ARGUMENTS, TEMPLATE = 400, 40, 4, 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def length(function):
    """Lines from `def` to the end, without the docstring: a procedure written down there is welcome."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        lines -= function.body[0].end_lineno - function.body[0].lineno + 1
    return lines


def functions(path):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, FUNCTIONS)]


def positional(function):
    named = [one.arg for one in function.args.posonlyargs + function.args.args]
    return len(named) - (named[:1] in (["self"], ["cls"]))


def is_command(function):
    """Click hands every argument over by name."""
    return any("command" in ast.unparse(decorator) for decorator in function.decorator_list)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_file_has_at_most_400_lines_and_its_functions_40(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE
    assert [(one.name, length(one)) for one in functions(path) if length(one) > FUNCTION] == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_function_takes_at_most_4_positional_arguments(path):
    many = [one.name for one in functions(path) if positional(one) > ARGUMENTS and not is_command(one)]
    assert many == []


@pytest.mark.parametrize("path", files("zhiquan", ending=".html"), ids=name)
def test_a_template_has_at_most_60_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE
