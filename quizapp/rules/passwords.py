"""Which passwords are too weak, and the one-time codes on printed slips."""

import unicodedata

from quizapp.rules import codes
from quizapp.rules.errors import Problem
from quizapp.rules.names import fold_login
from quizapp.rules.texts import is_storable
from quizapp.rules.words import N_

SHORTEST, LONGEST = 8, 128
SLIP_LENGTH = 8
SLIP_RANDOM_BYTES = 5  # what one slip's code is made of

# Those that guessers try first, in the lower case without spaces and signs in which they are compared.
FIRST_GUESSES = """
    00000000 11111111 111111111 1111111111 11112222 11223344 1122334455 112233445566 12121212 123123123 12312312
    123321123 12341234 12344321 1234512345 123454321 123456789 12345678 1234567890 0123456789 1234567a 12345678a
    123456789a 1234567890a 123456abc 123456aa 123456qq 123456qwe 123654789 123698745 123qweasd 12qwaszx 13131313
    1357924680 135792468 13579246 147258369 147852369 159357258 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2
    20082008 22222222 2222222222 23456789 31415926 314159265 33333333 44444444 520131400 5201314520 52013145
    5201314a 55555555 66666666 666666666 6666666666 66668888 741852963 76543210 77777777 789456123 87654321 88888888
    888888888 8888888888 963852741 987654321 9876543210 99999999 999999999 a1234567 a12345678 a123456789
    a1b2c3d4 a1s2d3f4 aa123456 aa123456789 aa12345678 aaaaaaaa abc12345 abc123456 abc123456789 abcd1234 abcd12345
    abcd123456 abcdefgh abcdefg1 admin123 admin1234 admin12345 admin123456 administrator adminadmin anhui123 anhui123456
    asd12345 asd123456 asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl baobao123 buzhidao changeme china123 dearbook
    football gongzuo123 iloveyou iloveyou1 internet kaoshi123 kaoshi123456 letmein123 liuan123 liuan123456 liuanshi
    mima1234 mima123456 minzheng123 p@ssw0rd pass1234 passw0rd password password1 password12 password123 password1234
    q1w2e3r4 q1w2e3r4t5 qazwsx123 qazwsxedc qq123456 qq123456789 qqqqqqqq qwe123456 qweasdzxc qwer1234 qwer12345
    qwer123456 qwerqwer qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 root1234 shequ123 shequ123456
    sunshine superman test1234 trustno1 wangyut2 welcome1 welcome123 woaini11 woaini123 woaini520 woaini521 woaini1314
    woaiwojia woaizhongguo xiaoxiao xiangzhen123 xuexi123 xuexi123456 zhang123 zhangsan zhongguo zhongguo1 zxcvbnm1
    zxcvbnm123 zxcvbnma zz123456 zzzzzzzz
"""
COMMON = frozenset(FIRST_GUESSES.split())


def check(password: str, login: str) -> list[Problem]:
    """Return why a password may not be set: too short, too long, too common, too simple, or built on the login."""
    folded = fold_login(password)
    if not is_storable(password) or len(password) > LONGEST:
        message = N_("The password may have at most %(longest)s characters and no control characters.")
        return [Problem("password-not-storable", message, "password", {"longest": LONGEST})]
    if len(unicodedata.normalize("NFKC", password)) < SHORTEST:
        message = N_("The password needs at least %(shortest)s characters.")
        return [Problem("password-short", message, "password", {"shortest": SHORTEST})]
    if folded in COMMON or len(set(folded)) < 4 or _is_run(folded):
        return [Problem("password-common", N_("This password is among the first that others would guess."), "password")]
    name = fold_login(login)
    if len(name) >= 3 and name in folded:
        return [Problem("password-login", N_("The password may not contain the login name."), "password")]
    return []


def _is_run(folded: str) -> bool:
    """Whether every character follows the one before it by the same small step: 34567890, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in zip(folded, folded[1:], strict=False)}
    return len(steps) == 1 and abs(steps.pop()) <= 2


def new_slip_code(random_bytes: bytes) -> str:
    """Return a one-time code of 8 characters (40 bits) from 5 random bytes; print it with codes.grouped(code, 4)."""
    return codes.make(random_bytes, SLIP_LENGTH)


def normalise_slip_code(typed: str) -> str | None:
    """Return the one-time code that somebody typed from a slip, or None where it cannot be one."""
    return codes.normalise(typed, SLIP_LENGTH)
