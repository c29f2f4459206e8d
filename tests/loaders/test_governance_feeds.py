"""Publishers' registers of releases, tools and systems, and records of processing in RDF."""

import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from rdflib.compare import isomorphic

from loaders.errors import DeclarationError, StructureError
from loaders.formats.catalogues.hdruk import HDRUK
from loaders.formats.catalogues.national_infrastructure import NATIONAL_INFRASTRUCTURE
from loaders.formats.governance import agreement_register, retention_schedule, ropa_headings
from loaders.formats.governance.agreement_register import AGREEMENT_REGISTER
from loaders.formats.governance.dpcat import DPCAT
from loaders.formats.governance.nhs_releases import NHS_RELEASES
from loaders.formats.governance.retention_schedule import RETENTION_SCHEDULE
from loaders.formats.governance.ropa import ROPA
from loaders.formats.governance.system_register import SYSTEM_REGISTER
from loaders.formats.governance.transparency_records import TRANSPARENCY_RECORDS
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.row import Row
from loaders.issues import RULES, Effect, Fault
from loaders.mappings import map_record
from loaders.records import (
    Agreement,
    AlgorithmicTool,
    Claim,
    DataFlow,
    Dataset,
    InformationSystem,
    Lawfulness,
    Party,
    ProcessingActivity,
    Record,
    Remarks,
    Text,
)
from loaders.source import Source, SourceFile
from loaders.validation import validate
from ontology.vocab import DCAT, GM
from tests.loaders.conftest import MINT, Reading, graph_of, in_memory, read, turtle

HOLDER = "GM-exampleton"
FEED = Feed("given", HOLDER, {"Exampleton CCG": "GM-exampleton-ccg"})
RELEASES = NHS_RELEASES[0]
TOOLS_CSV, TOOLS_JSON = TRANSPARENCY_RECORDS
SYSTEMS = SYSTEM_REGISTER[0]
RDF = DPCAT[0]

KIND = (
    "Data provided to customer:\nIdentifiable, Anonymised - ICO code compliant, "
    "Aggregated -anonymised "
)
RELEASE_HEADER = (
    *("RowID", "Organisation Name", "Type of Data Provided", KIND, "Sensitive or Non-Sensitive"),
    *("Legal Basis for Provision of Data (Dissemination)", "Purpose", "Frequency", "NIC Number"),
    *("MR Number (where relevant)", "Patient Opt-Outs applied"),
    "Common law duty of confidentiality",
)
PURPOSE_HEADER = (
    *("Reference Number", "Organisation", "Objective for Processing", "Processing Activities"),
    *("Expected Output", "Expected Measurable Benefits", "Yielded Benefits", "Organisation Type"),
)
BASIS = "Health and Social Care Act 2012 – s261(7)"
NIC = "DARS-NIC-1-AAAAA"


def release(number: str, **cells: str | None) -> list[str | None]:
    row: dict[str, str | None] = {
        "RowID": number,
        "Organisation Name": "Exampleton CCG",
        "Type of Data Provided": "Bicycle Data Set",
        KIND: "Anonymised - ICO code compliant",
        "Sensitive or Non-Sensitive": "Non Sensitive",
        "Legal Basis for Provision of Data (Dissemination)": BASIS,
        "Frequency": "One-Off",
        "NIC Number": f"{NIC}-v2.1",
        "Patient Opt-Outs applied": "No - nobody opted out",
        **cells,
    }
    return [row.get(each) for each in RELEASE_HEADER]


def purpose(number: str, objective: str, benefit: str | None = None) -> list[str | None]:
    return [number, "Exampleton CCG", objective, None, None, benefit, None, None]


def register(
    releases: Sequence[Sequence[object]],
    purposes: Sequence[Sequence[object]] = (),
    hidden: str = "",
) -> bytes:
    book = Book()
    first = book.active
    assert first is not None
    first.title = "README"
    first["A1"] = "What this is."
    for name, header, rows in (
        ("DataReleases", RELEASE_HEADER, releases),
        ("PurposeStatements", PURPOSE_HEADER, purposes),
    ):
        sheet = book.create_sheet(name)
        for row in (header, *rows):
            sheet.append(list(row))
    if hidden:
        book[hidden].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def source(known: Format, holder: str | None = HOLDER) -> Source:
    file = SourceFile("given.xlsx", known, None, 0)
    return Source(
        "given", "Given by hand", (file,), holder=holder, organisations=FEED.organisations
    )


