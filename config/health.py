"""`python -m config.health`: 0 when the web server of this container and its database answer.

That mail is late or the key store away is said at /mail/healthz/ to whoever watches; neither is a
reason to stop the web.
"""

import json
import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

ANSWERED_WITHIN = 4.0


def main() -> int:
    """Ask under the site's own name; the address is exempt from the redirect to HTTPS."""
    server = HTTPConnection("127.0.0.1", 8000, timeout=ANSWERED_WITHIN)
    site = urlsplit(os.environ.get("SITE_URL", "http://localhost")).hostname or "localhost"
    try:
        server.request("GET", "/mail/healthz/", headers={"Host": site})
        said = json.load(server.getresponse())
    except (OSError, HTTPException, ValueError):
        return 1
    finally:
        server.close()
    return int(said.get("database") != "ok")


if __name__ == "__main__":
    sys.exit(main())
