"""The wheel holds all that the program needs: built, installed apart, run in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TREE = ("kg", "ontology", "queries", "data", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    tree.mkdir()
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tree / name)
    words = ["-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(tree)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Install the wheel alone; its dependencies are those of the suite, found by a path file."""
    home = wheel.parent / "venv"
    venv.create(home, with_pip=False, system_site_packages=False)
    paths = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", vars=paths))
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run(
        [sys.executable, *pip, "--target", str(site), str(wheel)], check=True, capture_output=True
    )
    dependencies = wheel.parent / "dependencies"
    dependencies.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        own = entry.name.startswith(("claimgraph", "_claimgraph", "_editable", "__editable__"))
        if not own and entry.suffix != ".pth":
            (dependencies / entry.name).symlink_to(entry)
    (site / "dependencies.pth").write_text(f"{dependencies}\n")
    return home / "bin" / "python"


def in_empty_folder(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "VIRTUAL_ENV"}}
    return subprocess.run(
        [str(python), "-m", "kg", *words],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_wheel_holds_the_assets_and_no_second_copy_of_them(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "kg/_assets/ontology/prefixes.ttl", "kg/_assets/demo/corpus.toml", "kg/py.typed",
        "kg/export/losses.toml", "kg/report/audit.html.j2", "kg/report/audit.schema.json",
    ):  # fmt: skip
        assert name in names
    assert any(name.startswith("kg/_assets/queries/") for name in names)
    assert any(name.startswith("kg/text/data/") for name in names)
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}


def test_the_installed_program_is_the_wheel_and_does_the_whole_job(
    installed: Path, tmp_path: Path
) -> None:
    where = subprocess.run(
        [str(installed), "-c", "import kg; print(kg.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(installed.parent.parent) in where.stdout
    done = in_empty_folder(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stderr
    assert "misattributed" in done.stdout
    made = {path.name for path in (tmp_path / "kg-demo").iterdir()}
    assert {"report.html", "graph.trig", "store", "answer.txt"} <= made


def test_the_installed_program_finds_itself_whole(installed: Path, tmp_path: Path) -> None:
    done = in_empty_folder(installed, tmp_path, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_names_start_the_same_program(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith("entry_points.txt")]
        scripts = archive.read(name).decode()
    assert "claimgraph = kg.cli:main" in scripts
    assert "kg = kg.cli:main" in scripts
