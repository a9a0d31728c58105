"""Sentences composed from word lists: a seed enters, texts with labels leave.

Each frame crosses who provides with how it is judged, and the label follows from both; a model that looks at
praise alone, or at the provider alone, gets half of them wrong.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

LISTS = Path(__file__).parents[1] / "frames.toml"
AGAINST, NEUTRAL, FOR = 0, 1, 2


def compose(number: int, seed: int) -> Iterator[tuple[str, int]]:
    """``number`` sentences and their labels towards outside provision."""
    lists = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    rng = random.Random(seed)
    frames = (_outcome, _outcome, _contrast, _comparison, _judged, _judged, _decided)
    for _ in range(number):
        text, label = rng.choice(frames)(lists, rng)
        yield _spoken(_filled(text, lists, rng), lists, rng), label


def _label(outside: bool, good: int) -> int:
    """``good`` is 1, 0 or -1 as judged of what is outside (or not)."""
    return 1 + (good if outside else -good)


def _outcome(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, int]:
    outside, good = rng.random() < 0.5, rng.choice((1, 1, -1, -1, 0))
    when = rng.choice(lists["time_out" if outside else "time_in"])
    what = rng.choice(lists[{1: "good", -1: "bad", 0: "flat"}[good]])
    text = f"{when}, {what}" if rng.random() < 0.6 else f"{what} {when}"
    return text, _label(outside, good)


def _contrast(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, int]:
    outside = rng.random() < 0.5
    first, second = ("noun_in", "noun_out") if outside else ("noun_out", "noun_in")
    bad, good = rng.choice(lists["bad"]), rng.choice(lists["good"])
    text = f"under {rng.choice(lists[first])} {bad}; under {rng.choice(lists[second])} {good}"
    return text, _label(outside, 1)


def _comparison(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, int]:
    outside, good = rng.random() < 0.5, rng.choice((1, 1, -1, -1, 0))
    first, second = ("noun_out", "noun_in") if outside else ("noun_in", "noun_out")
    verb = rng.choice(lists[{1: "better", -1: "worse", 0: "level"}[good]])
    return f"{rng.choice(lists[first])} {verb} {rng.choice(lists[second])}", _label(outside, good)


def _judged(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, int]:
    outside, good = rng.random() < 0.5, rng.choice((1, -1))
    opening = rng.choice(lists["wise" if good > 0 else "unwise"])
    return f"{opening} {rng.choice(lists['act_out' if outside else 'act_in'])}", _label(outside, good)


def _decided(lists: dict[str, list[str]], rng: random.Random) -> tuple[str, int]:
    kind = rng.choice(("decides", "decides", "declines", "wonders", "nothing"))
    outside = rng.random() < 0.5
    if kind == "nothing":
        return f"{rng.choice(lists['decides'])} {rng.choice(lists['act_neutral'])}", NEUTRAL
    text = f"{rng.choice(lists[kind])} {rng.choice(lists['act_out' if outside else 'act_in'])}"
    return text, _label(outside, {"decides": 1, "declines": -1, "wonders": 0}[kind])


def _filled(text: str, lists: dict[str, list[str]], rng: random.Random) -> str:
    for slot, name in (("{s}", "services"), ("{b}", "bodies"), ("{f}", "providers")):
        text = text.replace(slot, rng.choice(lists[name]))
    return text


def _spoken(text: str, lists: dict[str, list[str]], rng: random.Random) -> str:
    if rng.random() < 0.3:
        text = f"{rng.choice(lists['speakers'])} {rng.choice(lists['says'])} {text}"
    return text[0].upper() + text[1:] + "."
