"""Choose the sound of what a bundle holds: what is asked for, or the best that is small enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.bundle.limits import limit_for, megabytes
from serguide.encode.asked import at_kilobits
from serguide.encode.base import Format, Rate
from serguide.encode.formats import AUDIOBOOK, BROWSER_OPUS, FORMATS
from serguide.render.plan import Plan, RenderSettings

PAGE_RATE: Final = Rate(36, 1)
"""Of the sound in a page that is to be sent, unless something else is asked for: the voice in it
measures as the same (docs/sizes.md), and 20 minutes with the way back to the room take less than
10 MB."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Hold the formats of a bundle's files, of its one page and of its audiobook.

    page, audiobook: None for none.
    """

    files: Format
    page: Format | None = None
    audiobook: Format | None = None


def require_possible(settings: RenderSettings) -> None:
    """Raise UsageError for a rate or a limit that nothing can have, before any work."""
    _ = settings.sound
    if settings.kilobits is not None and settings.size is not None:
        raise UsageError(
            "A bit rate and a size were asked for: the size is what finds the bit rate.",
            Hint("Ask for one of them."),
        )
    if settings.audiobook:
        at_kilobits(AUDIOBOOK, settings.kilobits)


def sounds_for(
    plan: Plan, settings: RenderSettings, cover: bytes, drawings: tuple[str, ...]
) -> Sounds:
    """Return the formats in which a plan is made.

    With a limit, each of what is sent (the page, the zip, the audiobook; where there is none of
    these, the session's file) takes the best sound that keeps within it. Raises UsageError, with
    the smallest that can be had.
    """
    if settings.size is None:
        return _asked_for(settings)
    # With all that writes a page.
    from serguide.bundle.bundle_draft import draft_contents
    from serguide.bundle.sizes import Sizes

    suffix = settings.sound.suffix
    draft = draft_contents(
        plan.timeline, plan.notices, drawings, suffix=suffix, balance=settings.balance
    )
    sizes, found = Sizes(draft, cover), _candidates(settings)

    def best(what: str, candidates: Sequence[Format], size_of: Callable[[Format], int]) -> Format:
        return _best(what, candidates, size_of, settings)

    files, page, book = settings.sound, None, None
    if settings.zipped:
        files = best("The zip", found, sizes.zipped)
    elif not (settings.single_file or settings.audiobook):
        files = best("The session's file", found, sizes.session)
    if settings.single_file:
        page = best("The page", [_for_page(each) for each in found], sizes.page)
    if settings.audiobook:
        books = [AUDIOBOOK.at(rate) for rate in _downwards(AUDIOBOOK)]
        book = best("The audiobook", books, sizes.audiobook)
    return Sounds(files, page, book)


def require_within(settings: RenderSettings, what: str, size: int) -> None:
    """Raise UsageError when what was made is larger than the limit."""
    if settings.size is not None and size > settings.size:
        raise UsageError(
            f"{what} came out at {megabytes(size)}, over the limit of {megabytes(settings.size)}.",
            Hint("Ask for a little less.", Remedy("size", limit_for(2 * settings.size - size))),
        )


def _asked_for(settings: RenderSettings) -> Sounds:
    files, kilobits = settings.sound, settings.kilobits
    page = BROWSER_OPUS.at(PAGE_RATE) if kilobits is None else _for_page(files)
    return Sounds(
        files,
        page if settings.single_file else None,
        at_kilobits(AUDIOBOOK, kilobits) if settings.audiobook else None,
    )


def _for_page(format_: Format) -> Format:
    """Return the form of a format that a page holds: Opus not in Ogg, which Safari learnt late."""
    if format_.name == "opus" and format_.rate:
        return BROWSER_OPUS.at(format_.rate)
    return format_


def _candidates(settings: RenderSettings) -> list[Format]:
    """Return the formats that may keep a limit, the best first.

    MP3 plays everywhere, so as long as it is small enough it is taken, and then Opus.
    """
    format_ = FORMATS[settings.format_name]
    found = [format_] if not format_.rates else [format_.at(each) for each in _downwards(format_)]
    if settings.any_format:
        opus = FORMATS["opus"]
        found += [opus.at(rate) for rate in _downwards(opus) if rate.kilobits < 64]
    return found


def _downwards(format_: Format) -> list[Rate]:
    """Return a format's own rate and all below."""
    assert format_.rate
    return [rate for rate in format_.rates if rate.kilobits <= format_.rate.kilobits]


def _best(
    what: str,
    candidates: Sequence[Format],
    size_of: Callable[[Format], int],
    settings: RenderSettings,
) -> Format:
    limit = settings.size or 0
    for each in candidates:
        if size_of(each) <= limit:
            return each
    smallest = min(size_of(each) for each in candidates)
    other = [] if settings.any_format else [Remedy("format", "opus")]
    raise UsageError(
        f"{what} cannot be made as small as {megabytes(limit)}: the smallest is below "
        f"{limit_for(smallest)}.",
        Hint(
            "Allow as much, take another format, or make it shorter.",
            Remedy("size", limit_for(smallest)),
            *other,
            Remedy("length"),
        ),
    )
