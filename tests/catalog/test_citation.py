"""Citations: as a line, as BibTeX, as CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import repetitions
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import citation_line, short_citation, to_bibtex, to_csl_json
from visualizer.catalog.source import Author, Source
from visualizer.reading import read


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return repetitions.catalog()


def source(title: str = "T", **fields: Any) -> Source:
    return Source("a2020", "article-journal", title, container="J", **fields)


def unescaped(bibtex: str) -> str:
    """Return the entry without escaped characters, so that braces can be counted."""
    return re.sub(r"\\[{}&%$#_]", "", bibtex)


def test_a_line(catalog: Catalog) -> None:
    assert citation_line(catalog.source("otsuka2021")) == (
        "Otsuka, M; Honjo, T; Nagano, A et al. (2021). Kinetics in lumbosacral and lower-limb "
        "joints of sprinters during barbell hip thrust compared to deadlift and back squat. "
        "PLoS ONE 16(7):e0251418. doi:10.1371/journal.pone.0251418"
    )


def test_a_line_says_in_words_which_author_or_title_is_missing() -> None:
    entry = {
        "id": "k", "type": "paper-conference", "title": "[Kinetics of a lift]", "volume": "35",
        "container-title": "Proceedings", "issued": {"date-parts": [[2017]]},
        "URL": "https://a.org/1", "custom": {"not_seen": ["author", "title", "DOI", "page"]},
    }  # fmt: skip
    _, found = read(entry, Source)
    assert found is not None
    assert citation_line(found) == (
        "Kinetics of a lift (2017). Proceedings 35. Authors not known to us. Title in our words. "
        "https://a.org/1"
    )
    authors = [{"family": "Ward", "given": "S"}, {"literal": "others"}]
    _, some = read(
        entry | {"title": "Accurate?", "author": authors, "custom": {"not_seen": ["author"]}},
        Source,
    )
    assert some is not None
    assert citation_line(some) == (
        "Ward, S et al. (2017). Accurate? Proceedings 35. https://a.org/1"
    )


def test_no_line_carries_a_key_or_a_note_to_ourselves(catalog: Catalog) -> None:
    for one in catalog.sources.values():
        line = citation_line(one)
        assert not re.search(r"[\[\]_]|not seen|not read", line.replace(one.url or "\0", "")), line
        assert one.id not in line.split(), line


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("contreras2015", "Contreras et al. 2015"),
        ("zabaleta2024", "Zabaleta-Korta & Fernandez-Pena 2024"),
        ("muscolino2009", "Muscolino 2009"),
        ("ekstrom2007", "Ekstrom et al. 2007"),
        ("golf-insider-hip-thrust", "Golf Insider UK"),
    ],
)
def test_in_short(catalog: Catalog, key: str, text: str) -> None:
    assert short_citation(catalog.source(key)) == text


def test_bibtex(catalog: Catalog) -> None:
    assert to_bibtex(catalog.source("collazo2020")) == (
        "@article{collazo2020,\n"
        "  author = {Collazo Garcia, CL and Rueda, J and Suarez Luginick, B and Navarro, E},\n"
        "  title = {{Differences in the Electromyographic Activity of Lower-Body Muscles in Hip "
        "Thrust Variations}},\n"
        "  journal = {Journal of Strength and Conditioning Research},\n"
        "  year = {2020},\n"
        "  volume = {34},\n"
        "  number = {9},\n"
        "  pages = {2449--2455},\n"
        "  doi = {10.1519/JSC.0000000000002859},\n"
        "}\n"
    )
    assert "author = {Ekstrom, RA and Donatelli, RA and Carp, KC}," in to_bibtex(
        catalog.source("ekstrom2007")
    )
    some = source(author=(Author("Ward", "S"), Author(literal="others")))
    assert "author = {Ward, S and others}," in to_bibtex(some)
    assert to_bibtex(catalog.source("isbs2017")).startswith("@inproceedings{isbs2017,\n  title")
    assert "note = {not seen: authors, title}" in to_bibtex(catalog.source("isbs2017"))
    assert "author = {{BodyParts3D}}" in to_bibtex(catalog.source("bodyparts3d"))


def test_every_source_as_bibtex_is_balanced_and_keeps_its_fields(catalog: Catalog) -> None:
    text = to_bibtex(catalog.sources.values())
    entries = [entry for entry in re.split(r"(?m)^(?=@)", text) if entry.strip()]
    assert len(entries) == len(catalog.sources)
    for entry, cited in zip(entries, catalog.sources.values(), strict=True):
        plain = unescaped(entry)
        assert plain.count("{") == plain.count("}"), entry
        assert entry.startswith("@")
        assert f"{{{cited.id}," in entry.splitlines()[0]
        fields = dict(re.findall(r"(?m)^  (\w+) = \{(.*)\},$", entry))
        assert len(fields) == len(entry.strip().splitlines()) - 2
        assert fields.get("doi") == cited.doi
        assert fields.get("year") == (str(cited.year) if cited.year is not None else None)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1))
def test_no_title_breaks_out_of_its_field(title: str) -> None:
    text = to_bibtex(source(title=title, volume=title))
    plain = unescaped(text.replace(r"\textbackslash{}", ""))
    depth = 0
    for sign in plain:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_escaped_characters() -> None:
    text = to_bibtex(source(title=r"50 % & {more} \ $x_1$ #2 ~^"))
    assert (
        r"title = {{50 \% \& \{more\} \textbackslash{} \$x\_1\$ \#2 "
        r"\textasciitilde{}\textasciicircum{}}},"
    ) in text


def test_csl_json_is_what_the_file_says(catalog: Catalog) -> None:
    everything = json.loads(to_csl_json(catalog.sources.values()))
    assert everything == [dict(s.csl) for s in catalog.sources.values()]
    (one,) = json.loads(to_csl_json(catalog.source("plotkin2023")))
    assert one["DOI"] == "10.3389/fphys.2023.1279170"
