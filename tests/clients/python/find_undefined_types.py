"""Prints, as JSON, what does not parse in generated source, and the types that it names and that nobody defines.

Usage: find_undefined_types.py LANGUAGE FOLDER ... It stands in for a compiler where no package has one.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_dart
import tree_sitter_kotlin
import tree_sitter_swift
from tree_sitter import Language, Node, Parser

GRAMMARS = {"dart": tree_sitter_dart.language, "kt": tree_sitter_kotlin.language, "swift": tree_sitter_swift.language}
NAME_NODES = ("identifier", "simple_identifier", "type_identifier")
DEFINITIONS = (
    "class_declaration",
    "class_definition",
    "object_declaration",
    "protocol_declaration",
    "type_alias",
    "type_parameter",
    "typealias_declaration",
)
USES = {"dart": "type_identifier", "kt": "user_type", "swift": "user_type"}


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    for child in node.children:
        yield from walk(child)


def find_names(root: Node, language: str) -> Iterator[tuple[str, bool]]:
    """Yield each name of a type, and whether it is defined here; else it is used."""
    for node in walk(root):
        if node.type in NAME_NODES and node.parent is not None:
            name = node.text.decode()
            if node.parent.type in DEFINITIONS and node.parent.child_by_field_name("name") in (node, None):
                yield name, True
            elif USES[language] in (node.type, node.parent.type):
                yield name, False


def main(language: str, *folders: str) -> None:
    """Print the faults of all files of a language in the folders."""
    parser = Parser(Language(GRAMMARS[language]()))
    unreadable, defined, used = [], set(), set()
    for file in (file for folder in folders for file in Path(folder).rglob(f"*.{language}")):
        root = parser.parse(file.read_bytes()).root_node
        if root.has_error:
            unreadable.append(file.name)
        for name, is_definition in find_names(root, language):
            (defined if is_definition else used).add(name)
    print(json.dumps({"defined": sorted(defined), "undefined": sorted(used - defined), "unreadable": unreadable}))


main(*sys.argv[1:])
