"""Sessions of requests that verify what they speak to, with proxies as the environment has them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests


def https_session(url: str) -> requests.Session:
    """Return a session with proxies and trust as the environment has them, never without."""
    import requests  # only when something is fetched or sent

    session = requests.Session()
    found = session.merge_environment_settings(url, {}, True, True, None)
    session.proxies = found["proxies"]
    session.verify = found["verify"]
    if session.verify is True and (bundle := os.environ.get("SSL_CERT_FILE")):
        session.verify = bundle  # requests does not look there; the rest of Python does.
    return session
