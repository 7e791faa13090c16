"""Write the bill of materials of what the image runs.

`python -m scripts.sbom FILE`, CycloneDX 1.6 in JSON. Names, versions and hashes come from the lock
file, licences and dependencies from the installed packages. The same lock file gives the same
document: its serial number is a digest of what it lists, its time `SOURCE_DATE_EPOCH`, if set.
"""

import json
import os
import sys
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from scripts.licences import licence_of
from scripts.locked import SERVICE, Package, direct_dependencies, installed, read_lock

_EXTRAS: Final = frozenset({"distributed", "oidc"})
_ROOT: Final = "pantau"


def main() -> int:
    """Write the file that is named; return the exit code."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m scripts.sbom FILE\n")
        return 2
    path = Path(sys.argv[1])
    text = write(read_lock(SERVICE))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{path}: {len(json.loads(text)['components'])} components\n")
    return 0


def write(packages: list[Package]) -> str:
    """Return the document of some packages, checked against the CycloneDX schema.

    Raises ValueError.
    """
    document = json.dumps(json.loads(_rendered(packages)), indent=2, sort_keys=True) + "\n"
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(document)
    if problem is not None:
        message = f"the bill of materials is not valid: {problem}"
        raise ValueError(message)
    return document


def _rendered(packages: list[Package]) -> str:
    packages = sorted(packages, key=lambda package: package.purl)
    listing = "\n".join(f"{package.purl} {' '.join(package.hashes)}" for package in packages)
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, listing))
    program = Component(
        type=ComponentType.APPLICATION,
        name=_ROOT,
        version=metadata.version(_ROOT),
        bom_ref=_ROOT,
        licenses=[LicenseExpression("Apache-2.0")],
    )
    bom.metadata = BomMetaData(component=program, timestamp=_moment())
    components = {package: _component(package) for package in packages}
    bom.components.update(components.values())
    bom.register_dependency(program, _known(components, metadata.distribution(_ROOT), _EXTRAS))
    for package, component in components.items():
        distribution = installed(package)
        needs = () if distribution is None else _known(components, distribution, frozenset())
        bom.register_dependency(component, needs)
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())


def _moment() -> datetime:
    written = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.now(UTC) if written is None else datetime.fromtimestamp(int(written), UTC)


def _component(package: Package) -> Component:
    expression = licence_of(package)
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=package.purl,
        purl=PackageURL("pypi", name=package.name, version=package.version),
        licenses=[] if expression is None else [LicenseExpression(expression)],
        properties=[Property(name="pantau:marker", value=package.marker)] if package.marker else [],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(package.purl),
                comment="the files that may be installed",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in package.hashes],
            )
        ],
    )


def _known(
    components: dict[Package, Component],
    distribution: metadata.Distribution,
    extras: frozenset[str],
) -> list[Component]:
    names = direct_dependencies(distribution, extras)
    return [component for package, component in components.items() if package.name in names]


if __name__ == "__main__":
    sys.exit(main())
