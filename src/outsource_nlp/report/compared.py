"""Comparisons as plain text for a terminal: keyness, shares, means, what groups share, dispersion, company, context.

DataFrames enter, one string leaves; whoever calls prints it. A screen shows a few figures of many; each line ends
with the id of one of them, for ``outsource-nlp explain``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from outsource_nlp.report.terminal import columns

SHOWN = {
    "frequency": "here", "frequency_reference": "elsewhere", "articles": "articles", "per_million": "per million",
    "mean": "mean [95 %]", "difference": "difference [95 %]",
    "log_ratio": "log ratio [95 %]", "g2": "G2", "p_adjusted": "p adjusted", "dp_norm": "DPnorm",
    "share_author": "author's voice [95 %]", "p_adjusted_author": "p adj.", "share_reported": "reported voices [95 %]",
    "p_adjusted_reported": "p adj.", "share_articles": "articles [95 %]",
}
"""The figures of a comparison that a terminal shows, with their heads."""
BALANCES = {name: name.replace("share", "balance") for name in SHOWN if name.startswith("share_")}
"""What stands in for a share in the line of a balance."""
VOICES = {
    "share_mode": "mode", "share_cue": "cue", "share_speaker": "speaker", "n_speakers": "known speakers",
    "unnamed": "quotations without a known speaker", "effective_speakers": "effective number of speakers",
    "herfindahl": "Herfindahl index", "gini": "Gini coefficient",
}
"""The figures of voices, one a line."""
BY_ID = ("share_author", "share_reported", "share_all", "share_articles", "balance_author", "balance_reported",
         "frequency", "mean")
"""The figure whose id a line shows: the first of these it has."""
MAP = {("speakers", "shared"): "speakers", ("holders", "shared"): "holders", ("aspects", "shared"): "aspects",
       ("aspects", "cosine"): "aspects, cosine", ("sides", "agree"): "same side", ("sides", "disagree"): "other side",
       ("sides", "agreement"): "agreement [95 %]"}
DISPERSION = ("group", "item", "frequency", "range", "juilland_d", "carroll_d2", "rosengren_s", "burch_da", "dp",
              "dp_norm", "dp_egbert", "dispersion_id")
COMPANY = ("group", "collocate", "f", "f2", "articles", "relations", "log_dice", "mi", "t_score", "ll", "p_adjusted",
           "collocation_id")
SMALL = 0.001


def comparison(frame: pd.DataFrame, top: int) -> str:
    """Each group's items with a few figures, those that set it apart most first; a share shows its interval."""
    if (frame["of"] == "overlap").all():
        return _map(frame)
    block = _voices if (frame["of"] == "voices").all() else _block
    return "\n\n".join(block(str(group), rows, top) for group, rows in frame.groupby("group", sort=False))


def _voices(group: str, rows: pd.DataFrame, top: int) -> str:
    """One group's speech: modes, cues, speakers and their concentration."""
    body = []
    for stratum, of_stratum in rows.groupby("stratum", sort=False):
        for name, label in VOICES.items():
            for row in of_stratum[of_stratum["statistic"] == name].itertuples():
                shared = name.startswith("share_")
                what = f"{label}: {row.item!s}" if shared else label
                if row.value or not shared:
                    body.append([f"{stratum!s}, {what}" if stratum else what, _figure(row), row.comparison_id])
    table = pd.DataFrame(body[:max(top, len(VOICES)) + top], columns=["item", "figure [95 %]", "id"])
    return f"{group}\n{columns(table, indent='  ')}"


