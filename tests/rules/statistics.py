"""How far counts may stray by chance before a test says that something is not fair."""


def chi_square_limit(degrees: int, z: float = 2.33) -> float:
    """Return the value a chi-square statistic passes with p = 0.01 (Wilson and Hilferty's approximation)."""
    spread = 2 / (9 * degrees)
    return degrees * (1 - spread + z * spread**0.5) ** 3
