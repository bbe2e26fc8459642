"""Abstract, claims and description of an invented patent: frames of sentences filled with the words of its industry."""

from __future__ import annotations

from collections.abc import Mapping

from patmark.demo.draws import Draw
from patmark.demo.titles import Title
from patmark.demo.words import Frames, Vocabulary, frames, joints
from patmark.patent import Claim, PatentKind, Section

Slots = Mapping[str, str]
#: Words that need not agree with the title's.
_FREE = ("field", "place", "use", "process", "material", "quality", "object", "task")
#: Parts by weight of the ingredients, the main one first.
_AMOUNTS = ((40, 60), (15, 30), (5, 14), (1, 5), (1, 3))
_HEADINGS = {
    "field": "技术领域",
    "background": "背景技术",
    "summary": "发明内容",
    "drawings": "附图说明",
    "embodiment": "具体实施方式",
}


def slots(draw: Draw, words: Vocabulary, title: Title, technique: str, *, kind: PatentKind) -> dict[str, str]:
    """Every slot of the frames, so that title, abstract, claims and description of one patent speak of one thing."""
    lists = words.lists
    found = {name: draw.pick(lists[name]) for name in _FREE if lists[name]}
    found |= title.words
    sides, ways = joints()
    found |= {
        "it": "本发明" if kind is PatentKind.INVENTION else "本实用新型",
        "ti": title.text,
        "name": title.name if title.name.startswith("一种") else "一种" + title.name,
        "stem": title.stem,
        "s1": draw.pick(sides),
        "s2": draw.pick(sides),
        "j1": draw.pick(ways),
        "j2": draw.pick(ways),
        "T": str(5 * draw.between(8, 34)),
        "h": str(draw.between(2, 12)),
        "min": str(5 * draw.between(2, 18)),
        "rpm": str(50 * draw.between(4, 30)),
        "pct": str(draw.between(8, 35)),
        "mm": str(draw.between(2, 20)),
        "deg": str(5 * draw.between(3, 14)),
        "k": str(draw.between(2, 6)),
    }
    found |= _purpose(draw, words, title, technique)
    _number(found, "p", _parts(draw, words, title))
    if lists["ingredient"]:
        _number(found, "i", _first(title.words.get("ingredient"), draw.some(lists["ingredient"], 5)))
    _number(found, "n", [str(draw.between(*span)) for span in _AMOUNTS])
    _number(found, "m", draw.some(frames("system").sentences["modules"], 4))
    if technique in ("method", "system"):
        _number(found, "t", [one.format_map(found) for one in _steps(draw, title, technique)])
    return found


def _purpose(draw: Draw, words: Vocabulary, title: Title, technique: str) -> dict[str, str]:
    """Problem and effect: those of the thing in the title where the industry knows some, else of the technique."""
    general, lists = frames(technique).sentences, words.lists
    at = draw.below(len(general["problem"]))
    known = [one for word in title.words.values() for one in words.matters.get(word, ())]
    second = general["effect"][(at + 1 + draw.below(len(general["effect"]) - 1)) % len(general["effect"])]
    if not known:
        return {"problem": general["problem"][at], "effect": general["effect"][at], "effect2": second}
    own = draw.pick(known)
    return {"problem": lists["problem"][own], "effect": lists["effect"][own], "effect2": second}


def _parts(draw: Draw, words: Vocabulary, title: Title) -> list[str]:
    """A base, the part the title names if it does, and pieces of the trade and of any machine in turn."""
    own, common = draw.some(words.lists["part"], 2), draw.some(words.lists["piece"], 2)
    return [draw.pick(words.lists["base"]), title.words.get("part", own[0]), common[0], own[1], common[1]]


def _first(word: str | None, many: list[str]) -> list[str]:
    """The words with this one in front, if there is one."""
    return [word, *(one for one in many if one != word)][:5] if word else many


def _steps(draw: Draw, title: Title, technique: str) -> list[str]:
    """Four steps in the order they are taken in."""
    frame = "made" if technique == "method" and "material" in title.words else technique
    steps = frames(frame).sentences["steps"]
    return [steps[at] for at in sorted(draw.some(range(len(steps)), 4))]


def _number(found: dict[str, str], letter: str, words: list[str]) -> None:
    found.update((f"{letter}{at}", word) for at, word in enumerate(words, 1))


def abstract(draw: Draw, technique: str, given: Slots) -> str:
    """Three or four sentences."""
    held = frames(technique).sentences
    parts = [draw.pick(held[part]) for part in ("open", "body", "motion", "close")]
    return "".join(parts).format_map(given)


def design_note(draw: Draw, title: Title, use: str) -> str:
    """The 简要说明 of a design."""
    held = frames("design").sentences
    return (
        f"1.本外观设计产品的名称：{title.text}。2.本外观设计产品的用途：用于{use}。"
        f"3.本外观设计产品的设计要点：{draw.pick(held['points'])}。"
        f"4.最能表明设计要点的图片或照片：{draw.pick(held['views'])}。"
    )


def claims(draw: Draw, technique: str, given: Slots, count: int) -> tuple[Claim, ...]:
    """So many claims: the first stands alone, others build on it or on each other, a second may stand alone too."""
    held = frames(technique)
    opening = "claim" if given["name"].endswith("系统") else "first"
    found = [Claim(1, draw.pick(held.sentences[opening]).format_map(given))]
    second = count - 1 if held.second and count > 4 and draw.chance(0.5) else 0
    extras = draw.some(held.sentences["dependent"], count - 1)
    for number, extra in enumerate(extras, 2):
        if number == second:
            found.append(Claim(number, held.second.format_map(given)))
            continue
        on, depends = _basis(draw, number, second)
        text = f"根据权利要求{on}所述的{given['stem']}，其特征在于：{extra.format_map(given)}"
        found.append(Claim(number, text, depends))
    return tuple(found)


def _basis(draw: Draw, number: int, second: int) -> tuple[str, tuple[int, ...]]:
    """On which claims the next one builds, in words and numbers."""
    last = number - 1 if not second or number < second else second - 1
    lot = draw.below(10)
    if last > 2 and lot == 0:
        return f"1至{last}任一项", tuple(range(1, last + 1))
    if last > 1 and lot == 1:
        return "1或2", (1, 2)
    if last > 1 and lot < 5:
        on = draw.between(2, last)
        return str(on), (on,)
    return "1", (1,)


def description(draw: Draw, technique: str, given: Slots) -> tuple[Section, ...]:
    """The description by its parts."""
    held: Frames = frames("description")
    told = held.sentences
    drawn = technique == "device"
    parts = {
        "field": "{it}涉及{field}技术领域，尤其涉及{ti}。",
        "background": draw.pick(told["background"]),
        "summary": draw.pick(told["purpose"]) + draw.pick(frames(technique).sentences["body"]) + "{it}{effect}。",
        "drawings": held.second if drawn else "",
        "embodiment": draw.pick(told["example"]) + "".join(draw.some(told["detail" if drawn else "detail_plain"], 4)),
    }
    return tuple(Section(text.format_map(given), part, _HEADINGS[part]) for part, text in parts.items() if text)