def interpreted(known: Format, content: bytes) -> tuple[list[tuple[Record, ...]], list[Row]]:
    rows = [row for row in known.layout.read(in_memory(content)) if isinstance(row, Row)]
    return [known.interpret(row, FEED) for row in rows], rows


def told(faults: Sequence[Fault]) -> list[tuple[str, str | None, str | None]]:
    assert all(each.rule in RULES for each in faults)
    return [(each.rule, each.field, each.value) for each in faults]


def said(reading: Reading, subject: str, predicate: str) -> set[str]:
    return {
        quad.object if isinstance(quad.object, str) else quad.object.lexical
        for quad in reading.quads
        if quad.subject.endswith(subject) and quad.predicate == predicate
    }


def test_a_release_is_a_flow_under_an_agreement_that_its_statement_of_purpose_describes() -> None:
    content = register([release("R1")], [purpose(f"{NIC}-v2.1", "To plan.", "Shorter waits.")])
    [(flow, agreement, dataset)], [row] = interpreted(RELEASES, content)
    powers = ("http://www.legislation.gov.uk/id/ukpga/2012/7/section/261",)
    assert flow == DataFlow(
        ref="R1",
        title="Bicycle Data Set to Exampleton CCG",
        giver=HOLDER,
        taker="GM-exampleton-ccg",
        taker_stated="Exampleton CCG",
        assets=(),
        datasets=("dataset/given/bicycle-data-set",),
        purpose=f"As the agreement {NIC} says.",
        agreement=NIC,
        identifiability="anonymous",
        lawfulness=Lawfulness(legal_powers=powers, bases_stated=(BASIS,)),
        remarks=Remarks(
            public_summary="Sensitive or Non-Sensitive: Non Sensitive. Frequency: One-Off. "
            "Patient Opt-Outs applied: No - nobody opted out."
        ),
    )
    assert agreement == Agreement(
        ref=NIC,
        title=f"Agreement {NIC}",
        providers=(HOLDER,),
        recipients=("GM-exampleton-ccg",),
        purpose="To plan.",
        benefit="Shorter waits.",
        legal_powers=powers,
        versions=("2.1",),
        recipients_stated=("Exampleton CCG",),
        bases_stated=(BASIS,),
        is_part=True,
    )
    assert dataset == Dataset(
        "bicycle-data-set", (Text("Bicycle Data Set"),), publisher=Party(HOLDER)
    )
    assert (row.number, row.withheld, row.noted) == (2, [], [])


def test_an_agreement_of_several_rows_loses_nothing_and_contradicts_nothing() -> None:
    other = "Consent (Reasonable Expectation)"
    column = "Legal Basis for Provision of Data (Dissemination)"
    rows = [
        release("R1"),
        release("R2", **{"Type of Data Provided": "Bus Data Set", column: other}),
        release("R3", **{"NIC Number": f"{NIC}-v2.2", "Organisation Name": "Exampleford Trust"}),
    ]
    purposes = [purpose(f"{NIC}-v2.1", "To plan."), purpose(f"{NIC}-v2.2", "To plan more.")]
    reading = read(source(RELEASES), register(rows, purposes))
    assert reading.counts().records_loaded == 3
    assert [(each.rule, each.effect, each.row) for each in reading.issues if each.row] == [
        ("unknown-organisation", Effect.NOTED, 4)
    ]
    agreement = f"/agreement/given/{NIC}"
    assert said(reading, agreement, GM.purpose) == {"To plan.", "To plan more."}
    assert said(reading, agreement, DCAT.version) == {"2.1", "2.2"}
    assert said(reading, agreement, GM.legalBasisAsStated) == {BASIS, other}
    assert said(reading, agreement, GM.recipientAsStated) == {"Exampleton CCG", "Exampleford Trust"}
    assert {each.rpartition("/")[2] for each in said(reading, agreement, GM.recipient)} == {
        "GM-exampleton-ccg"
    }
    assert said(reading, "/data-flow/given/R2", GM.legalBasisAsStated) == {other}
    assert said(reading, "/data-flow/given/R3", GM.flowTarget) == set()
    assert {result.severity for result in validate("given", reading.lines)} <= {"Warning"}


