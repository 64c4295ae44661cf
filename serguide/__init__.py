"""Guided-imagery audio companion: YAML scripts become narrated, sequenced sessions."""

__version__ = "0.1.0"
