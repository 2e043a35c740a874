"""The very documents that the client sends, from the files that it is built of."""

import re
from pathlib import Path

API = Path(__file__).parents[3] / "client" / "src" / "api"


def _documents() -> dict[str, str]:
    names = ("sync", "session", "handing")
    text = "\n".join((API / f"{name}.graphql").read_text(encoding="utf-8") for name in names)
    parts = re.split(r"^(?=(?:query|mutation|subscription|fragment) )", text, flags=re.MULTILINE)
    fragments = {part.split()[1]: part for part in parts if part.startswith("fragment")}
    operations = {re.split(r"\W", part)[1]: part for part in parts if part.startswith(("query", "mutation"))}
    return {name: part + _named_in(part, fragments) for name, part in operations.items()}


def _named_in(document: str, fragments: dict[str, str]) -> str:
    return "".join(fragments[name] for name in re.findall(r"\.\.\.(\w+)", document))


DOCUMENTS = _documents()