def _block(group: str, rows: pd.DataFrame, top: int) -> str:
    """One group."""
    cells = {(row.stratum, row.item, row.statistic): row for row in rows.itertuples()}
    lines = rows[["stratum", "item"]].drop_duplicates().itertuples(index=False, name=None)
    shown = [name for name in SHOWN if name in set(rows["statistic"])]
    order = sorted(lines, key=lambda line: -abs(_value(cells.get((*line, "g2"))))) if "g2" in shown else list(lines)
    body = []
    for line in order:
        figures = [_figure(cells.get((*line, name)) or cells.get((*line, BALANCES.get(name, "")))) for name in shown]
        known = next((cells[*line, name] for name in BY_ID if (*line, name) in cells), None)
        if any(figures):
            body.append([", ".join(part for part in line if part), *figures, known.comparison_id if known else ""])
    filled = [i for i in range(len(shown) + 2) if i in (0, len(shown) + 1) or any(line[i] for line in body[:top])]
    heads = ["item", *(SHOWN[name] for name in shown), "id"]
    table = pd.DataFrame([[line[i] for i in filled] for line in body[:top]], columns=[heads[i] for i in filled])
    references = [name for name in rows["reference"].unique() if name]
    heading = f"{group} against {references[0]}" if references else group
    return f"{heading}\n{columns(table, indent='  ') if len(table) else '  nothing to compare'}"


def _map(frame: pd.DataFrame) -> str:
    """A line a pair of groups, each pair once."""
    body = []
    for key, rows in frame.groupby(["group", "reference"], sort=False):
        group, other = map(str, key)
        cells = {(row.item, row.statistic): row for row in rows.itertuples()}
        if group < other or not len(frame[(frame["group"] == other) & (frame["reference"] == group)]):
            body.append([group, other, *(_figure(cells.get(figure)) for figure in MAP),
                         cells["aspects", "shared"].comparison_id])
    return columns(pd.DataFrame(body, columns=["group", "and", *MAP.values(), "id"]))


def dispersion(frame: pd.DataFrame, top: int) -> str:
    """The most frequent items of each group with the measures that are asked for most."""
    return columns(frame.groupby("group", sort=False).head(top)[list(DISPERSION)])


def collocations(frame: pd.DataFrame, top: int) -> str:
    """The strongest collocates of each group."""
    if frame.empty:
        return "No collocate: the node does not occur, or no word is often enough near it."
    shown = frame.groupby("group", sort=False).head(top)[list(COMPANY)]
    kept = shown.loc[:, [name not in ("group", "relations") or (shown[name] != "").any() for name in shown.columns]]
    return columns(kept.assign(p_adjusted=[_p(value) for value in kept["p_adjusted"]]))


def kwic(frame: pd.DataFrame, top: int) -> str:
    """A line a hit, the match in the middle, with its source."""
    if frame.empty:
        return "No match."
    shown = frame.head(top)
    left, match = (int(shown[name].str.len().max()) for name in ("left", "match"))
    right = int(shown["right"].str.len().max())
    lines = [f"{row.left:>{left}}  {row.match:^{match}}  {row.right:<{right}}  {row.path}"
             for row in shown.itertuples()]
    return "\n".join([*lines, *([f"and {len(frame) - top} more; --csv shows all"] if len(frame) > top else [])])


def _value(row: Any) -> float:
    return 0.0 if row is None or pd.isna(row.value) else float(row.value)


def _figure(row: Any) -> str:
    """A figure with its interval and, if it is a share, what it is a share of."""
    if row is None or pd.isna(row.value):
        return ""
    if row.statistic.startswith("p_") or row.statistic == "p":
        return _p(row.value)
    share = "share" in row.unit or row.statistic == "agreement"
    if pd.isna(row.low):
        if row.statistic == "mean":
            return f"{row.value:,.2f} (one article)"
        return f"{row.value:.2f}" + (f" of {row.n}" if share else "") if not float(row.value).is_integer() else \
            f"{row.value:,.0f}"
    return f"{row.value:.2f} [{row.low:.2f} {row.high:.2f}]" + (f" of {row.n}" if share else "")


def _p(value: float) -> str:
    return "" if pd.isna(value) else "<0.001" if value < SMALL else f"{value:.3f}"
