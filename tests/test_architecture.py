"""The house keeps its shape: arrows between modules, sizes, docstrings, migrations. Templates: test_templates.py."""

import ast
import shutil
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "learning", "quizzes", "builder")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

type Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    """Return the Python files of `folders`, migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def views() -> Iterator[tuple[str, Function, int]]:
    """Yield (place, function, lines of code) of every function among the views."""
    for path in modules(*APPS):
        if "views" in (path.stem, path.parent.name):
            text = path.read_text()
            for node in ast.parse(text).body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node, code_lines(text, node)


def code_lines(text: str, function: Function) -> int:
    """Return how many lines of `function` hold code: no docstring, no comment, no blank."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    first = body[0].lineno if body else function.lineno
    lines = text.splitlines()[function.lineno - 1 : function.end_lineno]
    docstring = set(range(function.body[0].lineno, first)) if ast.get_docstring(function) else set()
    return sum(
        1
        for number, line in enumerate(lines, start=function.lineno)
        if line.strip() and not line.strip().startswith("#") and number not in docstring
    )


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_logo=True, cache_dir=None))"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {program}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


# --- arrows


def test_the_arrows_between_modules_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


# One wrong import for each contract, by the contract's name.
WRONG = {
    "config composes; quizzes and builder stand on learning and never meet": (
        "quizzes/activities.py",
        "builder.models",
    ),
    "pure cores know no Django, no clock, no chance, no network": ("builder/engine/score.py", "random"),
    "pure cores know no database": ("quizzes/marking/mark.py", "sqlite3"),
    "scheduling knows days but no clock, no Django, no chance": ("quizzes/scheduling/plan.py", "time"),
    "upper apps use of learning only models, http, activities, catalogue and services": (
        "builder/activities.py",
        "learning.search",
    ),
    "layers of learning": ("learning/models/courses.py", "learning.views.pages"),
    "layers of quizzes": ("quizzes/marking/__init__.py", "quizzes.models"),
    "layers of builder": ("builder/models.py", "builder.activities"),
}


def test_each_contract_breaks_when_its_arrow_is_turned_round(tmp_path: Path) -> None:
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, wrong in WRONG.values():
        path = tmp_path / name
        path.write_text(f"{path.read_text()}\n\ndef _wrong() -> None:\n    import {wrong}\n")
    said = "".join(lint_imports(tmp_path).stdout.split())
    assert [name for name in WRONG if f"{''.join(name.split())}BROKEN" not in said] == []


def test_every_contract_has_its_control() -> None:
    assert {contract["name"] for contract in CONTRACTS} == set(WRONG)


def test_no_contract_has_exceptions() -> None:
    assert [contract["name"] for contract in CONTRACTS if "ignore_imports" in contract] == []


def test_upper_apps_call_of_learning_only_what_writes_evidence() -> None:
    """The contract names modules; which function of `learning.services` they take is seen here."""
    taken = {
        (str(path.relative_to(ROOT)), alias.name)
        for path in modules("quizzes", "builder")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("learning.services")
        for alias in node.names
    }
    assert [item for item in taken if item[1] not in ("record_evidence", "undo_evidence")] == []


# --- sizes


def test_no_view_is_long() -> None:
    assert [f"{place}: {lines} lines" for place, _, lines in views() if lines > 40] == []


def test_views_are_short_as_a_rule() -> None:
    sizes = [
        lines for _, function, lines in views() if [argument.arg for argument in function.args.args][:1] == ["request"]
    ]
    assert statistics.median(sizes) <= 12


def test_no_file_is_long() -> None:
    limits = [(path, 400) for path in modules(*APPS, "scripts", "bench", "tests")]
    limits += [(path, 220) for path in (ROOT / "static" / "css").glob("*.css")]
    sizes = [(path, len(path.read_text().splitlines()), limit) for path, limit in limits]
    assert [f"{path.relative_to(ROOT)}: {size} lines" for path, size, limit in sizes if size > limit] == []


# --- words


@pytest.mark.parametrize("folder", [*APPS, "scripts", "bench", "tests"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    texts = {path.relative_to(ROOT): path.read_text() for path in modules(folder)}
    assert texts
    assert [str(path) for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


# --- migrations


@pytest.mark.django_db
def test_migrations_are_current() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_migrations_are_named_by_hand() -> None:
    names = [path for app in APPS for path in (ROOT / app).glob("migrations/[0-9]*.py")]
    assert names
    assert [str(path.relative_to(ROOT)) for path in names if "_auto_" in path.name] == []
