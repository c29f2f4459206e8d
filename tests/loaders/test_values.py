"""A cell becomes a value of its kind, or a finding that says in words why it cannot."""

import re
from contextlib import suppress
from datetime import date, timedelta
from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import Graph
from rdflib.namespace import SH

import ontology
from loaders.issues import Fault
from loaders.values import (
    Reader,
    calendar_date,
    code,
    date_in_force,
    file_type,
    gss,
    iri,
    list_number,
    notation,
    one_of,
    organisation_key,
    postcode,
    register_code,
    service_type,
    slug,
    team_address,
    team_name,
    telephone,
    theme,
    undamaged,
    web_address,
    wikidata_item,
    words,
)
from tests.loaders.conftest import BASE, MINT


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (words, "Bury  Metropolitan\n Borough\tCouncil", "Bury Metropolitan Borough Council"),
        (words, "Ynys Môn", "Ynys Môn"),
        (words, "«Ἀθῆναι» 🐝", "«Ἀθῆναι» 🐝"),
        (code, "0049", "0049"),
        (code, "7000000000018821", "7000000000018821"),
        (code, "1e3", "1e3"),
        (code, "07.00", "07.00"),
        (code, "<a>/%20", "<a>/%20"),
        (slug, "gmpte-to-tfgm", "gmpte-to-tfgm"),
        (slug, "A.b_c~1", "A.b_c~1"),
        (organisation_key, "GB-LAE-MAN", "GB-LAE-MAN"),
        (organisation_key, "GB-NHS-R0A", "GB-NHS-R0A"),
        (organisation_key, "GB-CHC-504542", "GB-CHC-504542"),
        (organisation_key, "GM-knowledge-graph", "GM-knowledge-graph"),
        (register_code, "MAN", "MAN"),
        (register_code, "NE", "NE"),
        (register_code, "SYMCA", "SYMCA"),
        (wikidata_item, "Q2302252", "Q2302252"),
        (wikidata_item, "Q7", "Q7"),
        (gss, "E08000003", "E08000003"),
        (gss, "W06000001", "W06000001"),
        (gss, "K02000001", "K02000001"),
        (calendar_date, "1974-04-01", date(1974, 4, 1)),
        (calendar_date, "2024-02-29", date(2024, 2, 29)),
        (calendar_date, "1905-05-27", date(1905, 5, 27)),
        (date_in_force, "1086-12-25", date(1086, 12, 25)),
        (date_in_force, "2011-04-01", date(2011, 4, 1)),
        (notation("organisation-type"), "MD", "MD"),
        (notation("area-type"), "metropolitan-district", "metropolitan-district"),
        (iri, "https://a.example/b#c", "https://a.example/b#c"),
        (iri, "urn:isbn:0451450523", "urn:isbn:0451450523"),
        (iri, "tag:a.example,2024:b", "tag:a.example,2024:b"),
        (service_type, "524", "http://id.esd.org.uk/service/524"),
        (service_type, "0", "http://id.esd.org.uk/service/0"),
        (service_type, "https://taxonomy.example/a", "https://taxonomy.example/a"),
        (theme, "TRAN", "http://publications.europa.eu/resource/authority/data-theme/TRAN"),
        (theme, "urn:theme:a", "urn:theme:a"),
        (file_type, "CSV", "CSV"),
        (file_type, "geojson", "GEOJSON"),
        (file_type, "GRID_ASCII", "GRID_ASCII"),
        (team_address, "waste@council.example", "waste@council.example"),
        (team_address, "open.data-team+x@a.gov.example", "open.data-team+x@a.gov.example"),
        (team_name, "Waste  team", "Waste team"),
        (telephone, "0161 496 0000", "0161 496 0000"),
        (telephone, "+44 (0)161 496-0000", "+44 (0)161 496-0000"),
        (telephone, "0161 496 0000 ext. 12", "0161 496 0000 ext. 12"),
        (postcode, "M60 2LA", "M60 2LA"),
        (postcode, "m602la", "M60 2LA"),
        (postcode, " ec1a  1bb", "EC1A 1BB"),
        (postcode, "M11AA", "M1 1AA"),
        (one_of("security-classification"), "Official - Sensitive", "OFFICIAL-SENSITIVE"),
        (one_of("security-classification"), "top secret", "TOP_SECRET"),
        (one_of("service-status", open="active"), " OPEN ", "active"),
        (undamaged(code), "012", "012"),
        (undamaged(code), "1.2.3", "1.2.3"),
        (list_number, "0", "0"),
        (list_number, "190", "190"),
    ],
)
def test_a_sound_cell_is_read(read: Reader[object], cell: str, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "rule", "message"),
    [
        (code, "E0 1", "bad-code", "“E0 1” has a space in it, and a code has none."),
        (code, "E0\u00a01", "bad-code", "“E0\u00a01” has a space in it, and a code has none."),
        (
            slug,
            "a/b",
            "bad-code",
            "“a/b” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        ),
        (
            slug,
            "a b",
            "bad-code",
            "“a b” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        ),
        (
            slug,
            "café",
            "bad-code",
            "“café” is no key: it begins with a letter or digit, and holds those and . _ ~ -",
        ),
        *(
            (
                organisation_key,
                cell,
                "bad-code",
                f"“{cell}” is not an organisation's key: it should look like GB-LAE-MAN, "
                "a register's prefix and the body's code in it.",
            )
            for cell in (
                "MAN",
                "Manchester City Council",
                "gb-lae-man",
                "GB-LAE",
                "GB-LAE-",
                "GB-LAE-M/N",
                "GB-LAE-M N",
                "GM-",
                "GM-Upper-Case",
                "GM-a_b",
                "GM-a--b",
                "GM-a-",
                "GM--a",
            )
        ),
        *(
            (
                register_code,
                cell,
                "bad-code",
                f"“{cell}” is not a register's code: it has two to five capital letters.",
            )
            for cell in ("M", "MANCHE", "man", "M4N", "M-N", "MÅN", "MAN\n")
        ),
        *(
            (
                wikidata_item,
                cell,
                "bad-code",
                f"“{cell}” is not a Wikidata item: it should look like Q2302252.",
            )
            for cell in ("2302252", "q2302252", "Q", "Q0", "Q023", "P31", "Q١٢", "wd:Q1", "Q1\n")
        ),
        *(
            (
                gss,
                cell,
                "bad-code",
                f"“{cell}” is not a GSS code: it should be one of the letters E, W, S, N, K or J "
                f"and eight digits, and this has {length} characters.",
            )
            for cell, length in (
                ("E0800003", 8),
                ("E080000003", 10),
                ("e08000003", 9),
                ("X08000003", 9),
                ("E08OOOOO3", 9),
                ("E0800000.", 9),
                ("8000003", 7),
            )
        ),
        *(
            (
                read,
                cell,
                "bad-date",
                f"“{cell}” is not a day of the calendar written like 1974-04-01.",
            )
            for read in (calendar_date, date_in_force)
            for cell in (
                "1974",
                "01/04/1974",
                "1974-4-1",
                "1974-02-30",
                "1973-02-29",
                "0000-01-01",
                "19740401",
                "1974-W14-1",
                "1974-04-01T00:00:00",
                "12024-01-01",
                "-974-04-01",
                "not known",
            )
        ),
        (
            date_in_force,
            "1905-05-27",
            "spreadsheet-date",
            "“1905-05-27” is what a spreadsheet makes of the bare year 1974; the day is not known.",
        ),
        (
            date_in_force,
            "1905-06-07",
            "spreadsheet-date",
            "“1905-06-07” is what a spreadsheet makes of the bare year 1985; the day is not known.",
        ),
        *(
            (
                iri,
                cell,
                "bad-web-address",
                f"“{cell}” is not a web address that begins with http:// or https://",
            )
            for cell in ("a.example", "urn:", "urn:x", "urn:a b:c", "mailto:a@b.example", "data:,a")
        ),
        *(
            (
                service_type,
                cell,
                "bad-code",
                f"“{cell}” is not the number of a list's entry, such as 190.",
            )
            for cell in ("0190", "٥", "9" * 5000)
        ),
        (
            theme,
            "WASTE",
            "unknown-category",
            "“WASTE” is no data theme: the list has AGRI, ECON, EDUC, ENER, ENVI, GOVE, HEAL, "
            "INTR, JUST, REGI, SOCI, TECH, TRAN.",
        ),
        (
            theme,
            "tran",
            "bad-web-address",
            "“tran” is not a web address that begins with http:// or https://",
        ),
        *(
            (
                file_type,
                cell,
                "unknown-format",
                f"“{cell}” is no code of a file type, such as CSV.",
            )
            for cell in ("text/csv", ".csv", "Excel 97", "_", "ß/")
        ),
        *(
            (team_address, cell, "bad-code", f"“{cell}” is not an e-mail address.")
            for cell in ("waste", "waste@", "@a.example", "a@b", "a b@c.example", "a@b@c.example")
        ),
        *(
            (
                team_address,
                cell,
                "contact-of-a-person",
                "The e-mail address may be a person's: it has no word such as info or enquiries, "
                "by which to tell that a team reads it.",
            )
            for cell in (
                *("jo.bloggs@a.example", "Jo_Bloggs2@a.example", "jo.bloggs-smith@a.example"),
                *("jo.mary.bloggs@a.example", "jo.o'bloggs@a.example", "jo.bloggs.2@a.example"),
                *("jobloggs1962@gmail.com", "j.bloggs@a.example", "jbloggs@team.example"),
                *("ismail@a.example", "carey@a.example", "jo.post@a.example", "JO-B@a.example"),
            )
        ),
        *(
            (
                team_name,
                cell,
                "contact-of-a-person",
                "Give the name of a team: no person's, no e-mail address, no telephone number.",
            )
            for cell in ("jo@a.example", "Waste, jo@a.example", "@", "Jo, 0161 496 0000", "Mrs Jo")
        ),
        *(
            (telephone, cell, "bad-code", f"“{cell}” is not a telephone number.")
            for cell in (
                "",
                "123456",
                "call us",
                "(((((((((",
                "0161 496 0000 or 0001",
                "٠١٦١٤٩٦٠٠٠٠",
            )
        ),
        *(
            (postcode, cell, "bad-code", f"“{cell}” is not a postcode.")
            for cell in ("M60", "M60 2L", "60 2LA", "M60 2LA1", "ＭM60 2LA", "M٦٠ 2LA")
        ),
        (
            one_of("service-status", open="active"),
            "shut",
            "unknown-category",
            "“shut” is not in the list “service-status”: it has active, defunct, inactive, "
            "temporarily-closed.",
        ),
        (
            undamaged(code),
            "12.0",
            "number-as-decimal",
            "“12.0” is a number with a decimal point: a code was stored as a number.",
        ),
        *(
            (
                list_number,
                cell,
                "bad-code",
                f"“{cell}” is not the number of a list's entry, such as 190.",
            )
            for cell in ("", "012", "-1", "1.0", "1234567", "x")
        ),
        (
            notation("membership-role"),
            "chair",
            "unknown-category",
            "“chair” is not in the list “membership-role”: it has constituent-council, member, "
            "partner.",
        ),
    ],
)
def test_a_faulty_cell_is_refused_in_words(
    read: Reader[object], cell: str, rule: str, message: str
) -> None:
    with pytest.raises(Fault) as caught:
        read(cell)
    assert (caught.value.rule, caught.value.message) == (rule, message)


@pytest.mark.parametrize("cell", ["md", "MD ", "Metropolitan district", "", "LocalAuthority"])
def test_a_category_is_taken_only_as_the_scheme_writes_it(cell: str) -> None:
    with pytest.raises(Fault, match="is not in the list “organisation-type”") as caught:
        notation("organisation-type")(cell)
    for known in ontology.notations("organisation-type"):
        assert known in caught.value.message


def test_every_year_from_1800_to_2100_read_as_a_day_count_is_refused() -> None:
    epoch = date(1899, 12, 30)
    for year in range(1800, 2101):
        with pytest.raises(Fault, match=f"bare year {year};"):
            date_in_force((epoch + timedelta(days=year)).isoformat())


def test_the_days_beside_those_of_damaged_years_are_kept() -> None:
    assert date_in_force("1904-12-03") == date(1904, 12, 3)  # the 1,799th day
    assert date_in_force("1905-10-02") == date(1905, 10, 2)  # the 2,101st


@given(st.text(st.characters(categories=["Nd"]), min_size=8, max_size=8))
@example("٠٨٠٠٠٠٠٣")
def test_a_gss_code_has_the_digits_0_to_9_alone(digits: str) -> None:
    cell = f"E{digits}"
    if digits.isascii():
        assert gss(cell) == cell
    else:
        with pytest.raises(Fault, match="is not a GSS code"):
            gss(cell)


@given(st.text(st.characters(categories=["Nd"]), min_size=8, max_size=8))
@example("١٩٧٤٠٤٠١")
def test_a_date_has_the_digits_0_to_9_alone(digits: str) -> None:
    cell = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if not digits.isascii():
        with pytest.raises(Fault, match="is not a day of the calendar"):
            calendar_date(cell)


@pytest.mark.parametrize("cell", [".", "..", ".a", "-a", "_a", "~a"])
def test_a_slug_begins_with_a_letter_or_a_digit(cell: str) -> None:
    assert slug(f"a{cell}") == f"a{cell}"
    with pytest.raises(Fault) as caught:
        slug(cell)
    assert caught.value.rule == "bad-code"


@pytest.fixture(scope="module")
def patterns() -> dict[str, str]:
    """The pattern of each shape that has one, by the shape's name."""
    shapes = Graph()
    for name in ontology.shapes():
        shapes.parse(data=ontology.turtle(name), format="turtle")
    return {
        str(shape).rpartition("#")[2]: str(pattern)
        for shape, pattern in shapes.subject_objects(SH.pattern)
    }


_OF_KEYS = st.text(st.sampled_from("GBMLAEa-zZ09._~٣é \n/"), max_size=9)


@pytest.mark.parametrize(
    ("read", "shape", "example_"),
    [
        (organisation_key, "OrganisationKey", "GB-LAE-MAN"),
        (register_code, "OrganisationLaCode", "MAN"),
        (gss, "AreaGssCode", "E08000003"),
    ],
)
@given(ending=_OF_KEYS | st.sampled_from(["GM-a", "GM-a--b", "GB-LAE-a~", "SYMCA", "E0800000٣"]))
@example(ending="AAA")
@example(ending="")
def test_a_reader_takes_what_the_shape_takes(
    patterns: dict[str, str], read: Reader[str], shape: str, example_: str, ending: str
) -> None:
    # What a reader takes and the shape refuses would keep a whole source from being published.
    pattern = patterns[shape].replace("$", r"\Z")  # XPath's $ is the end alone
    for cell in (example_, ending, example_ + ending, example_[:-1] + ending, f"GM-{ending}"):
        try:
            taken = read(cell) == cell
        except Fault:
            taken = False
        assert taken is bool(re.search(pattern, cell))


@pytest.mark.parametrize(
    ("read", "shape", "example_"),
    [
        (postcode, "AddressPostcodeForm", "M60 2LA"),
        (telephone, "ContactPointTelephone", "0161 496 0000"),
        (team_address, "ContactPointEmail", "waste@council.example"),
        (team_name, "DatasetContactTeam", "Waste team"),
    ],
)
@given(ending=st.text(max_size=9) | st.text(st.sampled_from("aA1 @.+()-\n٣"), max_size=9))
@example(ending="")
@example(ending="@")
def test_a_shape_takes_what_a_reader_takes(
    patterns: dict[str, str], read: Reader[str], shape: str, example_: str, ending: str
) -> None:
    pattern = patterns[shape].replace("$", r"\Z")
    for cell in (example_, ending, example_ + ending, ending + example_, example_[:-1] + ending):
        if cell := cell.strip():  # an empty cell is read by nobody
            with suppress(Fault):
                assert re.search(pattern, read(cell))


@given(st.text() | st.text(st.sampled_from("aA1 @.:/-_é")))
@example("9" * 5000)
def test_whatever_a_cell_holds_it_is_read_or_refused(cell: str) -> None:
    readers = (iri, service_type, theme, file_type, team_address, team_name, telephone, postcode)
    for read in (*readers, one_of("frequency"), undamaged(code), list_number):
        with suppress(Fault):
            read(cell)


@given(st.text() | st.sampled_from(["urn:x", "tag:"]).flatmap(lambda a: st.text().map(a.__add__)))
@example("urn:ab:c d")
@example("urn:ab:%zz")
@example("urn:ab:é#x")
def test_an_accepted_iri_is_one_for_the_store_too(cell: str) -> None:
    for read in (iri, service_type, theme):
        try:
            found = read(cell)
        except Fault:
            continue
        assert NamedNode(found).value == found  # raises where it is no IRI


@given(st.dates())
def test_every_day_of_the_calendar_is_read_as_it_is_written(day: date) -> None:
    assert calendar_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("read", "kind", "cells"),
    [
        (slug, "change-event", ["a", "a..", "..a", ".", ".."]),
        (organisation_key, "organisation", ["GB-LAE-A", "GB-LAE-..", "GM-.", ".", ".."]),
        (gss, "area", ["E08000003", ".", ".."]),
    ],
)
def test_a_key_makes_an_iri_that_no_client_rewrites(
    read: Reader[str], kind: str, cells: list[str]
) -> None:
    # A path segment “.” or “..” goes when a client resolves the IRI (RFC 3986, section 5.2.4).
    made = []
    for cell in cells:
        with suppress(Fault):
            made.append(MINT.thing(kind, read(cell)))
    assert made
    assert [urljoin(BASE, iri.removeprefix(BASE)) for iri in made] == made


