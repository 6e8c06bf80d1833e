"""A formula of Word as one line of text: fractions, powers, indices, roots; the rest by its letters."""


def linear(element) -> str:
    """Return the text of a formula element and all within it."""
    tag = element.tag
    if tag in ("t",):
        return element.text or ""
    if tag == "f":
        return f"({part(element, 'num')})/({part(element, 'den')})"
    if tag == "sSup":
        return f"{part(element, 'e')}^({part(element, 'sup')})"
    if tag == "sSub":
        return f"{part(element, 'e')}_({part(element, 'sub')})"
    if tag == "sSubSup":
        return f"{part(element, 'e')}_({part(element, 'sub')})^({part(element, 'sup')})"
    if tag == "rad":
        return f"√({part(element, 'e')})"
    if tag == "d":
        return f"({'，'.join(linear(one) for one in element.findall('e'))})"
    return "".join(linear(one) for one in element if not one.tag.endswith("Pr"))


def part(element, name: str) -> str:
    """Return the text of a named part of a formula."""
    found = element.find(name)
    return "" if found is None else linear(found)
