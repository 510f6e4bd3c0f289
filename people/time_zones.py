"""IANA time zones: which exist, which are places, and what to call one.

Read from the `tzdata` package, so that every machine knows the same ones.
"""

from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_FOLDER = files("tzdata") / "zoneinfo"


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every zone name that may be stored."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """The zones offered in a list: where people live, by their present names; UTC at the end."""
    lines = (_FOLDER / "zone.tab").read_text().splitlines()
    named = {line.split("\t")[2] for line in lines if not line.startswith("#")}
    return (*sorted(named & known_zones()), "UTC")


@lru_cache(maxsize=1)
def former_names() -> dict[str, tuple[str, ...]]:
    """Older names of a place, which some browsers still say: Asia/Katmandu for Asia/Kathmandu."""
    links = [line.split() for line in (_FOLDER / "tzdata.zi").read_text().splitlines()]
    present = set(places())
    found: dict[str, tuple[str, ...]] = {}
    for target, old in ((row[1], row[2]) for row in links if row[0] == "L"):
        if target in present and old not in present:
            found[target] = (*found.get(target, ()), old)
    return found


def city(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` → `Buenos Aires`."""
    return zone.rsplit("/", 1)[-1].replace("_", " ").replace("St Johns", "St John’s")


def validate_zone(zone: str) -> None:
    """Raise ValidationError unless `zone` names an IANA time zone."""
    if zone not in known_zones():
        raise ValidationError(_("We do not know this time zone. Choose one from the list."))


def zone_info(zone: str) -> ZoneInfo:
    """The zone itself; UTC when a name has since left the IANA database."""
    return ZoneInfo(zone) if zone in known_zones() else ZoneInfo("UTC")
