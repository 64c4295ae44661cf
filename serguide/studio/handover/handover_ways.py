"""Ways of handing a session over, as a therapist has ticked them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from serguide.base.errors import UsageError
from serguide.base.printable import require_text
from serguide.handout.sheet import GivenForms
from serguide.studio.shelf.library_places import stem_of

SoundChoice = Literal["m4b", "mp3"]

LONGEST_NAME: Final = 120
"""Characters of a client's name."""

_COPY: Final = re.compile(r"(?<!\d)-(?:[2-9]|[1-9]\d{1,3})$")
_FIELDS: Final = {"page": bool, "sound": bool, "handout": bool, "website": bool}


@dataclass(frozen=True, slots=True)
class Ways:
    """Say what is made of a session for somebody.

    page: one page with a passphrase; passphrase: for it; sound: a sound file, of kind `kind`;
    handout: a page to print; website: a folder to upload; address: where it will be, `https://…`,
    or empty: of the folder, where there is one, else of what the handout leads to.
    """

    page: bool = True
    passphrase: str = ""
    sound: bool = True
    kind: SoundChoice = "m4b"
    handout: bool = True
    website: bool = False
    address: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)

    @property
    def given(self) -> GivenForms:
        """Return what leads a client back to the room: a page, or nothing but the sound."""
        return "sound" if self.sound and not (self.page or self.website) else "page"

    @property
    def audiobook(self) -> bool:
        """Tell whether a sound file with parts is made."""
        return self.sound and self.kind == "m4b"


def ways_from(data: object) -> Ways:
    """Return the ways that a page or a record states. Raises UsageError for what cannot be."""
    if not isinstance(data, dict):
        raise UsageError("nothing to hand over was chosen", "tick one of the ways")
    ticked = {name: data.get(name, False) for name in _FIELDS}
    texts = {name: data.get(name, "") for name in ("passphrase", "address")}
    kind = data.get("kind", "m4b")
    if (
        any(not isinstance(value, bool) for value in ticked.values())
        or any(not isinstance(value, str) or len(value) > 1000 for value in texts.values())
        or kind not in get_args(SoundChoice)
    ):
        raise UsageError("these ways are not understood", "load the page again")
    if not any(ticked.values()):
        raise UsageError("nothing to hand over was chosen", "tick one of the ways")
    return Ways(
        kind=kind, passphrase=texts["passphrase"], address=texts["address"].strip(), **ticked
    )


def require_passphrase(passphrase: str, known: Iterable[str] = ()) -> str:
    """Return a passphrase for a page, normalised; one that was made is strong enough.

    known: words that count for nothing; of one that was made, one may be among them. Raises
    UsageError for one that is easily guessed.
    """
    from serguide.bundle.sealed.passphrase import require_strong

    return require_strong(passphrase, known)


def require_address(ways: Ways) -> None:
    """Raise UsageError for an address at which nothing would open."""
    from serguide.bundle.web.address import address_of, new_token
    from serguide.handout.qr_code import check_address

    if ways.address and ways.website:
        address_of(ways.address, new_token())
    elif ways.address and ways.handout:
        check_address(ways.address)


def client_name(name: object) -> str:
    """Return a client's name as it is kept. Raises UsageError for what is none."""
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise UsageError(f"a name has at most {LONGEST_NAME} characters", "shorten it a little")
    require_text("the name", name)
    return " ".join(name.split())


def stem_for(name: str, who: str, title: str = "") -> str:
    """Return what files are called: by the session's name, and never with the client's in it.

    The number goes that tells a copy from what it was copied from; one of the title's stays.
    """
    from serguide.render.file_tags import safe_name

    counted = name if stem_of(title) == name else _COPY.sub("", name)
    stem = safe_name(counted) or "session"
    parts = [part for part in re.split(r"[\W_]+", _bare(who)) if len(part) > 1]
    told = re.split(r"[\W_]+", _bare(stem))
    return "session" if any(part in told for part in parts) else stem


def _bare(text: str) -> str:
    """Return a text without accents and capitals: “zoe” is Zoë's name as well."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()