def test_two_rows_of_one_number_that_differ_are_left_out() -> None:
    rows = [release("R1"), release("R1", **{"Type of Data Provided": "Bus Data Set"})]
    reading = read(source(RELEASES), register(rows))
    left_out = [each for each in reading.issues if each.effect is Effect.LEFT_OUT]
    assert [(each.rule, each.row) for each in left_out] == [
        ("duplicate-key", 2),
        ("duplicate-key", 3),
    ]


def test_a_statement_that_addresses_a_person_is_not_loaded_nor_told() -> None:
    content = register([release("R1")], [purpose(f"{NIC}-v2.1", "Asked for by Dr Ann Example.")])
    [(_, agreement, _)], [row] = interpreted(RELEASES, content)
    assert isinstance(agreement, Agreement)
    assert agreement.purpose == f"Agreement {NIC}"
    assert told(row.withheld) == [
        ("contact-of-a-person", "purpose-statement.Objective for Processing", None)
    ]


def test_kinds_of_data_that_the_register_does_not_have_are_withheld() -> None:
    content = register([release("R1", **{KIND: "Transparent"})])
    [(flow, _, _)], [row] = interpreted(RELEASES, content)
    assert isinstance(flow, DataFlow)
    assert flow.identifiability is None
    assert [(each.rule, each.value) for each in row.withheld] == [
        ("unknown-category", "Transparent")
    ]


def test_what_is_not_loaded_of_the_workbook_is_remarked_upon() -> None:
    purposes = [purpose("OTHER", "To plan."), purpose("OTHER", "To plan otherwise.")]
    table = RELEASES.layout.read(in_memory(register([release("R1")], purposes)))
    assert len(list(table)) == 1
    assert [(each.rule, each.value) for each in table.remarks] == [
        ("out-of-scope", None),
        ("duplicate-key", "OTHER"),
        ("out-of-scope", "OTHER"),
    ]
    assert "“README”" in table.remarks[0].message


@pytest.mark.parametrize("hidden", ["README", "PurposeStatements"])
def test_a_hidden_sheet_refuses_the_register_still(hidden: str) -> None:
    with pytest.raises(StructureError, match=f"hidden sheet “{hidden}”"):
        RELEASES.layout.read(in_memory(register([release("R1")], hidden=hidden)))


def test_a_workbook_without_the_sheet_is_refused() -> None:
    book = Book()
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(StructureError, match="no sheet “PurposeStatements”"):
        RELEASES.layout.read(in_memory(stream.getvalue()))


def test_a_register_of_releases_needs_a_holder() -> None:
    with pytest.raises(DeclarationError):
        read(source(RELEASES, None), register([release("R1")]))


def tool(**cells: object) -> dict[str, object]:
    return {
        "publishing_body": "Exampleton CCG",
        "tool_name": "Order of  repairs",
        "url": "https://records.example/records/exampleton-order-of-repairs",
        "published": "2025-06-26T07:39:09Z",
        **cells,
    }


TOOL = AlgorithmicTool(
    organisation="GM-exampleton-ccg",
    ref="exampleton-order-of-repairs",
    title="Order of repairs",
    transparency_record="https://records.example/records/exampleton-order-of-repairs",
    register=HOLDER,
    operator_stated="Exampleton CCG",
)


def test_an_index_gives_a_tool_for_each_record() -> None:
    content = json.dumps({"meta": {"n_records": 1}, "records": [tool(listed_organisations=["X"])]})
    [records], [row] = interpreted(TOOLS_JSON, content.encode())
    assert (records, row.noted) == ((TOOL,), [])


def test_who_is_not_declared_is_named_in_words_and_nobody_is_made_up_for_nothing() -> None:
    content = json.dumps(
        {"records": [tool(publishing_body="EXA"), tool(publishing_body=None, url="https://a.b/c")]}
    )
    [(first,), (second,)], [row, _] = interpreted(TOOLS_JSON, content.encode())
    assert isinstance(first, AlgorithmicTool)
    assert isinstance(second, AlgorithmicTool)
    assert (first.organisation, first.operator_stated) == (None, "EXA")
    assert (second.organisation, second.operator_stated) == (None, None)
    assert told(row.noted) == [("unknown-organisation", "publishing_body", "EXA")]


