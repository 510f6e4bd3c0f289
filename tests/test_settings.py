"""One settings file: a demo that needs nothing, and production that refuses to be careless."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

ROOT = Path(__file__).resolve().parent.parent

PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "SELFWORK_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgres://table@localhost/table",
    "KEYS_DATABASE_URL": "postgres://keys@localhost/keys",
    "REDIS_URL": "redis://localhost:6379/0",
    "MAIL_URL": "smtp://localhost:25",
    "SITE_URL": "https://table.example.org",
}


def started(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What the settings say to an environment; DEMO is off unless given."""
    base = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "DEMO": "off"}
    code = "from config import settings; print(settings.DATABASES, settings.CELERY_BROKER_URL)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**base, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_when_everything_is_named(tmp_path: Path) -> None:
    done = started(tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "postgresql" in done.stdout


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_production_refuses_to_start_without(name: str, tmp_path: Path) -> None:
    # An empty value counts as none; .env of the checkout may hold one.
    done = started(tmp_path, **{**PRODUCTION, name: ""})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


def test_production_refuses_an_address_without_tls(tmp_path: Path) -> None:
    done = started(tmp_path, **{**PRODUCTION, "SITE_URL": "http://table.example.org"})
    assert "https://" in done.stderr.splitlines()[-1]


def test_the_keys_never_lie_beside_what_they_open(tmp_path: Path) -> None:
    done = started(tmp_path, **{**PRODUCTION, "KEYS_DATABASE_URL": PRODUCTION["DATABASE_URL"]})
    assert done.returncode != 0
    assert "another database" in done.stderr.splitlines()[-1]


def test_the_demo_needs_only_its_own_secrets(tmp_path: Path) -> None:
    own = {name: PRODUCTION[name] for name in ("SECRET_KEY", "SELFWORK_KEYS")}
    empty = dict.fromkeys(PRODUCTION.keys() - own.keys() - {"SITE_URL"}, "")
    done = started(tmp_path, DEMO="on", **own, **empty)
    assert done.returncode == 0, done.stderr
    assert "sqlite3" in done.stdout
    assert "filesystem" in done.stdout


def test_every_name_that_is_read_is_explained() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config/settings.py").read_text()))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/running.md").read_text(), re.M))
    assert read - {"VAR_DIR"} <= explained
    assert explained - {"VAR_DIR", "PORT", "POSTGRES_PASSWORD"} <= read


def compose() -> dict[str, dict[str, object]]:
    services: dict[str, dict[str, object]] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text()
    )["services"]
    return services


def test_compose_names_what_is_needed() -> None:
    services = compose()
    assert set(services) == {"web", "worker", "beat", "postgres", "redis", "mail"}
    assert services["postgres"]["image"] == "postgres:15"
    assert services["redis"]["image"] == "redis:7"
    for service in services.values():
        assert "healthcheck" in service


def test_compose_gives_every_process_what_production_asks_for() -> None:
    for name in ("web", "worker", "beat"):
        environment = compose()[name]["environment"]
        assert isinstance(environment, dict)
        assert environment.keys() >= PRODUCTION.keys()


def test_compose_keeps_the_keys_on_a_volume_of_their_own() -> None:
    for name in ("web", "worker", "beat"):
        service = compose()[name]
        environment, volumes = service["environment"], service["volumes"]
        assert isinstance(environment, dict)
        assert environment["KEYS_DATABASE_URL"] == "sqlite:////app/keys/keys.sqlite3"
        assert volumes == ["keys:/app/keys"]
    assert "keys" not in str(compose()["postgres"]["volumes"])


def test_compose_opens_nothing_to_other_machines() -> None:
    for service in compose().values():
        ports = service.get("ports", [])
        assert isinstance(ports, list)
        assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_the_image_is_of_the_python_that_is_tested() -> None:
    wanted = (ROOT / ".python-version").read_text().strip()
    assert f"FROM python:{wanted}-slim" in (ROOT / "Dockerfile").read_text()


@pytest.mark.services
def test_the_services_that_are_tested_are_those_of_compose() -> None:
    import psycopg
    import redis

    from tests.services import POSTGRES, REDIS

    with psycopg.connect(f"{POSTGRES}/postgres") as server:
        assert server.info.server_version // 10_000 == 15
    version = redis.Redis.from_url(f"{REDIS}/0").info("server")["redis_version"]
    assert str(version).startswith("7.")
