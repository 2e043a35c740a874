"""A table of all packages that we install with their licences; fails on one that asks for more than a notice."""

import json
import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

PERMISSIVE = re.compile(
    r"\b(MIT(-0|-CMU)?|BSD|0BSD|Apache|ISC|Unlicen[sc]e|Zlib|PSF|Python|CC0|CC-BY|BlueOak|WTFPL|Artistic)\b",
    re.IGNORECASE,
)
# Asks for the source of its own files when they are changed; we use them as they are.
WEAK = re.compile(r"\b(MPL-2\.0|Mozilla Public License 2\.0)\b", re.IGNORECASE)
COPYLEFT = re.compile(r"GPL|SSPL|BUSL|Commons Clause|GNU", re.IGNORECASE)


def main() -> None:
    rows = sorted({*python_packages(), *client_packages()})
    refused = [row for row in rows if not is_acceptable(row[3])]
    for where, name, version, licence in rows:
        print(f"{where:7} {name:45} {version:14} {licence}")
    print(f"{len(rows)} packages, {len(refused)} with a licence to look at")
    for row in refused:
        print("not permissive:", *row, file=sys.stderr)
    sys.exit(bool(refused))


def is_acceptable(licence: str) -> bool:
    """Of a choice (`A OR B`) one will do; of a sum (`A AND B`) all must."""
    if COPYLEFT.search(licence) and " or " not in licence.lower():
        return False
    return bool(PERMISSIVE.search(licence) or WEAK.search(licence))


def python_packages() -> list[tuple[str, str, str, str]]:
    return [
        ("python", package.name, package.version, _licence(package))
        for package in distributions()
        if package.name not in ("forecourt", "pip", "setuptools")
    ]


def _licence(package: Distribution) -> str:
    about = package.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    stated = about.get("License-Expression") or ", ".join(classified) or about.get("License") or "unknown"
    return stated.strip().splitlines()[0][:60]


def client_packages() -> list[tuple[str, str, str, str]]:
    lock = json.loads((Path(__file__).parent.parent / "client" / "package-lock.json").read_text())
    return [
        (
            "client",
            path.rpartition("node_modules/")[2],
            entry["version"],
            str(entry.get("license", "unknown")),
        )
        for path, entry in lock["packages"].items()
        if path
    ]


if __name__ == "__main__":
    main()
