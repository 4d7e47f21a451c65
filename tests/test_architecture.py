"""Holds the code to the module table of CONTEXT.md and to the size budget."""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kg"
MODULE_LINES = 450
FUNCTION_LINES = 60
RDF = {"rdflib", "pyoxigraph", "pyshacl"}
RDF_ROOMS = {
    "terms", "graph", "validate", "store", "queries", "vocabulary", "export", "api",
}  # fmt: skip
NETWORKX_ROOMS = {"trace", "export", "api"}
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
SOURCES = sorted(PACKAGE.rglob("*.py"))


@dataclass(frozen=True, slots=True)
class Room:
    """One row of the table."""

    name: str
    may_import: frozenset[str]
    third_party: frozenset[str]


def rooms() -> dict[str, Room]:
    """Read the module table of CONTEXT.md."""
    text = (ROOT / "CONTEXT.md").read_text(encoding="utf-8").partition("## Modules")[2]
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", text, flags=re.MULTILINE)
    return {
        name: Room(name, frozenset(_words(imports)), frozenset(_words(packages)))
        for name, imports, packages in rows
    }


def _words(cell: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", cell.strip()) if word != "-"]


def room_of(path: Path) -> str:
    """Name the room that a file belongs to; the package's own files are named by their stem."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """List what a file imports anywhere, as dotted names; relative imports are made absolute."""
    package = ("kg", *path.relative_to(PACKAGE).parts[:-1])
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def rooms_imported(path: Path) -> set[str]:
    """List the rooms that a file imports, its own left out."""
    parts = [name.split(".") for name in imported(path) if name.partition(".")[0] == "kg"]
    return {part[1] for part in parts if len(part) > 1 and part[1] in rooms()} - {room_of(path)}


def third_party(path: Path) -> set[str]:
    """List the installed packages that a file imports."""
    tops = {name.partition(".")[0] for name in imported(path)}
    return tops - set(sys.stdlib_module_names) - {"kg"}


def _ids(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_table_and_the_tree_name_the_same_rooms() -> None:
    tree = {room_of(path) for path in SOURCES} - {"__init__", "__main__"}
    assert tree == set(rooms()), "CONTEXT.md's module table and kg/ have to move together"


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_a_module_imports_only_what_the_table_allows(path: Path) -> None:
    room = room_of(path)
    allowed = {"__init__": {"api"}, "__main__": {"cli"}}.get(room) or rooms()[room].may_import
    assert rooms_imported(path) <= set(allowed)


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_a_module_uses_only_the_packages_of_its_row(path: Path) -> None:
    room = rooms().get(room_of(path))
    assert third_party(path) <= (room.third_party if room else frozenset())


def test_the_table_keeps_rdf_and_networkx_in_their_rooms() -> None:
    for room in rooms().values():
        assert not room.third_party & RDF or room.name in RDF_ROOMS, room.name
        assert "networkx" not in room.third_party or room.name in NETWORKX_ROOMS, room.name


def test_only_the_public_faces_import_build_and_nothing_imports_the_command_line() -> None:
    table = rooms()
    assert {room.name for room in table.values() if "build" in room.may_import} == {"api", "cli"}
    assert not any("cli" in room.may_import for room in table.values())


def test_the_table_has_no_cycle() -> None:
    pending = {room.name: set(room.may_import) for room in rooms().values()}
    while pending:
        free = {name for name, needs in pending.items() if not needs & set(pending)}
        assert free, f"a cycle among {sorted(pending)}"
        pending = {name: needs for name, needs in pending.items() if name not in free}


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_no_file_is_named_for_nothing(path: Path) -> None:
    assert not FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.parts}


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_a_module_can_be_seen_whole(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=_ids)
def test_a_function_can_be_seen_whole(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        function.name: (function.end_lineno or 0) - function.lineno + 1
        for function in functions
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    }
    assert not long
