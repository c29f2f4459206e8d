"""What a publisher's things are asked for: the fields whose absence is a gap.

A field has the name of its column in our own CSV format of the kind (`docs/record-csv.md`), and
the properties of which any one answers it. What a record says counts, “no” included: a gap is what
is not recorded. Both the service, which finds gaps, and the loaders, which read what fills them,
go by these tables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ontology.namespaces import concept
from ontology.vocab import ADMS, CV, DCAT, DCT, DPV, GM

YES_OR_NO: Final = ("yes", "no")
NOT_OFFERED: Final[Mapping[str, frozenset[str]]] = {
    "security-classification": frozenset({"SECRET", "TOP_SECRET"})
}
"""Codes of schemes with which a record is not loaded, so that no list offers them."""


@dataclass(frozen=True, slots=True)
class GapField:
    """One field: its column, the properties (IRIs) that answer it, and how a cell is filled in.

    `scheme` is the concept scheme whose codes a cell takes; `several` says that it may list some,
    divided by semicolons; a `flag` takes yes or no. Where `where` names a property and values of it
    (IRIs, or the lexical forms of literals), the field is asked of things with one of those alone.
    """

    column: str
    terms: tuple[str, ...]
    hint: str
    scheme: str = ""
    several: bool = False
    flag: bool = False
    where: tuple[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class GapKind:
    """One kind of thing: its name in addresses, class, and the properties that say whose it is.

    `format` is the record-CSV format whose columns the fields are; `key`, `holder` and `fillers`
    are the columns that every record of it needs: its key, its organisation, and the others.
    """

    name: str
    title: str
    class_iri: str
    whose: tuple[str, ...]
    format: str
    key: str
    holder: tuple[str, ...]
    fillers: tuple[str, ...]
    narrows: bool
    fields: tuple[GapField, ...]

    def field(self, column: str) -> GapField | None:
        """The field of a column; None where the kind has none of that name."""
        return next((each for each in self.fields if each.column == column), None)


_DATE = "A day, written YYYY-MM-DD."
_POST = "The title of a post, such as “Head of Parks”: never a person's name."
_RULE = "The organisation's key, “/” and the reference of the rule in its retention schedule."
_ADDRESS = "An address of the web, beginning with https://."
_WORDS = "A sentence or two, without names or contacts of persons."
_CODES = "Codes of the list; several are divided by semicolons."
_CODE = "One of the list."
_FLAG = "yes or no. Leave it empty where it is not known."
_PERSONAL = frozenset(
    concept("personal-data-level", each)
    for each in ("personal", "special-category", "criminal-offence")
)
_TRUE = frozenset({"true"})

_ASSET: Final = GapKind(
    "information-asset",
    "Information assets",
    GM.InformationAsset,
    (GM.heldBy,),
    "information-asset-csv",
    "ref",
    ("organisation",),
    ("name",),
    True,
    (
        GapField("description", (DCT.description,), _WORDS),
        GapField("owner", (GM.assetOwner,), _POST),
        GapField("steward", (GM.assetSteward,), _POST),
        GapField("custodian", (GM.assetCustodian,), _POST),
        GapField("personal-data", (GM.personalDataLevel,), _CODE, "personal-data-level"),
        GapField(
            "legal-bases",
            (DPV.hasLegalBasis,),
            _CODES,
            "legal-basis",
            several=True,
            where=(GM.personalDataLevel, _PERSONAL),
        ),
        GapField("classification", (GM.securityClassification,), _CODE, "security-classification"),
        GapField("access", (DCT.accessRights,), _CODE, "access-right"),
        GapField("retention-rule", (GM.retentionRule,), _RULE),
        GapField("criticality", (GM.criticality,), _CODE, "criticality"),
        GapField("reviewed", (GM.lastReviewed,), f"When it was last reviewed. {_DATE}"),
        GapField("next-review", (GM.nextReview,), f"When it is next reviewed. {_DATE}"),
    ),
)
_DATASET: Final = GapKind(
    "dataset",
    "Datasets",
    DCAT.Dataset,
    (DCT.publisher,),
    "dataset-csv",
    "key",
    (),
    ("title",),
    False,
    (
        GapField("description", (DCT.description,), _WORDS),
        GapField("licence", (DCT.license,), f"The licence. {_ADDRESS}"),
        GapField("frequency", (DCT.accrualPeriodicity,), _CODE, "frequency"),
        GapField(
            "contact", (DCAT.contactPoint,), "The name of a team: no person, address or number."
        ),
        GapField("access", (DCT.accessRights,), _CODE, "access-right"),
    ),
)
_PROCESSING: Final = GapKind(
    "processing-activity",
    "Processing activities",
    GM.ProcessingActivity,
    (GM.controller, GM.jointController),
    "processing-activity-csv",
    "ref",
    ("controller",),
    ("name", "purpose"),
    True,
    (
        GapField(
            "data-subjects",
            (GM.dataSubjectCategory, GM.dataSubjectAsStated),
            _CODES,
            "data-subject-category",
            several=True,
        ),
        GapField(
            "data-categories",
            (GM.personalDataCategory, GM.personalDataAsStated),
            _CODES,
            "personal-data-category",
            several=True,
        ),
        GapField(
            "legal-bases",
            (DPV.hasLegalBasis, GM.legalBasisAsStated),
            _CODES,
            "legal-basis",
            several=True,
        ),
        GapField("retention-rule", (GM.retentionRule,), _RULE),
        GapField("security", (GM.securityMeasures,), _WORDS),
        GapField(
            "leaves-uk",
            (GM.leavesUK,),
            f"Whether data leave the United Kingdom: {_FLAG}",
            flag=True,
        ),
        GapField("safeguard", (GM.transferSafeguard,), _WORDS, where=(GM.leavesUK, _TRUE)),
        GapField(
            "high-risk",
            (GM.isLikelyHighRisk,),
            f"Whether it is likely to result in a high risk, so that a DPIA is needed: {_FLAG}",
            flag=True,
        ),
        GapField("privacy-notice", (GM.privacyNotice,), _ADDRESS),
        GapField("public-summary", (GM.publicSummary,), _WORDS),
    ),
)
_AGREEMENT: Final = GapKind(
    "agreement",
    "Information sharing agreements",
    GM.InformationSharingAgreement,
    (GM.provider, GM.recipient, GM.party),
    "agreement-csv",
    "ref",
    ("providers", "recipients"),
    ("title", "purpose"),
    True,
    (
        GapField("benefit", (GM.benefit,), _WORDS),
        GapField("from", (GM.validFrom,), f"When it began. {_DATE}"),
        GapField("review", (GM.nextReview,), f"When it is next reviewed. {_DATE}"),
        GapField("status", (GM.agreementStatus,), _CODE, "agreement-status"),
        GapField(
            "signed", (GM.isSignedByAll,), f"Whether every party has signed it: {_FLAG}", flag=True
        ),
        GapField("privacy-notice", (GM.privacyNotice,), _ADDRESS),
        GapField("public-summary", (GM.publicSummary,), _WORDS),
    ),
)
_SYSTEM: Final = GapKind(
    "system",
    "Information systems",
    GM.InformationSystem,
    (GM.heldBy,),
    "system-csv",
    "ref",
    ("organisation",),
    ("name",),
    True,
    (
        GapField("description", (DCT.description,), _WORDS),
        GapField("product", (GM.productName,), "What the product is called."),
        GapField("supplier", (GM.supplierAsStated,), "Which firm or body supplies it."),
        GapField("hosted-in", (GM.hostedIn,), "The country, by its name or its code."),
        GapField("status", (GM.systemStatus,), _CODE, "system-status"),
        GapField("criticality", (GM.criticality,), _CODE, "criticality"),
        GapField("contract-end", (GM.contractEnd,), f"The last day of the contract. {_DATE}"),
    ),
)
_SERVICE: Final = GapKind(
    "service",
    "Services",
    GM.Service,
    (GM.deliveredBy, CV.hasCompetentAuthority),
    "service-csv",
    "key",
    (),
    ("name",),
    False,
    (
        GapField("description", (DCT.description,), _WORDS),
        GapField("status", (ADMS.status,), _CODE, "service-status"),
        GapField("page", (CV.hasChannel,), f"Where it is to be had on the web. {_ADDRESS}"),
    ),
)

KINDS: Final[Mapping[str, GapKind]] = {
    each.name: each for each in (_DATASET, _ASSET, _PROCESSING, _AGREEMENT, _SYSTEM, _SERVICE)
}


def columns() -> tuple[str, ...]:
    """Every column that a field of any kind has, each once, in the order of the kinds."""

    def all_of_them() -> Iterator[str]:
        for kind in KINDS.values():
            yield from (each.column for each in kind.fields)

    return tuple(dict.fromkeys(all_of_them()))
