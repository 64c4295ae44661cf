"""Timeline: exact sample positions for cues and clips, fitted to a length; pure functions."""

from serguide.timeline.layout import lay_out
from serguide.timeline.model import Event, Fit, SessionTimeline, TrackTimeline

__all__ = ["Event", "Fit", "SessionTimeline", "TrackTimeline", "lay_out"]
