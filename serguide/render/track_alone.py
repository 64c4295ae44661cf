"""Render one track of a plan by itself into a store, for another process to fetch."""

from __future__ import annotations

import tempfile
from pathlib import Path

from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import ProgressReporter
from serguide.cache.store import Store
from serguide.render.plan import Plan, RenderSettings
from serguide.render.session import SessionRenderer
from serguide.render.track_cache import TrackCache


def render_alone(
    plan: Plan,
    number: int,
    settings: RenderSettings,
    store: Store,
    progress: ProgressReporter,
    cancel: Cancel,
) -> str:
    """Render a track into a store; return its key there.

    number: from 0; that after the last track is the ground track's. Raises ValueError for a
    number that no track has; SoundError, StoreError, VoiceError, Cancelled.
    """
    if not 0 <= number < len(plan.jobs):
        raise ValueError(f"there are tracks 0 to {len(plan.jobs) - 1}, and no {number}")
    job = plan.jobs[number]
    with tempfile.TemporaryDirectory(prefix="serguide-track-") as folder:
        session = SessionRenderer(
            Path(folder), settings.sound, TrackCache(store), settings.threads, progress, cancel
        )
        session.render_track(job)
    return job.key