REAL_ADDRESSES = [
    "https://www.bolton.gov.uk",
    "http://www.tfgm.com/",
    "https://southyorkshire-ca.gov.uk/",
    "http://opendatacommunities.org/id/metropolitan-district-council/bolton",
    "http://www.wikidata.org/entity/Q2302252",
    "https://example.org:8443/a?b=c&d=e#f",
    "https://example.org?only=query",
    "https://example.org#only-fragment",
    "https://example.org/%E2%82%AC/€/caf%C3%A9",
    "https://example.org/(a)/b;c=1,2/*'!$&+",
    "https://xn--bcher-kva.example/",
    "http://192.0.2.1/x",
]

BAD_ADDRESSES = [
    "www.bolton.gov.uk",
    "bolton.gov.uk/",
    "//www.bolton.gov.uk/",
    "http:/www.bolton.gov.uk",
    "http//www.bolton.gov.uk",
    "http:\\\\www.bolton.gov.uk",
    "htp://www.bolton.gov.uk",
    "http://http://www.bolton.gov.uk",
    "https://",
    "http:///path",
    "https://www.bolton.gov.uk/a page",
    "https://www.bolton.gov.uk/\nhttps://www.bury.gov.uk/",
    "https://www.bolton.gov.uk; https://www.bury.gov.uk",
    "https://www.bolton.gov.uk\u00a0",
    "https://www.bolton.gov.uk/{id}",
    "https://www.bolton.gov.uk/<id>",
    'https://www.bolton.gov.uk/"id"',
    "https://www.bolton.gov.uk/a|b",
    "https://www.bolton.gov.uk/a\\b",
    "https://www.bolton.gov.uk/100%",
    "https://www.bolton.gov.uk/%G0",
    "https://www.bolton.gov.uk:port/",
    "https://www.bolton.gov.uk:99999/",
    "https://www.bolton.gov.uk:0/",
    "https://www.bolton.gov.uk#b#c",
    "https://www.bolton.gov.uk/a#b#c",
    "https://www.bolton.gov.uk?a#b#c",
    "https://-bolton.gov.uk/",
    "https://[::1",
    "https://[2001:db8::1]]/",
    "https://user:secret@www.bolton.gov.uk/",
    "https://www.bolton.gov.uk/\ue000",
    "https://www.bolton.gov.uk/\ufffe",
    "ftp://www.bolton.gov.uk/",
    "javascript:alert(1)",
    "mailto:clerk@bolton.gov.uk",
    "urn:uuid:00000000-0000-0000-0000-000000000000",
    "n/a",
    "-",
]


