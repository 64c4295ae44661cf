"""Write transcript.txt: the whole session as a text that can be read aloud."""

from __future__ import annotations

from serguide.base.printable import seen
from serguide.base.templates import templates
from serguide.bundle.contact_list import countries_of
from serguide.bundle.model import TRANSCRIPT, Contents
from serguide.bundle.prose import for_whom, minutes, parts_of
from serguide.bundle.words import words_for
from serguide.notices.contacts import elsewhere
from serguide.voices.credits import credits_of


def transcript_txt(contents: Contents) -> str:
    """Write the transcript: title, notices, every track, how to come back, whom to call.

    Sentences stand as written, those of one cue in one paragraph; silence is a blank line.
    """
    timeline = contents.timeline
    words = words_for(timeline.program.language)
    return seen(
        templates("serguide.bundle")
        .get_template(TRANSCRIPT)
        .render(
            say=words.say,
            program=timeline.program,
            length=minutes(timeline, words),
            notices=contents.notices,
            made_for=for_whom(contents.notices, words),
            tracks=[parts_of(track, words) for track in timeline.tracks],
            ground=parts_of(timeline.ground, words),
            countries=countries_of(contents.notices, words),
            elsewhere=elsewhere(words.language),
            voice="; ".join(map(str, credits_of(timeline.program))),
        )
    )
