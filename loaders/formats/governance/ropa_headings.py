"""The headings of records of processing activities, and the columns that they mean.

Article 30 of the UK GDPR says what a record has to hold; the names are those by which bodies and
their supervisory authorities head such records. `docs/governance-registers.md` lists them too.
"""

from loaders.formats.reading.headings import PERSONS, headings_of

ALIASES: dict[str, tuple[str, ...]] = {
    "reference": (
        *("ref", "ref no", "reference number", "ropa ref", "ropa reference", "ropa id", "id"),
        *("unique id", "unique reference", "entry", "entry number", "record number", "activity id"),
        *("processing activity id", "processing activity reference", "activity reference"),
    ),
    "name": (
        *(
            "processing activity",
            "activity",
            "name of processing activity",
            "title",
            "activity name",
        ),
        *("processing activity name", "name of activity", "process", "process name", "processing"),
        *("name of processing", "data processing activity"),
    ),
    "function": (
        *("business function", "department", "directorate", "service", "service area", "team"),
        *("business area", "business unit", "org", "division"),
    ),
    "purpose": (
        *("purpose of processing", "purposes of processing", "purpose of the processing"),
        *(
            "purposes of the processing",
            "purposes",
            "purpose s of processing",
            "processing purpose",
        ),
        *("purpose for processing", "reason for processing", "the purposes of the processing"),
    ),
    "joint-controllers": (
        *(
            "joint controller",
            "name of joint controller",
            "jointcontroller",
            "joint data controller",
        ),
        *("name and contact details of joint controller", "joint controllers where applicable"),
        *("name and contact details of joint controllers",),
    ),
    "processors": (
        *("processor", "data processor", "data processors", "name of processor"),
        *("name and contact details of processor", "names of processors"),
        *("name and contact details of processors",),
    ),
    "data-subjects": (
        *("categories of individuals", "category of individuals", "categories of data subjects"),
        *("category of data subject", "data subject", "datasubject"),
        *("categories of data subject", "category of data subjects", "individuals"),
        *("types of data subject", "data subject categories"),
        *("a description of the categories of data subjects",),
    ),
    "data-categories": (
        *("categories of personal data", "category of personal data", "personal data"),
        *("personaldata", "types of personal data", "type of personal data", "personal data types"),
        *("personal data categories", "categories of data"),
        *("the categories of personal data",),
    ),
    "recipients": (
        *(
            "categories of recipients",
            "category of recipients",
            "recipient",
            "category of recipient",
        ),
        *("who is it shared with", "shared with", "data shared with", "disclosed to"),
        *("categories of recipient", "the categories of recipients"),
    ),
    "recipients-abroad": ("name of recipients in third countries", "recipients in third countries"),
    "transfers": (
        *("third countries", "international transfers", "transfer location"),
        *("third country transfers", "transfers to third countries", "overseas transfers"),
        *(
            "names of third countries or international organisations that personal data are"
            " transferred to",
        ),
        *("names of third countries or international organisations", "transferred outside the uk"),
        *("transfers outside the uk", "third countries or international organisations"),
        *("data transferred outside the uk", "transfers outside of the uk"),
        *("international recipient country",),
    ),
    "safeguards": (
        *("safeguard", "transfer safeguards", "safeguards for transfers", "transfer mechanism"),
        *(
            "safeguards for exceptional transfers of personal data to third countries or"
            " international organisations",
        ),
        *("safeguards for international transfers", "safeguards for exceptional transfers"),
        *("documentation of suitable safeguards",),
    ),
    "retention": (
        *("retention schedule", "retention period", "retention schedules"),
        *("time limits for erasure", "envisaged time limits for erasure", "how long kept"),
        *("retention periods", "storage period"),
        *("the envisaged time limits for erasure of the different categories of data",),
        *("the envisaged time limits for erasure",),
    ),
    "security": (
        *("security measures", "technical and organisational measures"),
        *("general description of technical and organisational security measures",),
        *("technical and organisational security measures", "description of security measures"),
        *("a general description of the technical and organisational security measures",),
        *("a general description of the technical and organisational security",),
    ),
    "lawful-basis": (
        *("legal basis", "legalbasis", "article 6 lawful basis", "article 6 basis", "article 6"),
        *("lawful basis for processing", "legal basis for processing", "lawful bases"),
        *("article 6 lawful basis for processing personal data", "gdpr article 6"),
        *("gdpr article 6 lawful basis for processing", "uk gdpr article 6 lawful basis"),
    ),
    "special-category-condition": (
        *("article 9 basis", "article 9 condition", "article 9", "gdpr article 9"),
        *("article 9 basis for processing special category data",),
        *("article 9 lawful basis", "uk gdpr article 9 condition"),
    ),
    "schedule-one": (
        *("schedule 1 condition", "dpa 2018 schedule 1 condition", "schedule 1"),
        *("dpa 2018 schedule 1 condition for processing", "data protection act 2018 schedule 1"),
    ),
    "automated": (
        *("automated decision making", "existence of automated decision making"),
        *("existence of automated decision making including profiling", "automated decisions"),
        *(
            "automated decision making including profiling",
            "automated decision making or profiling",
        ),
    ),
    "high-risk": (
        *("likely high risk", "high risk processing", "likely to result in high risk"),
        *("is the processing likely to be high risk",),
    ),
    "privacy-notice": ("link to privacy notice", "privacy notice link", "privacy notice url"),
    "classification": (
        *("security classification", "protective marking", "information classification", "marking"),
    ),
    "source": ("source document", "source web address", "web address"),
}
"""The columns, each with the headings that mean it beside its own name: words in small letters."""

_IGNORED = (
    *(
        "name and contact details of controller",
        "controller",
        "data controller",
        "name of controller",
    ),
    *("data protection officer", "name and contact details of data protection officer", "dpo"),
    *("name and contact details of representative", "representative", "information asset owner"),
    *("link to contract with processor", "legitimate interests for the processing"),
    *("link to record of legitimate interests assessment", "rights available to individuals"),
    *("the source of the personal data", "source of the personal data", "source of personal data"),
    *("link to record of consent", "location of personal data", "link to dpia"),
    *("data protection impact assessment required", "data protection impact assessment progress"),
    *("has a personal data breach occurred", "link to record of personal data breach"),
    *("link to retention and erasure policy document", "dpia required"),
    *("personal data retained and erased in accordance with the policy document",),
    *("reasons for not adhering to retention and erasure policy document",),
    *PERSONS,
)

COLUMNS = headings_of(ALIASES, ("purpose",), _IGNORED)
