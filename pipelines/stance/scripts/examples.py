"""Training rows out of the tidy sources: pairs.parquet and domain/sentences.csv enter, example frames leave.

An example is a text, a target, a label (0 against, 1 neutral, 2 for), a weight and its source. Each epoch is
drawn anew from a seed, so that one text meets several wordings of its target and cannot be answered alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import frames
import pandas as pd
import settings as s
from articles import Article, last_sentence

_CLAIM = re.compile(r"^(we should|this house would|this house believes that|this house supports)\b(?! not)", re.I)
_TOPIC = re.compile(r"outsourc|privati|private|contract|tender|in.house|public (?:service|sector)|provider", re.I)


def read_pairs(path: Path) -> pd.DataFrame:
    """The public pairs, without the rows that would tell of ArgKP's dev motions (the README's trap 5)."""
    pairs = pd.read_parquet(path)
    seen = set(pairs.loc[(pairs.source == "IBM-ArgKP") & (pairs.split == "dev"), "group"])
    return pairs[~((pairs.split == "train") & pairs.group.isin(seen))].reset_index(drop=True)


def read_domain(*paths: Path) -> pd.DataFrame:
    """Our own sentences: id, text, target, label, target_label, phenomenon, register, service, group, split."""
    return pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths], ignore_index=True)


def number(labels: pd.Series) -> pd.Series:
    """Label words to 0, 1, 2."""
    return labels.map({name: i for i, name in enumerate(s.LABELS)}).astype("int64")


def plain(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs as published, one example each."""
    return pd.DataFrame({
        "text": pairs.text, "target": pairs.target, "label": number(pairs.label),
        "weight": pairs.source.map(s.WEIGHTS), "source": pairs.source,
    }).reset_index(drop=True)


