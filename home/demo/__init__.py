"""A believable congregation to look around in. Made-up people; example.org addresses."""

from home.demo.congregation import build

__all__ = ["build"]
