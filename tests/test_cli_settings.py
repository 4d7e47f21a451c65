"""A flag wins over the environment, that over the file, that over the default."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.settings import KINDS, SettingError, load
from kg.errors import UsageError


def test_without_anything_every_setting_has_its_default(tmp_path: Path) -> None:
    found = load(tmp_path, {})
    assert {name: s.value for name, s in found.items()} == {n: k.default for n, k in KINDS.items()}
    assert {s.origin for s in found.values()} == {"default"}


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('fail_on = "info"\njobs = 3\n')
    found = load(tmp_path, {"KG_JOBS": "7"})
    assert (found["jobs"].value, found["jobs"].origin) == (7, "KG_JOBS")
    assert (found["fail_on"].value, found["fail_on"].origin) == ("info", str(tmp_path / "kg.toml"))


def test_a_project_file_is_read_where_there_is_no_own_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kg]\nfail_on = "never"\n')
    assert load(tmp_path, {})["fail_on"].value == "never"
    (tmp_path / "kg.toml").write_text("")
    assert load(tmp_path, {})["fail_on"].value == "error"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KG_FAIL_ON", "sometimes"), ("KG_JOBS", "0"), ("KG_JOBS", "many"), ("KG_JOBS", "257"),
        ("KG_BASE", "not an iri"), ("KG_BASE", "https://example.org/x"), ("KG_NO_COLOR", "perhaps"),
    ],
)  # fmt: skip
def test_a_wrong_value_names_its_variable(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable) as raised:
        load(tmp_path, {variable: value})
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("text", ["colour = 1", "jobs = true", "fail_on = 3", "store = ''"])
def test_a_wrong_file_names_itself(tmp_path: Path, text: str) -> None:
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(SettingError, match=r"kg\.toml"):
        load(tmp_path, {})


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text("jobs = = 3")
    with pytest.raises(UsageError, match=r"kg\.toml cannot be read"):
        load(tmp_path, {})
