"""Our own CSV formats, one for each class of record.

`docs/record-csv.md` and the documents that it names describe them.
Lists within a cell are divided by semicolons. Dates are written YYYY-MM-DD. A `source` cell holds
the web address of the document that the row's facts were taken from.
"""

from loaders.formats.record_csv.assets import ASSETS
from loaders.formats.record_csv.assurance import ASSURANCE
from loaders.formats.record_csv.bodies import BODIES
from loaders.formats.record_csv.concepts import CONCEPTS
from loaders.formats.record_csv.datasets import DATASETS
from loaders.formats.record_csv.governance import GOVERNANCE
from loaders.formats.record_csv.parts import PARTS
from loaders.formats.record_csv.services import SERVICES
from loaders.formats.record_csv.strategy import STRATEGY

RECORD_CSV = (
    *BODIES,
    *SERVICES,
    *DATASETS,
    *CONCEPTS,
    *PARTS,
    *ASSETS,
    *GOVERNANCE,
    *ASSURANCE,
    *STRATEGY,
)
