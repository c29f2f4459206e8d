"""A zip of Open Referral's tables becomes what the same services in JSON become."""

import io
import struct
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.open_referral.package import TABLES_FORMAT
from loaders.formats.reading.content import Content
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.issues import Effect
from tests.loaders.conftest import interpret

DATA = Path(__file__).parents[2].parent / "shared/data/services"
FORMAT = "open-referral-uk-tables"
SERVICES = "id,organization_id,name,status,url\ns1,o1,Help with forms,active,https://a.example/1\n"
TABLES = {
    "services.csv": SERVICES,
    "organizations.csv": "id,name,website\no1,Exampleton Aid,https://aid.example/\n",
    "organization_identifiers.csv": (
        "id,organization_id,identifier_scheme,identifier\ni1,o1,GB-CHC,9999999\n"
    ),
    "locations.csv": (
        "id,location_type,name,latitude,longitude,external_identifier,external_identifier_type\n"
        "l1,physical,Exampleton Hall,53.5,-2.2,100000000001,UPRN\n"
    ),
    "service_at_location.csv": "id,service_id,location_id\nv1,s1,l1\n",
    "addresses.csv": (
        "id,location_id,address_1,city,postal_code,address_type\n"
        "a1,l1,1 Hall Road,Exampleton,m99 9zz,physical\n"
    ),
    "contacts.csv": "id,service_id,title,email\nc1,s1,Front desk,enquiries@aid.example\n",
    "phones.csv": "id,contact_id,service_id,number\np1,c1,s1,0161 496 0000\n",
    "schedules.csv": (
        'id,service_id,freq,byday,opens_at,closes_at\nh1,s1,WEEKLY,"MO,TU",09:00,17:00\n'
    ),
    "cost_options.csv": "id,service_id,option,amount,currency\nk1,s1,Adults,3.50,GBP\n",
    "service_areas.csv": "id,service_id,name,uri\nr1,s1,Here,https://x.example/id/E08000003\n",
    "attributes.csv": "id,link_id,taxonomy_term_id,link_entity\nt1,s1,term1,service\n",
    "taxonomy_terms.csv": "id,code,name,taxonomy_id\nterm1,524,Forms,tax1\n",
    "taxonomies.csv": "id,name\ntax1,LGSL\n",
}
JSON = """{"id": "s1", "name": "Help with forms", "status": "active",
    "url": "https://a.example/1",
    "organization": {"id": "o1", "name": "Exampleton Aid", "website": "https://aid.example/",
        "organization_identifiers": [{"identifier_scheme": "GB-CHC", "identifier": "9999999"}]},
    "service_at_locations": [{"location": {"id": "l1", "location_type": "physical",
        "name": "Exampleton Hall", "latitude": 53.5, "longitude": -2.2,
        "external_identifier": "100000000001", "external_identifier_type": "UPRN",
        "addresses": [{"address_1": "1 Hall Road", "city": "Exampleton",
            "postal_code": "m99 9zz", "address_type": "physical"}]}}],
    "contacts": [{"title": "Front desk", "email": "enquiries@aid.example",
        "phones": [{"number": "0161 496 0000"}]}],
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00",
        "closes_at": "17:00"}],
    "cost_options": [{"option": "Adults", "amount": 3.50, "currency": "GBP"}],
    "service_areas": [{"uri": "https://x.example/id/E08000003"}],
    "attributes": [{"taxonomy_term": {"code": "524", "taxonomy": "LGSL"}}]}"""


