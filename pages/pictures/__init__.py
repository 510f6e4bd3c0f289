"""Pictures drawn on the server: pure functions from dataclasses to SVG, everything escaped."""
