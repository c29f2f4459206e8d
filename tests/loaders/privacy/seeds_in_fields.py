"""Leaks in delimited files, by the field and the kind of record that they stand in."""

from collections.abc import Iterator

from tests.loaders.privacy.line import HOLDER, Fate, Seed
from tests.loaders.privacy.seeds_in_texts import (
    HOME_LINE,
    INSURANCE,
    MAIL,
    MOBILE,
    NHS,
    dataset,
    table,
)

REFUSED, WITHHELD, OUT = Fate.RELEASE_REFUSED, Fate.WITHHELD, Fate.RECORD_OUT


def seeds() -> Iterator[Seed]:
    """Each leak, with what becomes of it."""
    body = {"key": "GM-ponds", "name": "Ponds board", "type": "board"}
    asset = {"organisation": HOLDER, "ref": "A 1", "name": "Case files"}
    post = {"organisation": HOLDER, "title": "Head of Ponds"}
    flow = {"ref": "F 1", "title": "Ponds", "from": HOLDER, "to": "GM-b", "purpose": "Ponds"}
    flow["assets"] = f"{HOLDER}/A 1"
    service = {"key": "ponds", "name": "Pond care", "description": "We care."}
    place = {"key": "hall", "name": "Town Hall"}
    register = {"reference": "1", "name": "Minutes"}
    venue = {"name": "Exampleton Library", "postcode": "M99 9ZZ", "type": "Library"}
    for where, format_, cells, hidden, fate in (
        ("name of a body: an address", "organisation-csv", body | {"name": MAIL}, MAIL, REFUSED),
        ("name of a body: an NHS number", "organisation-csv", body | {"name": NHS}, NHS, REFUSED),
        (
            "key of a body: an NHS number",
            "organisation-csv",
            body | {"key": "GM-9991234004", "description": NHS},
            NHS,
            REFUSED,
        ),
        (
            "home page: an address in its query",
            "organisation-csv",
            body | {"homepage": "https://x.example/?to=jane.bloggs%40exampleton.example"},
            "jane.bloggs",
            REFUSED,
        ),
        (
            "home page: an address in its path",
            "organisation-csv",
            body | {"homepage": f"https://x.example/staff/{MAIL}/"},
            "jane.bloggs",
            REFUSED,
        ),
        (
            "home page: a profile of a person",
            "organisation-csv",
            body | {"homepage": "https://www.linkedin.com/in/jane-bloggs-0/"},
            "jane-bloggs",
            REFUSED,
        ),
        (
            "home page: a researcher's number",
            "organisation-csv",
            body | {"homepage": "https://orcid.org/0000-0000-0000-0000"},
            "0000-0000-0000-0000",
            REFUSED,
        ),
        (
            "title of a dataset: an address",
            "dataset-csv",
            {"key": "p", "title": MAIL},
            MAIL,
            REFUSED,
        ),
        (
            "keyword of a dataset: a mobile telephone",
            "dataset-csv",
            {"key": "p", "title": "Ponds", "keywords": f"water;{MOBILE}"},
            MOBILE,
            REFUSED,
        ),
        (
            "contact of a dataset: a name with a title",
            "dataset-csv",
            {"key": "p", "title": "Ponds", "contact": "Mrs J Bloggs"},
            "Bloggs",
            WITHHELD,
        ),
        (
            "contact of a dataset: an address",
            "dataset-csv",
            {"key": "p", "title": "Ponds", "contact": MAIL},
            MAIL,
            WITHHELD,
        ),
        (
            "publisher as stated: an address",
            "dataset-csv",
            {"key": "p", "title": "Ponds", "publisher-as-stated": f"Bloggs, {MAIL}"},
            MAIL,
            REFUSED,
        ),
        ("title of a post: an address", "post-csv", post | {"title": MAIL}, MAIL, OUT),
        (
            "title of a post: a name with a title",
            "post-csv",
            post | {"title": "Mrs J Bloggs"},
            "Bloggs",
            OUT,
        ),
        ("mailbox of a post: a person's", "post-csv", post | {"mailbox": MAIL}, MAIL, WITHHELD),
        ("note on a post: an address", "post-csv", post | {"note": f"Ask {MAIL}"}, MAIL, WITHHELD),
        (
            "note on a post: a day of birth",
            "post-csv",
            post | {"note": "Born on 12/03/1961."},
            "12/03/1961",
            Fate.INSIDE,
        ),
        (
            "owner of an asset: a name with a title",
            "information-asset-csv",
            asset | {"owner": "Mrs J Bloggs"},
            "Bloggs",
            WITHHELD,
        ),
        (
            "owner of an asset: a bare name",
            "information-asset-csv",
            asset | {"owner": "Jane Bloggs"},
            "Jane Bloggs",
            Fate.MISSED,
        ),
        (
            "name of an asset: a National Insurance number",
            "information-asset-csv",
            asset | {"name": f"File of {INSURANCE}"},
            INSURANCE,
            REFUSED,
        ),
        (
            "reference of an asset: an NHS number",
            "information-asset-csv",
            asset | {"ref": "9991234004"},
            NHS,
            REFUSED,
        ),
        (
            "risk of an asset: a count of persons",
            "information-asset-csv",
            asset | {"risk": "3 patients were named."},
            "3 patients",
            Fate.INSIDE,
        ),
        (
            "summary of a flow: a mobile telephone",
            "data-flow-csv",
            flow | {"public-summary": f"Ring {MOBILE}"},
            MOBILE,
            WITHHELD,
        ),
        (
            "purpose of a flow: a count of persons",
            "data-flow-csv",
            flow | {"purpose": "To find the 4 children who were harmed."},
            "4 children",
            REFUSED,
        ),
        (
            "description of a service: an address",
            "service-csv",
            service | {"description": f"Ask {MAIL}."},
            MAIL,
            REFUSED,
        ),
        (
            "address of a place: a name and a postcode",
            "place-csv",
            place | {"address": "Mrs J Bloggs; 1 High Street; M99 9ZZ"},
            "Bloggs",
            REFUSED,
        ),
        (
            "a further column of a register: an address",
            "information-asset-register-csv",
            register | {"Completed for": MAIL},
            MAIL,
            Fate.NOT_READ,
        ),
        (
            "a column for a person's name",
            "information-asset-register-csv",
            register | {"Information Asset Owner (full name)": "Jane Bloggs"},
            "Jane Bloggs",
            Fate.NOT_READ,
        ),
        (
            "a date of a register: somebody's name and number",
            "information-asset-register-csv",
            register | {"reviewed": f"12 May by J Bloggs, {HOME_LINE}"},
            HOME_LINE,
            WITHHELD,
        ),
        (
            "a date of a register: an NHS number",
            "information-asset-register-csv",
            register | {"reviewed": NHS},
            NHS,
            WITHHELD,
        ),
        (
            "a classification of a register above OFFICIAL",
            "information-asset-register-csv",
            register | {"name": "Zebra minutes", "classification": "SECRET"},
            "Zebra",
            OUT,
        ),
        (
            "e-mail of a venue: a person's",
            "venues-csv",
            venue | {"email": MAIL},
            MAIL,
            WITHHELD,
        ),
        (
            "address of a venue: a mobile telephone",
            "venues-csv",
            venue | {"address": f"1 Book Street, {MOBILE}"},
            MOBILE,
            WITHHELD,
        ),
        (
            "address of a venue: an address for mail",
            "venues-csv",
            venue | {"address": f"1 Book Street, {MAIL}"},
            MAIL,
            WITHHELD,
        ),
    ):
        why = "No rule tells the name of a person from the title of a post."
        yield Seed(
            where, format_, table(**cells), (hidden,), fate, why if fate is Fate.MISSED else ""
        )
    yield Seed(
        "the name of a file: an address",
        "dataset-csv",
        dataset("All ponds."),
        ("jane.bloggs",),
        REFUSED,
        file=f"ponds-{MAIL}.csv",
    )
    yield Seed(
        "the name of a file: a bare name",
        "dataset-csv",
        dataset("All ponds."),
        ("zebedee-bloggs",),
        Fate.MISSED,
        "A name cannot be told from other words; names of files are told with a source seen whole.",
        file="ponds-of-zebedee-bloggs.csv",
    )