def test_a_tool_keeps_its_iri_when_its_operator_becomes_known() -> None:
    content = json.dumps({"records": [tool()]}).encode()
    known, unknown = (
        source(TOOLS_JSON),
        Source("given", "Given", (SourceFile("given.xlsx", TOOLS_JSON, None, 0),), holder=HOLDER),
    )
    iris = [
        {quad.subject for quad in read(each, content).quads if "/algorithmic-tool/" in quad.subject}
        for each in (known, unknown)
    ]
    assert iris[0] == iris[1] != set()


def test_a_lying_total_of_an_index_is_remarked_upon() -> None:
    content = json.dumps({"meta": {"n_records": 7}, "records": [tool()]}).encode()
    table = TOOLS_JSON.layout.read(in_memory(content))
    list(table)
    assert [each.rule for each in table.remarks] == ["lying-total"]


@pytest.mark.parametrize("url", ["", "records/1", "https://records.example/"])
def test_a_record_without_an_address_of_its_own_is_left_out(url: str) -> None:
    header = "publishing_body,tool_name,published,url\n"
    [row] = TOOLS_CSV.layout.read(in_memory(f"{header}A,B,C,{url}\n"))
    assert isinstance(row, Row)
    with pytest.raises(Fault) as caught:
        TOOLS_CSV.interpret(row, FEED)
    assert caught.value.field == "url"


def test_a_system_is_loaded_without_the_people_round_it() -> None:
    system = {
        "name": "Caseworks",
        "id": 7,
        "aliases": ["CW"],
        "description": "Keeps cases.",
        "portfolio": "Place",
        "criticality": "low",
        "investment_state": "sunset",
        "product_owner": "Ann Example",
        "business_owner": "Ben Example",
        "information_asset_owner": "Cat Example",
        "service_owner": "Dan Example",
        "tech_owner": "Eve Example",
        "developed_by": "Exampleton Ltd",
        "supported_by": "Exampleford Ltd",
        "risks": [{"name": "roadmap", "level": "low", "rationale": "Fay Example left."}],
        "public_facing": "no",
        "last_updated": {"author_name": "Gus Example"},
        "owner_of_something": "Hal Example",
    }
    content = json.dumps({"systems": [system]}).encode()
    [(loaded,)], [row] = interpreted(SYSTEMS, content)
    assert loaded == InformationSystem(
        holder=HOLDER,
        ref="7",
        name="Caseworks",
        description="Keeps cases.",
        supplier="Exampleton Ltd",
        status="being-replaced",
        remarks=Remarks(
            note="Also called: CW. Portfolio: Place. Criticality as stated: low. "
            "Investment state: sunset. Supported by: Exampleford Ltd. Public facing: no. "
            "Risks: roadmap (low)."
        ),
    )
    assert told(row.withheld) == [("unknown-category", "criticality", "low")]
    reading = read(source(SYSTEMS), content)
    lines = b"".join(reading.lines)
    assert not any(
        name in lines for name in (b"Ann", b"Ben", b"Cat", b"Dan", b"Eve", b"Fay", b"Gus")
    )
    assert [(each.rule, each.field) for each in reading.issues if each.row is None] == [
        ("unknown-column", "owner_of_something")
    ]


PREFIXES = """
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix dpcat: <https://w3id.org/dpcat#> .
    @prefix old: <https://w3id.org/dpv/dpv-skos#> .
    @prefix gdpr: <https://w3id.org/dpv/dpv-skos/dpv-gdpr#> .
    @prefix dpv: <https://w3id.org/dpv#> .
    @prefix : <https://exampleton.example/ropa#> .
"""


