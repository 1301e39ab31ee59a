"""The settings of a running service: environment variables RIAC_…, read once at the start."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from riac.errors import ConfigurationError

MIB = 1024 * 1024


class Settings(BaseSettings):
    """All that can be set; thresholds are in the policy, not here."""

    model_config = SettingsConfigDict(env_prefix="RIAC_", extra="ignore", frozen=True)

    data_dir: Path = Path("riac-data")
    """Where the embedded database and files are kept."""
    database_url: SecretStr | None = None
    """postgresql://…; without it PostgreSQL is embedded, in the data folder."""
    host: str = "127.0.0.1"
    """The address the API listens on."""
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    library: Path | None = None
    """Folder of standard images; without it only empty or loaded is judged."""
    policy_file: Path | None = None
    """A policy in TOML; without it the packaged one."""
    worker_jobs: Annotated[int, Field(ge=1, le=64)] = 2
    """Passages one worker judges at the same time."""
    worker_timeout_s: Annotated[float, Field(ge=3, le=3600)] = 15
    """A worker silent for this long is taken for dead, and its jobs are done again."""
    max_upload_mib: Annotated[int, Field(ge=1, le=4096)] = 256
    """Larger scans are refused."""
    case_lock_s: Annotated[int, Field(ge=30, le=86400)] = 600
    """How long a case stays with its analyst unless the lock is renewed."""
    metrics_open: bool = False
    """True lets anyone read /metrics, not only this machine and those with a key."""
    s3_endpoint: str | None = None
    """Host and port of an S3 store; without it objects are files in the data folder."""
    s3_bucket: str | None = None
    s3_access_key: SecretStr | None = None
    s3_secret_key: SecretStr | None = None
    s3_region: str = "us-east-1"
    s3_secure: bool = True
    """False speaks plain HTTP to the S3 store."""

    @model_validator(mode="after")
    def _s3_is_whole(self) -> Self:
        parts = {
            "RIAC_S3_ENDPOINT": self.s3_endpoint,
            "RIAC_S3_BUCKET": self.s3_bucket,
            "RIAC_S3_ACCESS_KEY": self.s3_access_key,
            "RIAC_S3_SECRET_KEY": self.s3_secret_key,
        }
        missing = [name for name, value in parts.items() if not value]
        if missing and len(missing) != len(parts):
            raise ValueError(f"an S3 store needs {', '.join(missing)} too")
        return self

    @model_validator(mode="after")
    def _paths_are_there(self) -> Self:
        if self.policy_file is not None and not self.policy_file.is_file():
            raise ValueError(f"RIAC_POLICY_FILE: no file {self.policy_file}")
        if self.data_dir.exists() and not self.data_dir.is_dir():
            raise ValueError(f"RIAC_DATA_DIR: {self.data_dir} is not a folder")
        return self

    @property
    def max_upload_bytes(self) -> int:
        """The limit on one scan."""
        return self.max_upload_mib * MIB

    @property
    def postgres_dir(self) -> Path:
        """Where the embedded database is."""
        return self.data_dir.resolve() / "postgres"

    @property
    def objects_dir(self) -> Path:
        """Where objects are, when they are files."""
        return self.data_dir.resolve() / "objects"

    @property
    def engines_dir(self) -> Path:
        """Where networks built for this machine's GPU are kept: made anew when lost."""
        return self.data_dir.resolve() / "engines"


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment; what is given here comes first.

    Raises:
        ConfigurationError: a setting makes no sense, or the data folder cannot be written.
    """
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise ConfigurationError(
            "; ".join(f"{_name(fault['loc'])}{fault['msg']}" for fault in error.errors())
        ) from error
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data_dir):
            pass
    except OSError as error:
        raise ConfigurationError(f"RIAC_DATA_DIR cannot be written: {error}") from error
    return settings


def _name(location: tuple[int | str, ...]) -> str:
    return f"RIAC_{str(location[0]).upper()}: " if location else ""