def archive(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            opened.writestr(name, text)
    return made.getvalue()


def issues(files: Mapping[str, str | bytes]) -> list[tuple[str, int | None, str | None, str]]:
    loading = interpret(FORMAT, archive(files))
    return [(each.rule, each.row, each.field, each.message) for each in loading.issues]


def table(tmp_path: Path, content: bytes) -> Table:
    place = tmp_path / "given.zip"
    place.write_bytes(content)
    return TABLES_FORMAT.layout.read(Content("given.zip", place))


def refusal(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(StructureError) as raised:
        list(table(tmp_path, content))
    return str(raised.value)


def test_tables_make_the_same_statements_as_the_json_of_the_same_service() -> None:
    tabular = interpret(FORMAT, archive(TABLES))
    assert [str(each) for each in tabular.issues] == []
    assert len(tabular.quads) > 40
    assert set(tabular.quads) == set(interpret("open-referral-uk", JSON.encode()).quads)


def test_a_telephone_of_a_contact_is_not_the_services_too() -> None:
    numbers = [
        each for each in interpret(FORMAT, archive(TABLES)).quads if "496" in str(each.object)
    ]
    assert len(numbers) == 1


def test_the_telephone_of_a_person_is_withheld_though_the_row_names_the_service() -> None:
    files = {**TABLES, "contacts.csv": "id,service_id,name\nc1,s1,Ann Other\n"}
    loading = interpret(FORMAT, archive(files))
    assert not [each for each in loading.quads if "496" in str(each.object)]
    assert "Other" not in str(loading.quads)


def test_a_telephone_of_a_contact_that_is_not_there_is_nobodys() -> None:
    files = {**TABLES, "contacts.csv": "id,service_id,title\n"}
    loading = interpret(FORMAT, archive(files))
    assert not [each for each in loading.quads if "496" in str(each.object)]
    assert [(each.rule, each.message) for each in loading.issues] == [
        (
            "unknown-reference",
            "phones.csv, row 2 belongs to “c1”, which contacts.csv does not have; "
            "it is not loaded.",
        )
    ]


def test_a_fault_names_the_table_and_the_row_of_its_value() -> None:
    schedules = "id,service_id,byday,opens_at\nh0,s9,MO,09:00\nh1,s1,MO,25:00\n"
    found = interpret(FORMAT, archive({**TABLES, "schedules.csv": schedules})).issues
    [issue] = [each for each in found if each.effect is Effect.WITHHELD]
    assert (issue.row, issue.field, issue.value) == (2, "schedules.csv, row 3, opens_at", "25:00")


@pytest.mark.parametrize(
    ("column", "name", "text", "file", "id_"),
    [
        ("organization_id", "organizations.csv", "id,name\no2,Other\n", "services.csv", "o1"),
        ("location_id", "locations.csv", "id,name\nl2,Other\n", "service_at_location.csv", "l1"),
        ("taxonomy_term_id", "taxonomy_terms.csv", "id,name\nq,Other\n", "attributes.csv", "term1"),
    ],
)
def test_a_reference_to_nothing_is_told_with_both_tables(
    column: str, name: str, text: str, file: str, id_: str
) -> None:
    found = issues({**TABLES, name: text})
    message = f"{file}, row 2 names “{id_}”, which {name} does not have."
    assert ("unknown-reference", 2, column, message) in found


def test_an_identifier_that_two_rows_have_for_different_things_means_neither() -> None:
    bodies = "id,name\no1,Exampleton Aid\no2,Other\no1,Exampleton Aide\n"
    found = issues({**TABLES, "organizations.csv": bodies})
    message = "organizations.csv says different things of “o1” in rows 2 and 4: none is loaded."
    assert ("duplicate-key", 2, "organization_id", message) in found


def test_two_services_with_one_identifier_are_both_left_out() -> None:
    services = f"{SERVICES}s1,o1,Another,active,https://a.example/2\n"
    loading = interpret(FORMAT, archive({**TABLES, "services.csv": services}))
    left_out = [each.row for each in loading.issues if each.effect is Effect.LEFT_OUT]
    assert (left_out, loading.quads) == ([2, 3], [])


def test_a_row_that_belongs_to_nothing_is_told(tmp_path: Path) -> None:
    read = table(tmp_path, archive({**TABLES, "cost_options.csv": "id,option\nk1,Adults\n"}))
    assert len(list(read)) == 1
    assert [each.message for each in read.remarks] == [
        "cost_options.csv, row 2 does not say what it belongs to; it is not loaded."
    ]


def test_a_thousand_faults_of_one_kind_are_twenty_and_a_sum(tmp_path: Path) -> None:
    rows = "".join(f"k{number},none,Adults\n" for number in range(1000))
    read = table(tmp_path, archive({**TABLES, "cost_options.csv": f"id,service_id,option\n{rows}"}))
    assert len(list(read)) == 1
    assert len(read.remarks) == 21
    assert read.remarks[-1].message == "cost_options.csv: 980 more rows have the same fault."


def test_lines_that_end_in_cr_cr_lf_make_no_empty_rows(tmp_path: Path) -> None:
    files = {name: text.replace("\n", "\r\r\n").encode() for name, text in TABLES.items()}
    loading = interpret(FORMAT, archive(files))
    assert set(loading.quads) == set(interpret(FORMAT, archive(TABLES)).quads)
    assert {each.rule for each in loading.issues} == {"line-endings"}


def test_of_a_table_that_is_there_twice_the_standards_name_counts(tmp_path: Path) -> None:
    files = {**TABLES, "address.csv": "id,location_id,address_1\na1,l1,Elsewhere\n"}
    read = table(tmp_path, archive(files))
    [row] = list(read)
    assert isinstance(row, Row)
    assert "Elsewhere" not in str(row.cells)
    assert [each.message for each in read.remarks] == [
        "address.csv is not read: addresses.csv already is the table addresses."
    ]


def test_the_description_of_a_package_says_which_file_is_the_table(tmp_path: Path) -> None:
    package = (
        '{"resources": [{"name": "service", "path": "services.csv"}, {"name": "location", '
        '"path": "locations.csv"}, {"name": "service_at_location", "path": '
        '"service_at_location.csv"}, {"name": "address", "path": "address.csv", '
        '"dialect": {"delimiter": ";"}, "encoding": "cp1252"}]}'
    )
    files: dict[str, str | bytes] = {
        **{f"csv/{name}": text for name, text in TABLES.items()},
        "csv/address.csv": "id;location_id;address_1\na1;l1;Caf\u00e9\n".encode("cp1252"),
        "datapackage.json": package,
    }
    read = table(tmp_path, archive(files))
    [row] = list(read)
    assert isinstance(row, Row)
    assert "Caf\u00e9" in str(row.cells)
    assert "1 Hall Road" not in str(row.cells)
    named = "datapackage.json does not name csv/addresses.csv; it is not read."
    assert named in [each.message for each in read.remarks]


@pytest.mark.parametrize("text", ["../../datapackage.json", "[]", '{"resources": 1}', "[" * 9999])
def test_a_description_that_is_none_is_told_and_done_without(tmp_path: Path, text: str) -> None:
    read = table(tmp_path, archive({**TABLES, "datapackage.json": text}))
    assert len(list(read)) == 1
    assert [each.rule for each in read.remarks] == ["unexpected-structure"]


@pytest.mark.parametrize(
    "path", ["../services.csv", "/etc/services.csv", "https://x.example/a.csv"]
)
def test_a_description_that_leads_out_of_its_package_is_refused(tmp_path: Path, path: str) -> None:
    package = f'{{"resources": [{{"name": "services", "path": "{path}"}}]}}'
    assert f"“{path}”, which lies outside" in refusal(
        tmp_path, archive({**TABLES, "datapackage.json": package})
    )


@pytest.mark.parametrize("name", ["../services.csv", "/services.csv", "a\\services.csv"])
def test_a_member_that_would_lie_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    content = archive({**TABLES, "x" * len(name): "id\n"}).replace(b"x" * len(name), name.encode())
    assert "outside its folder" in refusal(tmp_path, content)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive({"services.csv": SERVICES}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.index(mark) + offset
        struct.pack_into("<H", content, place, 1)
    assert "services.csv is encrypted" in refusal(tmp_path, bytes(content))


def test_a_damaged_member_of_any_compression_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("services.csv", SERVICES)
    content = bytearray(stream.getvalue())
    data = content.index(b"services.csv") + len("services.csv")
    content[data + 4 : data + 9] = b"\xff" * 5  # the properties of the LZMA stream
    assert "services.csv cannot be unpacked" in refusal(tmp_path, bytes(content))


def test_a_small_archive_that_would_become_very_large_is_refused(tmp_path: Path) -> None:
    content = archive({"services.csv": bytes(65 << 20)})
    assert len(content) < 1 << 20
    assert "very large" in refusal(tmp_path, content)


def test_an_archive_that_lies_of_its_sizes_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive({"services.csv": SERVICES}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 5)
    assert "services.csv" in refusal(tmp_path, bytes(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no zip archive"),
        (b"id,name\n", "no zip archive"),
        (b"PK\x03\x04nonsense", "not a sound zip archive"),
        (archive({}), "no table of services"),
        (archive({"organizations.csv": "id,name\n"}), "its tables are organizations.csv"),
        (archive({"services.csv": "name\nHelp\n"}), "lacks the column id"),
        (archive({**TABLES, "phones.csv": b"id\n\xff\n"}), "given.zip, phones.csv: line 2"),
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    assert message in refusal(tmp_path, content)


def test_what_systems_put_into_archives_is_passed_over(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **TABLES,
        "__MACOSX/._services.csv": b"\x00",
        ".DS_Store": b"\x00",
    }
    read = table(tmp_path, archive(files))
    assert (len(list(read)), read.remarks) == (1, [])


@given(st.binary(max_size=200), st.integers(0, 1000))
def test_no_bytes_make_it_crash(noise: bytes, place: int) -> None:
    content = archive({"services.csv": SERVICES})
    place %= len(content)
    interpreted = content[:place] + noise + content[place + len(noise) :]
    try:
        interpret(FORMAT, interpreted)
    except StructureError:
        return


def test_many_rows_need_little_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        services = "".join(f"s{n},o1,Help {n},active\n" for n in range(count))
        content = archive({**TABLES, "services.csv": f"id,organization_id,name,status\n{services}"})
        read = table(tmp_path, content)
        del content, services
        tracemalloc.start()
        assert sum(1 for _ in read) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8000) < 2 * peak(1000) + (1 << 20)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="the publishers' own files are not here")
@pytest.mark.parametrize(
    ("folder", "description", "quads", "rules"),
    [
        (
            "oruk-v3/uk-profile/csv",
            "oruk-v3/uk-profile/datapackage.json",
            42,
            {
                "line-endings": 14,
                "out-of-scope": 7,
                "bad-code": 2,
                "bad-coordinates": 1,
                "unknown-area": 1,
                "unknown-category": 1,
                "missing-value": 1,
                "contact-of-a-person": 1,
                "unknown-reference": 1,
            },
        ),
        (
            "hsds-3/csv",
            None,
            47,
            {
                "line-endings": 14,
                "bad-code": 1,
                "bad-coordinates": 1,
                "out-of-scope": 1,
                "unknown-area": 1,
                "unknown-category": 1,
                "unexpected-structure": 1,
                "unknown-reference": 1,
            },
        ),
    ],
)
def test_the_examples_of_the_standard(
    folder: str, description: str | None, quads: int, rules: dict[str, int]
) -> None:
    files = {each.name: each.read_bytes() for each in sorted((DATA / folder).iterdir())}
    if description:
        files["datapackage.json"] = (DATA / description).read_bytes()
    loading = interpret(FORMAT, archive(files))
    assert (loading.tally.records_in, loading.tally.records_loaded) == (1, 1)
    assert Counter(each.rule for each in loading.issues) == rules
    assert len(loading.quads) == quads
