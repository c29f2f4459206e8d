"""A source is declared in TOML; a declaration that cannot be kept is refused in words."""

from pathlib import Path

import pytest

from loaders.audience import Audience
from loaders.errors import DeclarationError
from loaders.formats import FORMATS, find_format
from loaders.source import (
    RESERVED,
    Publisher,
    Source,
    SourceFile,
    check_name,
    declared_sources,
    read_declaration,
)

FILES = """
[[files]]
name = "areas.csv"
format = "area-csv"
"""
LEAST = f'title = "A register"\n{FILES}'
NO_KEY = (
    "is not an organisation's key: it should look like GB-LAE-MAN, "
    "a register's prefix and the body's code in it."
)
NO_ADDRESS = "is not a web address that begins with http:// or https://"


def declare(parent: Path, text: str | bytes, name: str = "register") -> Path:
    """A source's folder with its declaration."""
    folder = parent / name
    folder.mkdir()
    (folder / "source.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def refusal(parent: Path, text: str | bytes) -> str:
    """Why a declaration is refused."""
    with pytest.raises(DeclarationError) as caught:
        read_declaration(declare(parent, text))
    return str(caught.value)


def test_a_declaration_with_every_key(tmp_path: Path) -> None:
    folder = declare(
        tmp_path,
        """
        title = "A register"
        description = "What somebody keeps."
        licence = "https://licence.example/"
        address = "https://keeper.example/register"
        audience = "partner"
        left-out-at-most = 3
        holder = "GB-LAE-EXA"

        [publisher]
        name = "The keeper"
        iri = "https://keeper.example/"

        [[files]]
        name = "organisations.csv"
        format = "organisation-csv"
        minimum = 0
        maximum = 9

        [organisations]
        "The  council" = "GB-LAE-EXA"
        7 = "GM-seven"

        [[files]]
        name = "areas.csv"
        format = "area-csv"
        encoding = "Windows-1252"

        [[files]]
        name = "services.json"
        format = "open-referral-uk"
        url = "https://keeper.example/services?all=1"
        full-records = true
        """,
    )
    (folder / "areas.csv").write_text("code,name,type\n")
    assert read_declaration(folder) == Source(
        name="register",
        title="A register",
        description="What somebody keeps.",
        licence="https://licence.example/",
        address="https://keeper.example/register",
        audience=Audience.PARTNER,
        left_out_at_most=3,
        publisher=Publisher("The keeper", iri="https://keeper.example/"),
        files=(
            SourceFile("organisations.csv", find_format("organisation-csv"), None, 0, 9),
            SourceFile(
                "areas.csv", find_format("area-csv"), folder / "areas.csv", encoding="cp1252"
            ),
            SourceFile(
                "services.json",
                find_format("open-referral-uk"),
                None,
                url="https://keeper.example/services?all=1",
                full_records=True,
            ),
        ),
        holder="GB-LAE-EXA",
        organisations={"The council": "GB-LAE-EXA", "7": "GM-seven"},
    )


def test_what_is_not_declared_is_what_reveals_least(tmp_path: Path) -> None:
    source = read_declaration(declare(tmp_path, LEAST))
    assert source == Source(
        "register", "A register", (SourceFile("areas.csv", find_format("area-csv"), None),)
    )
    assert source.audience is Audience.INTERNAL
    assert (source.files[0].minimum, source.files[0].maximum) == (1, None)
    assert source.left_out_at_most is None
    assert (source.holder, dict(source.organisations)) == (None, {})
    file = source.files[0]
    assert (file.encoding, file.url, file.full_records) == (None, None, False)


def test_a_publisher_may_be_an_organisation_of_ours(tmp_path: Path) -> None:
    text = LEAST + '[publisher]\nname = "GMCA"\nkey = "GB-LAE-GMCA"\n'
    publisher = read_declaration(declare(tmp_path, text)).publisher
    assert publisher == Publisher("GMCA", key="GB-LAE-GMCA")


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_can_be_declared(tmp_path: Path, format_name: str) -> None:
    text = LEAST.replace("area-csv", format_name)
    assert read_declaration(declare(tmp_path, text)).files[0].format is FORMATS[format_name]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (FILES, "a source needs a title and at least one [[files]] table."),
        ('title = "A register"', "a source needs a title and at least one [[files]] table."),
        (
            'title = "A register"\nfiles = []',
            "a source needs a title and at least one [[files]] table.",
        ),
        (f"title = 7\n{FILES}", "“title” is a text, not 7."),
        (f'title = " "\n{FILES}', "“title” is a text, not ' '."),
        (f'title = "A"\ndescription = false\n{FILES}', "“description” is a text, not False."),
        (f'title = "A"\nlicence = ["OGL"]\n{FILES}', "“licence” is a text, not ['OGL']."),
        (f'title = "A"\naddress = 1.5\n{FILES}', "“address” is a text, not 1.5."),
        (
            f'title = "A"\nlicense = "OGL"\n{FILES}',
            "there is no key “license” here, only address, audience, description, exceptions, "
            "files, holder, illustrative, left-out-at-most, licence, organisations, publisher, "
            "things-may-end, title.",
        ),
        (f'title = "A"\naudience = "staff"\n{FILES}', "there is no audience “staff”."),
        (f'title = "A"\naudience = 1\n{FILES}', "there is no audience “1”."),
        *(
            (
                f'title = "A"\nleft-out-at-most = {value}\n{FILES}',
                f"“left-out-at-most” is a whole number, not {shown}.",
            )
            for value, shown in (
                ("-1", "-1"),
                ("2.0", "2.0"),
                ("true", "True"),
                ('"2"', "'2'"),
            )
        ),
        (f"{LEAST}minimum = -1", "“minimum” is a whole number, not -1."),
        (f'{LEAST}maximum = "9"', "“maximum” is a whole number, not '9'."),
        (
            f"{LEAST}least = 1",
            "there is no key “least” here, only count, encoding, endpoint, format, full-records, "
            "maximum, minimum, name, page-size, query, url.",
        ),
        (f'{LEAST}[[files]]\nname = "a.csv"', "each [[files]] table needs a name and a format."),
        (
            f'{LEAST}[[files]]\nformat = "area-csv"',
            "each [[files]] table needs a name and a format.",
        ),
        (f'{LEAST}[[files]]\nname = ""\nformat = "area-csv"', "“name” is a text, not ''."),
        (
            LEAST.replace("area-csv", "xlsx"),
            f"there is no format “xlsx”; there are {', '.join(sorted(FORMATS))}.",
        ),
        (
            f'{LEAST}[publisher]\nname = "P"',
            "a publisher needs a name, and an iri or a key.",
        ),
        (
            f'{LEAST}[publisher]\niri = "https://p.example/"',
            "a publisher needs a name, and an iri or a key.",
        ),
        (
            f'{LEAST}[publisher]\nname = "P"\nkey = "GM-p"\niri = "https://p.example/"',
            "a publisher needs a name, and an iri or a key.",
        ),
        (
            f'{LEAST}[publisher]\nname = "P"\nkey = "GM-p"\nemail = "p@p.example"',
            "there is no key “email” here, only iri, key, name.",
        ),
        (f'{LEAST}[publisher]\nname = 7\nkey = "GM-p"', "“name” is a text, not 7."),
        (
            f'title = "A"\npublisher = "The keeper"\n{FILES}',
            "“publisher” is a table: write [publisher] above its keys.",
        ),
        *(
            (
                f'title = "A"\n{files}',
                "“files” is a list of tables: write [[files]] above each.",
            )
            for files in (
                "files = true",
                "files = 5",
                'files = "areas.csv"',
                'files = ["areas.csv"]',
                '[files]\nname = "areas.csv"\nformat = "area-csv"',
            )
        ),
        *(
            (f'title = "A"\norganisations = {value}\n{FILES}', sentence)
            for value, sentence in (
                ("7", "“organisations” is a table: write [organisations] above its keys."),
                ('["A"]', "“organisations” is a table: write [organisations] above its keys."),
                ("{ A = 7 }", "“A” is a text, not 7."),
                ('{ A = "" }', "“A” is a text, not ''."),
                ('{ A = "council" }', f"“A”: “council” {NO_KEY}"),
            )
        ),
        (f'title = "A"\nholder = "The keeper"\n{FILES}', f"“holder”: “The keeper” {NO_KEY}"),
        *(
            (f'{LEAST}encoding = "{name}"', f"there is no encoding “{name}”.")
            for name in ("windows", "rot13", "base64", "é")
        ),
        (f"{LEAST}encoding = 1252", "“encoding” is a text, not 1252."),
        (f'{LEAST}url = "keeper.example"', f"“url”: “keeper.example” {NO_ADDRESS}"),
        (f'{LEAST}full-records = "yes"', "“full-records” is true or false, not 'yes'."),
        (f"{LEAST}full-records = true", "“full-records” goes with a “url”."),
        *(
            (
                LEAST.replace("area-csv", name)
                + 'url = "https://keeper.example/"\nfull-records = true',
                "“full-records” goes with a format whose items can be fetched whole: "
                "open-referral-uk.",
            )
            for name in ("area-csv", "ckan", "dcat")
        ),
        (f"{LEAST}{FILES}", "the file “areas.csv” is declared twice."),
        (f"{LEAST}minimum = 5\nmaximum = 4", "“maximum” is 4, less than the minimum of 5."),
        (f"{LEAST}maximum = 0", "“maximum” is 0, less than the minimum of 1."),
        *(
            (text, f"“{key}”: “{value}” {NO_ADDRESS}")
            for text, key, value in (
                (f'title = "A"\nlicence = "OGL v3"\n{FILES}', "licence", "OGL v3"),
                (f'title = "A"\naddress = "www.a.example"\n{FILES}', "address", "www.a.example"),
                (f'{LEAST}[publisher]\nname = "P"\niri = "The keeper"', "iri", "The keeper"),
                (f'{LEAST}[publisher]\nname = "P"\niri = "p.example/>"', "iri", "p.example/>"),
            )
        ),
        (
            f'{LEAST}[publisher]\nname = "P"\nkey = "The keeper"',
            f"“key”: “The keeper” {NO_KEY}",
        ),
    ],
)
def test_a_faulty_declaration_is_refused_in_words(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(tmp_path, text) == f"register/source.toml: {sentence}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('title = "A', "at end of document"),
        ('title = "A"\nlicence = ogl', "at line 2"),
        (b'title = "caf\xe9"', "utf-8"),
    ],
)
def test_what_is_no_toml_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    sentence = refusal(tmp_path, text)
    assert sentence.startswith("register/source.toml: ")
    assert words in sentence


