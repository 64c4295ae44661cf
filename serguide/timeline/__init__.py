"""Cues and clip lengths become sample positions: pure, exact, fitted to a length."""

from serguide.timeline.layout import lay_out
from serguide.timeline.model import Event, Fit, SessionTimeline, TrackTimeline

__all__ = ["Event", "Fit", "SessionTimeline", "TrackTimeline", "lay_out"]
