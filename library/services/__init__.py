"""Every write about practices, by noun."""

from library.services.shipping import TEXTS, ship_practices, shipped_texts

__all__ = ["TEXTS", "ship_practices", "shipped_texts"]