@pytest.mark.parametrize("cell", REAL_ADDRESSES)
def test_a_web_address_is_kept_as_written(cell: str) -> None:
    assert web_address(cell) == cell


@pytest.mark.parametrize("cell", BAD_ADDRESSES)
def test_what_no_browser_could_open_is_no_web_address(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        web_address(cell)
    assert caught.value.rule == "bad-web-address"
    assert caught.value.message == (
        f"“{cell}” is not a web address that begins with http:// or https://"
    )


_TAIL = st.lists(
    st.sampled_from(["/", "?", "#", "[", "]", ":", "@", "%", "%41", "é", " ", "<", "\\", "::", "."])
    | st.text(max_size=3)
)


@given(
    st.text()
    | st.builds(
        lambda scheme, host, tail: scheme + host + "".join(tail),
        st.sampled_from(["http://", "https://"]),
        st.sampled_from(["example.org", "a", "192.0.2.1", "example.org:80", ""]) | st.text(),
        _TAIL,
    )
)
@example("http://a#b#c")
@example("http://a:٨٠/")
@example("http://a..b/")
def test_an_accepted_web_address_is_an_iri_for_the_store_too(cell: str) -> None:
    try:
        address = web_address(cell)
    except Fault:
        return
    assert NamedNode(address).value == cell  # raises where it is no IRI
