"""Voice of Google Translate, through the gTTS library: online, and only when asked for.

The text leaves this machine: it is sent over the internet (TLS, verified) to the speech service
behind Google Translate's web page. That service is unofficial: it has no contract, no key and
no promise; it may refuse (HTTP 429), change or vanish on any day. When it does, speaking fails
with a NetworkError that says so; no other voice steps in by itself.

gTTS builds the requests; the sending is done here, because gTTS sends without verifying the
certificate, without a time-out, and passes over answers that hold no audio. Nothing is
returned before every part of the text has come back as whole, sane, decodable sound.

The service knows two speeds only, and its normal one, about 160 English words a minute, is too
fast for guided imagery. So it is always asked for its normal speed, and the pace is made here:
time is stretched at constant pitch (Rubber Band, through pedalboard), by CALM at pace 1.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import numpy as np
import soxr

from serguide.audio.types import Block, Clip
from serguide.base.errors import NetworkError, VoiceError
from serguide.base.units import SAMPLERATE, Samples, samples
from serguide.cache.versions import stamp
from serguide.voices.finish import trim
from serguide.voices.google.gtts_languages import Accent, choose
from serguide.voices.google.gtts_protocol import (
    LANGUAGE,
    BadAnswerError,
    Question,
    audio_of,
    questions,
)
from serguide.voices.google.gtts_receiver import URL_VARIABLE, receiver
from serguide.voices.google.gtts_text import gap_after, shortest_time, speaking_time
from serguide.voices.google.gtts_transport import LATER, Transport
from serguide.voices.google.mp3_parts import DamagedMp3Error, decode_mp3

if TYPE_CHECKING:
    from serguide.script.program import Spoken

__all__ = ["URL_VARIABLE", "GttsVoice"]

CALM = 0.75
"""Speed at pace 1, relative to the service's normal one: about 120 English words a minute."""

HEADROOM = 0.5
"""Gain of what the service sends: stretching and resampling may raise peaks, never to clipping."""

SLOWEST, FASTEST = 0.5, 2.0
"""The paces that a voice takes."""


