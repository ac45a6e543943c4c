"""Who is meant, in sentences parsed for real."""

import pytest

from detente.coding.actors.mentions import Scanner
from detente.coding.actors.resolver import Resolver
from detente.coding.grammar.parse import Parser
from detente.coding.types import Mention
from detente.model import Block, Document, document_id
from detente.registers import load
from detente.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def resolve():
    from detente.coding import sentences

    register = load()
    scanner, resolver, parser = Scanner(register), Resolver(register), Parser(Settings().model)

    def run(text: str, published: str = "2016-09-26") -> list[Mention]:
        block = Block(kind="paragraph", start=0, end=len(text))
        document = Document(
            id=document_id(text), source="t", text=text, blocks=(block,), published=published
        )
        cut = sentences.split(document)
        parses = {
            s.number: doc for s, doc in zip(cut, parser.parse([s.text for s in cut]), strict=True)
        }
        found, _ = resolver.resolve(document, cut, parses, scanner.scan(text))
        return [mention for number in sorted(found) for mention in found[number]]

    return run


def codes(mentions: list[Mention]) -> list[list[str]]:
    return [
        [actor.code for actor in m.actors]
        for m in mentions
        if m.kind != "adjective" and not m.place
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peruvian Foreign Minister Ana Torres met Deputy Defence Minister Luis Vega of Chile.",
         [["PER.MFA"], ["CHL.MOD"]]),
        ("Kenyan troops left.", [["KEN.MIL"]]),
        ("The army of Chad advanced.", [["TCD.MIL"]]),
        ("The foreign ministers of Spain, Italy and Greece met.", [["ESP.MFA", "ITA.MFA", "GRC.MFA"]]),
        ("The Pentagon and the Kremlin agreed.", [["USA.MOD"], ["RUS.HOS"]]),
        ("Western capitals and NATO states disagreed.", [["BLOC:west"], ["BLOC:nato-states"]]),
        ("Rome's ambassador to Cairo left.", [["ITA.EMB"]]),
        ("Deputy Assistant Secretary of Defense Ann Roe flew home.", [["USA.MOD"]]),
        ("Sweden spoke. The foreign ministry added nothing.", [["SWE"], ["SWE.MFA"]]),
        ("Finnish Defence Ministry officials left.", [["FIN.MOD"]]),
    ],
)  # fmt: skip
def test_actor_and_institution(resolve, text, expected):
    assert codes(resolve(text)) == expected


def test_a_person_carries_role_rank_and_name(resolve):
    [mention] = resolve("Peruvian Foreign Minister Ana Torres spoke.")
    [actor] = mention.actors
    assert (actor.person, actor.role, actor.rank) == ("Ana Torres", "Foreign Minister", "minister")
    assert actor.surface == "Peruvian Foreign Minister Ana Torres"
    assert actor.how == "role phrase"


def test_apposition_gives_one_mention(resolve):
    [mention] = resolve("Ana Torres, the foreign minister of Peru, spoke.")
    assert (mention.actors[0].code, mention.actors[0].person) == ("PER.MFA", "Ana Torres")


def test_a_surname_stands_for_the_person_named_before(resolve):
    found = resolve("Peruvian Foreign Minister Ana Torres spoke. Torres left.")
    assert [m.actors[0].code for m in found] == ["PER.MFA", "PER.MFA"]


def test_the_parties_are_the_last_two(resolve):
    found = resolve(
        "Polish Foreign Minister Ala Nowak met Latvian Defence Minister Ilze Ozola. The parties agreed."
    )
    assert [actor.code for actor in found[-1].actors] == ["POL.MFA", "LVA.MOD"]
    assert found[-1].actors[0].how == "coreference: the parties"


def test_the_two_countries_are_states(resolve):
    found = resolve("The Polish army met the Latvian navy. The two countries agreed.")
    assert [actor.code for actor in found[-1].actors] == ["POL", "LVA"]


def test_counterpart_has_the_same_office(resolve):
    found = resolve("German Foreign Minister Eva Kern received her Danish counterpart in Bonn.")
    assert [a.code for m in found for a in m.actors] == ["DEU.MFA", "DNK.MFA"]