@pytest.mark.parametrize("name", ["gm-bodies", "a", "2024", "nhs-ods-2024"])
def test_lower_case_words_and_hyphens_name_a_source(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "GM",
        "gm_bodies",
        "gm bodies",
        "-gm",
        "gm-",
        "gm--bodies",
        "gm/bodies",
        "gm.v2",
        "é",
        "gm\n",
        "..",
        "٢",
    ],
)
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_name(name)
    assert str(caught.value) == (
        f"“{name}” cannot name a source: use lower-case letters, digits and single hyphens."
    )


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_the_graphs_of_the_service_are_no_sources(name: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_name(name)
    assert str(caught.value) == f"“{name}” is kept for a graph of the service's own."


def test_the_reserved_names_are_those_of_the_contract() -> None:
    assert {
        "ontology", "links", "quality", "provenance", "inferred", "contributions", "edits", "vocab",
    } == RESERVED  # fmt: skip


def test_sources_are_found_in_every_folder_by_name(tmp_path: Path) -> None:
    shipped = declared_sources()
    assert "gm-bodies" in shipped
    declare(tmp_path, LEAST)
    (tmp_path / "notes.txt").write_text("no source")
    (tmp_path / "empty").mkdir()
    found = declared_sources(tmp_path, tmp_path / "no such folder")
    assert found.keys() == shipped.keys() | {"register"}
    assert list(found) == sorted(found)
    assert found["register"].name == "register"


def test_a_source_cannot_be_declared_twice(tmp_path: Path) -> None:
    declare(tmp_path, LEAST, "gm-bodies")
    with pytest.raises(DeclarationError, match="the source “gm-bodies” is declared twice"):
        declared_sources(tmp_path)


@pytest.mark.parametrize("name", ["ontology", "My source"])
def test_a_folder_that_cannot_name_a_source_is_refused(tmp_path: Path, name: str) -> None:
    declare(tmp_path, LEAST, name)
    with pytest.raises(DeclarationError, match=f"“{name}”"):
        declared_sources(tmp_path)


def test_every_shipped_source_says_who_publishes_it_and_under_which_licence() -> None:
    for source in declared_sources().values():
        assert source.publisher is not None
        # Where no licence is known, nobody outside may read it.
        assert source.licence or source.audience is Audience.INTERNAL
        assert source.address or source.publisher.key == "GM-knowledge-graph"  # written here
        assert source.left_out_at_most is not None


def test_a_declaration_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    folder = declare(tmp_path, LEAST.encode("utf-8-sig"))
    assert read_declaration(folder).title == "A register"


def test_a_faulty_declaration_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    declare(tmp_path, LEAST)
    for name, text in (("My source", LEAST), ("broken", "title = "), ("gm-bodies", LEAST)):
        declare(tmp_path, text, name)
    refused: dict[str, DeclarationError] = {}
    found = declared_sources(tmp_path, refused=refused)
    assert found.keys() == declared_sources().keys() | {"register"}
    assert found["gm-bodies"].title != "A register"
    assert refused.keys() == {"My source", "broken", "gm-bodies"}
    assert str(refused["gm-bodies"]) == "the source “gm-bodies” is declared twice."
    assert str(refused["broken"]).startswith("broken/source.toml: ")
