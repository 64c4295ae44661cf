"""Weights of natural voices: what there is, which are on this machine, fetching, removing."""

from serguide.voices.weights.installation import all_installed, installed
from serguide.voices.weights.installed_weights import InstalledWeights

__all__ = ["InstalledWeights", "all_installed", "installed"]
