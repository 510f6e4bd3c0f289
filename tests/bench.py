"""`make bench`: what the main pages cost, as a ratio to a bare signed-in page in the same run.

The bare page has a session, a user, one query of ten rows and 10 kB of HTML. Server time only,
measured in this process with Django's test client on the demo's data, interleaved, medians.
"""

import os
import re
import statistics
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
FOLDER = tempfile.mkdtemp(prefix="common-table-bench-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/bench.sqlite3")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path, reverse  # noqa: E402

from config.urls import urlpatterns  # noqa: E402
from congregation.models import Congregation  # noqa: E402
from crews.models import Crew  # noqa: E402
from people.models import Person  # noqa: E402

ROUNDS = 60
AIM, MOST_QUERIES, MOST_BYTES = 2.5, 15, 60_000
LINE = "<li>somebody at the table, and a line about them that takes some room</li>"


def bare(request: HttpRequest) -> HttpResponse:
    """What any signed-in page costs at least."""
    assert request.user.is_authenticated
    names = [person.name for person in Person.objects.order_by("pk")[:10]]
    body = "".join(f"<li>{name}</li>" for name in names)
    return HttpResponse(f"<!doctype html><ul>{body}{LINE * (10_000 // len(LINE))}</ul>")


@dataclass(slots=True)
class Measured:
    """One page: its times in milliseconds, its queries, the bytes of a first load."""

    name: str
    url: str
    times: list[float]
    queries: int = 0
    size: int = 0

    @property
    def median(self) -> float:
        """In milliseconds."""
        return statistics.median(self.times)


def compressed(content: bytes) -> int:
    """Bytes as they travel, with gzip."""
    packer = zlib.compressobj(6, wbits=31)
    return len(packer.compress(content) + packer.flush())


def first_load(html: str) -> int:
    """The page and everything it asks for, compressed."""
    total = compressed(html.encode())
    for address in set(re.findall(r"(?:href|src)=\"(/static/[^\"]+)\"", html)):
        found = finders.find(address.removeprefix("/static/").partition("?")[0])
        if isinstance(found, str):
            total += compressed(Path(found).read_bytes())
    return total


def pages() -> list[Measured]:
    """The bare page, then the main ones."""
    kettle = Crew.objects.get(name="Slow Kettle")
    session = kettle.sessions.order_by("starts_at").last()
    assert session is not None
    addresses = {
        "a bare page": "/bare/",
        "Today": reverse("home:today"),
        "a crew": kettle.get_absolute_url(),
        "the congregation": Congregation.objects.get().get_absolute_url(),
        "a session": session.get_absolute_url(),
    }
    return [Measured(name, url, []) for name, url in addresses.items()]


def measure(rows: list[Measured]) -> None:
    """Interleave the pages, so that whatever slows the machine slows all of them."""
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    client = Client()
    client.force_login(Person.objects.get(email="tomasz@example.org"))
    for row in rows:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(row.url)
        assert answer.status_code == 200, row.url
        row.queries, row.size = len(queries), first_load(answer.content.decode())
    for _ in range(ROUNDS):
        for row in rows:
            start = time.perf_counter()
            client.get(row.url)
            row.times.append((time.perf_counter() - start) * 1000)


def main() -> int:
    """Print a table; 1 when a page asks too many queries or too many bytes."""
    urlpatterns.append(path("bare/", bare))
    call_command("migrate", verbosity=0)
    call_command("demo", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    rows = pages()
    measure(rows)
    base = rows[0].median
    bad = False
    print(f"{'':20}{'ms':>8}{'ratio':>8}{'queries':>9}{'kB':>7}")  # noqa: T201
    for row in rows:
        ratio = row.median / base
        print(  # noqa: T201
            f"{row.name:20}{row.median:8.2f}{ratio:8.2f}{row.queries:9}{row.size / 1000:7.1f}"
        )
        bad |= row.queries > MOST_QUERIES or row.size > MOST_BYTES
    print(  # noqa: T201
        f"At most {MOST_QUERIES} queries and {MOST_BYTES // 1000} kB for a first load, compressed; "
        f"aim: ratio {AIM}."
    )
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
