"""The headings of registers of information assets, and the columns that they mean.

No two bodies head their registers alike, so a column goes by many names. They are taken from what
is published about registers; `docs/information-asset-register.md` lists them too.
"""

from loaders.formats.reading.headings import PERSONS, headings_of

ALIASES: dict[str, tuple[str, ...]] = {
    "reference": (
        *("asset reference", "asset ref", "asset id", "asset number", "asset no", "iar ref"),
        *("iar reference", "iar id", "iar number", "iarn", "ref", "ref no", "reference number"),
        *("id", "unique id", "unique identifier", "unique reference", "identifier"),
        *("information asset reference", "information asset id", "information asset number"),
    ),
    "name": (
        *("asset name", "asset title", "title", "asset", "information asset", "name of asset"),
        *("information asset name", "information asset title", "name of information asset"),
        *("title of asset", "name of the asset"),
    ),
    "description": (
        *("asset description", "description of asset", "information asset description"),
        *("description of information asset", "summary", "what is it", "details", "contents"),
        *("description of the asset", "asset details"),
    ),
    "owner": (
        *("asset owner", "information asset owner", "iao", "information asset owner iao"),
        *("information owner", "data owner", "business owner", "owner of asset"),
    ),
    "owner-post": (
        *("owner job title", "owner title", "owner role", "asset owner post", "iao post"),
        *("asset owner job title", "asset owner role", "iao job title", "iao role", "iao title"),
        *("information asset owner post", "information asset owner job title"),
        *("information asset owner role", "information asset owner title"),
    ),
    "steward": (
        "asset steward",
        "data steward",
        "information steward",
        "information asset steward",
    ),
    "steward-post": ("steward job title", "data steward job title", "steward role"),
    "custodian": (
        *("asset custodian", "data custodian", "information custodian", "administrator", "iaa"),
        *("information asset administrator", "asset administrator", "asset manager"),
        *("information asset administrator iaa", "information asset manager"),
        *("information asset custodian", "system administrator", "iam"),
    ),
    "custodian-post": (
        *("custodian job title", "custodian role", "administrator job title", "iaa job title"),
        *("iaa post", "iaa role", "iaa title", "information asset administrator job title"),
    ),
    "unit": (
        *("service", "team", "service area", "business unit", "business area", "section"),
        *("service team", "responsible service", "responsible team", "owning service"),
        *("division", "service unit", "managing unit"),
    ),
    "directorate": (
        *("department", "directorate department", "directorate service", "service directorate"),
        *("group", "owning directorate", "responsible department", "department directorate"),
    ),
    "format": (
        *("asset format", "file format", "format of asset", "format type", "media", "medium"),
        *("media type", "storage format", "format of information", "format held in"),
        *("paper electronic", "electronic paper", "electronic or paper", "paper or electronic"),
    ),
    "system": (
        *("system name", "it system", "system application", "application", "information system"),
        *("system used", "systems", "name of system", "database name", "location system"),
        *("system location",),
    ),
    "location": (
        *("where held", "asset location", "location of asset", "storage location", "held in"),
        *(
            "where is it held",
            "where stored",
            "where is it stored",
            "stored in",
            "location hosting",
        ),
        *("location held", "location of information", "location of personal data"),
    ),
    "personal-data": (
        *("contains personal data", "includes personal data", "holds personal data", "pii"),
        *("personal information", "contains personal information", "personal identifiable data"),
        *("does it contain personal data", "does the asset contain personal data"),
        *("is personal data held", "personal data held", "personal identifiable information"),
    ),
    "special-category": (
        *("special category data", "special categories", "special categories of data"),
        *("contains special category data", "special category personal data"),
        *("sensitive personal data", "contains sensitive personal data"),
        *("includes special category data", "special categories of personal data"),
        *("contains special category", "does the asset contain special category data"),
    ),
    "lawful-basis": (
        *("legal basis", "article 6 basis", "article 6 lawful basis", "article 6", "gdpr basis"),
        *("lawful basis for processing", "legal basis for processing", "lawful bases"),
        *(
            "gdpr lawful basis",
            "uk gdpr lawful basis",
            "gdpr article 6",
            "condition for processing",
        ),
        *("article 6 lawful basis for processing personal data", "article 6 legal basis"),
    ),
    "special-category-condition": (
        *("article 9 basis", "article 9 condition", "article 9", "gdpr article 9"),
        *("article 9 lawful basis", "article 9 legal basis", "special category basis"),
        *("condition for special category data", "special category lawful basis"),
        *("article 9 basis for processing special category data",),
    ),
    "classification": (
        *("security classification", "protective marking", "information classification"),
        *("government security classification", "gsc", "security marking", "marking"),
        *("data classification", "asset classification", "protective marking classification"),
    ),
    "retention": (
        *("retention period", "how long kept", "retention rule", "retention time", "period kept"),
        *("retention period years", "how long is it kept", "period of retention"),
    ),
    "retention-schedule": (
        *("retention schedule reference", "retention schedule ref", "retention trigger"),
        *("retention guidelines", "retention policy", "retention basis", "retention authority"),
    ),
    "disposal": (
        *("disposal action", "disposal method", "method of disposal", "action at end of retention"),
        *("disposition", "disposal action at end of retention", "final action"),
    ),
    "shared-with": (
        *("recipients", "who is it shared with", "shared with whom", "data shared with"),
        *("information shared with", "sharing", "data sharing", "external sharing"),
        *(
            "categories of recipients",
            "recipient",
            "who it is shared with",
            "shared externally with",
        ),
        *("third parties", "partners shared with"),
    ),
    "open-data": (
        *("published as open data", "is it open data", "open dataset", "available as open data"),
        *("is open data", "open data published"),
    ),
    "risk": (
        *("risks", "risk rating", "risk level", "risk score", "overall risk", "information risk"),
        *("risk assessment", "risk description"),
    ),
    "reviewed": (
        *("date reviewed", "last reviewed", "last review", "date of last review", "reviewed on"),
        *("last review date", "date last reviewed", "review completed"),
    ),
    "next-review": (
        *("review date", "next review date", "date of next review", "review due", "due for review"),
        *("next review due", "date for review"),
    ),
    "source": ("source document", "source web address", "web address"),
}
"""The columns, each with the headings that mean it beside its own name: words in small letters."""

_IGNORED = (
    *("owner name", "asset owner name", "iao name", "information asset owner name"),
    *("owner email", "asset owner email", "iao email", "information asset owner email"),
    *("custodian name", "administrator name", "iaa name", "information asset administrator name"),
    *("custodian email", "iaa email", "steward name", "steward email"),
    *PERSONS,
)
_REQUIRED = ("name",)
COLUMNS = headings_of(ALIASES, _REQUIRED, _IGNORED)
