"""The layers that are taught, as PyTorch learns them: the same numbers as `embedding` computes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from serguide.safety.reader.embedding.layers import MATRICES, VECTORS, Weights
from serguide.safety.reader.embedding.model_file import BLOCK, Floats, ModelFile, Quantized
from serguide.safety.reader.embedding.sentence_encoder import EPSILON
from serguide.safety.reader.embedding.taught import Ending

FIRST: Final = 6
"""The first layer that is taught; those before it know words, and are good as they are."""

SILENT: Final = 0.1
"""Share of numbers that are left out at random while learning (dropout)."""

CODE_RATE: Final = 0.015
"""Of the 4-bit codes, in their own steps."""

SCALE_RATE: Final = 0.01
"""Of the scales of blocks, in their own mean."""

RATE: Final = 2e-4
"""Of biases and norms."""

ANSWER_RATE: Final = 1e-3
"""Of the answers' own weights."""


class _Matrix(nn.Module):
    """A matrix that learns in 4 bits: rounded when it is used, not when it learns.

    Bengio et al. 2013, “Estimating or Propagating Gradients” (the straight-through estimator).
    """

    def __init__(self, weights: Quantized, bias: Floats) -> None:
        super().__init__()
        self.codes = nn.Parameter(torch.tensor(weights.codes, dtype=torch.float32))
        self.scales = nn.Parameter(torch.tensor(weights.scales))
        self.bias = nn.Parameter(torch.tensor(bias))

    def rounded(self) -> Tensor:
        return self.codes.detach().round().clamp(-8, 7)

    def forward(self, tokens: Tensor) -> Tensor:
        codes = self.codes + (self.rounded() - self.codes.detach())
        blocks = codes.view(*self.scales.shape, BLOCK) * self.scales[:, :, None]
        return functional.linear(tokens, blocks.view(codes.shape), self.bias)


class _Layer(nn.Module):
    def __init__(self, weights: Weights, model: ModelFile) -> None:
        super().__init__()
        self.matrices = nn.ModuleDict(
            {n: _Matrix(weights.matrices[n], weights.vectors[f"{n}.b"]) for n in MATRICES}
        )
        self.norms = nn.ParameterDict(
            {
                name.replace(".", "_"): nn.Parameter(torch.tensor(vector))
                for name, vector in weights.vectors.items()
                if "ln." in name
            }
        )
        self._heads, self._epsilon = model.heads, model.epsilon

    def forward(self, tokens: Tensor, there: Tensor) -> Tensor:
        texts, length, size = tokens.shape
        parts = (
            self.matrices[name](tokens).view(texts, length, self._heads, -1).transpose(1, 2)
            for name in "qkv"
        )
        heard = functional.scaled_dot_product_attention(*parts, attn_mask=there[:, None, None])
        said = self.matrices["ao"](heard.transpose(1, 2).reshape(texts, length, size))
        tokens = self._norm(tokens + self._dropped(said), "aln")
        said = self.matrices["fo"](functional.gelu(self.matrices["fi"](tokens), approximate="tanh"))
        return self._norm(tokens + self._dropped(said), "oln")

    def _dropped(self, said: Tensor) -> Tensor:
        return functional.dropout(said, SILENT, self.training)

    def _norm(self, tokens: Tensor, name: str) -> Tensor:
        weight, bias = self.norms[f"{name}_w"], self.norms[f"{name}_b"]
        return functional.layer_norm(tokens, weight.shape, weight, bias, self._epsilon)

    def weights(self) -> Weights:
        matrices = {
            name: Quantized(
                each.rounded().numpy().astype(np.int8), each.scales.detach().numpy().copy()
            )
            for name, each in self.matrices.items()
        }
        vectors = {f"{name}.b": each.bias for name, each in self.matrices.items()}
        vectors |= {name.replace("_", "."): each for name, each in self.norms.items()}
        return Weights(matrices, {n: vectors[n].detach().numpy().copy() for n in VECTORS})


class Taught(nn.Module):
    """The taught layers, and the answers of a head on the mean of their tokens."""

    def __init__(self, model: ModelFile, answers: int) -> None:
        super().__init__()
        places = range(FIRST, model.layers)
        self.layers = nn.ModuleList(_Layer(Weights.of(model, place), model) for place in places)
        self.norm = nn.LayerNorm(model.size, EPSILON)
        self.answers = nn.Linear(model.size, answers)

    def forward(self, tokens: Tensor, there: Tensor) -> Tensor:
        """Return answers, (texts, answers); there: which of the tokens are no padding."""
        for layer in self.layers:
            tokens = layer(tokens, there)
        mean = (tokens * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        dropped = functional.dropout(self.norm(mean), SILENT, self.training)
        return self.answers(dropped)

    def groups(self) -> list[dict[str, Any]]:
        """Return all weights, each with its rate."""
        found: dict[str, list[nn.Parameter]] = {"codes": [], "scales": [], "bias": []}
        for name, each in self.layers.named_parameters():
            found[name.rpartition(".")[2] if "matrices" in name else "bias"].append(each)
        mean = float(torch.cat([each.detach().abs().ravel() for each in found["scales"]]).mean())
        rates = (CODE_RATE, SCALE_RATE * mean, RATE)
        groups = [{"params": p, "lr": r} for p, r in zip(found.values(), rates, strict=True)]
        own = [*self.norm.parameters(), *self.answers.parameters()]
        return [*groups, {"params": own, "lr": ANSWER_RATE}]

    def kept(self) -> Ending:
        """Return what was learnt, as it is shipped."""
        ours = (self.norm.weight, self.norm.bias, self.answers.weight, self.answers.bias)
        return Ending(
            FIRST,
            tuple(layer.weights() for layer in self.layers),
            *(each.detach().numpy().copy() for each in ours),
        )
