#!/bin/sh
# Installs Xiuhua from this folder without any network: ./install.sh FINGERPRINT [TARGET]
# FINGERPRINT is that of the release key, told by who made the bundle over another way than the bundle itself.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
fingerprint=${1:?"usage: ./install.sh FINGERPRINT [TARGET]"}
target=${2:-/opt/xiuhua/venv}
python=${PYTHON:-python3}
cd "$here"

found=$(sha256sum release.pub | cut -d' ' -f1)
if [ "$found" != "$fingerprint" ]; then
    echo "the bundle is signed by another key: $found" >&2
    exit 1
fi
if ! openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig >/dev/null 2>&1; then
    echo "the signature of SHA256SUMS does not fit (OpenSSL 3 is needed to check it)" >&2
    exit 1
fi
sha256sum --quiet --strict -c SHA256SUMS
# What is not listed was slipped in.
unlisted=$(find . -type f ! -name SHA256SUMS ! -name SHA256SUMS.sig | sed 's|^\./||' | LC_ALL=C sort |
    { sed -n 's/^[0-9a-f]\{64\}  //p' SHA256SUMS | LC_ALL=C sort >"${TMPDIR:-/tmp}/xiuhua-listed.$$"
      LC_ALL=C comm -23 - "${TMPDIR:-/tmp}/xiuhua-listed.$$"; rm -f "${TMPDIR:-/tmp}/xiuhua-listed.$$"; })
if [ -n "$unlisted" ]; then
    echo "files that SHA256SUMS does not list: $unlisted" >&2
    exit 1
fi

"$python" -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
"$python" -m venv "$target"
pip="$target/bin/python -m pip --disable-pip-version-check --no-input -q"
$pip install --no-index --find-links wheels --require-hashes --no-deps -r runtime.txt
$pip install --no-index --no-deps wheels/xiuhua-*.whl
"$target/bin/xiuhua" --version
