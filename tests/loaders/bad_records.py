"""Records that break a rule, each beside a good one, and what is to be told of them."""

from typing import NamedTuple

import ontology
from loaders.issues import Effect

ORGANISATIONS = "key,name,type,founded,dissolved,homepage,administers,replaced-by\n"
GOOD_ORGANISATION = "GB-LAE-ZZZ,Good Council,MD,1974-04-01,,https://good.example/,E08000099,\n"
AREAS = "code,name,type,within\n"
GOOD_AREA = "E08000099,Goodton,metropolitan-district,E47000099\n"
IDENTIFIERS = "kind,key,scheme,code\n"
GOOD_IDENTIFIER = "organisation,GB-LAE-ZZZ,hesa,0049\n"
LINKS = "kind,key,same-as\n"
GOOD_LINK = "organisation,GB-LAE-ZZZ,http://www.wikidata.org/entity/Q1\n"
MEMBERSHIPS = "member,organisation,role,began,ended\n"
GOOD_MEMBERSHIP = "GB-LAE-ZZZ,GB-LAE-GMCA,constituent-council,,\n"
EVENTS = "key,title,date,before,after\n"
GOOD_EVENT = "good,Something good,2011-04-01,GM-z,GM-y\n"
SERVICES = "key,name,types,status,page,modified\n"
GOOD_SERVICE = "good,Good service,524,active,https://good.example/,2024-04-01\n"
PLACES = "key,name,postcode,latitude,longitude\n"
GOOD_PLACE = "good,Good place,M60 2LA,53.479,-2.2446\n"
DATASETS = "key,title,themes,frequency,issued\n"
GOOD_DATASET = "good,Good data,ENVI,monthly,2024-04-01\n"
DISTRIBUTIONS = "key,dataset,access-url,format,byte-size\n"
GOOD_DISTRIBUTION = "good,good,https://good.example/,CSV,9\n"
CONCEPTS = "iri,scheme,notation,label,broader\n"
GOOD_CONCEPT = "urn:list:good,urn:list:a,99,Good,\n"

LEFT_OUT, WITHHELD, NOTED = Effect.LEFT_OUT, Effect.WITHHELD, Effect.NOTED


class Told(NamedTuple):
    """What an issue says: row, field and value, the effect, and the sentence."""

    row: int | None
    field: str | None
    value: str | None
    effect: Effect
    message: str


class Bad(NamedTuple):
    """A header, a good record, bad ones that break a rule, and what is to be told of them."""

    rule: str
    format: str
    header: str
    good: str
    rows: str
    told: tuple[Told, ...]


def organisation(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "organisation-csv", ORGANISATIONS, GOOD_ORGANISATION, rows, told)


def area(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "area-csv", AREAS, GOOD_AREA, rows, told)


def identifier(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "identifier-csv", IDENTIFIERS, GOOD_IDENTIFIER, rows, told)


def link(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "link-csv", LINKS, GOOD_LINK, rows, told)


def membership(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "membership-csv", MEMBERSHIPS, GOOD_MEMBERSHIP, rows, told)


def event(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "change-event-csv", EVENTS, GOOD_EVENT, rows, told)


def service(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "service-csv", SERVICES, GOOD_SERVICE, rows, told)


def place(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "place-csv", PLACES, GOOD_PLACE, rows, told)


def dataset(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "dataset-csv", DATASETS, GOOD_DATASET, rows, told)


def distribution(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "distribution-csv", DISTRIBUTIONS, GOOD_DISTRIBUTION, rows, told)


def concept(rule: str, rows: str, *told: Told) -> Bad:
    return Bad(rule, "concept-csv", CONCEPTS, GOOD_CONCEPT, rows, told)


EMPTY = "The cell is empty, and every record needs it."
NO_GSS = (
    "is not a GSS code: it should be one of the letters E, W, S, N, K or J and eight digits, "
    "and this has"
)
NO_KEY = (
    "is not an organisation's key: it should look like GB-LAE-MAN, "
    "a register's prefix and the body's code in it."
)
TYPES = ", ".join(sorted(ontology.notations("organisation-type")))

