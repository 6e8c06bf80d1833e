"""Drawing papers: whether a bank can fill a blueprint, and one fair draw without repeats."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from quizapp.rules.blueprint import Blueprint, Section
from quizapp.rules.errors import Invalid, Problem
from quizapp.rules.matching import match
from quizapp.rules.question_types import HELD, KINDS
from quizapp.rules.words import N_

ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A revision that may be drawn; revisions of one question are never drawn together.

    `parts` is how many questions it has, 1 but for cases; `articles` are those it cites ("slug#第三条").
    """

    question_id: int
    revision_id: int
    kind: str
    chapter: str = ""
    difficulty: str = ""
    parts: int = 1
    articles: frozenset[str] = frozenset()
    bank: str = ""


def fits(section: Section, candidate: Candidate) -> bool:
    """Return whether the section takes the candidate; an empty filter takes every bank, chapter or difficulty."""
    return (
        candidate.kind == section.kind
        and section.bank in ("", candidate.bank)
        and section.chapter in ("", candidate.chapter)
        and section.difficulty in ("", candidate.difficulty)
        and (section.kind != "case" or section.parts == candidate.parts)
        and (not section.article or _cites(candidate, section.article))
    )


def _cites(candidate: Candidate, article: str) -> bool:
    """Return whether the candidate cites "slug#第三条"; a bare 第三条 is that article of whichever handbook."""
    if "#" in article:
        return article in candidate.articles
    return any(one.rpartition("#")[2] == article for one in candidate.articles)


HELD_BACK = {  # why questions that would fit are not drawn -> the sentence behind what a section lacks
    "flagged": N_(
        "“%(section)s”: %(count)s more rest on an article that was changed; they are drawn again once somebody has "
        "compared them."
    ),
    "unreviewed": N_("“%(section)s”: %(count)s more have not been reviewed, and this exam takes only what has."),
}


def feasibility(
    blueprint: Blueprint,
    candidates: Iterable[Candidate],
    held_back: Mapping[str, Iterable[Candidate]] | None = None,
) -> list[Problem]:
    """Return why no paper can be drawn; an empty list is the promise that `draw` succeeds.

    Sections that lack questions by themselves are told first; sections that have enough alone but want the same
    questions are told together, with how many the group lacks. Behind a section that lacks questions stand those
    that are `held_back` for a reason of HELD_BACK, and the sizes of the cases that there are.
    """
    candidates = list(candidates)
    pools = _pools(blueprint, candidates)
    short = {place for place, section in enumerate(blueprint.sections) if len(pools[place]) < section.count}
    problems = []
    for place in sorted(short):
        section = blueprint.sections[place]
        problems.append(_lacking(section, place, len(pools[place])))
        problems += _held_back(section, place, held_back or {}) + _other_sizes(section, place, candidates)
    counts = [0 if place in short else section.count for place, section in enumerate(blueprint.sections)]
    matching = match([list(pool) for pool in pools], counts)
    return problems + [_contested(blueprint, jam, len(matching.contested(jam))) for jam in matching.jams]


def _pools(blueprint: Blueprint, candidates: Iterable[Candidate]) -> list[dict[int, list[int]]]:
    """For each section, the questions that fit, each with its revisions that fit."""
    by_kind = defaultdict(list)
    for candidate in candidates:
        by_kind[candidate.kind].append(candidate)
    pools = []
    for section in blueprint.sections:
        pool: dict[int, list[int]] = {}
        for candidate in by_kind[section.kind]:
            if fits(section, candidate):
                pool.setdefault(candidate.question_id, []).append(candidate.revision_id)
        pools.append(pool)
    return pools


def _lacking(section: Section, place: int, found: int) -> Problem:
    params = {"section": section.label, "count": section.count, "found": found, "missing": section.count - found}
    params |= {"parts": section.parts} if section.kind == "case" else {}
    return Problem("section-short", HELD[section.kind].LACKING, f"sections[{place}].count", params)


def _held_back(section: Section, place: int, held_back: Mapping[str, Iterable[Candidate]]) -> list[Problem]:
    counts = {why: len({one.question_id for one in them if fits(section, one)}) for why, them in held_back.items()}
    return [
        Problem(f"section-{why}", HELD_BACK[why], f"sections[{place}].count", {"section": section.label, "count": held})
        for why, held in counts.items()
        if held
    ]


def _other_sizes(section: Section, place: int, candidates: list[Candidate]) -> list[Problem]:
    """Return what other sizes the cases have that the section would take but for their size."""
    if section.kind != "case":
        return []
    alike = {(one.question_id, one.parts) for one in candidates if fits(replace(section, parts=one.parts), one)}
    sizes = Counter(parts for _, parts in alike if parts != section.parts)
    if not sizes:
        return []
    message = N_("“%(section)s”: there are cases of %(sizes)s questions.")
    told = "、".join(f"{parts} (× {count})" for parts, count in sorted(sizes.items()))
    return [Problem("case-sizes", message, f"sections[{place}].parts", {"section": section.label, "sizes": told})]


def _contested(blueprint: Blueprint, jam: frozenset[int], found: int) -> Problem:
    rivals = [blueprint.sections[place] for place in sorted(jam)]
    needed = sum(section.count for section in rivals)
    message = N_(
        "%(sections)s draw from the same questions: wanted together %(count)s, found %(found)s, missing %(missing)s."
    )
    sections = "、".join(f"“{section.label}”" for section in rivals)
    params = {"sections": sections, "count": needed, "found": found, "missing": needed - found}
    return Problem("sections-contested", message, f"sections[{min(jam)}].count", params)


