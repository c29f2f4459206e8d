"""The codes of the identifier schemes: what form each scheme gives them.

A code that a spreadsheet has read as a number loses zeros in front and digits behind; the form of
its scheme tells most such damage.
"""

import re
from collections.abc import Mapping
from functools import cache

from loaders.issues import Fault
from loaders.values import Reader, gss, register_code, undamaged, wikidata_item

_FIGURES = "[0-9]{1,12}"
_FORMS: Mapping[str, tuple[str, str]] = {
    "addressbase-custodian": ("[0-9]{4}", "four figures"),
    "bs-6879": ("[A-Z]{3}", "three capitals"),
    "charity-number": ("[0-9]{6,7}(?:-[0-9]{1,3})?", "six or seven figures"),
    "company-number": ("[A-Z0-9]{2}[0-9]{6}", "eight characters, zeros in front included"),
    "e-code": ("E[0-9]{4}", "E and four figures"),
    "gov-uk-content-id": (
        "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "a UUID in small letters",
    ),
    "gov-uk-slug": ("[a-z0-9]+(?:-[a-z0-9]+)*", "small letters, figures and single hyphens"),
    "hesa": ("[0-9]{4}", "four figures"),
    "ico-registration": ("[A-Z]{1,2}[0-9]{6,7}", "one or two capitals and six or seven figures"),
    "local-planning-authority": ("[EWSN][0-9]{8}", "a letter and eight figures"),
    "mapit": (_FIGURES, "figures alone"),
    "ods": ("[A-Z0-9]{3,10}", "three to ten capitals and figures"),
    "ons-legacy": ("[0-9A-Z]{2,4}(?:-[0-9A-Z]{1,4})?", "capitals and figures"),
    "open-council-data": (_FIGURES, "figures alone"),
    "ordnance-survey": ("[0-9]{16}", "sixteen figures"),
    "parliament-thesaurus": (_FIGURES, "figures alone"),
    "planning-data-entity": (_FIGURES, "figures alone"),
    "snac": ("[0-9A-Z]{2,6}", "two to six capitals and figures"),
    "transport-authority": ("Q[1-9][0-9]*", "Q and figures"),
    "ukprn": ("[1-9][0-9]{7}", "eight figures"),
    "uprn": (_FIGURES, "up to twelve figures"),
    "whatdotheyknow": (_FIGURES, "figures alone"),
}
_READERS: Mapping[str, Reader[str]] = {
    "gss": gss,
    "local-authority-eng": register_code,
    "wikidata": wikidata_item,
}


@cache
def code_in(scheme: str) -> Reader[str]:
    """What reads the codes of a scheme (a notation of the scheme `identifier-scheme`)."""
    if scheme in _READERS:
        return _READERS[scheme]
    form, described = _FORMS[scheme]
    pattern = re.compile(form)

    @undamaged
    def read(cell: str) -> str:
        if not pattern.fullmatch(cell):
            raise Fault("bad-code", f"“{cell}” is no code of “{scheme}”: that has {described}.")
        return cell

    return read
