"""Simulated scanner sites: send scans with the site's own key, as a site would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from serve.api.schemas import ScanBody
from serve.demo.retrying import answered


class Sites:
    """One HTTP client for each site."""

    def __init__(self, clients: Mapping[str, httpx.Client]) -> None:
        self._clients = clients

    def send(self, metadata: dict[str, Any], *, file_name: str, picture: bytes) -> ScanBody:
        """Send one scan. Raises httpx.HTTPError."""
        stamped = {**metadata, "scanned_at": datetime.now(UTC).isoformat()}
        client = self._clients[metadata["site"]]
        answer = answered(
            lambda: client.post(
                "/v1/scans",
                data={"metadata": json.dumps(stamped)},
                files={"file": (file_name, picture, "application/octet-stream")},
            )
        )
        return ScanBody.model_validate(answer.json())
