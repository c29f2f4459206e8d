"""The mapping engine Morph-KGC, installed beside our environment, and its rules in YARRRML."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from ontology.namespaces import DEF, DEFAULT_BASE, PREFIXES

MORPH_KGC = "2.10.0"

_ENGINE = Path(sys.prefix) / "morph-kgc"  # its pins contradict ours, so it has a place of its own
_PREFIXES = ("dct", "foaf", "org", "schema", "skos", "xsd")
_STATED = (
    "[a, [org:FormalOrganization, org:Organization]]",
    "[dct:identifier, $(key)]",
    "[skos:prefLabel, $(name), en~lang]",
    f"[org:classification, {DEF}organisation-type/$(type)~iri]",
    "[skos:altLabel, $(other-names), en~lang]",
    "[foaf:homepage, $(homepage)~iri]",
    "[schema:foundingDate, $(founded), xsd:date]",
    "[dct:source, $(source)~iri]",
    "[dct:description, $(description), en~lang]",
)
_RULES = """\
prefixes:
  {prefixes}
mappings:
  made:
    sources:
      - ["{records}~csv"]
    s: {subject}
    po:
      - {stated}
"""
# Its own settings but for the processes, of which it would start twice as many as there are
# processors: that, and other ways to part the rules, were tried and are no quicker.
_SETTINGS = """\
[CONFIGURATION]
output_file: {made}
output_format: N-TRIPLES
number_of_processes: {processes}
[made]
mappings: {rules}
"""


def engine_command(
    folder: Path,
    records: Path,
    made: Path,
    subject: str = f"{DEFAULT_BASE}id/organisation/$(key)",
    stated: Iterable[str] = _STATED,
) -> tuple[str, tuple[str, ...]]:
    """Its name, and the command that makes N-Triples of records in CSV by these rules.

    Raises:
        RuntimeError: it is not installed, and cannot be.
    """
    python = install_engine()
    rules, settings = folder / "rules.yaml", folder / "morph.ini"
    text = _RULES.format(
        prefixes="\n  ".join(f"{each}: {PREFIXES[each]}" for each in _PREFIXES),
        records=records,
        subject=subject,
        stated="\n      - ".join(stated),
    )
    rules.write_text(text, encoding="utf-8")
    processes = os.cpu_count() or 1
    settings.write_text(_SETTINGS.format(made=made, processes=processes, rules=rules))
    return f"morph-kgc {MORPH_KGC}", (str(python), "-m", "morph_kgc", str(settings))


def install_engine() -> Path:
    """The Python of an environment that has Morph-KGC, made where it is not there yet.

    Raises:
        RuntimeError: it cannot be installed; the reason, as pip tells it.
    """
    python = _ENGINE / "bin" / "python"
    if has_engine():
        return python
    for command in (
        (sys.executable, "-m", "venv", str(_ENGINE)),
        (str(python), "-m", "pip", "install", "--quiet", f"morph-kgc=={MORPH_KGC}"),
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise RuntimeError(f"morph-kgc cannot be installed: {ended.stderr.strip()}")
    return python


def has_engine() -> bool:
    """Whether Morph-KGC is installed for this measurement."""
    return any(_ENGINE.glob(f"lib/*/site-packages/morph_kgc-{MORPH_KGC}.dist-info"))
