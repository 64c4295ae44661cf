from __future__ import annotations

import sys
from pathlib import Path

# tests/samples.py is shared by several rooms' tests.
sys.path.insert(0, str(Path(__file__).parents[1]))
