"""Build hook: the wheel's dependencies are the names in runtime.in, so that they stand in one place only."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeDependencies(MetadataHookInterface):
    """Reads `runtime.in`; build tools listed there for the locked build are left out."""

    def update(self, metadata: dict[str, object]) -> None:
        """Set `dependencies` from the file, without comments and the build backend."""
        lines = (Path(self.root) / "requirements" / "runtime.in").read_text().splitlines()
        names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        metadata["dependencies"] = [name for name in names if name not in ("hatchling", "editables")]
