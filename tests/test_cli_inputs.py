"""How the words of the command line name inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.inputs import input_formats, record_input
from kg.errors import UsageError


@pytest.mark.parametrize(
    ("text", "marker", "name"),
    [
        ("trial.txt", None, "trial.txt"),
        ("1=trial.txt", "1", "trial.txt"),
        ("1=a=b.txt", "1", "a=b.txt"),
        ("Smith et al., 2014a=trial.txt", "Smith et al., 2014a", "trial.txt"),
        ("doi:10.1000/x=trial.txt", "doi:10.1000/x", "trial.txt"),
        ("runs/p=0.5/trial.txt", None, "runs/p=0.5/trial.txt"),
        ("./1=trial.txt", None, "./1=trial.txt"),
        (" 1 =trial.txt", "1", "trial.txt"),
    ],
)
def test_the_first_equals_sign_divides_marker_and_file(
    text: str, marker: str | None, name: str
) -> None:
    found = record_input(text)
    assert (found.marker, str(found.path)) == (marker, str(Path(name)))


def test_a_file_that_exists_is_never_divided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("1=trial.txt").write_text("x")
    assert record_input("1=trial.txt").marker is None


@pytest.mark.parametrize("text", ["=trial.txt", "1=", " =trial.txt"])
def test_an_empty_side_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--record"):
        record_input(text)


def test_formats_go_to_the_files_that_they_name() -> None:
    formats = input_formats(["a=b.txt=text"])
    assert formats == {"a=b.txt": "text"}
    assert record_input("1=a=b.txt", formats).format == "text"


@pytest.mark.parametrize("text", ["a.txt", "=text", "a.txt=papyrus"])
def test_a_wrong_format_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--input-format"):
        input_formats([text])