def public_epoch(pairs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One epoch of public examples: wordings drawn, some targets mirrored, some swapped for another's."""
    rng = random.Random(seed)
    train = pairs[pairs.split == "train"]
    dull = (train.neutral_kind == "no-relation") & ~_draw(train, rng, s.KEPT_OF_NO_RELATION)
    train = train[~dull].reset_index(drop=True)
    out = plain(train)
    named = (train.target_np.fillna("") != "") & _draw(train, rng, s.SHARE_NOUN_PHRASE)
    out.loc[named, "target"] = train.target_np[named]
    out.loc[named, "label"] = number(train.label_np[named])
    _mirror(out, train.kind, named, rng)
    swapped = _draw(train, rng, s.SHARE_SWAPPED) & (train.kind != "entity-sentiment")
    others = out.target[train.kind != "entity-sentiment"].tolist()
    off_topic = out[swapped].assign(label=1, target=[rng.choice(others) for _ in range(int(swapped.sum()))])
    out = pd.concat([out, off_topic, _privately_provided(train)], ignore_index=True)
    return out.sample(frac=1.0, random_state=seed).reset_index(drop=True)


def domain_epoch(domain: pd.DataFrame, pairs: pd.DataFrame, seed: int, *, replay: int, composed: int) -> pd.DataFrame:
    """One epoch of our own train sentences under several targets, with composed and public ones beside them.

    ``replay`` is the number of public examples kept against forgetting, ``composed`` of sentences from frames.
    """
    rng = random.Random(seed)
    train = domain[domain.split == "train"]
    rows: list[tuple[str, str, int, float, str]] = []
    for text, target, label, own in zip(train.text, train.target, number(train.label),
                                        number(train.target_label), strict=True):
        rows.append((text, s.SHORT, label, 1.0, "domain"))
        if rng.random() < s.SHARE_OWN_TARGET:
            rows.append((text, target, own, 0.7, "domain-own"))
        if rng.random() < s.SHARE_REWORDED:
            rows.append((text, rng.choice(s.SAME_SIDE), label, 0.7, "domain-reworded"))
        if rng.random() < s.SHARE_OPPOSITE:
            rows.append((text, rng.choice(s.OTHER_SIDE), 2 - label, 0.7, "domain-mirrored"))
    for text, label in frames.compose(composed, seed):
        turned = rng.random() < s.SHARE_COMPOSED_OPPOSITE
        target = rng.choice(s.OTHER_SIDE) if turned else s.SHORT
        rows.append((text, target, 2 - label if turned else label, s.WEIGHT_COMPOSED, "composed"))
    own_rows = pd.DataFrame(rows, columns=s.COLUMNS)
    public = public_epoch(pairs, seed)
    public = public.assign(weight=public.weight * 0.6)
    away = public[~public.text.str.contains(_TOPIC) & (public.source != "CSTA")].iloc[:len(train) // 8]
    away = away.assign(target=s.SHORT, label=1, weight=0.7, source="off-topic")
    out = pd.concat([own_rows, away, public.iloc[-replay:] if replay else public.iloc[:0]], ignore_index=True)
    return out.sample(frac=1.0, random_state=seed).reset_index(drop=True)


def article_epoch(marked: list[Article], domain: pd.DataFrame, pairs: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One epoch of the clauses and paragraphs of our own articles, with sentences and public pairs beside them.

    A clause comes alone and behind its title and the sentence before it; a paragraph is asked for its author's view.
    """
    rng = random.Random(seed)
    rows = [row for article in marked for row in _marked(article, rng)]
    own = domain_epoch(domain, pairs, seed, replay=0, composed=s.COMPOSED_BESIDE)
    public = public_epoch(pairs, seed).sample(s.REPLAY_BESIDE, random_state=seed)
    parts = [pd.DataFrame(rows, columns=s.COLUMNS), own.sample(frac=s.SENTENCES_BESIDE, random_state=seed),
             public.assign(weight=public.weight * 0.6)]
    return pd.concat(parts, ignore_index=True).sample(frac=1.0, random_state=seed).reset_index(drop=True)


def _marked(article: Article, rng: random.Random) -> Iterator[tuple[str, str, int, float, str]]:
    before = ""
    for paragraph in article.paragraphs:
        for clause in paragraph.clauses:
            text, label = paragraph.text[clause.start:clause.end], s.LABELS.index(clause.label)
            yield text, _wording(rng), label, 1.0, "article"
            if rng.random() < s.SHARE_CLAUSE_OPPOSITE:
                yield text, rng.choice(s.OTHER_SIDE), 2 - label, 0.6, "article-mirrored"
            context = " ".join((last_sentence(paragraph.text[:clause.start]) or before).split()[-30:])
            title = " ".join(article.title.split()[:12])
            yield f"{title}. {context} >> {text}", _wording(rng), label, 1.0, "article-context"
        if paragraph.side != "not-about":
            both = paragraph.side == "mixed"
            label = 1 if both else s.LABELS.index(paragraph.side)
            yield f"{article.title}. {paragraph.text}", s.AUTHOR, label, 0.5 if both else 1.0, "article-paragraph"
        before = paragraph.text.split(". ")[-1]


def _wording(rng: random.Random) -> str:
    return s.SHORT if rng.random() < s.SHARE_SHORT else s.TARGET


def domain_part(domain: pd.DataFrame, split: str, *, mirrored: bool = False) -> pd.DataFrame:
    """Our own sentences of one split under the codebook's target, or under its opposite."""
    part = domain[domain.split == split].reset_index(drop=True)
    label = number(part.label)
    return pd.DataFrame({
        "text": part.text, "target": s.OTHER_SIDE[0] if mirrored else s.TARGET,
        "label": 2 - label if mirrored else label, "weight": 1.0, "source": "domain",
    })


def _draw(frame: pd.DataFrame, rng: random.Random, share: float) -> pd.Series:
    return pd.Series([rng.random() < share for _ in range(len(frame))], index=frame.index)


def _mirror(out: pd.DataFrame, kind: pd.Series, named: pd.Series, rng: random.Random) -> None:
    """Turn round a share of the targets in place, so that the target's own direction has to be read."""
    for i in out.index[_draw(out, rng, s.SHARE_MIRRORED) & (kind != "entity-sentiment")]:
        target = out.at[i, "target"]
        if named[i]:
            turned = rng.choice(("opposition to {}", "ending {}", "a ban on {}", "the campaign against {}"))
            out.at[i, "target"] = turned.format(target)
        elif _CLAIM.match(target):
            out.at[i, "target"] = _CLAIM.sub(lambda m: f"{m.group(1)} not", target)
        else:
            continue
        out.at[i, "label"] = 2 - out.at[i, "label"]


def _privately_provided(train: pd.DataFrame) -> pd.DataFrame:
    """The manifestos' sentences on who provides services, asked about private provision and about the opposite."""
    part = plain(train[(train.kind == "policy-stance") & (train.target_np == "private provision of public services")])
    turned = part.assign(target=s.OTHER_SIDE[-1], label=2 - part.label)
    return pd.concat([part.assign(target=s.TARGET), turned], ignore_index=True)
