"""Label sheets, without a server."""

from __future__ import annotations

import io
import re

import segno

from xiuhua.records.labels import PER_SHEET, Label, sheets, url_of


def test_a_key_of_any_signs_becomes_part_of_the_address() -> None:
    assert (
        url_of("https://cg.example", "truck", "川S 1/2?#")
        == "https://cg.example/registers/truck/%E5%B7%9DS%201%2F2%3F%23"
    )


def test_the_code_says_the_address() -> None:
    url = url_of("https://cg.example", "toilet", "WC-001")
    page = sheets("公厕", [Label("WC-001", "锦绣公厕", url)])
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, border=2, dark="#000", svgclass=None, lineclass=None, omitsize=True
    )

    assert out.getvalue().decode() in page and "锦绣公厕" in page and "WC-001" in page


def test_names_are_text_and_no_markup() -> None:
    page = sheets("<b>", [Label("<i>", "a&b<script>", "https://x/")])

    assert "<script>" not in page and "<i>" not in page and "<b>" not in page and "a&amp;b&lt;script&gt;" in page


def test_a_sheet_holds_its_labels_and_no_more() -> None:
    page = sheets("t", [Label(str(n), str(n), f"https://x/{n}") for n in range(2 * PER_SHEET + 1)])

    counts = [part.count("<article>") for part in re.split("<section>", page)[1:]]
    assert counts == [PER_SHEET, PER_SHEET, 1]
