"""IANA time zones: which exist, and what to call one."""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Zones that are rules rather than places; nobody lives there.
_NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every zone name that may be stored."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """The zones offered in a list: `Area/City`, sorted; UTC at the end."""
    return (
        *sorted(z for z in known_zones() if "/" in z and not z.startswith(_NOT_PLACES)),
        "UTC",
    )


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
