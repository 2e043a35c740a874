"""`python -m schema` writes schema/schema.graphql, the contract that the client is generated from."""

from pathlib import Path

from schema import build_schema

FILE = Path(__file__).parent / "schema.graphql"


def main() -> None:
    FILE.write_text(build_schema().as_str() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
