"""Predict how natural sounds are: `python3 heard_mos.py FOLDER < sounds.json > scores.json`.

A program of its own, for a Python that has torch (Debian's python3-torch and python3-torchaudio);
serguide is not imported. FOLDER holds distillmos 0.9.1 and xls-r-sqa 0.1.0. In: a list of paths of
`.npy` files, float32 at 16 kHz, shape (frames,). Out: a list of DistillMOS, 1 to 5, in that order.
Stahl & Gamper, "Distillation and pruning for scalable self-supervised representation-based
speech quality assessment", ICASSP 2025.
"""

from __future__ import annotations

import contextlib
import json
import sys


def main() -> None:
    """Read paths, write scores."""
    sys.path.insert(0, sys.argv[1])
    import numpy as np
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    with contextlib.redirect_stdout(sys.stderr):  # it says where its weights lie
        from distillmos import ConvTransformerSQAModel

        model = ConvTransformerSQAModel()
    model.eval()
    scores = []
    with torch.no_grad():
        for path in json.load(sys.stdin):
            scores.append(model(torch.from_numpy(np.load(path))[None, :]).item())
    json.dump(scores, sys.stdout)


if __name__ == "__main__":
    main()