def draw(
    blueprint: Blueprint,
    candidates: Iterable[Candidate],
    read: Callable[[list[int]], Mapping[int, dict]],
    rng,
    new_id: Callable[[], str],
    avoid: Collection[int] = (),
) -> dict:
    """Return a drawn paper, `{"items": […], "rule": …}`, its items in the order of the sections.

    No question comes twice, even by different revisions, and candidates that fit the same sections are drawn
    equally often; questions to `avoid` only where the others do not suffice. `read(revision_ids)` returns the content
    of the drawn ones by revision id, and is asked once. `rng`
    is a random.Random or SystemRandom; `new_id()` makes option ids. Raises Invalid with the problems of `feasibility`.
    """
    chosen = choose(blueprint, candidates, rng, avoid)
    contents = read([revision_id for revision_ids in chosen for revision_id in revision_ids])
    fresh, items, materials = _without_repeats(new_id), [], {}
    for section, revision_ids in zip(blueprint.sections, chosen, strict=True):
        for revision_id in _neighbours(revision_ids, contents):
            for item in _items(section, revision_id, contents[revision_id], materials):
                content = item.pop("content")
                items.append({"slot": str(len(items) + 1), **item, **KINDS[item["kind"]].lay_out(content, rng, fresh)})
    return {"items": items, "rule": blueprint.rule}


def _neighbours(revision_ids: list[int], contents: Mapping[int, dict]) -> list[int]:
    """Return the questions with those about the same material beside each other."""
    first: dict[str, int] = {}
    for place, one in enumerate(revision_ids):
        first.setdefault(contents[one].get("material") or str(one), place)
    return sorted(revision_ids, key=lambda one: first[contents[one].get("material") or str(one)])


def _items(section: Section, revision_id: int, content: dict, materials: dict[str, str]) -> list[dict]:
    """Return the items that a drawn revision becomes, a case one for each of its parts, each with its content."""
    shared = {"revision_id": revision_id, "points_milli": section.points_milli, "section": section.title}
    shared |= {"rule": section.rule} if section.rule else {}
    material = content["stem"] if section.kind == "case" else content.get("material")
    if material:
        shared["material"] = materials.setdefault(material, f"m{len(materials) + 1}")
    if section.kind != "case":
        return [{**shared, "kind": section.kind, "content": content}]
    return [
        {**shared, "kind": part["kind"], "part": place, "content": part} for place, part in enumerate(content["parts"])
    ]


@dataclass(frozen=True)
class Ready:
    """A blueprint with the pool of each of its sections, from which any number of papers can be picked."""

    blueprint: Blueprint
    pools: list[dict[int, list[int]]]
    narrow_first: list[int]


def prepare(blueprint: Blueprint, candidates: Iterable[Candidate]) -> Ready:
    """Return what `pick` picks from. Raises Invalid with the problems of `feasibility`."""
    candidates = list(candidates)
    pools = _pools(blueprint, candidates)
    ready = Ready(blueprint, pools, sorted(range(len(pools)), key=lambda place: len(pools[place])))
    if _match(ready, [list(pool) for pool in pools]).jams:
        raise Invalid(feasibility(blueprint, candidates))
    return ready


def choose(blueprint: Blueprint, candidates: Iterable[Candidate], rng, avoid: Collection[int] = ()) -> list[list[int]]:
    """Return the drawn revision ids of each section in random order; raises Invalid as `draw` does."""
    return pick(prepare(blueprint, candidates), rng, avoid)


def pick(ready: Ready, rng, avoid: Collection[int] = ()) -> list[list[int]]:
    """Return one paper's revision ids by section, questions to `avoid` only where the others do not suffice.

    The section with the smallest pool chooses first, so that wide sections leave it what it needs.
    """
    wishes = [_wishes(pool, ready.blueprint.count, rng, avoid) for pool in ready.pools]
    drawn: list[list[int]] = [[] for _ in ready.pools]
    for question_id, wisher in _match(ready, wishes).owners.items():
        place = ready.narrow_first[wisher]
        drawn[place].append(rng.choice(ready.pools[place][question_id]))
    for revision_ids in drawn:
        rng.shuffle(revision_ids)
    return drawn


def _wishes(pool: dict[int, list[int]], most: int, rng, avoid: Collection[int]) -> list[int]:
    """Return questions in random order, those to avoid last.

    As many as the whole paper has are enough of each pool: whatever the others take, its own share is left.
    """
    if not avoid:
        return rng.sample(list(pool), min(len(pool), most))
    fresh, seen = [one for one in pool if one not in avoid], [one for one in pool if one in avoid]
    return [*rng.sample(fresh, min(len(fresh), most)), *rng.sample(seen, min(len(seen), most))]


def _match(ready: Ready, wishes: list[list[int]]):
    counts = [ready.blueprint.sections[place].count for place in ready.narrow_first]
    return match([wishes[place] for place in ready.narrow_first], counts)


def new_option_id(rng) -> str:
    """Return four random characters a-z and 0-9, which tell nothing about the option."""
    number, made = rng.randrange(len(ID_ALPHABET) ** ID_LENGTH), ""  # asked once: a paper needs hundreds of them
    for _ in range(ID_LENGTH):
        number, place = divmod(number, len(ID_ALPHABET))
        made += ID_ALPHABET[place]
    return made


def _without_repeats(new_id: Callable[[], str]) -> Callable[[], str]:
    used: set[str] = set()

    def fresh() -> str:
        for _ in range(1000):
            made = new_id()
            if made not in used:
                used.add(made)
                return made
        raise RuntimeError("new_id repeats itself")

    return fresh
