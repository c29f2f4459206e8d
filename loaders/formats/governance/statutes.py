"""Statutes that words name, by the addresses of legislation.gov.uk that identify them."""

import re

_LEGISLATION = "http://www.legislation.gov.uk/id/"
_STATUTES = {
    "health and social care act 2012": "ukpga/2012/7",
    "national health service act 2006": "ukpga/2006/41",
    "nhs act 2006": "ukpga/2006/41",
    "health act 2009": "ukpga/2009/21",
    "statistics and registration service act 2007": "ukpga/2007/18",
    "digital economy act 2017": "ukpga/2017/30",
    "data protection act 2018": "ukpga/2018/12",
    "care act 2014": "ukpga/2014/23",
    "children act 1989": "ukpga/1989/41",
    "children act 2004": "ukpga/2004/31",
    "localism act 2011": "ukpga/2011/20",
    "crime and disorder act 1998": "ukpga/1998/37",
    "local government act 1972": "ukpga/1972/70",
    "health service control of patient information regulations 2002": "uksi/2002/1438",
}
_LATER = re.compile(r"\bas (?:amended|inserted|modified) by\b.*", re.IGNORECASE | re.DOTALL)
_SECTION = re.compile(r"\b(?:s\.? ?|sections? )([0-9]{1,3}[A-Za-z]{0,2})\b", re.IGNORECASE)
_REGULATION = re.compile(r"\bregulations? ([0-9]{1,3}[A-Za-z]?)\b", re.IGNORECASE)


def statute(text: str) -> str | None:
    """The address of the one statute that words name; None where they name none, or several.

    Where they name one section of an Act, or one regulation of an instrument, the address is that
    section's. What a statute was amended by is not what allows something.
    """
    named = _LATER.sub("", text)
    said = re.sub(r"[\W_]+", " ", named.casefold())
    found = {address for words, address in _STATUTES.items() if words in said}
    if len(found) != 1:
        return None
    [address] = found
    is_act = address.startswith("ukpga")
    parts = {each.upper() for each in (_SECTION if is_act else _REGULATION).findall(named)}
    if len(parts) != 1:
        return _LEGISLATION + address
    return f"{_LEGISLATION}{address}/{'section' if is_act else 'regulation'}/{parts.pop()}"
