"""Whatever is sent gets a clear error or a referral with its reason; nothing accepted is lost."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from typing import Any

import httpx
import numpy as np
import pytest

from training.simulator.scanning import Scanner, encode_png, expose
from training.simulator.trucks import Truck, build_scene

from .conftest import Centre, codes, new_container, new_declaration, picture


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG whose header claims a size it does not hold."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("scan.json", b" " * 900_000_000)
    return content.getvalue()


def phantom_png() -> bytes:
    scanner = Scanner(pitch_mm=(9.0, 6.0))
    return encode_png(expose(build_scene(Truck("4011", seed=2)), scanner, seed=2), scanner)


GOOD = picture(load=9, exposure=9)
UNUSABLE = {
    "empty": (b"", "unreadable"),
    "a cut PNG": (phantom_png()[:20_000], "truncated"),
    "a cut TIFF": (GOOD[: len(GOOD) // 3], "truncated"),
    "text": (b"this is no picture", "unreadable"),
    "a program": (b"\x7fELF" + bytes(200), "unreadable"),
    "random bytes": (np.random.default_rng(1).bytes(50_000), "unreadable"),
    "gigantic": (png_of_claimed_size(60_000, 60_000), "too_large"),
    "a zip bomb": (zip_bomb(), "too_large"),
}


@pytest.mark.parametrize("kind", list(UNUSABLE))
def test_an_unusable_file_is_stored_told_of_at_once_and_referred(centre: Centre, kind: str) -> None:
    content, code = UNUSABLE[kind]
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    sent = centre.send(content, container)
    assert sent.status_code == 201, sent.text
    body = sent.json()
    assert body["state"] == "unusable"
    assert code in {fault["code"] for fault in body["faults"]}
    told = centre.event("scan.unusable", id=body["id"])
    assert told["container_number"] == container
    decision = centre.decision(sent)
    assert decision["outcome"] == "refer"
    assert "unusable_scan" in codes(decision)
    assert centre.person.get(f"/v1/scans/{body['id']}/original").content == content


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"items": [{"hs_code": "0000"}]}, "0000"),
    ({"items": [{"hs_code": "tyres"}]}, "tyres"),
    ({"containers": [{"number": "RIBU50000"}]}, "container number"),
    ({"containers": [{"number": "RIBU5000013", "gross_mass_kg": -1}]}, "gross mass"),
    ({"items": [{"hs_code": "4011", "net_mass_kg": 1e12}]}, "net mass"),
    ({"containers": []}, "containers"),
    ({"regime": "smuggling"}, "regime"),
]


@pytest.mark.parametrize(("changes", "word"), IMPOSSIBLE)
def test_an_impossible_declaration_is_refused_and_says_why(
    centre: Centre, changes: dict[str, Any], word: str
) -> None:
    answer = centre.declare(new_declaration(), new_container(), **changes)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1, 2]", b'{"number": "\\u0000"}', b"\xff\xfe"])
def test_a_body_that_is_no_declaration_is_refused(centre: Centre, body: bytes) -> None:
    answer = centre.clearance.post(
        "/v1/declarations", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_same_scan_sent_twice_is_stored_once_with_one_answer(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    first = centre.send(picture(load=11), container)
    again = centre.send(picture(load=11), container)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert centre.decision(first)["id"] == centre.decision(again)["id"]


def test_the_same_picture_as_another_passage_is_a_replay(centre: Centre) -> None:
    content = picture(load=12)
    for _ in range(2):
        number, container = new_declaration(), new_container()
        centre.declare(number, container)
        decision = centre.decision(centre.send(content, container))
    assert decision["outcome"] == "refer"
    assert "replayed_image" in codes(decision)


def test_the_entry_picture_again_at_exit_is_a_replay(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    centre.decision(centre.send(picture(load=13), container))
    leaving = centre.send(picture(load=13), container, site="chaman", role="exit")
    decision = centre.decision(leaving)
    assert decision["outcome"] == "refer"
    assert "replayed_image" in codes(decision)


def test_an_exit_without_its_entry_is_referred_after_its_grace(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    leaving = centre.send(picture(load=14), container, site="chaman", role="exit")
    decision = centre.decision(leaving)
    assert decision["outcome"] == "refer"
    assert codes(decision) == {"no_entry_scan"}


def test_an_entry_that_comes_after_its_exit_makes_a_new_decision(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    leaving = centre.send(picture(load=15, exposure=2), container, site="chaman", role="exit")
    first = centre.decision(leaving)
    assert codes(first) == {"no_entry_scan"}
    centre.decision(centre.send(picture(load=15, exposure=1), container))
    told = centre.event("decision.superseded", supersedes_id=first["id"])
    assert told["outcome"] == "auto_clear"


def test_a_scan_without_declaration_waits_and_is_referred_then_judged_when_it_comes(
    centre: Centre,
) -> None:
    number, container = new_declaration(), new_container()
    scan = centre.send(picture(load=16), container)
    first = centre.decision(scan)
    assert codes(first) == {"no_declaration"}
    assert centre.declare(number, container).status_code == 201
    told = centre.event("decision.superseded", supersedes_id=first["id"])
    assert told["outcome"] == "auto_clear"
    assert told["declaration_number"] == number


def test_a_container_the_declaration_does_not_name_is_referred(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, new_container())
    scan = centre.send(picture(load=17), container, declaration_number=number)
    decision = centre.decision(scan)
    assert decision["outcome"] == "refer"
    assert "unknown_container" in codes(decision)


def test_another_seal_or_weight_is_referred(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    containers = [{"number": container, "seals": ["PK1"], "gross_mass_kg": 20_000}]
    centre.declare(number, container, containers=containers)
    scan = centre.send(picture(load=18), container, seals=["PK2"], gross_mass_kg=23_000)
    assert {"seal_differs", "weight_differs"} <= codes(centre.decision(scan))


@pytest.mark.parametrize(
    ("metadata", "word"),
    [
        ({"container_number": "nonsense"}, "container number"),
        ({"role": "departure"}, "role"),
        ({"gross_mass_kg": -5}, "gross_mass_kg"),
    ],
)
def test_metadata_that_cannot_be_is_refused(
    centre: Centre, metadata: dict[str, Any], word: str
) -> None:
    answer = centre.send(GOOD, new_container(), **metadata)
    assert answer.status_code == 422
    assert word in answer.json()["detail"]


def test_a_site_cannot_speak_for_another(centre: Centre) -> None:
    stated = {"container_number": new_container(), "role": "entry", "site": "chaman"}
    answer = centre.sites["torkham"].post(
        "/v1/scans", data={"metadata": json.dumps(stated)}, files={"file": ("a.tif", GOOD)}
    )
    assert answer.status_code == 403
    assert "chaman" in answer.json()["detail"]


def test_nobody_gets_in_without_a_key_or_beyond_its_role(centre: Centre) -> None:
    stranger = httpx.get(f"{centre.service.address}/v1/decisions")
    assert stranger.status_code == 401
    assert stranger.headers["content-type"] == "application/problem+json"
    assert centre.sites["torkham"].get("/v1/cases").status_code == 403
    assert centre.sites["torkham"].post("/v1/declarations", json={}).status_code == 403


def test_the_service_is_still_well(centre: Centre) -> None:
    assert centre.clearance.get("/ready").status_code == 200
    assert centre.rejected == 0
    assert centre.service.children.ended() == []
