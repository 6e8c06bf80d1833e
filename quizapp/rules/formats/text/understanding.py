"""What the sorted lines of a question mean: its kind, its stem without marks, its answer."""

import re

from quizapp.rules.formats.drafts import CHOICES, LETTERS, Draft, read_letters, read_truth
from quizapp.rules.formats.text import blanks, marks
from quizapp.rules.formats.text.entries import Entry
from quizapp.rules.formats.text.habit import Habit
from quizapp.rules.words import N_

SCORE_TAG = re.compile(
    r"[(（\[【]\s?(?:(?:本题|共)?\s?(\d{1,3}(?:\.\d+)?)\s?分|分[数值]\s?[:：]\s?(\d{1,3}(?:\.\d+)?))\s?[)）\]】]"
)
DIFFICULTY_TAG = re.compile(r"[(（\[【]\s*难(?:易)?度\s*[:：]\s*([^()（）\[\]【】]{1,6})[)）\]】]")
KIND_TAG = re.compile(
    r"\[(?:single choice|multiple choice|true or false|fill in[^\]]*|all|partial|manual|byblank)\]", re.I
)
LETTER_BRACKET = re.compile(r"([(（])\s*([A-ZＡ-Ｚ](?:[\s、,，;；/]*[A-ZＡ-Ｚ]){0,9})\s*([)）])")
TRUTH_BRACKET = re.compile(r"([(（\[【])\s*(正确|错误|对|错|[√×✓✔✗✘TFX])\s*([)）\]】])\s*[。.]?\s*$")
TRUTH_END = re.compile(r"(?<=[。.！!？?])\s*(√|×|✓|✗|对|错|正确|错误)\s*$")
ANSWER_HEAD = re.compile(
    r"(?P<letters>[A-Z]\s?[-~—–至到]\s?[A-Z](?![A-Za-z])|[A-Z](?:[\s、,，;；/和]*[A-Z](?![a-z]))*)"
    r"(?P<rest>$|[\s。.;；,，:：(（【\[].*)",
    re.DOTALL,
)
CHOSEN = re.compile(r"(?:故|因此|所以|综上|本题)[^。\n]{0,10}?(?:选择?|答案[为是])\s?[:：]?\s?([A-Z]{1,8})(?![A-Za-z])")
ALL = re.compile(r"(?:以上)?(?:全选|全部|全对|都选|都对)")
EASY = {"易": "easy", "简单": "easy", "容易": "easy", "普通": "easy", "较易": "easy", "中": "medium", "中等": "medium"}
HARD = {"难": "hard", "困难": "hard", "较难": "hard"}


def understand(entry: Entry, habit: Habit) -> Draft:
    """Return the question an entry holds."""
    draft = Draft(
        number="" if entry.number is None else str(entry.number),
        stem=_tidy("\n".join(entry.stem)),
        options=["\n".join(lines).strip() for lines in entry.options],
        explanation="\n".join(entry.explanation).strip(),
        first=entry.first,
        last=entry.last,
        chapter=entry.chapter,
        any_order=entry.any_order,
        material=entry.material,
    )
    _take_tags(draft, entry)
    given = entry.kind or entry.section.kind
    text = _answer_text(entry)
    if entry.material:
        draft.problem(
            "shared-material", N_("This question is asked about a text above it, which is not part of the question.")
        )
    for code, message, line, params in entry.warnings:
        draft.problem(code, message, line, severity="warning", **params)
    draft.kind = given if given not in (None, "choice") else _guess(draft, text, entry, given)
    _read(draft, entry, text, habit)
    if draft.answer is not None:
        habit.answers["line" if entry.answers else "key" if entry.key else "stem"] += 1
    return draft


def _tidy(stem: str) -> str:
    return re.sub(r"^(?:\*+\s*|_(?!_)\s*)", "", stem).strip()


def _take_tags(draft: Draft, entry: Entry) -> None:
    """Take scores, difficulties and kinds in brackets out of the stem."""
    difficulty = DIFFICULTY_TAG.search(draft.stem)
    if difficulty:
        draft.stem = (draft.stem[: difficulty.start()] + draft.stem[difficulty.end() :]).strip()
    draft.difficulty = _difficulty((difficulty[1] if difficulty else entry.difficulty).strip())
    found = SCORE_TAG.search(draft.stem)
    if found and (found.start() == 0 or found.end() == len(draft.stem)):
        draft.points = _number(found[1] or found[2])
        draft.stem = (draft.stem[: found.start()] + draft.stem[found.end() :]).strip()
    elif entry.points and (score := re.match(r"\d+(?:\.\d+)?", entry.points)):
        draft.points = _number(score[0])
    elif entry.section.points is not None:
        draft.points = _number(str(entry.section.points))
    draft.stem = KIND_TAG.sub("", draft.stem).strip()


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _difficulty(text: str) -> str:
    """Return easy, medium or hard; a figure from 0 to 1 is the share that answers rightly, 1 to 3 a grade."""
    word = text.strip("度。. ")
    if word in EASY or word in HARD:
        return EASY.get(word) or HARD[word]
    if re.fullmatch(r"0?\.\d+|0|1\.0+", word):
        value = float(word)
        return "easy" if value >= 0.7 else "hard" if value < 0.4 else "medium"
    return {"1": "easy", "2": "medium", "3": "hard"}.get(word, "")


def _answer_text(entry: Entry) -> str:
    """Return what answers the question, lines joined; a key elsewhere counts where the question itself has nothing."""
    if entry.answers:
        return "\n".join(text for _, text in entry.answers).strip()
    return (entry.key or entry.lead or "").strip()