def rdf(prefix: str, **said: str) -> bytes:
    members: Mapping[str, str] = {
        "Purpose": ":LendingBooks, :Reminding",
        "DataSubject": ":Children, :BicycleRiders",
        "PersonalData": ":ContactDetails, :TimesOfArrival",
        "LegalBasis": f"{prefix}:Contract, gdpr:A6-1-e, :LibraryAct",
        "Recipient": ":Printers",
        "DataProcessor": ":Hosts",
        "TechnicalOrganisationalMeasure": ":LockedCabinet",
        **said,
    }
    stated = " ; ".join(f"{prefix}:has{name} {each}" for name, each in members.items())
    return f"""{PREFIXES}
        :r1 a dpcat:ROPARecord ; dct:title "Lending"@en ; dct:description "Lending books"@en ;
            dct:identifier "12" ; {stated} .
        :Hosts old:hasName "Hosting Ltd"@en ; old:hasContact "ann.example@hosting.example" .
    """.encode()


@pytest.mark.parametrize("prefix", ["old", "dpv"])
def test_a_record_in_rdf_is_read_under_the_old_namespace_and_the_new(prefix: str) -> None:
    content = rdf(prefix)
    [(activity,)], [row] = interpreted(RDF, content)
    assert activity == ProcessingActivity(
        controller=HOLDER,
        ref="12",
        name="Lending",
        purpose="Lending Books; Reminding",
        lawfulness=Lawfulness(
            data_subjects=("children",),
            data_categories=("contact",),
            legal_bases=("A6-1-b", "A6-1-e"),
            subjects_stated=("Bicycle Riders",),
            categories_stated=("Times Of Arrival",),
            bases_stated=("Library Act",),
        ),
        recipients=("Printers", "Hosting Ltd"),
        security="Locked Cabinet",
    )
    assert row.withheld == []
    assert told(row.noted) == [("unknown-organisation", "dpv:hasDataProcessor", "Hosting Ltd")]
    assert b"ann" not in b"".join(read(source(RDF), content).lines)


def test_a_controller_who_is_not_declared_leaves_a_record_out() -> None:
    [row] = RDF.layout.read(in_memory(rdf("dpv", DataController=":SomebodyElse")))
    assert isinstance(row, Row)
    with pytest.raises(Fault) as caught:
        RDF.interpret(row, FEED)
    assert (caught.value.rule, caught.value.value) == ("unknown-organisation", "Somebody Else")
    declared = Feed("given", HOLDER, {"Somebody Else": "GM-somebody"})
    (activity,) = RDF.interpret(row, declared)
    assert isinstance(activity, ProcessingActivity)
    assert activity.controller == "GM-somebody"


def test_an_agreement_needs_both_sides_and_a_flow_somebody_who_takes_it() -> None:
    with pytest.raises(Fault, match="give information"):
        Agreement("1", "A", (), ("GM-b",), "To plan.")
    with pytest.raises(Fault, match="get information"):
        Agreement("1", "A", ("GM-a",), (), "To plan.")
    with pytest.raises(Fault, match="take what flows"):
        DataFlow("1", "A", "GM-a", None, (), "To plan.")
    with pytest.raises(ValueError, match="whose register"):
        AlgorithmicTool(None, "1", "A")


def test_parts_of_one_thing_claim_what_it_is_called_and_not_its_key() -> None:
    whole = Agreement("1", "A", ("GM-a",), ("GM-b",), "To plan.")
    part = replace(whole, is_part=True)
    activity = ProcessingActivity("GM-a", "1", "A", "To plan.", is_part=True)
    assert list(whole.claims()) == [Claim("duplicate-key", "agreement", "1")]
    assert list(part.claims()) == [Claim("told-otherwise", "agreement", "1", "A")]
    assert list(activity.claims()) == [
        Claim("told-otherwise", "processing activity", "GM-a/1", "A")
    ]