def test_office_holder_of_the_day(resolve):
    early = resolve("Vladimir Putin spoke.", "1999-10-01")
    late = resolve("Vladimir Putin spoke.", "2005-10-01")
    assert (early[0].actors[0].code, late[0].actors[0].code) == ("RUS.HOG", "RUS.HOS")


def test_former_office_is_no_office(resolve):
    [mention] = resolve("Former Polish Foreign Minister Ala Nowak spoke.")
    assert (mention.actors[0].code, mention.actors[0].rank) == ("POL", None)


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose in Poland.",
        "Belarus beat Norway 2-1.",
        "Germany meets Scotland in the opening match.",
        "Air India bought planes.",
    ],
)
def test_no_actor(resolve, text):
    assert codes(resolve(text)) == []


def test_compound_adjectives_describe(resolve):
    found = resolve("The Polish-Lithuanian normalisation went on.")
    assert {m.kind for m in found} == {"adjective"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru gave Ecuador four frigates.", [["PER"], ["ECU"]]),
        ("Spain's two frigates left.", [["ESP.MIL"]]),
        ("Kenyan soldiers and police left.", [["KEN.MIL"], ["KEN.INT"]]),
        ("The president of the Chilean chess federation left.", [["CHL.NGO"]]),
        ("Chile froze trade with Peru, and its central bank sold bonds.", [["CHL"], ["PER"], ["CHL.FIN"]]),
        ("Peru's president asked parliament to vote.", [["PER.HOS"], ["PER.LEG"]]),
        ("Bolivian miners and Peruvian nurses left.", [["BOL.CVL"], ["PER.CVL"]]),
    ],
)  # fmt: skip
def test_owners_of_roles(resolve, text, expected):
    assert codes(resolve(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whose people somebody is
        ("A spokesman for the Danish premier left.", [["DNK.HOG"]]),
        ("An adviser to the Chilean president left.", [["CHL.HOS"]]),
        ("Aides of the president of Ghana left.", [["GHA.HOS"]]),
        ("A delegation of Kenyan lawmakers left.", [["KEN.LEG"]]),
        ("The website of the Latvian parliament was blocked.", [["LVA.LEG"]]),
        # a word beside officials tells their body; those from abroad are nobody's foreign ministry
        ("Peruvian defence officials left.", [["PER.MOD"]]),
        ("The Omani and Qatari military delegations met.", [["OMN.MIL", "QAT.MIL"]]),
        ("Kenya's foreign officials left.", [["KEN.GOV"]]),
        # ministries
        ("Nepal's foreign office said so.", [["NPL.MFA"]]),
        ("The Estonian farm minister left.", [["EST.ECO"]]),
        ("Croatian Minister of Foreign and European Affairs Ivo Test left.", [["HRV.MFA"]]),
        # leaders
        ("The Danish and Ghanaian leaders met.", [["DNK.HOG", "GHA.HOS"]]),
        ("Chile's far-right leader left.", [["CHL.PTY"]]),
        ("Iraqi Kurdish leaders left.", [["IRQ"]]),
        ("The veteran Ghanaian leader left.", [["GHA.HOS"]]),
        # who speaks for an organisation or an office of his time
        ("Ecuador blamed the NATO general.", [["ECU"], ["NATO"]]),
        ("The UN refugee agency left.", [["UN"]]),
        ("The then Greek prime minister left.", [["GRC.HOG"]]),
        ("The former Greek prime minister left.", [["GRC"]]),
        ("The speaker for Egypt left.", [["EGY.GOV"]]),
        ("The speaker of the Egyptian parliament left.", [["EGY.LEG"]]),
        # who is sent for a task is of no mission
        ("Two Kenyan negotiators left.", [["KEN.GOV"]]),
        ("The Kenyan special envoy left.", [["KEN.GOV"]]),
        ("The Kenyan envoy in Oslo left.", [["KEN.EMB"]]),
        # people and firms
        ("The Kenyan Labour Congress left.", [["KEN.CVL"]]),
        ("Omani Airways left.", [["OMN.BUS"]]),
        ("Two Chilean engineers left.", [["CHL.CVL"]]),
    ],
)  # fmt: skip
def test_the_body_of_a_role_is_that_of_its_words(resolve, text, expected):
    assert codes(resolve(text)) == expected


