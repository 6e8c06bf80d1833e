"""Names and logins: folded so that look-alikes are one, and masked for boards that everybody sees."""

from quizapp.rules.texts import fold, is_invisible

STAR = "*"


def fold_login(login: str) -> str:
    """Return the form in which two logins are the same: width, case, every space and invisible character gone."""
    return fold(login)


def fold_name(name: str) -> str:
    """Return the form in which two names are the same; runs of spaces inside count as one."""
    return fold(name, " ")


def surname_masked(name: str) -> str:
    """Return the name for a public board: its first and last character and stars between (张*明, 李*).

    A name of one character is a star.
    """
    shown = [char for char in name.strip() if not is_invisible(char)]
    if len(shown) < 2:
        return STAR * len(shown)
    if len(shown) == 2:
        return shown[0] + STAR
    return shown[0] + STAR * (len(shown) - 2) + shown[-1]
