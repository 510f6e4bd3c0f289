"""Every write about practices, by noun."""

from library.services.programmes import ship_programmes, shipped_programmes
from library.services.shipping import TEXTS, ship_practices, shipped_texts

__all__ = ["TEXTS", "ship_practices", "ship_programmes", "shipped_programmes", "shipped_texts"]
