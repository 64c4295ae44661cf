"""Teach the model's last layers: `python -m serguide.safety.reader.tuning`.

Needs PyTorch, which no extra brings (some GB), and the better part of an hour of two cores. Voices
that are held out are not heard. Writes `embedding/taught.npz`; `train` comes after it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from serguide.safety.reader import embedding
from serguide.safety.reader.corpus import examples
from serguide.safety.reader.embedding.model_file import ModelFile
from serguide.safety.reader.embedding.taught import FILE, Ending, packed
from serguide.safety.reader.held_out import held_out
from serguide.safety.reader.targets import targets
from serguide.safety.reader.tuned import FIRST, Taught

SEEDS: Final = (0, 1)
"""One ending each: those that began differently err in different sentences."""

EPOCHS: Final = 2
"""Times that each sentence is heard."""

BATCH: Final = 32
"""Sentences of about one length that are heard at a time."""

WARMING: Final = 0.06
"""Share of the steps in which rates rise; after them they fall as a cosine does."""

KINDS_COUNT: Final = 3.0
"""What the right kind counts, beside being harmful at all."""

SLOWEST: Final = 0.998
"""Of the moving mean of all weights, which is what is kept."""

_SORTED = 32
"""Batches whose sentences are put in the order of their length together."""


def taught(seed: int) -> Ending:
    """Return layers that were taught with all voices but those held out."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    corpus = examples()
    learnt = np.flatnonzero(~held_out(corpus))
    tokens = _before([corpus[place].text for place in learnt])
    goal = torch.tensor((targets(corpus)[learnt] + 1) / 2)
    ending = Taught(ModelFile(), goal.shape[1])
    ending.train()
    groups = ending.groups()
    rates = [group["lr"] for group in groups]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0, fused=True)
    mean = [each.detach().clone() for each in ending.parameters()]
    batches = list(_batches([len(each) for each in tokens], np.random.default_rng(seed)))
    for step, batch in enumerate(batches):
        done = step / len(batches)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, done / WARMING) * (1 + math.cos(math.pi * done)) / 2
        loss = _loss(ending(*_padded([tokens[place] for place in batch])), goal[batch])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([each for group in groups[2:] for each in group["params"]], 1.0)
        optimizer.step()
        slow = min(SLOWEST, (1 + step) / (10 + step))
        for kept, each in zip(mean, ending.parameters(), strict=True):
            kept.mul_(slow).add_(each.detach(), alpha=1 - slow)
        if step % 100 == 0:
            print(f"ending {seed}: {done:.0%}, {loss.item():.3f}", file=sys.stderr, flush=True)
    for kept, each in zip(mean, ending.parameters(), strict=True):
        each.data.copy_(kept)
    return ending.kept()


def _loss(said: Tensor, goal: Tensor) -> Tensor:
    harm, kinds = (
        functional.binary_cross_entropy_with_logits(said[:, part], goal[:, part])
        for part in (slice(1), slice(1, None))
    )
    return harm + KINDS_COUNT * kinds


def _before(texts: Sequence[str]) -> list[NDArray[np.float16]]:
    """Return what the first taught layer is given of each text."""
    reader = embedding.SentenceEncoder(taught=())
    return [
        each.astype(np.float16)
        for start in range(0, len(texts), BATCH)
        for each in reader.before(FIRST, texts[start : start + BATCH])
    ]


def _batches(lengths: Sequence[int], chance: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Yield the places of texts of about one length, in an order by chance, EPOCHS times."""
    long = np.array(lengths)
    for _ in range(EPOCHS):
        mixed = chance.permutation(len(long))
        rows = list[NDArray[np.intp]]()
        for start in range(0, len(mixed), _SORTED * BATCH):
            part = mixed[start : start + _SORTED * BATCH]
            part = part[np.argsort(long[part], kind="stable")]
            rows += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        for place in chance.permutation(len(rows)):
            yield rows[place]


def _padded(tokens: Sequence[NDArray[np.float16]]) -> tuple[Tensor, Tensor]:
    """Return tokens of some texts as one block, (texts, longest, size), and where there are any."""
    block = torch.zeros(len(tokens), max(map(len, tokens)), tokens[0].shape[1])
    there = torch.zeros(block.shape[:2], dtype=torch.bool)
    for place, each in enumerate(tokens):
        block[place, : len(each)] = torch.from_numpy(each.astype(np.float32))
        there[place, : len(each)] = True
    return block, there


def main() -> None:
    """Teach and write."""
    with ProcessPoolExecutor(len(SEEDS), get_context("spawn")) as pool:
        found = tuple(pool.map(taught, SEEDS))
    path = Path(embedding.__file__).parent / FILE
    np.savez_compressed(path, allow_pickle=False, **packed(ModelFile(), found))


if __name__ == "__main__":
    main()
