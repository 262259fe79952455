"""`bundle`: everything for an installation in a room without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

import xiuhua
from xiuhua.operations import bundle as bundles

_CHECKOUT: Final = Path(xiuhua.__file__).parents[2]


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="The release key (Ed25519, PEM); made there when there is none.")  # fmt: skip
def bundle(folder: Path, key: Path) -> None:
    """Put wheels, this program and its installer into a FOLDER, with digests and a signature; from a checkout."""
    fingerprint = bundles.make(_CHECKOUT, folder, bundles.load_key(key))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    click.echo(f"{folder}: {len(list((folder / 'wheels').iterdir()))} wheels, {size >> 20} MiB")
    click.echo(f"fingerprint of the release key, to be told over another way: {fingerprint}")
    click.echo(f"there: ./install.sh {fingerprint} /opt/xiuhua/venv")