BAD_RECORDS = [
    organisation(
        "missing-value",
        "GB-LAE-AAA,,MD,,,,,\n,Nameless,MD,,,,,\nGB-LAE-BBB,B,,,,,,\n",
        Told(3, "name", None, LEFT_OUT, EMPTY),
        Told(4, "key", None, LEFT_OUT, EMPTY),
        Told(5, "type", None, LEFT_OUT, EMPTY),
    ),
    event(
        "missing-value",
        "e,An event,2011-04-01,,\n",
        Told(3, None, None, LEFT_OUT, "The event names no organisation, before or after."),
    ),
    distribution(
        "missing-value",
        "a,good,,CSV,\n,good,https://a.example/,,\nb,,https://a.example/,,\n",
        Told(3, None, None, LEFT_OUT, "The distribution has no web address at all."),
        Told(4, "key", None, LEFT_OUT, EMPTY),
        Told(5, "dataset", None, LEFT_OUT, EMPTY),
    ),
    area(
        "ragged-row",
        "E08000001,Bolton\nE08000002,Bury,metropolitan-district,,\n",
        Told(3, None, None, LEFT_OUT, "The row has 2 cells and the header has 4 columns."),
        Told(4, None, None, LEFT_OUT, "The row has 5 cells and the header has 4 columns."),
    ),
    area(
        "control-character",
        "E08000001,Bol\x07ton,metropolitan-district,\n",
        Told(
            3,
            "name",
            "Bol\x07ton",
            LEFT_OUT,
            "The cell holds the unprintable character U+0007.",
        ),
    ),
    organisation(
        "control-character",
        "GB-LAE-BBB,B,MD,,,http://b.example/\x92,E08000001;E08\x00000002,\n",
        Told(
            3,
            "homepage",
            "http://b.example/\x92",
            WITHHELD,
            "The cell holds the unprintable character U+0092.",
        ),
        Told(
            3,
            "administers",
            "E08\x00000002",
            WITHHELD,
            "The cell holds the unprintable character U+0000.",
        ),
    ),
    area(
        "bad-code",
        "E0800001,Bolton,metropolitan-district,\nE08000002,Bury,metropolitan-district,Bury\n",
        Told(3, "code", "E0800001", LEFT_OUT, f"“E0800001” {NO_GSS} 8 characters."),
        Told(4, "within", "Bury", WITHHELD, f"“Bury” {NO_GSS} 4 characters."),
    ),
    organisation(
        "bad-code",
        "MAN,Manchester,MD,,,,,\nGB-LAE-BBB,B,MD,,,,E08000001;E0800002,TfGM\n",
        Told(3, "key", "MAN", LEFT_OUT, f"“MAN” {NO_KEY}"),
        Told(4, "administers", "E0800002", WITHHELD, f"“E0800002” {NO_GSS} 8 characters."),
        Told(4, "replaced-by", "TfGM", WITHHELD, f"“TfGM” {NO_KEY}"),
    ),
    identifier(
        "bad-code",
        "organisation,GB-LAE-MAN,e-code,E 4203\n",
        Told(
            3,
            "code",
            "E 4203",
            LEFT_OUT,
            "“E 4203” is no code of “e-code”: that has E and four figures.",
        ),
    ),
    membership(
        "bad-code",
        "MAN,GB-LAE-GMCA,constituent-council,,\n",
        Told(3, "member", "MAN", LEFT_OUT, f"“MAN” {NO_KEY}"),
    ),
    event(
        "bad-code",
        "a/b,An event,,GM-a,\n",
        Told(
            3,
            "key",
            "a/b",
            LEFT_OUT,
            "“a/b” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        ),
    ),
    service(
        "bad-code",
        "a b,A,,,,\nc,C,0190,,,\n",
        Told(
            3,
            "key",
            "a b",
            LEFT_OUT,
            "“a b” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        ),
        Told(
            4,
            "types",
            "0190",
            WITHHELD,
            "“0190” is not the number of a list's entry, such as 190.",
        ),
    ),
    place(
        "bad-code",
        "a,A,M60,,\n",
        Told(3, "postcode", "M60", WITHHELD, "“M60” is not a postcode."),
    ),
    service(
        "unknown-category",
        "a,A,,open,,\n",
        Told(
            3,
            "status",
            "open",
            WITHHELD,
            "“open” is not in the list “service-status”: it has active, defunct, inactive, "
            "temporarily-closed.",
        ),
    ),
    dataset(
        "unknown-category",
        "a,A,WASTE,,\n",
        Told(
            3,
            "themes",
            "WASTE",
            WITHHELD,
            "“WASTE” is no data theme: the list has AGRI, ECON, EDUC, ENER, ENVI, GOVE, HEAL, "
            "INTR, JUST, REGI, SOCI, TECH, TRAN.",
        ),
    ),
    organisation(
        "unknown-category",
        "GB-LAE-MAN,Manchester,City,,,,,\n",
        Told(
            3,
            "type",
            "City",
            LEFT_OUT,
            f"“City” is not in the list “organisation-type”: it has {TYPES}.",
        ),
    ),
    link(
        "unknown-category",
        "council,GB-LAE-MAN,http://a.example/\n",
        Told(
            3,
            "kind",
            "council",
            LEFT_OUT,
            "“council” is no kind of thing: say one of organisation, area, service, place, "
            "dataset.",
        ),
    ),
    organisation(
        "bad-date",
        "GB-LAE-MAN,Manchester,MD,01/04/1974,1974,,,\n",
        Told(
            3,
            "founded",
            "01/04/1974",
            WITHHELD,
            "“01/04/1974” is not a day of the calendar written like 1974-04-01.",
        ),
        Told(
            3,
            "dissolved",
            "1974",
            WITHHELD,
            "“1974” is not a day of the calendar written like 1974-04-01.",
        ),
    ),
    dataset(
        "bad-date",
        "a,A,,,2024-04-01T25:00\nb,B,,,April 2024\n",
        *(
            Told(row, "issued", value, WITHHELD, f"“{value}” is {what}")
            for row, value, what in (
                (
                    3,
                    "2024-04-01T25:00",
                    "neither a day nor a time written like 2024-04-01T09:30:00Z.",
                ),
                (4, "April 2024", "not a day of the calendar written like 1974-04-01."),
            )
        ),
    ),
    distribution(
        "bad-number",
        "a,good,https://a.example/,,-1\nb,good,https://b.example/,,1.5 kB\n",
        *(
            Told(row, "byte-size", value, WITHHELD, f"“{value}” is not a whole number in figures.")
            for row, value in ((3, "-1"), (4, "1.5 kB"))
        ),
    ),
    place(
        "bad-number",
        "a,A,,53°N,-2.2446\n",
        Told(
            3,
            "latitude",
            "53°N",
            WITHHELD,
            "“53°N” is not a number in figures with a decimal point.",
        ),
    ),
    place(
        "bad-coordinates",
        "a,A,,-91.5,180.1\n",
        Told(
            3,
            "latitude",
            "-91.5",
            WITHHELD,
            "-91.5 is no latitude: it lies beyond 90 degrees.",
        ),
        Told(
            3,
            "longitude",
            "180.1",
            WITHHELD,
            "180.1 is no longitude: it lies beyond 180 degrees.",
        ),
    ),
    distribution(
        "unknown-format",
        "a,good,https://a.example/,Excel (old),\n",
        Told(
            3,
            "format",
            "Excel (old)",
            WITHHELD,
            "“Excel (old)” is no code of a file type, such as CSV.",
        ),
    ),
    organisation(
        "spreadsheet-date",
        "GB-LAE-SLF,Salford,MD,1905-05-27,,,,\n",
        Told(
            3,
            "founded",
            "1905-05-27",
            WITHHELD,
            "“1905-05-27” is what a spreadsheet makes of the bare year 1974; the day is not known.",
        ),
    ),
    membership(
        "dates-out-of-order",
        "GB-LAE-MAN,GB-LAE-GMCA,constituent-council,2012-01-01,2011-12-31\n",
        Told(
            3,
            "ended",
            "2011-12-31",
            LEFT_OUT,
            "The membership ends on 2011-12-31, before it begins on 2012-01-01.",
        ),
    ),
    organisation(
        "dates-out-of-order",
        "GB-LAE-MAN,Manchester,MD,1974-04-01,1974-03-31,,,\n",
        Told(
            3,
            "dissolved",
            "1974-03-31",
            LEFT_OUT,
            "The body ends on 1974-03-31, before it begins on 1974-04-01.",
        ),
    ),
    organisation(
        "bad-web-address",
        "GB-LAE-MAN,Manchester,MD,,,www.manchester.gov.uk,,\n",
        Told(
            3,
            "homepage",
            "www.manchester.gov.uk",
            WITHHELD,
            "“www.manchester.gov.uk” is not a web address that begins with http:// or https://",
        ),
    ),
    link(
        "bad-web-address",
        "organisation,GB-LAE-MAN,Q2302252\n",
        Told(
            3,
            "same-as",
            "Q2302252",
            LEFT_OUT,
            "“Q2302252” is not a web address that begins with http:// or https://",
        ),
    ),
    area(
        "self-reference",
        "E08000001,Bolton,metropolitan-district,E08000001\n",
        Told(3, "within", "E08000001", LEFT_OUT, "The area is said to lie within itself."),
    ),
    membership(
        "self-reference",
        "GB-LAE-MAN,GB-LAE-MAN,constituent-council,,\n",
        Told(
            3,
            "organisation",
            "GB-LAE-MAN",
            LEFT_OUT,
            "The body is said to be a member of itself.",
        ),
    ),
    event(
        "self-reference",
        "e,An event,,GM-a;GM-b,GM-a\n",
        Told(3, None, None, LEFT_OUT, "GM-a stands both before and after the event."),
    ),
    concept(
        "self-reference",
        "urn:list:1,urn:list:a,1,One,urn:list:1\n",
        Told(3, None, "urn:list:1", LEFT_OUT, "The concept is said to be wider than itself."),
    ),
    *(
        make(
            "duplicate-key",
            rows,
            *(
                Told(
                    row,
                    "key",
                    "twice",
                    LEFT_OUT,
                    f"The {subject} twice is claimed by row {other} too.",
                )
                for row, other in ((3, 4), (4, 3))
            ),
        )
        for make, subject, rows in (
            (service, "service", "twice,A,,,,\ntwice,B,,,,\n"),
            (dataset, "dataset", "twice,A,,,\ntwice,B,,,\n"),
            (
                distribution,
                "distribution",
                "twice,good,https://a.example/,,\ntwice,good,https://b.example/,,\n",
            ),
        )
    ),
    organisation(
        "duplicate-key",
        "GB-LAE-MAN,Manchester,MD,,,,,\nGB-LAE-MAN,Manchester City Council,MD,,,,,\n",
        Told(
            3,
            "key",
            "GB-LAE-MAN",
            LEFT_OUT,
            "The organisation GB-LAE-MAN is claimed by row 4 too.",
        ),
        Told(
            4,
            "key",
            "GB-LAE-MAN",
            LEFT_OUT,
            "The organisation GB-LAE-MAN is claimed by row 3 too.",
        ),
    ),
    area(
        "duplicate-key",
        "E08000001,Bolton,metropolitan-district,\n" * 2
        + "E08000001,Bolton-le-Moors,metropolitan-district,\n",
        *(
            Told(
                row,
                "code",
                "E08000001",
                LEFT_OUT,
                f"The area E08000001 is claimed by row {others} too.",
            )
            for row, others in ((3, "4 and 1 more"), (4, "3 and 1 more"), (5, "3 and 1 more"))
        ),
    ),
    area(
        "repeated-record",
        "E08000001,Bolton,metropolitan-district,\n" * 3,
        *(
            Told(
                row,
                "code",
                "E08000001",
                NOTED,
                "Row 3 already says the same of the area E08000001.",
            )
            for row in (4, 5)
        ),
    ),
    identifier(
        "shared-identifier",
        "area,E08000003,ordnance-survey,7000000000018820\n"
        "area,E08000005,ordnance-survey,7000000000018820\n",
        *(
            Told(
                row,
                "code",
                "7000000000018820",
                LEFT_OUT,
                f"The ordnance-survey 7000000000018820 is claimed by row {other} too.",
            )
            for row, other in ((3, 4), (4, 3))
        ),
    ),
    link(
        "shared-identifier",
        "organisation,GB-LAE-SCR,http://www.wikidata.org/entity/Q17020947\n"
        "organisation,GB-LAE-SYMCA,http://www.wikidata.org/entity/Q17020947\n",
        *(
            Told(
                row,
                "same-as",
                "http://www.wikidata.org/entity/Q17020947",
                LEFT_OUT,
                f"The link http://www.wikidata.org/entity/Q17020947 is claimed by row {other} too.",
            )
            for row, other in ((3, 4), (4, 3))
        ),
    ),
    place(
        "shared-identifier",
        "twice,A,,,\ntwice,B,,,\n",
        *(
            Told(row, "key", "twice", LEFT_OUT, f"The place twice is claimed by row {other} too.")
            for row, other in ((3, 4), (4, 3))
        ),
    ),
    concept(
        "shared-identifier",
        "urn:list:1,urn:list:a,7,One,\nurn:list:2,urn:list:a,7,Two,\nurn:list:3,urn:list:b,7,Three,\n",
        *(
            Told(
                row,
                "notation",
                "7",
                LEFT_OUT,
                f"The notation in urn:list:a 7 is claimed by row {other} too.",
            )
            for row, other in ((3, 4), (4, 3))
        ),
    ),
    organisation(
        "shared-area",
        "GB-LAE-SCR,Sheffield City Region,COMB,,,,E47000002,\n"
        "GB-LAE-SYMCA,South Yorkshire,COMB,,,,E47000002,\n",
        *(
            Told(
                row,
                "administers",
                "E47000002",
                NOTED,
                f"The area E47000002 is claimed by row {other} too.",
            )
            for row, other in ((3, 4), (4, 3))
        ),
    ),
    Bad(
        "line-endings",
        "area-csv",
        AREAS.replace("\n", "\r\n"),
        GOOD_AREA,
        "",
        (Told(None, None, None, NOTED, "Lines end in CR LF; they are read like LF."),),
    ),
    Bad(
        "line-endings",
        "area-csv",
        AREAS.replace("\n", "\r\r\n"),
        GOOD_AREA,
        "",
        (Told(None, None, None, NOTED, "Lines end in CR CR LF; they are read like LF."),),
    ),
    Bad(
        "byte-order-mark",
        "area-csv",
        "\ufeff" + AREAS,
        GOOD_AREA,
        "",
        (Told(None, None, None, NOTED, "The file begins with a byte order mark."),),
    ),
    Bad(
        "unknown-column",
        "area-csv",
        AREAS.replace("\n", ",twitter\n"),
        GOOD_AREA.replace("\n", ",@goodton\n"),
        "",
        (
            Told(
                None,
                "twitter",
                None,
                NOTED,
                "The format does not know this column; it is not loaded.",
            ),
        ),
    ),
]
