"""Commands, options and exit codes, as the contract has them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from kg import assets
from kg.cli import COMMANDS, program, run
from kg.errors import KgError

DEMO = assets.folder("demo")
ANSWER = str(DEMO / "answer.txt")
RECORD = str(DEMO / "record-1.txt")
SCHEMA = json.loads(assets.text("report/audit.schema.json"))
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _plain_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_FAIL_ON", "KG_BASE", "KG_STORE", "KG_JOBS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "kg-demo"
    assert run(["demo", str(folder), "-o", str(folder.parent / "audit.txt")]) == 0
    return folder


def printed_json(capfd: Captured, *words: str, code: int = 0) -> Any:  # noqa: ANN401
    assert run([*words, "--json"]) == code
    return json.loads(capfd.readouterr().out)


def all_commands(
    group: click.Command = program, above: tuple[str, ...] = ()
) -> list[tuple[str, ...]]:
    if not isinstance(group, click.Group):
        return [above]
    context = click.Context(group)
    inner = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
    return [words for name, c in inner if c for words in all_commands(c, (*above, name))]


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_has_help_that_says_what_it_does(
    words: tuple[str, ...], capfd: Captured
) -> None:
    assert run([*words, "--help"]) == 0
    text = capfd.readouterr().out
    for option in ("--debug", "--no-color", "--quiet", "--verbose"):
        assert option in text
    assert len(text.splitlines()[2].strip()) > 20


def test_help_lists_every_command_and_exit_code(capfd: Captured) -> None:
    assert run(["--help"]) == 0
    text = capfd.readouterr().out
    assert all(f"  {name} " in text for name in COMMANDS)
    assert all(f"  {code} " in text for code in (0, 1, 2, 3, 4, 130))


def test_help_loads_nothing_heavy(python: str) -> None:
    heavy = "rdflib pyshacl pyoxigraph networkx jinja2 rich"
    code = (
        "import sys\nfrom kg.cli import run\nrun(['--help'])\n"
        f"sys.exit(','.join(set({heavy!r}.split()) & set(sys.modules)) or 0)"
    )
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_three_names_are_one_program(python: str) -> None:
    bin_folder = Path(python).parent
    commands = [[python, "-m", "kg"], [str(bin_folder / "kg")], [str(bin_folder / "claimgraph")]]
    shown = {
        subprocess.run([*words, "--version"], capture_output=True, check=True).stdout
        for words in commands
    }
    assert len(shown) == 1
    assert shown.pop().startswith(b"claimgraph")


@pytest.mark.parametrize(
    "words",
    [
        ["nope"], ["audit"], ["audit", "--nope"], ["audit", ANSWER, "-f", "papyrus"],
        ["audit", "--record", RECORD], ["audit", ANSWER, "--corpus", str(DEMO)],
        ["audit", ANSWER, "--record", "1="], ["audit", ANSWER, "--input-format", "x"],
        ["audit", ANSWER, "--input-format", "other.txt=text"], ["audit", ANSWER, "--as-of", "soon"],
        ["audit", ANSWER, "--as-of", "2024-02-31"], ["audit", ANSWER, "--json", "-f", "html"],
        ["query"], ["query", "no-such-query"], ["trace", "s001"], ["check"], ["build", str(DEMO)],
        ["export", "x"], ["stats"], ["config"],
    ],
    ids=lambda words: " ".join(Path(word).name for word in words),
)  # fmt: skip
def test_a_wrong_call_is_exit_2_and_says_so_on_stderr(words: list[str], capfd: Captured) -> None:
    assert run(words) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.strip()


def test_an_internal_error_is_one_line_and_exit_4(
    monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    def broken(*_: object) -> None:
        what = "the roof\nfell"
        raise RuntimeError(what)

    monkeypatch.setattr("kg.corpus.read_corpus", broken)
    assert run(["build", "x", "-o", "y"]) == 4
    assert capfd.readouterr().err == "kg: internal error: RuntimeError: the roof\n"
    assert run(["build", "x", "-o", "y", "--debug"]) == 4
    assert "Traceback" in capfd.readouterr().err


def test_an_interruption_is_exit_130(monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.corpus.read_corpus", interrupted)
    assert run(["build", "x", "-o", "y"]) == 130
    assert "interrupted" in capfd.readouterr().err


def test_an_error_keeps_its_own_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> None:
        what = "no"
        raise KgError(what)

    monkeypatch.setattr("kg.corpus.read_corpus", unreadable)
    assert run(["build", "x", "-o", "y"]) == 3


def test_demo_leaves_documents_report_graph_and_store(demo: Path) -> None:
    made = {path.name for path in demo.iterdir()}
    assert made >= {"answer.txt", "corpus.toml", "report.html", "graph.trig", "store"}
    assert (demo / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert "misattributed" in (demo.parent / "audit.txt").read_text("utf-8")


def test_demo_can_be_run_again_but_never_into_a_folder_of_something_else(
    demo: Path, tmp_path: Path, capfd: Captured
) -> None:
    assert run(["demo", str(demo)]) == 0
    assert "report.html" in capfd.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    assert run(["demo", str(tmp_path / "mine")]) == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    (tmp_path / "file").write_text("x")
    assert run(["demo", str(tmp_path / "file")]) == 2


def test_audit_writes_the_object_of_the_contract(capfd: Captured) -> None:
    shown = printed_json(capfd, "audit", ANSWER, "--record", f"1={RECORD}", code=1)
    Draft202012Validator(SCHEMA).validate(shown)
    assert [item["name"] for item in shown["inputs"]] == ["answer.txt", "record-1.txt"]
    assert shown["summary"]["statements"] == len(shown["statements"]) > 15
    text = (DEMO / "answer.txt").read_text("utf-8")
    for statement in shown["statements"]:
        assert text[statement["start"] : statement["end"]].strip()


def test_audit_of_the_published_graph_is_the_audit_of_the_files(
    demo: Path, capfd: Captured
) -> None:
    of_files = printed_json(capfd, "audit", "--corpus", str(demo), code=1)
    of_graph = printed_json(capfd, "audit", "--store", str(demo / "store"), code=1)
    of_trig = printed_json(capfd, "audit", "--store", str(demo / "graph.trig"), code=1)
    assert of_graph == of_files
    assert of_trig == of_files


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_fail_on_sets_the_exit_code(fail_on: str, code: int, capfd: Captured) -> None:
    words = ["audit", ANSWER, "--record", f"1={RECORD}", "--fail-on", fail_on]
    assert run(words) == code
    assert f"→ exit {code}" in capfd.readouterr().out


def test_the_setting_decides_where_no_flag_does(
    monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setenv("KG_FAIL_ON", "never")
    assert run(["audit", ANSWER, "--record", f"1={RECORD}"]) == 0
    assert run(["audit", ANSWER, "--record", f"1={RECORD}", "--fail-on", "error"]) == 1
    capfd.readouterr()


def test_the_suffix_of_the_output_decides_the_format(tmp_path: Path, capfd: Captured) -> None:
    words = ["audit", ANSWER, "--fail-on", "never", "-o"]
    assert run([*words, str(tmp_path / "a.json")]) == 0
    json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert run([*words, str(tmp_path / "a.html")]) == 0
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert capfd.readouterr().out == ""
    assert run([*words, str(tmp_path / "none" / "a.json")]) == 2
    assert "a.json" in capfd.readouterr().err


def test_as_of_is_the_date_of_the_run(tmp_path: Path, capfd: Captured) -> None:
    stated = []
    for words in ([], ["--as-of", "2026-06-30"]):
        folder = tmp_path / str(len(words))
        run(["audit", ANSWER, "--store", str(folder), "--fail-on", "never", *words])
        assert run(["export", str(folder), "--to", "nquads", "-o", str(folder) + ".nq"]) == 0
        stated.append((tmp_path / f"{len(words)}.nq").read_text("utf-8"))
    capfd.readouterr()
    assert "2026-06-30" in stated[1]
    assert "2026-06-30" not in stated[0]


def test_build_publishes_a_corpus_and_obeys_fail_on(tmp_path: Path, capfd: Captured) -> None:
    store = str(tmp_path / "store")
    told = printed_json(capfd, "build", str(DEMO), "-o", store, code=1)
    assert told["quads"] > 500
    assert told["summary"]["statements"] > 15
    assert run(["build", str(DEMO), "-o", store, "--fail-on", "never"]) == 0
    assert "quads" in capfd.readouterr().out


def test_validate_finds_a_built_graph_well_made(demo: Path, capfd: Captured) -> None:
    told = printed_json(capfd, "validate", str(demo / "store"))
    assert "error" not in {violation["severity"] for violation in told["violations"]}
    assert told["conforms"] is not bool(told["violations"])
    assert run(["validate", str(demo / "store")]) == 0


def test_validate_names_what_breaks_a_shape(demo: Path, tmp_path: Path, capfd: Captured) -> None:
    (tmp_path / "broken.nq").write_bytes(_without_digests(demo / "graph.trig"))
    told = printed_json(capfd, "validate", str(tmp_path / "broken.nq"), code=1)
    assert not told["conforms"]
    assert all(violation["message"] for violation in told["violations"])
    assert {violation["severity"] for violation in told["violations"]} >= {"error"}


def _without_digests(path: Path) -> bytes:
    from pyoxigraph import RdfFormat, parse, serialize

    quads = parse(path=str(path), format=RdfFormat.TRIG)
    kept = [quad for quad in quads if not quad.predicate.value.endswith("sha256")]
    return serialize(kept, format=RdfFormat.N_QUADS) or b""


def test_trace_goes_from_a_recommendation_to_a_passage(demo: Path, capfd: Captured) -> None:
    shown = printed_json(capfd, "audit", "--store", str(demo / "store"), code=1)
    advice = next(s for s in shown["statements"] if s["kind"] == "recommendation")
    store = ["--store", str(demo / "store")]
    told = printed_json(capfd, "trace", advice["id"], *store)
    assert told["statement"]["id"] == advice["id"]
    assert any(path["complete"] for path in told["paths"])
    assert all(path["weakest"]["why"] for path in told["paths"])
    assert run(["trace", advice["iri"], *store]) == 0
    assert "weakest link" in capfd.readouterr().out
    assert run(["trace", "s999", *store]) == 2


def test_stats_counts_the_graph(demo: Path, capfd: Captured) -> None:
    told = printed_json(capfd, "stats", str(demo / "store"))
    assert told["quads"] >= told["triples"] > 500
    assert told["nodes"]["documents"] == 4
    assert run(["stats", str(demo / "store")]) == 0
    assert "documents" in capfd.readouterr().out


def test_export_says_on_stderr_what_the_format_cannot_carry(
    demo: Path, tmp_path: Path, capfd: Captured
) -> None:
    store = str(demo / "store")
    assert run(["export", store, "-o", str(tmp_path / "g.trig")]) == 0
    assert (tmp_path / "g.trig").read_bytes() == (demo / "graph.trig").read_bytes()
    assert run(["export", store, "--to", "csv"]) == 0
    captured = capfd.readouterr()
    assert captured.out.startswith("answer,statement,")
    assert "leaves out" in captured.err
    assert run(["export", store, "-o", str(tmp_path / "g.papyrus")]) == 2


@pytest.mark.parametrize("command", [["stats"], ["validate"], ["audit", "--store"]], ids=str)
def test_a_store_that_is_none_is_exit_3(
    command: list[str], tmp_path: Path, capfd: Captured
) -> None:
    (tmp_path / "bad.ttl").write_text("<a> <b> .\n")
    for name in ("missing", "bad.ttl", "."):
        assert run([*command, str(tmp_path / name)]) == 3
    assert "line 1" in capfd.readouterr().err


def test_doctor_finds_the_installation_whole(capfd: Captured) -> None:
    told = printed_json(capfd, "doctor")
    assert all(check["ok"] for check in told), told
    assert {"python", "pyoxigraph", "queries", "shapes", "store"} <= {c["name"] for c in told}


def test_doctor_tells_what_is_missing(monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    def missing(name: str) -> Path:
        raise assets.AssetMissingError(name, Path("kg"))

    monkeypatch.setattr(assets, "folder", missing)
    told = printed_json(capfd, "doctor", code=3)
    (demo_check,) = [check for check in told if check["name"] == "demo"]
    assert not demo_check["ok"]


def test_config_show_tells_where_each_setting_comes_from(
    monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setenv("KG_JOBS", "3")
    told = {row["name"]: row for row in printed_json(capfd, "config", "show")}
    assert told["jobs"] == {"name": "jobs", "value": 3, "origin": "KG_JOBS"}
    assert told["base"]["origin"] == "default"
    assert run(["config", "show"]) == 0
    assert "KG_JOBS" in capfd.readouterr().out


def test_quiet_writes_the_table_alone_and_verbose_everything(capfd: Captured) -> None:
    sizes = []
    for flag in (["-q"], [], ["-v"]):
        run(["audit", ANSWER, "--record", f"1={RECORD}", *flag])
        sizes.append(len(capfd.readouterr().out))
    assert sizes[0] < sizes[1] < sizes[2]


def test_no_colour_is_written_to_a_file_or_a_pipe(capfd: Captured) -> None:
    run(["audit", ANSWER, "--record", f"1={RECORD}"])
    assert "\x1b" not in capfd.readouterr().out
