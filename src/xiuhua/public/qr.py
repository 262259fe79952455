"""A QR code as a drawing within the page: no request, no script, black on white in any colour scheme."""

from __future__ import annotations

from io import BytesIO


def drawn(text: str) -> str:
    """SVG to stand in HTML; what it says is read out by the text beside it."""
    import segno  # noqa: PLC0415 - only receipts need it

    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, scale=4, border=4, dark="#000", light="#fff", svgclass="qr",
        lineclass=None, omitsize=True,
    )  # fmt: skip
    return out.getvalue().decode()
