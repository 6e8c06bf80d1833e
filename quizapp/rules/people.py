"""A person's particulars: how login, name, post and roles are evened out, and what is wrong with them."""

import unicodedata

from quizapp.rules.errors import Problem
from quizapp.rules.names import fold_login, is_invisible
from quizapp.rules.permissions import ROLES
from quizapp.rules.texts import is_storable
from quizapp.rules.words import N_

ROLE_NAMES = {
    "trainee": N_("trainee"),
    "trainer": N_("trainer"),
    "leader": N_("leader"),
    "admin": N_("administrator"),
    "auditor": N_("auditor"),
}
LONGEST = 64  # characters of a login, a name, a post
LOGIN_SIGNS = "._-@+"
NAME_SIGNS = "·.-'’() （）"
POST_SIGNS = NAME_SIGNS + '、,，/;；:：&+*#%“”"《》'


def clean_login(login: str) -> str:
    """Return a login as it is kept and shown: half width, nothing invisible, no spaces."""
    return "".join(_shown(login).split())


def clean_text(text: str) -> str:
    """Return a name or post as it is kept: half width, nothing invisible, single spaces, 张 三 as 张三."""
    words = _shown(text).split()
    return ("" if all(len(word) == 1 and not word.isascii() for word in words) else " ").join(words)


def _shown(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not is_invisible(char))


def check_person(login: str, name: str, post: str, roles: tuple[str, ...]) -> list[Problem]:
    """Return what is wrong with somebody's particulars; `place` names the field."""
    problems = [*check_login(login), *check_name(name)]
    if len(post) > LONGEST or not is_storable(post) or not _is_made_of(post, POST_SIGNS):
        message = N_("A post has at most %(longest)s characters, letters and figures.")
        problems.append(Problem("post", message, "post", {"longest": LONGEST}))
    for role in roles:
        if role not in ROLES:
            problems.append(Problem("role-unknown", N_("There is no role “%(role)s”."), "roles", {"role": role[:40]}))
    return problems


def check_login(login: str) -> list[Problem]:
    """Return what is wrong with a login name."""
    if not login:
        return [Problem("login-missing", N_("The login name is missing."), "login")]
    fits = len(login) <= LONGEST and len(fold_login(login)) <= LONGEST and is_storable(login)
    if not fits or not _is_made_of(login, LOGIN_SIGNS):
        message = N_("A login name has at most %(longest)s letters, figures and the signs %(signs)s, not “%(login)s”.")
        return [Problem("login", message, "login", {"longest": LONGEST, "signs": LOGIN_SIGNS, "login": login[:40]})]
    return []


def check_name(name: str) -> list[Problem]:
    """Return what is wrong with a person's name."""
    if not name:
        return [Problem("name-missing", N_("The name is missing."), "name")]
    if len(name) > LONGEST or not is_storable(name) or not _is_made_of(name, NAME_SIGNS):
        message = N_("A name has at most %(longest)s letters, not “%(name)s”.")
        return [Problem("name", message, "name", {"longest": LONGEST, "name": name[:40]})]
    return []


def _is_made_of(text: str, signs: str) -> bool:
    """Whether there are only letters (with their marks), figures and these signs, beginning with none of = + - @."""
    return text[:1] not in ("=", "+", "-", "@") and all(
        char in signs or unicodedata.category(char)[0] in "LNM" for char in text
    )
