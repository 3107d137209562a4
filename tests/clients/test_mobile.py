"""Kotlin, Swift and Dart clients: generated; Kotlin models compiled; the others name only types that exist."""

import functools
import json
import re
from pathlib import Path

import pytest

from tests.clients.tools import BUILD, PYTHON_TOOLS, SOURCES, generate_client, make_folder, run_tool

pytestmark = pytest.mark.clients

HEADINGS = {"kt": "Kotlin", "swift": "Swift", "dart": "Dart"}
"""Where the documentation gives the command, by language. A word that a later version adds is the unknown case."""
PACKAGES = {
    "kt": ("src/main/kotlin/org/openapitools/client/models", "src/main/kotlin/org/openapitools/client/apis"),
    "swift": ("Sources/OpenAPIClient/Models", "Sources/OpenAPIClient/APIs"),
    "dart": ("lib/src/model", "lib/src/api"),
}
LIBRARY_TYPES = {
    "kt": """
        Any ApiClient ApiResponse BigDecimal Boolean Call ClientError Contextual Decoder Encoder Factory File Int
        JvmStatic KSerializer List LocalDate Map MultiValueMap MutableMap OffsetDateTime RequestConfig SerialName
        Serializable ServerError String Success Suppress Throws Unit collections io java kotlin math time
    """,
    "swift": """
        Bool CaseIterable CaseIterableDefaultsLast Codable CodingKey Date Double Encoder ErrorResponse Hashable
        Identifiable Int JSONValue NumericRule OpenAPIClientAPIConfiguration RequestBuilder Sendable String Type URL
        UnknownCaseCheckable Void
    """,
    "dart": """
        Built BuiltList BuiltMap BuiltSet CancelToken Comparable DateTime Dio EnumClass FullType Future Iterable
        JsonObject List Map Object PrimitiveSerializer ProgressCallback Response Serializer Serializers String Type
        MultipartFile Uint8List ValidateStatus bool dynamic int num
    """,
}
"""What the platform, its libraries and the generator's own runtime define."""
DART_ENUM_MEMBERS = {"hashCode", "name", "noSuchMethod", "runtimeType", "toString", "valueOf", "values"}
"""Members of every Dart enum; a word of this name replaces one of them, and the client does not compile."""


@functools.cache
def generate(language: str, document: Path) -> list[Path]:
    """Generate a client. Return the folders of its models and of its operations."""
    folder = make_folder(f"openapi-generator-{language}", document)
    generate_client(HEADINGS[language], folder)
    return [folder / package for package in PACKAGES[language]]


@pytest.mark.parametrize("language", HEADINGS)
def test_a_client_names_only_types_that_exist(language: str, document: Path) -> None:
    folders = generate(language, document)
    checker = SOURCES / "python" / "find_undefined_types.py"
    found = json.loads(run_tool(PYTHON_TOOLS / "python", checker, language, *folders, folder=BUILD))
    assert found["unreadable"] == []
    schemas = json.loads(document.read_text())["components"]["schemas"]
    assert set(schemas) <= set(found["defined"]), "a schema has a name that the language keeps for itself"
    built_later = re.compile(rf"_\$\w+|({'|'.join(found['defined'])})Builder")  # by built_value, for Dart
    undefined = [name for name in found["undefined"] if language != "dart" or not built_later.fullmatch(name)]
    assert set(undefined) <= set(LIBRARY_TYPES[language].split())


def test_kotlin_models_compile(document: Path) -> None:
    models, _ = generate("kt", document)
    jars = next(BUILD.glob("venv/lib/*/site-packages/run_kotlin_kernel/jars"))
    compiler = next(jars.glob("kotlin-jupyter-kernel-*-all.jar"))
    libraries = ":".join(str(jar) for jar in jars.glob("kotlin*-*.jar") if jar != compiler)
    options = ("-no-stdlib", "-no-reflect", "-nowarn", "-classpath", libraries, "-d", "compiled")
    command = ("-cp", compiler, "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", *options, models)
    run_tool("java", *command, folder=models)
    assert (models / "compiled/org/openapitools/client/models/Exercise.class").exists()


def test_no_word_replaces_a_member_of_a_dart_enum(document: Path) -> None:
    models, _ = generate("dart", document)
    constants = [
        name for file in models.glob("*.dart") for name in re.findall(r"static const \w+ (\w+) = _\$", file.read_text())
    ]
    assert len(constants) > 300
    assert DART_ENUM_MEMBERS.isdisjoint(constants)


def test_a_kotlin_desk_has_its_heights_and_a_finding_its_value(document: Path) -> None:
    models, _ = generate("kt", document)
    assert re.findall(r"val (\w+): ", (models / "DeskRange.kt").read_text())[:3:2] == ["fixedCm", "minCm"]
    assert "val measured: java.math.BigDecimal?" in (models / "WorkstationFinding.kt").read_text()