class GttsVoice:
    """Speak with Google Translate's service, which is asked one thing at a time."""

    serial = True

    def __init__(
        self,
        accent: Accent,
        language: str,
        *,
        origin: str | None = None,
        transport: Transport | None = None,
    ) -> None:
        """Make a voice; nothing is sent yet.

        accent: what is asked for; language: the BCP 47 language it was opened for; origin:
        `https://HOST[:PORT][/PATH]` to ask in place of Google's host; transport: how requests
        are sent, by default within its own bounds.
        """
        self.name = f"gtts:{accent.variant}"
        self.language = language
        self.sends_to: str | None = receiver(origin, accent.domain)
        self._accent = accent
        self._origin = origin
        self._transport = transport or Transport()

    @classmethod
    def open(cls, variant: str | None, language: str) -> Self:
        """Return the voice of a variant (`en-gb`, `cs`), or else of a BCP 47 language.

        Raises VoiceError when there is no such variant or language, or when SERGUIDE_GTTS_URL
        is not an https address.
        """
        return cls(
            choose(variant, language), language, origin=_origin(os.environ.get(URL_VARIABLE))
        )

    def identity(self, sentence: Spoken | None = None) -> Mapping[str, str | int | float]:
        """Return all that shapes the sound besides text and pace."""
        return {
            "engine": "gtts",
            "language": self._accent.code,
            "domain": self._accent.domain,
            "origin": self._origin or "",
            **stamp("gtts text", "gtts speech", "trim"),
        }

    def estimate(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Samples:
        """Return about how many frames `speak` would give, from the number of letters."""
        return samples(speaking_time(text) / Fraction(_speed(pace)))

    def speak(self, text: str, *, pace: float = 1.0, sentence: Spoken | None = None) -> Clip:
        """Return speech: shape (frames, 1), float32, at SAMPLERATE, trimmed to the speech.

        pace: 0.5 to 2, where 1 is CALM. Raises VoiceError when the text or pace cannot be
        spoken, NetworkError when the service fails or answers with less than all of it.
        """
        speed = _speed(pace)
        asked = questions(text, self._accent, self._origin)
        spoken = [self._speech_for(question) for question in asked]
        joined = _joined(spoken, [question.part for question in asked])
        return _at_speed(joined, speed)

    def _speech_for(self, question: Question) -> Clip:
        """Return one part's speech, trimmed, at its own rate, once it is known to be whole."""
        answer = self._transport.send(question.request)
        try:
            clip = decode_mp3(audio_of(answer, question.procedure))
        except BadAnswerError as error:
            raise self._unusable(question, f"answered with {error}", error.hint) from error
        except DamagedMp3Error as error:
            raise self._unusable(question, f"sent MP3 that cannot be used: {error}") from error
        speech = trim.trim(clip.samples * np.float32(HEADROOM), clip.samplerate)
        if not len(speech):
            raise self._unusable(question, "answered with silence", LANGUAGE)
        got, least = len(speech) / clip.samplerate, shortest_time(question.part)
        if got < least:
            raise self._unusable(
                question,
                f"sent {got:.2f} seconds of speech where at least {float(least):.2f} are needed:"
                " it is cut off",
            )
        return Clip(speech, clip.samplerate)

    @staticmethod
    def _unusable(question: Question, what: str, hint: str = LATER) -> NetworkError:
        host = urlsplit(str(question.request.url)).hostname
        shown = question.part if len(question.part) <= 40 else f"{question.part[:39]}…"
        return NetworkError(f"{host} {what}, for “{shown}”.", hint)


def _speed(pace: float) -> float:
    if not SLOWEST <= pace <= FASTEST:
        raise VoiceError(
            f"gtts cannot speak at pace {pace:g}.", f"Choose one from {SLOWEST:g} to {FASTEST:g}."
        )
    return pace * CALM


def _joined(spoken: list[Clip], parts: list[str]) -> Clip:
    """Return parts, each of shape (frames, 1), one after another, with the gaps that fit."""
    rate = spoken[0].samplerate
    pieces: list[Block] = []
    for clip, part in zip(spoken, parts, strict=True):
        gap = np.zeros((round(gap_after(part) * rate), 1), dtype=np.float32)
        pieces += [_resampled(clip.samples, clip.samplerate, rate), gap]
    return Clip(np.concatenate(pieces[:-1]), rate)


def _at_speed(clip: Clip, speed: float) -> Clip:
    """Return a clip of shape (frames, 1) at SAMPLERATE, faster by a factor, its pitch kept."""
    mono = clip.samples
    if speed != 1.0:
        # At the service's own rate, 24 kHz: half the work of stretching at SAMPLERATE.
        flat = np.ascontiguousarray(mono.T)
        import pedalboard  # as polish does: only to speak

        mono = pedalboard.time_stretch(flat, float(clip.samplerate), stretch_factor=speed).T
    return Clip(trim.trim(_resampled(mono, clip.samplerate, SAMPLERATE), SAMPLERATE), SAMPLERATE)


def _resampled(mono: Block, rate: int, wanted: int) -> Block:
    return np.asarray(soxr.resample(mono, rate, wanted, quality="VHQ"), dtype=np.float32)


def _origin(address: str | None) -> str | None:
    """Check the address that the environment names. Raises VoiceError unless it is https."""
    if not address:
        return None
    try:
        url = urlsplit(address)
        good = url.scheme == "https" and url.hostname and (url.port is None or url.port > 0)
    except ValueError:
        good = False
    if not good or url.username or url.password or url.query or url.fragment:
        # The address is not repeated: it may hold a password.
        raise VoiceError(
            f"{URL_VARIABLE} is not an address that text can be sent to safely.",
            "Write it like `https://speech.example.org`, or unset it to ask Google.",
        )
    return address
