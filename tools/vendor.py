"""Takes the scripts that draw charts on the page from npm, as they were published.

`./run python -m tools.vendor` fetches each package with `npm pack`, compares the archive with the
hash below, and puts the minified script, its licence and the notices of what others made in it
(`vendor_parts`) into the server's static folder; nothing is built. `--check` compares what lies
there with the hashes, with no network; a test does that.

To take another version: change it here, run this, and put in the hashes that it tells.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.vendor_parts import PARTS, missing, notices

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "nemcon" / "server" / "static" / "nemcon" / "vendor"


@dataclass(frozen=True)
class Package:
    """A package of npm: the SHA-256 of its archive and of the one script that is taken from it."""

    name: str
    version: str
    archive: str
    script: str
    sha256: str
    whole: str
    """The script before it is minified, which tells more of what is in it."""

    @property
    def target(self) -> str:
        """The name under which the script lies here."""
        return f"{self.name}-{self.version}.min.js"


PACKAGES = (
    Package(
        "vega",
        "6.4.0",
        "3521fb6ff68a94a40323954f0ba4484ba4014b157bfd37f89a3b063082320c42",
        "build/vega.min.js",
        "8f6a3587cf8d4f42c7e08120e3eb05d067e746d554e39d2dcf52acc0bd5ba28f",
        "build/vega.js",
    ),
    Package(
        "vega-lite",
        "6.5.0",
        "811230a6bfd2cdbfc359d0c38f624a90df86657b7f251b67be88bcc4eee32b7f",
        "build/vega-lite.min.js",
        "83e215e84e308ee8688fa6503ba0f1cf8a3c05c0d61df2841a0b92bf86809e00",
        "build/index.js",
    ),
    Package(
        "vega-embed",
        "7.3.0",
        "d9a958ced3240f0418df7d5e12e97dba6e63cecda15b8403e47a0db7eb6ea859",
        "build/vega-embed.min.js",
        "b1455caba2fb1a72fb46025ba0ba1316e2dbc7f0dd40a3f6040172bf9c08ba91",
        "build/embed.js",
    ),
)


def fetch(package: Package, folder: Path) -> Path:
    """The archive of a package, by npm's own client."""
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{package.name}-{package.version}.tgz"


def take(package: Package, archive: Path) -> list[str]:
    """Put the script, the licence and the notices of a package in place; the hashes that differ."""
    wrong = []
    found = digest(archive.read_bytes())
    if found != package.archive:
        wrong.append(f"{archive.name}: sha256 {found}")
    with tarfile.open(archive) as packed:
        script = _member(packed, f"package/{package.script}")
        licence = _member(packed, "package/LICENSE")
        whole = _member(packed, f"package/{package.whole}").decode("utf-8")
    if digest(script) != package.sha256:
        wrong.append(f"{package.target}: sha256 {digest(script)}")
    if not wrong:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / package.target).write_bytes(script)
        (FOLDER / f"{package.name}.LICENSE.txt").write_bytes(licence)
        if PARTS[package.name]:
            told = notices(package.name, whole, archive.parent / package.name)
            (FOLDER / f"{package.name}.PARTS.txt").write_text(told, "utf-8")
    return wrong


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    opened = packed.extractfile(name)
    if opened is None:
        raise SystemExit(f"the archive has no file {name}")
    return opened.read()


def check() -> list[str]:
    """What lies there and is not as it was published, or is missing."""
    wrong = []
    for package in PACKAGES:
        path = FOLDER / package.target
        if not path.is_file():
            wrong.append(f"{package.target} is missing")
        elif digest(path.read_bytes()) != package.sha256:
            wrong.append(f"{package.target} is not as it was published")
        if not (FOLDER / f"{package.name}.LICENSE.txt").is_file():
            wrong.append(f"the licence of {package.name} is missing")
        told = FOLDER / f"{package.name}.PARTS.txt"
        wrong += missing(package.name, told.read_text("utf-8") if told.is_file() else "")
    return wrong


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    """Fetch, or with --check only compare."""
    if "--check" in sys.argv[1:]:
        wrong = check()
    else:
        with tempfile.TemporaryDirectory() as folder:
            wrong = [
                line for package in PACKAGES for line in take(package, fetch(package, Path(folder)))
            ]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
