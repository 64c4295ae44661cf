"""Build requests for Google's service and parse its answers, byte by byte; no sending here.

The question is built by gTTS: one request a part, a `batchexecute` call of Google Translate's
own web page (unofficial, so it may change without notice). gTTS keeps the building in methods
with an underscore; they may change too, so every request is read back and held against the
text before it may be sent.

The answer is `)]}'` and then one JSON array or several, lengths between them or not, in one of
which stands `["wrb.fr", "jQ1olc", "[\\"BASE64 MP3\\"]", …]`; where the MP3 would be, null means
that the service has nothing to say.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit

import gtts
from gtts.tts import gTTS
from requests import PreparedRequest

from serguide.base.errors import VoiceError
from serguide.base.hints import Hint
from serguide.voices.google.gtts_languages import Accent
from serguide.voices.google.gtts_text import letters, parts
from serguide.voices.google.gtts_transport import LATER, PAGE

__all__ = ["LANGUAGE", "BadAnswerError", "Question", "audio_of", "gtts_version", "questions"]

# gTTS writes the text it speaks to its log at level DEBUG; a client's words belong in no log.
logging.getLogger("gtts").setLevel(logging.INFO)


LANGUAGE = Hint(f"Is the text in the language of the voice? {LATER}", *LATER.remedies)


class BadAnswerError(ValueError):
    """An answer holds no usable speech; the message says what it holds, hint the next step."""

    def __init__(self, message: str, hint: str = LATER) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one request: the part of the text that it sends, and the procedure that it calls."""

    part: str
    procedure: str
    request: PreparedRequest


def gtts_version() -> str:
    """Return the version of the gTTS library in use."""
    return str(gtts.__version__)


def questions(text: str, accent: Accent, origin: str | None = None) -> list[Question]:
    """Return the requests that have a text spoken, in order, checked to hold all its letters.

    origin: `https://HOST[:PORT][/PATH]` to send to in place of Google's own host. Raises
    VoiceError when there is nothing to speak or gTTS no longer builds what is expected.
    """
    wanted = letters(text)
    if not wanted:
        raise VoiceError(
            "There is nothing to speak: the text has no letter and no digit.",
            "Write words, or use `pause` for silence.",
        )
    try:
        built = gTTS(
            text=text,
            tld=accent.domain,
            lang=accent.code,
            lang_check=False,
            # gTTS's own would take the full stop from “rest.”, which ends in “st.”.
            pre_processor_funcs=[],
            tokenizer_func=parts,
        )._prepare_requests()
        found = [_read_back(request) for request in built]
        for question in found:
            _aim(question.request, origin)
    except Exception as error:
        # Whatever a changed private method raises, it comes to the same for the user.
        raise _changed() from error
    if letters("".join(question.part for question in found)) != wanted:
        raise _changed()
    return found


def _read_back(request: PreparedRequest) -> Question:
    """Read a request as the service does, and so find what it would really speak."""
    body = request.body.decode("utf-8") if isinstance(request.body, bytes) else request.body
    form = parse_qs(body or "", strict_parsing=False)
    procedure, argument = json.loads(form["f.req"][0])[0][0][:2]
    part = json.loads(argument)[0]
    if request.method != "POST" or not isinstance(part, str) or not isinstance(procedure, str):
        raise ValueError("not a request that speaks a part")
    return Question(part, procedure, request)


def _aim(request: PreparedRequest, origin: str | None) -> None:
    url = urlsplit(str(request.url))
    if url.scheme != "https":
        raise ValueError("not a request over https")
    if origin:
        other = urlsplit(origin)
        path = other.path.rstrip("/") + url.path
        request.url = urlunsplit((other.scheme, other.netloc, path, url.query, ""))


def _changed() -> VoiceError:
    return VoiceError(
        f"The installed gTTS {gtts_version()} does not build its requests as expected,"
        " so nothing was sent.",
        Hint(
            "Install the version that is known to work, with `pip install gTTS==2.5.4`,"
            " or use an offline voice.",
            *LATER.remedies,
        ),
    )


def audio_of(answer: bytes, procedure: str) -> bytes:
    """Return the MP3 bytes in an answer.

    Raises BadAnswerError when the answer is something else, holds no audio or is damaged.
    """
    try:
        text = answer.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadAnswerError("an answer that is not text") from error
    if not text.strip():
        raise BadAnswerError("an empty answer")
    if text.lstrip()[:1] == "<":
        raise BadAnswerError("a web page in place of speech", PAGE)
    for envelope in _envelopes(text):
        if envelope[:2] == ["wrb.fr", procedure]:
            return _audio_in(envelope[2] if len(envelope) > 2 else None)
    raise BadAnswerError("an answer without the part that was asked for")


def _envelopes(text: str) -> Iterator[list[object]]:
    decoder = json.JSONDecoder()
    at = text.find("[")
    while at >= 0:
        try:
            array, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise BadAnswerError("an answer that is damaged or cut off") from error
        yield from (item for item in array if isinstance(item, list))
        at = text.find("[", end)


def _audio_in(payload: object) -> bytes:
    try:
        held = json.loads(payload) if isinstance(payload, str) else None
    except (ValueError, RecursionError) as error:
        raise BadAnswerError("an answer that is damaged") from error
    encoded = held[0] if isinstance(held, list) and held else None
    if not encoded or not isinstance(encoded, str):
        raise BadAnswerError("no audio", LANGUAGE)
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadAnswerError("audio that is damaged (its base64 cannot be read)") from error