def _guess(draft: Draft, text: str, entry: Entry, given: str | None) -> str | None:
    """Return the kind that options, answer and blanks speak for."""
    letters = read_letters(_split_letters(text)[0] or "") or _bracket_letters(draft.stem) or ""
    if draft.options or given == "choice":
        if _are_truth_options(draft.options) and len(letters) <= 1 and given != "choice":
            return "true_false"
        return "multiple_choice" if len(letters) > 1 else "single_choice"
    if read_truth(text) is not None or TRUTH_BRACKET.search(draft.stem):
        return "true_false"
    if letters and read_letters(text):
        return "multiple_choice" if len(letters) > 1 else "single_choice"
    if blanks.BLANK.search(draft.stem) or entry.in_brackets:
        return "fill_blank"
    return "short_answer" if text else None


def _are_truth_options(options: list[str]) -> bool:
    return len(options) == 2 and {read_truth(option) for option in options} == {True, False}


def _read(draft: Draft, entry: Entry, text: str, habit: Habit) -> None:
    if draft.kind in CHOICES:
        _read_choice(draft, text)
    elif draft.kind == "true_false":
        _read_truth(draft, text)
    elif draft.kind == "fill_blank":
        blanks.read(draft, entry, text, habit)
    elif draft.kind == "short_answer":
        draft.answer = _without_lead(text) or None


def _without_lead(text: str) -> str:
    return re.sub(r"^(?:答\s*[:：])\s*", "", text).strip()


def _split_letters(text: str) -> tuple[str | None, str]:
    """Return (letters, what stands behind them): "B 参见教材 2 页。" gives B; None where no letter begins the text."""
    found = ANSWER_HEAD.match(
        "".join(marks.half_width(char) if "Ａ" <= char <= "Ｚ" else char for char in text.strip())
    )
    if not found:
        return None, text
    return found["letters"], found["rest"].strip(" 。.;；,，:：\n")


def _bracket_letters(stem: str) -> str | None:
    found = LETTER_BRACKET.findall(stem)
    return read_letters(found[-1][1]) if found else None


def _read_choice(draft: Draft, text: str) -> None:
    letters, behind = _split_letters(text)
    if letters is None and ALL.match(text) and draft.options:
        letters, behind = LETTERS[: len(draft.options)], ""
    draft.answer = read_letters(letters) if letters else None
    if not text and (chosen := CHOSEN.findall(draft.explanation)) and not _bracket_letters(draft.stem):
        draft.answer = read_letters(chosen[-1])
        draft.problem(
            "answer-from-explanation",
            N_("The answer was found in the explanation only; please look at it."),
            severity="warning",
        )
    if draft.answer is None and text:
        draft.answer = _letter_of(draft.options, text)
        behind = "" if draft.answer else text
    if behind:
        draft.explanation = "\n".join(filter(None, [behind, draft.explanation]))
    _empty_letter_bracket(draft)
    if not draft.options and (draft.answer or text):
        draft.problem("no-options", N_("The options of this question are not in the file."))


def _letter_of(options: list[str], text: str) -> str | None:
    """Return the letter of the option whose words are the answer."""
    words = [option for option in options if option.strip(" 。.") == text.strip(" 。.")]
    return LETTERS[options.index(words[0])] if len(words) == 1 else None


def _empty_letter_bracket(draft: Draft) -> None:
    """Take the answer out of the bracket of the stem; it is the answer, or has to agree with it."""
    fitting = [
        found
        for found in LETTER_BRACKET.finditer(draft.stem)
        if not draft.options
        or all(LETTERS.index(letter) < len(draft.options) for letter in read_letters(found[2]) or "")
    ]
    same = [found for found in fitting if read_letters(found[2]) == draft.answer]
    if draft.answer is not None and not same:
        if fitting and fitting[-1].end() >= len(draft.stem.rstrip(" 。.？?：:")):
            draft.problem(
                "answer-contradicts",
                N_("The bracket in the text says %(bracket)s, the answer says something else."),
                bracket=fitting[-1][2],
            )
        return
    found = (same or fitting)[-1] if same or fitting else None
    if found is None:
        return
    draft.answer = read_letters(found[2])
    draft.stem = draft.stem[: found.start()] + found[1] + found[3] + draft.stem[found.end() :]


def _read_truth(draft: Draft, text: str) -> None:
    if text:
        head, _, behind = text.partition("\n")
        draft.answer = _truth(head, draft.options)
        if draft.answer is None:
            found = re.match(r"(正确|错误|不正确|不对|对|错|√|×|✓|✗)[\s。.,，;；]+(.*)", head, re.DOTALL)
            if found:
                draft.answer, behind = read_truth(found[1]), "\n".join(filter(None, [found[2], behind]))
        if behind.strip():
            draft.explanation = "\n".join(filter(None, [behind.strip(), draft.explanation]))
    for pattern in (TRUTH_BRACKET, TRUTH_END):
        found = pattern.search(draft.stem)
        if found:
            inside = read_truth(found[2] if pattern is TRUTH_BRACKET else found[1])
            if draft.answer is None:
                draft.answer = inside
            elif inside != draft.answer:
                draft.problem(
                    "answer-contradicts",
                    N_("The bracket in the text says %(bracket)s, the answer says something else."),
                    bracket=found[0].strip(),
                )
            middle = found[1] + found[3] if pattern is TRUTH_BRACKET else ""
            draft.stem = (draft.stem[: found.start()] + middle).rstrip()
            break
    if _are_truth_options(draft.options):
        draft.options = []


def _truth(text: str, options: list[str]) -> bool | None:
    """Return what the answer says; a letter means the option that bears it."""
    letters = read_letters(text)
    if options and letters and len(letters) == 1 and LETTERS.index(letters) < len(options):
        return read_truth(options[LETTERS.index(letters)])
    if not options and text.strip().upper() in ("A", "B"):
        return text.strip().upper() == "A"
    return read_truth(text)
