"""Seal a client's bundle that stands in a folder here, or at a URL."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Protocol

from serguide.base.errors import BundleError
from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name
from serguide.batch.remote_bundles import RemoteBundles
from serguide.bundle.handing_over import seal
from serguide.bundle.inventory import sha256_of
from serguide.bundle.model import MANIFEST


class Place(Protocol):
    """Hold bundles and pages of clients: a folder here, or a URL."""

    def manifest(self, client: str) -> str | None:
        """Return the hash of a bundle's manifest; None where no bundle stands."""
        ...

    def has_page(self, client: str) -> bool:
        """Tell whether a client's page is there."""
        ...

    def seal(self, client: str) -> str:
        """Write a client's page; return its passphrase."""
        ...


class LocalPlace:
    """Bundles and pages in a folder here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def manifest(self, client: str) -> str | None:
        """Return the hash of a bundle's manifest; None where no bundle stands."""
        bundle = self._folder / client
        return sha256_of(bundle / MANIFEST).hex() if bundle.is_dir() else None

    def has_page(self, client: str) -> bool:
        """Tell whether a client's page is there."""
        return self._page(client).is_file()

    def seal(self, client: str) -> str:
        """Write a client's page; return its passphrase."""
        return seal(self._folder / client, self._page(client))[1]

    def _page(self, client: str) -> Path:
        return self._folder / f"{client}.html"


class RemotePlace:
    """Bundles and pages at a URL; they are sealed here, so that no passphrase leaves."""

    def __init__(self, url: str) -> None:
        self._bundles = RemoteBundles(url)

    def manifest(self, client: str) -> str | None:
        """Return the hash of a bundle's manifest; None where no bundle is whole."""
        standing = self._bundles.standing(client)
        return standing.manifest if standing else None

    def has_page(self, client: str) -> bool:
        """Tell whether a client's page is there."""
        return self._bundles.has_page(client)

    def seal(self, client: str) -> str:
        """Fetch a bundle, write its page; return its passphrase."""
        standing = self._bundles.standing(client)
        if standing is None:
            raise BundleError(f"“{client}” is being replaced.", "Seal it when that is done.")
        with owned(Path(tempfile.gettempdir()) / new_name()) as home:
            home.mkdir(0o700)
            bundle, page = home / client, home / f"{client}.html"
            self._bundles.fetch(client, standing, bundle)
            phrase = seal(bundle, page)[1]
            self._bundles.put_page(client, page)
        return phrase
