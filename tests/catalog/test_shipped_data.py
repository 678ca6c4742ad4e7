"""Every shipped data file, and the content that the product promises."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.helpers.repetitions import placement
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import MuscleKind
from visualizer.catalog.catalog import Catalog, check_files, load_catalog
from visualizer.catalog.variation import Basis, Ground, Joint, Variation
from visualizer.effort.words import SOURCES
from visualizer.lifts.hip_thrust.setup import Support
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId
from visualizer.resources import body_file, data_folder
from visualizer.teaching.files import is_of_teaching

# lessons and glossary are held by tests/teaching
TOML = [path for path in sorted(data_folder().rglob("*.toml")) if not is_of_teaching(path)]
FILES = [*TOML, data_folder() / "sources.json"]
ARTICLE = "golf-insider-hip-thrust"

# The content table of the product, written down a second time. "-" where the article is silent
# or names no contraction type: there the displayed claim rests on something else and says so.
P, S, ST = "prime mover", "synergist", "stabilizer"
C, E, I = "concentric", "eccentric", "isometric"  # noqa: E741
CONTENT = {
    "barbell-hip-thrust": [
        ("gluteus_maximus", P, "both", C, E, "article", "article"),
        ("biceps_femoris", S, "both", C, E, "article", "silent"),
        ("erector_spinae", ST, "both", I, I, "article", "article"),
        ("quadriceps", ST, "both", I, I, "no type", "silent"),
        ("adductors", ST, "both", I, I, "no type", "silent"),
        ("abdominals", ST, "both", I, I, "no type", "no type"),
    ],
    "single-leg-hip-thrust": [
        ("gluteus_maximus", P, "working", C, E, "article", "article"),
        ("biceps_femoris", S, "working", C, E, "article", "silent"),
        ("rectus_abdominis", ST, "both", I, I, "article", "article"),
        ("obliques", ST, "both", I, I, "article", "article"),
    ],
    "banded-hip-thrust": [
        ("gluteus_maximus", P, "both", C, E, "article", "analogy"),
        ("gluteus_medius", ST, "both", I, I, "article", "article"),
        ("adductors", ST, "both", I, I, "article", "article"),
    ],
    "glute-bridge": [
        ("gluteus_maximus", P, "both", C, E, "article", "analogy"),
        ("hamstrings", S, "both", C, E, "no type", "silent"),
        ("abdominals", ST, "both", I, I, "no type", "article"),
    ],
}
# What stands beside the article's statements, on other grounds, in the order of the list.
BESIDE = {
    "barbell-hip-thrust": ("hamstrings", "adductor_magnus", "gluteus_medius"),
    "single-leg-hip-thrust": (
        "hamstrings", "adductor_magnus",
        "gluteus_medius", "erector_spinae", "quadriceps", "adductors",
    ),
    "banded-hip-thrust": (
        "hamstrings", "adductor_magnus", "erector_spinae", "quadriceps", "abdominals",
    ),
    "glute-bridge": (
        "adductor_magnus", "erector_spinae", "quadriceps", "adductors", "gluteus_medius",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    loaded = load_catalog()
    assert loaded.problems == ()
    return loaded.catalog


def test_every_shipped_file_is_valid() -> None:
    # each on its own: all at once would tell whether they fit each other
    assert [problem for path in FILES for problem in check_files([path])] == []


def test_a_shipped_file_is_named_after_its_id() -> None:
    for path in TOML:
        lines = path.read_text("utf-8").splitlines()
        if path.parent.name == "facts":
            assert f'source = "{path.stem}"' in lines, path.name
            keys = [line for line in lines if line.startswith("key = ")]
            assert keys, path.name
            assert all(key.startswith(f'key = "{path.stem}-') for key in keys), path.name
        elif path.name != "disagreements.toml":
            assert f'id = "{path.stem}"' in lines, path.name


def test_the_variations_in_their_order(catalog: Catalog) -> None:
    # the forms that the article treats, then the lift that it points to
    assert [v.id for v in catalog.variations] == [*CONTENT, "romanian-deadlift"]


@pytest.mark.parametrize("variation_id", CONTENT)
def test_content_table(catalog: Catalog, variation_id: str) -> None:
    rows = [
        (
            action.muscle,
            action.role.value,
            action.side.value,
            action.contraction[PhaseId.LIFT].contraction.value,
            action.contraction[PhaseId.LOWERING].contraction.value,
        )
        for action in catalog.variation(variation_id).muscles
    ]
    # the article's rows stand there word for word and in this order; ours stand between them
    article = [row[:5] for row in CONTENT[variation_id]]
    assert [row for row in rows if row in article] == article
    assert [row[0] for row in rows if row not in article] == list(BESIDE[variation_id])
    roles = [row[1] for row in rows]
    assert roles == sorted(roles, key=[P, S, ST].index)


@pytest.mark.parametrize("variation_id", BESIDE)
def test_what_the_article_does_not_state_rests_on_more_than_it(
    catalog: Catalog, variation_id: str
) -> None:
    actions = {a.muscle: a for a in catalog.variation(variation_id).muscles}
    for name in BESIDE[variation_id]:
        action = actions[name]
        assert any(g.basis is not Basis.ARTICLE for g in action.grounds), name
        for claim in action.contraction.values():
            assert any(g.basis in (Basis.MODEL, Basis.INFERENCE) for g in claim.grounds), name
    magnus = actions["adductor_magnus"]
    assert (magnus.role.value, magnus.joint) == (S, Joint.HIP)
    assert {g.basis for g in magnus.grounds} >= {Basis.STUDY, Basis.MODEL}
    assert [c.contraction.value for c in magnus.contraction.values()] == [C, E]


def test_forms_with_the_same_bar_and_path_state_the_same_muscles(catalog: Catalog) -> None:
    def told(variation_id: str) -> set[str]:
        named = (a.muscle for a in catalog.variation(variation_id).muscles)
        return {surface for muscle in named for surface in catalog.surfaces(muscle)}

    barbell = told("barbell-hip-thrust") - {"biceps_femoris_short_head"}
    assert {"semitendinosus", "semimembranosus", "gluteus_medius", "adductor_magnus"} <= barbell
    for other in ("single-leg-hip-thrust", "banded-hip-thrust", "glute-bridge"):
        # of the abdominals the article names two for one leg; the third lies below them
        assert barbell - told(other) <= {"transversus_abdominis"}, other
        assert told(other) <= told("barbell-hip-thrust"), other


@pytest.mark.parametrize("variation_id", CONTENT)
def test_the_flexors_of_the_hip_are_antagonists(catalog: Catalog, variation_id: str) -> None:
    antagonists = catalog.variation(variation_id).antagonists
    assert [a.muscle for a in antagonists] == ["iliopsoas", "rectus_femoris"]
    for entry in antagonists:
        assert entry.joint is Joint.HIP
        assert entry.why["en"]
        assert entry.grounds


@pytest.mark.parametrize(
    ("variation_id", "muscle", "phase", "what"),
    [
        (variation_id, row[0], phase, what)
        for variation_id, rows in CONTENT.items()
        for row in rows
        for phase, what in ((PhaseId.LIFT, row[5]), (PhaseId.LOWERING, row[6]))
    ],
)
def test_where_the_article_is_silent_the_grounds_say_so(
    catalog: Catalog, variation_id: str, muscle: str, phase: PhaseId, what: str
) -> None:
    action = next(a for a in catalog.variation(variation_id).muscles if a.muscle == muscle)
    grounds = action.contraction[phase].grounds
    article = [g for g in grounds if g.basis is Basis.ARTICLE]
    own = [g for g in grounds if g.basis in (Basis.MODEL, Basis.INFERENCE)]
    said = " ".join(g.note for g in grounds)
    if what == "article":
        assert article
        assert "silent" not in said
    elif what == "no type":
        assert article
        assert own
        assert re.search(r"names (no type|neither phase nor type) of contraction", said)
    else:
        assert not article
        assert own
        assert "article is silent on the lowering" in said
        assert ("By analogy" in said) is (what == "analogy")


def statements(variation: Variation) -> Iterator[tuple[str, tuple[Ground, ...]]]:
    yield variation.summary.text["en"], variation.summary.grounds
    yield variation.suits.text["en"], variation.suits.grounds
    for antagonist in variation.antagonists:
        yield antagonist.why["en"], antagonist.grounds
    for action in variation.muscles:
        yield action.why["en"], action.grounds
        for claim in action.contraction.values():
            yield claim.contraction.value, claim.grounds
    for question in variation.questions:
        yield question.answer["en"], question.grounds


@pytest.mark.parametrize("variation_id", CONTENT)
def test_every_statement_has_grounds_in_words(catalog: Catalog, variation_id: str) -> None:
    for text, grounds in statements(catalog.variation(variation_id)):
        assert text.strip()
        assert grounds, text
        for ground in grounds:
            assert ground.note, text
            if ground.basis in (Basis.ARTICLE, Basis.STUDY):
                assert ground.source in catalog.sources
            if ground.basis is Basis.ARTICLE:
                assert ground.source == ARTICLE


def test_every_study_is_named_with_what_it_measured(catalog: Catalog) -> None:
    for variation in catalog.variations:
        for text, grounds in statements(variation):
            for ground in grounds:
                if ground.basis is Basis.STUDY:
                    assert ground.facts, f"{variation.id}: {text}: {ground.source}"
                if ground.basis is Basis.MODEL:
                    assert not re.search(r"\d", ground.note), ground.note


@pytest.mark.parametrize("variation_id", CONTENT)
def test_reasons_are_one_or_two_plain_sentences(catalog: Catalog, variation_id: str) -> None:
    for action in catalog.variation(variation_id).muscles:
        why = action.why["en"]
        assert 1 <= len(re.findall(r"[.;:](?=\s|$)", why)) <= 3, why
        assert len(why.split()) <= 45, why


def test_setups(catalog: Catalog) -> None:
    for variation in map(catalog.variation, CONTENT):
        bridge = variation.id == "glute-bridge"
        assert placement(variation).support is (Support.FLOOR if bridge else Support.BENCH)
        assert placement(variation).bench_height_m == pytest.approx(0.0 if bridge else 0.40)
        assert [p.seconds for p in variation.phases] == [1.0, 0.5, 2.0]
        single = variation.id == "single-leg-hip-thrust"
        assert variation.setup.legs is (Laterality.WORKING if single else Laterality.BOTH)
        assert (Equipment.LOOP_BAND in variation.equipment) is (variation.id == "banded-hip-thrust")
        degrees = math.degrees(placement(variation).hip_abduction_rad)
        if variation.id == "banded-hip-thrust":
            assert degrees == pytest.approx(10)
        else:
            assert 0 <= degrees <= 5


def test_the_four_questions_are_answered(catalog: Catalog) -> None:
    questions = [q.question["en"] for q in catalog.variation("barbell-hip-thrust").questions]
    subjects = ("abs", "hamstrings", "lower back", "quads")
    for subject, question in zip(subjects, questions, strict=True):
        assert subject in question


def test_muscles_of_the_body(catalog: Catalog) -> None:
    kinds = [m.kind for m in catalog.muscles.values()]
    assert kinds.count(MuscleKind.GROUP) == 10
    assert kinds.count(MuscleKind.FASCIA) == 2
    assert kinds.count(MuscleKind.MUSCLE) == 74


def test_published_volumes_follow_the_regression(catalog: Catalog) -> None:
    # Handsfield 2014: all muscles of one leg, for the mass and height of the body that is shown
    body = BodyModel.load()
    leg_cm3 = 47 * body.mass_kg * body.stature_m + 1285
    for name, slope, offset in (
        ("gluteus_maximus", 0.123, -25.4),
        ("vastus_lateralis", 0.125, -55.7),
        ("semimembranosus", 0.0319, 18.2),
        ("psoas_major", 0.055, -117),
        ("tensor_fasciae_latae", 0.0136, -31.5),
    ):
        volume = catalog.muscle(name).volume
        assert volume is not None
        assert volume.source == "handsfield2014"
        assert volume.volume_cm3 == pytest.approx(slope * leg_cm3 + offset, abs=0.06)
    published = [m for m in catalog.muscles.values() if m.volume and m.volume.source]
    assert len(published) == 21
    for muscle in catalog.muscles.values():
        if muscle.volume is not None and muscle.volume.source is None:
            assert "estimate" in muscle.volume.note
        assert (muscle.volume is None) is (muscle.kind is MuscleKind.GROUP)


def test_tendons_belong_to_one_muscle_and_to_the_skeleton(catalog: Catalog) -> None:
    owners: dict[str, str] = {}
    for muscle in catalog.muscles.values():
        for tendon in muscle.tendons:
            assert owners.setdefault(tendon, muscle.id) == muscle.id
    skeleton = body_file("skeleton.xml").read_text("utf-8")
    for tendon in owners:
        assert f'"{tendon}_r"' in skeleton, tendon
        assert f'"{tendon}_l"' in skeleton, tendon


def test_fibre_lengths_of_all_hip_and_thigh_tendons(catalog: Catalog) -> None:
    fibre = {
        tendon: length
        for muscle in catalog.muscles.values()
        for tendon, length in muscle.optimal_fibre_length_m.items()
    }
    assert len(fibre) == 40
    assert fibre["glmax3"] == 0.167
    assert fibre["bflh"] == 0.0976
    assert fibre["addmagIsch"] == 0.1562


def test_anatomy_texts_have_a_source(catalog: Catalog) -> None:
    described = [m for m in catalog.muscles.values() if m.origin or m.actions]
    assert len(described) >= 33
    for muscle in described:
        assert "z-anatomy-descriptions" in muscle.sources
    for muscle in catalog.muscles.values():
        assert (muscle.ta2 is None) is ("ta2-transcription" not in muscle.sources)


def test_sources_say_what_was_read(catalog: Catalog) -> None:
    assert catalog.source(ARTICLE).title == "Hip Thrusts – A Guide To The Main Muscles Worked"
    assert catalog.source(ARTICLE).container == "Sport Science Insider"
    assert (
        catalog.source(ARTICLE).url == "https://sportscienceinsider.com/what-do-hip-thrusts-work/"
    )
    assert catalog.source(ARTICLE).authors == ("Golf Insider UK, Will",)
    for key in ("handsfield2014", "ward2009"):
        assert "transcription in public code" in str(catalog.source(key).csl["note"])
    for source in catalog.sources.values():
        assert source.csl.get("note"), source.id
        assert "muscledb" not in str(source.csl)


def test_every_source_is_used(catalog: Catalog) -> None:
    used = {ARTICLE, *(fact.source for fact in catalog.facts.values())}
    for variation in catalog.variations:
        for _, grounds in statements(variation):
            used |= {ground.source for ground in grounds if ground.source is not None}
    for card in catalog.disagreements:
        used |= {key for side in card.positions for key in side.sources}
    for muscle in catalog.muscles.values():
        used |= set(muscle.sources)
        used |= {muscle.volume.source} if muscle.volume and muscle.volume.source else set()
    # two are cited by the page on method: masses of segments, and what the model's fibres rest on
    assert set(catalog.sources) - used - set(SOURCES) == {"deleva1996", "ward2009"}


def test_every_complete_article_can_be_found(catalog: Catalog) -> None:
    for source in catalog.sources.values():
        named = source.doi or source.url or source.csl.get("PMID") or source.csl.get("PMCID")
        assert named, source.id
        if source.csl["type"] == "article-journal" and source.is_complete:
            assert source.not_seen == (), source.id


def test_variation_list_is_sorted(catalog: Catalog) -> None:
    keys = [(v.order, v.display_name().casefold()) for v in catalog.variations]
    assert all(a <= b for a, b in pairwise(keys))


# ------------------------------------------------------------------------------------ measurements
# The most quoted numbers, written down a second time from the collected facts.
NUMBERS = {
    "contreras2015-gluteus-maximus-upper-mean": (69.5, "%MVIC", None, 13),
    "contreras2015-gluteus-maximus-lower-peak": (216, "%MVIC", None, 13),
    "contreras2015-vastus-lateralis-mean": (99.5, "%MVIC", None, 13),
    "contreras2015-biceps-femoris-mean": (40.8, "%MVIC", None, 13),
    "delgado2019-vastus-lateralis": (2.27, "effect size", None, 8),
    "otsuka2021-knee-extension-moment": (66, "Nm", 33, 11),
    "plotkin2023-quadriceps": (3.6, "cm²", None, 34),
    "plotkin2023-gluteus-medius": (-1.8, "cm²", None, 34),
    "kassiano2024-gluteus-maximus": (9.3, "%", None, 33),
    "macadam2019-single-leg-bridge": (54.2, "%MVIC", None, None),
    "delgado2019-romanian-deadlift": (0.49, "effect size", None, 8),
    "neto2020-gluteus-maximus-deadlift": (61.02, "%MVIC", 28.14, 78),
    "neto2020-gluteus-maximus-step-up": (125.09, "%MVIC", 55.26, 15),
    "zabaleta2024-hip-thrust-travel": (35.65, "cm", 3.4, 10),
    "zabaleta2024-bridge-travel": (15.45, "cm", 4.82, 10),
    "zabaleta2024-hip-thrust-time": (0.8, "s", 0.14, 10),
    "neto2020-gluteus-maximus-hip-thrust": (75.41, "%MVIC", 18.49, 58),
    "stevens2006-obliques": (2.79, "to 1", None, 30),
}


@pytest.mark.parametrize("key", NUMBERS)
def test_measured_numbers(catalog: Catalog, key: str) -> None:
    fact = catalog.fact(key)
    assert (fact.value, fact.unit, fact.spread.sd, fact.population.n) == NUMBERS[key]


def test_every_fact_can_be_looked_up_and_read(catalog: Catalog) -> None:
    assert len(catalog.facts) >= 50
    for fact in catalog.facts.values():
        assert catalog.source(fact.source).is_complete
        assert fact.value_text
        assert fact.load
        assert fact.phase
        if fact.value is not None or fact.high is not None:
            assert fact.unit
            assert fact.spread.text
            assert fact.normalisation or "%" not in fact.unit


def test_what_must_not_be_used_is_not_used(catalog: Catalog) -> None:
    # their citations are incomplete: no number of theirs may appear
    for key in ("isbs2017", "ijspt2014t2"):
        assert not catalog.source(key).is_complete
        assert key not in {fact.source for fact in catalog.facts.values()}


def test_the_disagreements(catalog: Catalog) -> None:
    cards = {card.id: card for card in catalog.disagreements}
    assert list(cards) == [
        "quadriceps-share",
        "thrust-or-bridge",
        "thrust-or-deadlift",
        "where-it-is-hardest",
        "activity-and-growth",
        "more-than-all",
        "which-band",
        "gluteus-maximus-on-one-leg",
        "gluteus-medius-on-one-leg",
        "the-way-down",
        "where-the-feet-stand",
        "what-to-call-it",
    ]
    for card in cards.values():
        assert len(card.positions) >= 2
        assert len({side.sources for side in card.positions}) >= 2, card.id
        assert card.meaning["en"]
    assert "kennedy2022" in cards["thrust-or-bridge"].positions[0].sources
    assert cards["quadriceps-share"].positions[0].sources == ("contreras2015",)


def test_which_disagreements_concern_what(catalog: Catalog) -> None:
    def ids(*arguments: str) -> list[str]:
        return [card.id for card in catalog.disagreements_of(*arguments)]

    assert "quadriceps-share" in ids("barbell-hip-thrust")
    assert "quadriceps-share" not in ids("glute-bridge")
    assert "quadriceps-share" in ids("barbell-hip-thrust", "vastus_lateralis")
    assert ids("barbell-hip-thrust", "erector_spinae") == []
    # a card about the hamstrings concerns the biceps femoris, and the other way round
    assert "the-way-down" in ids("single-leg-hip-thrust", "semitendinosus")
    assert "which-band" in ids("banded-hip-thrust", "gluteus_medius")


def test_a_card_stands_only_where_it_speaks_of_the_muscle(catalog: Catalog) -> None:
    """Its text names the muscle, its members or its group, and so does a fact if it has any."""
    for card in catalog.disagreements:
        texts = [card.title["en"], card.meaning["en"], *(s.says["en"] for s in card.positions)]
        told = " ".join(" ".join(texts).lower().split())
        facts = [catalog.fact(key) for side in card.positions for key in side.facts]
        for muscle in card.muscles:
            surfaces = set(catalog.surfaces(muscle))
            of_fact = any(f.muscle and surfaces & set(catalog.surfaces(f.muscle)) for f in facts)
            kin = [m for m in catalog.muscles if surfaces & set(catalog.surfaces(m))]
            named = any(m.replace("_", " ") in told for m in kin)
            assert named, f"{card.id}: {muscle}"
            assert of_fact or any(f.muscle is None for f in facts) or not facts, (
                f"{card.id}: {muscle}"
            )


@pytest.mark.parametrize("muscle", ["biceps_femoris", "adductors", "adductor_magnus"])
def test_growth_of_the_gluteus_maximus_is_no_matter_of_other_muscles(
    catalog: Catalog, muscle: str
) -> None:
    for variation in CONTENT:
        cards = {card.id for card in catalog.disagreements_of(variation, muscle)}
        assert not cards & {"activity-and-growth", "thrust-or-bridge", "thrust-or-deadlift"}


def test_intervals_that_the_abstract_prints(catalog: Catalog) -> None:
    printed = {
        "plotkin2023-gluteus-maximus-lower": (-6.1, 2.0),
        "plotkin2023-gluteus-maximus-middle": (-4.0, 2.6),
        "plotkin2023-gluteus-maximus-upper": (-5.8, 4.1),
        "plotkin2023-gluteus-medius": (-4.6, 1.4),
        "plotkin2023-hamstrings": (-0.9, 1.4),
        "plotkin2023-quadriceps": (0.7, 6.4),
        "plotkin2023-adductors": (1.2, 3.9),
    }
    for key, interval in printed.items():
        assert catalog.fact(key).spread.ci95 == interval, key
    for fact in catalog.facts.values():
        assert fact.spread.se is None or fact.spread.ci95 is not None, fact.key


def test_no_fact_says_more_than_its_abstract(catalog: Catalog) -> None:
    assert "consistently" in catalog.fact("plotkin2023-emg-growth").finding
    for muscle in ("biceps-femoris", "erector-spinae"):
        assert catalog.fact(f"takeshita2022-{muscle}").finding == "falls significantly"
    assert "bilateral" in catalog.fact("brazil2021-joint-order").quantity
    assert "standing" not in catalog.fact("stevens2006-obliques").part
    for fact in catalog.facts.values():
        # of these the abstracts do not tell the phase
        if fact.source in ("contreras2015", "contreras2016", "collazo2020", "williams2021"):
            assert fact.phase == "phase not stated in the abstract"
        if fact.source in ("kang2016", "kim2022", "stevens2006", "yoon2018", "ekstrom2007"):
            assert fact.phase == "phase not stated in the abstract"


def test_no_variation_says_that_a_bridge_was_held_unless_the_study_does(catalog: Catalog) -> None:
    for variation in catalog.variations:
        for _, grounds in statements(variation):
            for ground in grounds:
                if "held" in ground.note and ground.facts:
                    phases = {catalog.fact(key).phase for key in ground.facts}
                    assert any("held" in phase for phase in phases), ground.note
