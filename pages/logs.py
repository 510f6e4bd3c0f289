"""What the logs must not know."""

import logging
import re

# Secrets and signed tokens stand in addresses as one long piece; names of pages are shorter.
LONG = re.compile(r"[\w.:~-]{33,}")


class WithoutSecrets(logging.Filter):
    """Cuts what opens a door out of the addresses in what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, with its long pieces cut to "…"."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                LONG.sub("…", value) if isinstance(value, str) else value for value in record.args
            )
        return True