def test_words_are_stated_beside_or_in_place_of_what_they_mean() -> None:
    lawful = Lawfulness(
        subjects_stated=("Riders",), categories_stated=("Times",), bases_stated=("The Act",)
    )
    records: tuple[Record, ...] = (
        DataFlow(
            "F1",
            "A flow",
            "GM-a",
            None,
            (),
            "To plan.",
            taker_stated="B Ltd",
            datasets=("dataset/given/bins",),
            identifiability="anonymous",
            lawfulness=lawful,
        ),
        Agreement(
            "A1",
            "An agreement",
            (),
            (),
            "To plan.",
            description="Names.",
            versions=("1.2",),
            providers_stated=("A Ltd",),
            recipients_stated=("B Ltd",),
            parties=("GM-c",),
            parties_stated=("C Ltd",),
            bases_stated=("The Act",),
        ),
        AlgorithmicTool(None, "T1", "A tool", register="GM-a", operator_stated="C Ltd"),
    )
    quads = [quad for each in records for quad in map_record(each, MINT, "given")]
    assert isomorphic(
        graph_of(quads),
        turtle("""
        <id/data-flow/given/F1> a gm:DataFlow, dpv:Process ;
            dct:identifier "F1" ; dct:title "A flow"@en ;
            gm:flowSource <id/organisation/GM-a> ; gm:recipientAsStated "B Ltd"@en ;
            gm:conveys <id/dataset/given/bins> ; gm:purpose "To plan."@en ;
            gm:identifiability <https://w3id.org/greater-manchester/def/identifiability/anonymous> ;
            gm:dataSubjectAsStated "Riders"@en ; gm:personalDataAsStated "Times"@en ;
            gm:legalBasisAsStated "The Act"@en .
        <id/agreement/given/A1> a gm:InformationSharingAgreement, dpv:LegalAgreement,
                <http://www.w3.org/ns/odrl/2/Agreement> ;
            dct:identifier "A1" ; dct:title "An agreement"@en ; dct:description "Names."@en ;
            dcat:version "1.2" ; gm:providerAsStated "A Ltd"@en ; gm:recipientAsStated "B Ltd"@en ;
            gm:party <id/organisation/GM-c> ; gm:partyAsStated "C Ltd"@en ;
            gm:purpose "To plan."@en ; gm:legalBasisAsStated "The Act"@en .
        <id/algorithmic-tool/GM-a/T1> a gm:AlgorithmicTool, prov:Entity ;
            dct:identifier "T1" ; dct:title "A tool"@en ; gm:operatorAsStated "C Ltd"@en .
        """),
    )


EVERY = (
    *(AGREEMENT_REGISTER, DPCAT, HDRUK, NATIONAL_INFRASTRUCTURE, NHS_RELEASES),
    *(RETENTION_SCHEDULE, ROPA, SYSTEM_REGISTER, TRANSPARENCY_RECORDS),
)
CELLS = st.none() | st.text() | st.integers() | st.booleans()


@pytest.mark.parametrize(
    "known", [each for formats in EVERY for each in formats], ids=lambda f: f.name
)
@given(content=st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_or_read_and_never_crash(known: Format, content: bytes) -> None:
    with suppress(StructureError):
        for row in known.layout.read(in_memory(content)):
            if isinstance(row, Row):
                with suppress(Fault):
                    known.interpret(row, FEED)


@pytest.mark.parametrize(
    ("known", "columns"),
    [
        (ROPA[0], (*ropa_headings.COLUMNS.required, *ropa_headings.COLUMNS.optional)),
        (RETENTION_SCHEDULE[0], tuple(retention_schedule.ALIASES)),
        (AGREEMENT_REGISTER[0], tuple(agreement_register.ALIASES)),
        (TOOLS_JSON, ("publishing_body", "tool_name", "url", "description")),
        (SYSTEMS, ("id", "name", "aliases", "criticality", "risks", "portfolio")),
        (HDRUK[0], ("pid", "title", "license", "keywords", "doi", "accessRights", "publisher")),
        (HDRUK[1], ("identifier", "summary", "provenance", "issued")),
        (NATIONAL_INFRASTRUCTURE[0], ("name", "unpublished", "URL", "Licence", "Description")),
        (RELEASES, ("RowID", "Organisation Name", "NIC Number", "purpose-statement")),
        (RDF, ("@id", "dct:title", "dpvs:hasPurpose", "dpv:hasLegalBasis")),
    ],
    ids=lambda each: each.name if isinstance(each, Format) else "",
)
@given(data=st.data())
def test_arbitrary_cells_are_read_or_are_a_fault(
    known: Format, columns: tuple[str, ...], data: st.DataObject
) -> None:
    cells = data.draw(st.dictionaries(st.sampled_from(columns), CELLS))
    row = Row(2, cells)
    with suppress(Fault):
        for record in known.interpret(row, FEED):
            list(map_record(record, MINT, "given"))
    assert all(each.rule in RULES for each in (*row.withheld, *row.noted))
