"""Names that only their surroundings can decide: weak names of gazetteers, and firms that no list holds.

In goes a place in a page, out comes whether it counts. "Mears won the contract" is the firm, "Mrs Mears" is not;
"Brightwell, a care home operator" is a firm whether or not anybody listed it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from outsource_nlp.annotate.names.cues import Cues
from outsource_nlp.annotate.names.gazetteer import Hit
from outsource_nlp.annotate.names.identity import slug, without_legal_form
from outsource_nlp.annotate.names.page import Found, Page
from outsource_nlp.annotate.names.periodicals import framed

_REACH = 7
_NO_FIRMS = frozenset({"GPE", "NORP", "DATE", "LOC", "EVENT", "LAW"})


def topical(page: Page, cues: Cues) -> bool:
    """Whether several sentences of the text are about councils, contracts and services."""
    words, phrases = page.words, cues.lists["council"]["topic"]
    return len({words.sentence[k] for k in range(len(words)) if phrases.at(words, k)}) > 2


def weak_name_counts(page: Page, hit: Hit, certain: Collection[str], cues: Cues, *, business: bool) -> bool:
    """Whether a weak name that is no council is meant here.

    ``certain`` are the ids that are named beyond doubt elsewhere in the text; ``business`` says that the text is about
    contracts, where a capital "Kier" is the firm.
    """
    words, entry = page.words, hit.entries[0]
    if _part_of_longer(page, hit):
        return False
    if entry.entity_id in certain:
        return True
    if words.at(hit.start - 1) in cues.lists["people"]["lone_titles"] and words.capital(hit.start - 1):
        return False
    acronym = all(t.isupper() for t in words.text[hit.start:hit.end])
    label = page.label[hit.start]
    if business and entry.type == "company" and (acronym or not words.opens_sentence(hit.start)):
        return True
    if label == "PERSON" and entry.type != "publication":
        return False
    if entry.type == "party":
        return not words.opens_sentence(hit.start) or acronym
    near = _near(page, hit, cues, entry.type) or (entry.type == "publication" and framed(
        words, hit.start, hit.end, cues))
    if entry.type == "publication":
        return near and (not words.opens_sentence(hit.start) or _says(page, hit.end, cues))
    if words.opens_sentence(hit.start) and page.lower[words.fold[hit.start]] and not acronym:
        return False
    return near or (label == "ORG" and (acronym or page.label[hit.start - 1] != "ORG") and not words.opens_sentence(
        hit.start) and entry.type in {"company", "union", "government"})


def _part_of_longer(page: Page, hit: Hit) -> bool:
    words = page.words
    after = words.same_sentence(hit.end - 1, hit.end) and words.capital(hit.end) and not words.fresh[hit.end] \
        and words.text[hit.end][0].isalpha()
    before = words.same_sentence(hit.start - 1, hit.start) and words.capital(hit.start - 1) and not words.fresh[
        hit.start] and words.text[hit.start - 1][0].isalpha() and not words.opens_sentence(hit.start - 1)
    return (after and words.at(hit.end) not in {"ltd", "plc", "group", "uk", "limited"}) or before or words.joined[
        hit.start] or (hit.end < len(words) and words.joined[hit.end])


def _near(page: Page, hit: Hit, cues: Cues, kind: str) -> bool:
    words, phrases = page.words, cues.lists["context"][kind]
    reach = 2 if kind == "publication" else _REACH
    places = [*range(max(0, hit.start - reach), hit.start), *range(hit.end, min(len(words), hit.end + reach))]
    return any(words.same_sentence(hit.start, k) and phrases.at(words, k) for k in places)


def _says(page: Page, k: int, cues: Cues) -> bool:
    return page.words.at(k) in cues.lists["people"]["report_verbs"] or page.words.at(k) in {
        "magazine", "newspaper", "has", "'s"}


def model_organisations(page: Page, taken: Collection[int], cues: Cues) -> Iterator[Found]:
    """What the model calls an organisation and nobody else claimed; a company where the words around say so."""
    words = page.words
    for start, end, label in page.names:
        if label not in {"ORG", "PERSON", "PRODUCT", "GPE", "FAC"}:
            continue
        while start < end and (not words.capital(start) or words.fold[start] in {"the", "a"}):
            start += 1
        while end > start and (words.fold[end - 1] == "'s" or not words.text[end - 1][0].isalnum()):
            end -= 1
        if start >= end or any(k in taken for k in range(start, end)) or _doubtful(page, start, end, cues):
            continue
        company = firm_context(page, start, end, cues)
        if not company and (label != "ORG" or end - start < 2):
            continue
        name = words.written(start, end)
        kind = "company" if company else "organisation"
        name = without_legal_form(name)
        yield Found(start, end, kind, f"{kind}:{slug(name)}", name, "model-in-context" if company else "model")


def _doubtful(page: Page, start: int, end: int, cues: Cues) -> bool:
    words = page.words
    inner = range(start, end)
    if any(words.fresh[k] for k in inner if k > start) or len(words.text[start]) < 2:
        return True
    if end - start == 1 and (words.fold[start] in cues.lists["people"]["not_in_names"] or words.text[start].isdigit()):
        return True
    proper = [k for k in inner if words.capital(k) and not page.lower[words.fold[k]]
              and words.fold[k] not in cues.lists["people"]["not_in_names"]]
    loud_lead = words.text[start].isupper() and words.same_sentence(start - 1, start) and len(
        words.text[start - 1]) > 1 and words.text[start - 1].isalpha() and words.text[start - 1].isupper()
    shouted = loud_lead or (
        end - start > 1 and all(words.text[k].isupper() for k in inner if words.text[k][0].isalpha()))
    if "," in words.text[start:end] or any(len(words.text[k]) == 4 and words.text[k].isdigit() for k in inner):
        return True
    unlike = cues.lists["organisations"]["not_organisations"].before(words, end) > 0
    return not proper or shouted or unlike or "(" in words.text[start:end]


def firm_context(page: Page, start: int, end: int, cues: Cues) -> bool:
    """Whether the words around say that this is a firm."""
    words, lists = page.words, cues.lists["firms"]
    before, after = words.at(start - 1), words.at(end)
    if words.same_sentence(start - 1, start) and (before in lists["nouns"] or _announced(page, start, cues)):
        return True
    if not words.same_sentence(start, end):
        return False
    if after in {"shares", "plc", "shareholders", "bosses"} or (after, words.at(end + 1)) == ("managing", "director"):
        return True
    work = lists.get(f"work_{before}", ())
    if any(words.at(k) in work and words.same_sentence(k, start) for k in range(max(0, start - 6), start - 1)):
        return page.label[start] in {"ORG", "PERSON", "PRODUCT", ""} and after not in {"'s", "which", "who"}
    based = after == "," and words.at(end + 1) in {"based", "headquartered"} and words.at(end + 2) in {"in", "at"}
    if based and page.label[start] not in _NO_FIRMS:
        return True
    return _wins_work(page, end, cues) or (after == "," and _apposition(page, end + 1, cues))


def _announced(page: Page, start: int, cues: Cues) -> bool:
    """"its own company, Acme,", "operators such as Acme", "an analyst at Acme"."""
    words, nouns = page.words, cues.lists["firms"]["nouns"]
    before, noun = words.at(start - 1), words.at(start - 2)
    if before == "such" or (before == "as" and noun == "such"):
        return words.at(start - 3) in nouns
    if before in {"like", "including"}:
        return noun in nouns or (noun == "," and words.at(start - 3) in nouns)
    if before == "," and noun in nouns and not noun.endswith("s"):
        return words.at(start + 1) in {",", ".", "("} or words.at(start + 2) in {",", ".", "("}
    return before == "at" and noun in cues.lists["firms"]["staff"] and page.label[start] not in _NO_FIRMS


def _wins_work(page: Page, k: int, cues: Cues) -> bool:
    """"... won the contract", "..., which runs four homes", "... made a profit"."""
    words, lists = page.words, cues.lists["firms"]
    while words.at(k) in {"has", "had", "have", "also", "then", "later"}:
        k += 1
    follows = words.fold[k:k + 7]
    if follows[:1] and follows[0] in lists["wins_work"]:
        return any(w in lists["work"] for w in follows[1:])
    if follows[:2] == ("was", "awarded"):
        return "contract" in follows or "tender" in follows
    if follows[:1] and follows[0] in lists["posts_results"]:
        return any(w in lists["results"] for w in follows[1:5])
    return follows[:2] == (",", "which") and words.at(k + 2) in lists["runs"] and page.label[k - 1] in {
        "ORG", "PERSON", "PRODUCT", ""}


def firms_by_context(page: Page, taken: Collection[int], runs: Iterable[tuple[int, int]],
                     cues: Cues) -> Iterator[Found]:
    """Capital words that no list, form or model named and that the words around make a firm."""
    words = page.words
    for start, end in runs:
        while start < end and words.fold[start] in {"the", "a", "but", "and", "when", "if", "in"}:
            start += 1
        listed = next((k for k in range(start + 1, end) if words.fold[k] == "and"), end)
        if listed == start + 1 and _announced(page, start, cues):
            end = listed
        if start >= end or end - start > 4 or any(k in taken for k in range(start, end)):
            continue
        common = words.opens_sentence(start) and page.lower[words.fold[start]] > 0
        if common or _doubtful(page, start, end, cues):
            continue
        told = words.at(start - 1) in cues.lists["firms"]["nouns"] and not words.at(start - 1).endswith("s")
        if (told or page.label[start] not in _NO_FIRMS) and firm_context(page, start, end, cues):
            name = without_legal_form(words.written(start, end))
            yield Found(start, end, "company", f"company:{slug(name)}", name, "firm-in-context")


def _apposition(page: Page, k: int, cues: Cues) -> bool:
    """"..., a care home operator", "..., the country's largest outsourcer"."""
    words, lists = page.words, cues.lists["firms"]
    if words.at(k) not in {"a", "an", "the", "one", "then", "which", "part"}:
        return False
    phrase: list[str] = []
    while k < len(words) and words.text[k] not in {",", ".", ";", "("} and len(phrase) < 9:
        phrase.append(words.fold[k])
        k += 1
    grouped = phrase[0] == "part" and "group" in phrase
    return grouped or any(w in lists["nouns"] for w in phrase) or any(
        p in " ".join(phrase) for p in lists["apposed"].phrases)


def listed_firms(page: Page, found: Collection[Found], taken: Collection[int], cues: Cues) -> Iterator[Found]:
    """Capital words in one list with a known company: "Serco, Brightwell and Capita"."""
    words = page.words
    for company in found:
        if company.type != "company":
            continue
        behind = company.end
        if words.at(behind) in {",", "and", "or"}:
            behind += 1
            behind += words.at(behind) in {"and", "or"}
            if _listable(page, behind, company, taken, cues) and words.at(behind + 1) in {",", "and", "or", "."}:
                yield _listed(page, behind)
        ahead = company.start - 2
        alone = words.at(ahead + 1) == "and" and not words.capital(ahead - 1)
        if alone and _listable(page, ahead, company, taken, cues):
            yield _listed(page, ahead)


def _listable(page: Page, k: int, company: Found, taken: Collection[int], cues: Cues) -> bool:
    words = page.words
    return (0 <= k < len(words) and k not in taken and words.capital(k) and len(words.text[k]) > 2
            and words.same_sentence(company.start, k) and not words.fresh[max(k, company.start)]
            and not words.capital(k + 1) and not page.lower[words.fold[k]]
            and page.label[k] in {"ORG", "PRODUCT", "PERSON"}
            and words.fold[k] not in cues.lists["people"]["not_in_names"])


def _listed(page: Page, k: int) -> Found:
    name = page.words.text[k]
    return Found(k, k + 1, "company", f"company:{slug(name)}", name, "list-of-companies")
