"""Nothing above OFFICIAL loads, in whichever format says how a record is classified."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from loaders.issues import Effect
from tests.loaders.conftest import Reading, one_file, read
from tests.loaders.workbooks import workbook

_NAME = "Zebra plans"
_HEADING = "Protective marking"
_OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_MODEL = {
    "identifier": "plans",
    "type": "dcat:Dataset",
    "title": _NAME,
    "description": "All plans.",
    "licence": _OGL,
    "version": "1.10",
    "accessRights": "OPEN",
    "contactPoint": {"contactName": "Data Team", "email": "data@exampleton.example"},
    "modified": "2024-02-01",
    "creator": ["exampleton"],
    "publisher": "exampleton",
    "updateFrequency": "freq:monthly",
}
_MARKET = {"identifier": "1", "status": "Published", "title": _NAME, "type": ["Data Set"]}
_ROWS: dict[str, dict[str, str]] = {
    "information-asset-register": {"reference": "1", "name": _NAME},
    "processing-register": {"reference": "1", "name": _NAME, "purpose": "To plan"},
    "retention-schedule": {"reference": "1", "name": _NAME, "period": "6 years"},
    "agreement-register": {
        **{"reference": "1", "title": _NAME, "purpose": "To plan"},
        **{"providers": "Exampleton Council", "recipients": "Exampleton Police"},
    },
}
_Writer = Callable[[dict[str, str]], bytes]


def _csv(cells: dict[str, str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([list(cells), list(cells.values())])
    return stream.getvalue().encode()


def _xlsx(cells: dict[str, str]) -> bytes:
    return workbook(list(cells), list(cells.values()))


def _register(write: _Writer, cells: dict[str, str]) -> Callable[[str], bytes]:
    return lambda said: write({**cells, _HEADING: said})


def _item(record: dict[str, object]) -> Callable[[str], bytes]:
    return lambda said: json.dumps({**record, "securityClassification": said}).encode()


def _asset(said: str) -> bytes:
    return _csv({"organisation": "GM-a", "ref": "1", "name": _NAME, "classification": said})


CONTENTS: dict[str, Callable[[str], bytes]] = {
    "information-asset-csv": _asset,
    "uk-metadata-exchange-model": _item({**_MODEL}),
    "data-marketplace": _item({**_MARKET}),
    **{f"{name}-csv": _register(_csv, cells) for name, cells in _ROWS.items()},
    **{f"{name}-xlsx": _register(_xlsx, cells) for name, cells in _ROWS.items()},
}


def _read(name: str, said: str) -> Reading:
    return read(replace(one_file(name), holder="GM-exampleton"), CONTENTS[name](said))


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize(
    "said",
    [
        *("SECRET", "TOP SECRET", "Top_Secret", "UK SECRET", "secret – UK eyes only"),
        *("S E C R E T", "SEC\u200bRET", "ＳＥＣＲＥＴ", "Confidential", "Restricted", "hush"),
    ],
)
def test_what_may_be_above_official_is_left_out_whole(name: str, said: str) -> None:
    reading = _read(name, said)
    assert [each for each in reading.lines if _NAME.encode() in each] == []
    assert Effect.LEFT_OUT in {each.effect for each in reading.issues}
    assert [each for each in reading.issues if _NAME in f"{each.message}{each.value}"] == []


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_official_loads(name: str) -> None:
    reading = _read(name, "OFFICIAL")
    assert [each for each in reading.lines if _NAME.encode() in each]
    assert [each for each in reading.issues if each.effect is Effect.LEFT_OUT] == []
