"""What gpu.Dockerfile and compose.yaml name is there; no engine is needed to see that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from serve.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
DOCKERFILE = (ROOT / "gpu.Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OURS = ("migrate", "api", "worker")


def instructions() -> list[list[str]]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.split() for line in joined.splitlines() if line and line[0] not in "# "]


def copied_from_here() -> list[str]:
    copies = [words[1:-1] for words in instructions() if words[0] == "COPY"]
    return [name for names in copies if not names[0].startswith("--from") for name in names]


@pytest.mark.parametrize("requirements", ["gpu", "serve"])
def test_everything_copied_into_the_image_is_in_the_checkout(requirements: str) -> None:
    for name in copied_from_here():
        assert (ROOT / name.replace("${REQUIREMENTS}", requirements)).exists(), name


def test_everything_copied_passes_the_ignore_file() -> None:
    kept = [
        line[1:].split("/")[0]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    assert {name.split("/")[0] for name in copied_from_here()} <= set(kept)


def test_every_package_of_the_application_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(copied_from_here())


def test_the_image_ends_unprivileged_with_a_health_check() -> None:
    final = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.search(r"^USER [1-9]\d*$", final, re.MULTILINE)
    assert "\nHEALTHCHECK " in final
    assert final.index("\nUSER ") < final.index("\nENTRYPOINT ")


def test_the_settings_named_in_the_image_and_compose_exist() -> None:
    named = set(re.findall(r"\b(RIAC_[A-Z0-9_]+)=", DOCKERFILE))
    for service in OURS:
        named |= set(COMPOSE["services"][service]["environment"])
    known = {f"RIAC_{name.upper()}" for name in Settings.model_fields}
    assert named <= known
    assert {"RIAC_DATABASE_URL", "RIAC_S3_ENDPOINT", "RIAC_DATA_DIR"} <= named


def test_every_word_asked_of_the_environment_is_in_the_example_and_no_secret_is_written() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    for line in example.splitlines():
        if "PASSWORD" in line or "KEY" in line:
            assert line.endswith("=")


def test_nothing_is_served_before_the_database_has_its_schema() -> None:
    for service in ("api", "worker"):
        waits = COMPOSE["services"][service]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert COMPOSE["services"]["migrate"]["depends_on"]["postgres"]["condition"] == (
        "service_healthy"
    )


def test_no_container_of_ours_may_write_outside_its_volume() -> None:
    for service in OURS:
        stated = COMPOSE["services"][service]
        assert stated["read_only"] is True
        assert stated["cap_drop"] == ["ALL"]
        assert stated["volumes"] == ["riac:/var/lib/riac"]
    assert "RIAC_DATA_DIR=/var/lib/riac/" in DOCKERFILE