def test_commanders_are_of_the_guards_that_they_command(resolve):
    found = codes(resolve("Chadian and Sudanese border guards fought before their commanders met."))
    assert found == [["TCD.INT", "SDN.INT"], ["TCD.INT", "SDN.INT"]]


def test_a_leader_with_a_name_is_what_he_is(resolve):
    text = "Turkish leader Abdullah Gul left."
    assert codes(resolve(text, published="2013-05-05")) == [["TUR.HOS"]]


def test_an_elect_holds_no_rank_yet(resolve):
    [mention] = resolve("Polish president-elect Ala Nowak spoke.")
    assert (mention.actors[0].code, mention.actors[0].rank) == ("POL", None)


def test_names_that_are_months_are_names(resolve):
    [mention] = resolve("Polish Foreign Minister Jan Kowal spoke in May.")
    assert mention.actors[0].person == "Jan Kowal"


def test_a_company_is_no_party(resolve):
    assert resolve("Airbus and Boeing met in Paris.")[0].place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("British PM Ana Torres met Indian FM Luis Vega at 5 pm.", [["GBR.HOG"], ["IND.MFA"]]),
        ("The Russian MFA criticised the Ukrainian MoD again.", [["RUS.MFA"], ["UKR.MOD"]]),
        ("The EU3 warned Tehran.", [["BLOC:e3"], ["IRN"]]),
        ("Brussels police arrested three men.", [["BEL.INT"]]),
        ("Brussels warned Warsaw.", [["EU"], ["POL"]]),
        ("King Salman received Mohammed bin Testi.", [["SAU.HOS"]]),
        ("The National Security Council of Chile met.", [["CHL.SEC"]]),
        ("India won the toss and chose to bat against Pakistan.", []),
        ("Chad Smith, Jordan Henderson, Paris Hilton and Jack London dined.", []),
        ("Niger and Nigeria thanked Dominica and the Dominican Republic.",
         [["NER"], ["NGA"], ["DMA"], ["DOM"]]),
        ("The Republic of the Congo thanked the Democratic Republic of Congo.", [["COG"], ["COD"]]),
        ("Burma, Swaziland, Czechia, Türkiye, Timor-Leste and Côte d’Ivoire agreed.",
         [["MMR"], ["SWZ"], ["CZE"], ["TUR"], ["TLS"], ["CIV"]]),
        ("Hamas leader Abu Testi spoke.", [["PSE.REB"]]),
    ],
)  # fmt: skip
def test_names_that_look_alike(resolve, text, expected):
    assert codes(resolve(text, "2018-05-10")) == expected


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Latvian deputy foreign minister Ana Torres spoke.", "deputy minister"),
        ("Latvia's vice foreign minister Ana Torres spoke.", "deputy minister"),
        ("Latvian Deputy National Security Adviser Ana Torres spoke.", "adviser"),
        ("Latvian Foreign Minister Ana Torres spoke.", "minister"),
    ],
)
def test_a_deputy_ranks_below(resolve, text, rank):
    assert [m.actors[0].rank for m in resolve(text) if m.kind != "adjective"] == [rank]


def test_an_age_stands_between_name_and_office(resolve):
    [mention] = resolve("Ana Torres, 45, the foreign minister of Peru, spoke.")
    assert (mention.actors[0].code, mention.actors[0].person) == ("PER.MFA", "Ana Torres")


def test_an_ambassador_is_named_after_the_post(resolve):
    found = resolve("Peru's ambassador to Chile, Ana Torres, spoke.")
    assert [(m.actors[0].code, m.actors[0].person) for m in found if not m.place] == [
        ("PER.EMB", "Ana Torres")
    ]


@pytest.mark.parametrize(
    "name", ["Abd-al-Rahman", "Karim-al-Din-al-Sayed", "Bandar-e", "Lang- de -Witt", "-al-"]
)
def test_hyphens_and_particles_of_a_name_end(resolve, name):
    text = f"Iran's {name} - it was said - visited France on Tuesday."
    assert {"IRN", "FRA"} <= {a.code[:3] for m in resolve(text) for a in m.actors}
