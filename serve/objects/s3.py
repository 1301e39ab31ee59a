"""Objects in any S3."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager

import certifi
import urllib3
from minio import Minio
from minio.error import MinioException

from riac.errors import NotFoundError, StorageError
from serve.objects.names import (
    check_content,
    check_key,
    parse_name,
    refuse_other,
    sha256_of,
    stored_name,
    the_one_digest,
)

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 60.0


class S3Objects:
    """Keeps objects in one bucket, which is made when it is not there."""

    def __init__(
        self,
        *,
        endpoint: str,
        bucket: str,
        access_key: str,
        secret_key: str,
        region: str,
        secure: bool = True,
    ) -> None:
        """Connect.

        Args:
            endpoint: host and port.
            bucket: name of the bucket.
            access_key: of the account.
            secret_key: of the account.
            region: of the bucket; any word where the store has none.
            secure: over TLS.

        Raises:
            StorageError: the store does not answer, or not to this account.
        """
        self._bucket = bucket
        self._client = Minio(
            endpoint,
            access_key=access_key,
            secret_key=secret_key,
            region=region,
            secure=secure,
            http_client=_pool(),
        )
        with _as_storage_error(f"bucket {bucket} at {endpoint}"):
            if not self._client.bucket_exists(bucket_name=bucket):
                self._client.make_bucket(bucket_name=bucket, location=region)

    def put(self, key: str, content: bytes) -> None:
        """Store durably. Raises StorageError."""
        check_key(key)
        digest = sha256_of(content)
        stored = self._digest(key)
        if stored is not None:
            refuse_other(key, stored=stored, offered=digest)
            return
        with _as_storage_error(key):
            self._client.put_object(
                bucket_name=self._bucket,
                object_name=stored_name(key, digest),
                data=io.BytesIO(content),
                length=len(content),
            )

    def get(self, key: str) -> bytes:
        """Return the bytes. Raises NotFoundError, StorageError."""
        check_key(key)
        digest = self._digest(key)
        if digest is None:
            raise NotFoundError(f"no object {key}")
        with _as_storage_error(key):
            response = self._client.get_object(
                bucket_name=self._bucket, object_name=stored_name(key, digest)
            )
            try:
                content: bytes = response.read()
            finally:
                response.close()
                response.release_conn()
        return check_content(key, content, digest)

    def exists(self, key: str) -> bool:
        """Say whether the key is stored."""
        check_key(key)
        return self._digest(key) is not None

    def keys(self, prefix: str = "") -> list[str]:
        """List keys with the prefix, sorted."""
        parsed = (parse_name(name) for name in self._names(prefix))
        return sorted({found[0] for found in parsed if found and found[0].startswith(prefix)})

    def _digest(self, key: str) -> str | None:
        return the_one_digest(key, self._names(stored_name(key, "")))

    def _names(self, prefix: str) -> list[str]:
        with _as_storage_error(f"objects {prefix}*"):
            listed = self._client.list_objects(
                bucket_name=self._bucket, prefix=prefix, recursive=True
            )
            return [str(item.object_name) for item in listed]


def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(
        maxsize=16,
        timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S),
        retries=urllib3.Retry(total=3, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
        cert_reqs="CERT_REQUIRED",
        # A centre's own store may have a certificate of the centre's own authority.
        ca_certs=os.environ.get("SSL_CERT_FILE") or certifi.where(),
    )


@contextmanager
def _as_storage_error(what: str) -> Iterator[None]:
    try:
        yield
    except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
        raise StorageError(f"S3 failed on {what}: {error}") from error
