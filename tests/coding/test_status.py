"""How an act stands, and that what is only wished for is no event."""

import pytest

from detente.coding.acts import examples, predicates
from detente.coding.acts.act import explain

pytestmark = pytest.mark.model


CASES: tuple[tuple[str, tuple[str, str] | None], ...] = (
    # done
    ("[Oslo] has expelled <the Thai envoy>.", ("SANCTION", "actual")),
    ("[Oslo] is holding talks with <the Thai envoy>.", ("CONSULT", "actual")),
    ("{The ministry} said [Oslo] had expelled <the Thai envoy>.", ("SANCTION", "actual")),
    ("[Oslo] said on Friday it was expelling <the Thai envoy>.", ("SANCTION", "actual")),
    ("[Oslo] managed to free <two hostages>.", ("RETREAT", "actual")),
    ("[Oslo] began to withdraw its troops from <Mali>.", ("RETREAT", "actual")),
    ("[Oslo] continues to shell <Tirana>.", ("ASSAULT", "actual")),
    ("[Rebels] claimed to have shelled <the garrison>.", ("ASSAULT", "actual")),
    ("[The rebels] claimed that they had shelled <the garrison>.", ("ASSAULT", "actual")),
    ("[Oslo] allegedly expelled <the Thai envoy>.", ("SANCTION", "actual")),
    ("[Oslo] reportedly arrested <two Thai traders>.", ("COERCE", "actual")),
    ("[Oslo] tried to storm <the Thai embassy>.", ("ASSAULT", "actual")),
    ("After [Oslo] expelled <the Thai envoy>, the market fell.", ("SANCTION", "actual")),
    ("[Oslo], which expelled <the Thai envoy>, kept silent.", ("SANCTION", "actual")),
    ("[Oslo] condemned <Tirana> for planning a raid.", ("ACCUSE", "actual")),
    ("[Oslo] refused to meet <the Thai envoy>.", ("REJECT", "actual")),
    ("[The Danish premier] was to have met <the Thai king>.", ("CONSULT", "negated")),
    ("[Oslo] and [Rome] agreed on nothing.", ("AGREE", "negated")),
    ("[The Danish premier] meets <the Thai king> on Friday.", ("AGREE", "planned")),
    ("[Oslo] would welcome <the Thai king>.", None),
    ("[Oslo] said it would expel <the envoy> if Rome signed.", ("THREATEN", "actual")),
    ("[Oslo] kept its promise and released <two Thai sailors>.", ("RETREAT", "actual")),
    ("[Oslo] confirmed that it had arrested <two Thai traders>.", ("COERCE", "actual")),
    (
        "[Oslo] has not only expelled <the Thai envoy> but closed the office.",
        ("SANCTION", "actual"),
    ),
    (
        "[Oslo]'s plane had barely landed when [Oslo] expelled <the Thai envoy>.",
        ("SANCTION", "actual"),
    ),
    ("[The rebels] claimed responsibility for sinking <a Thai trawler>.", ("ASSAULT", "actual")),
    ("{Lima} thanked [Oslo] for freeing <two Thai sailors>.", ("RETREAT", "actual")),
    # history
    ("[Oslo] invaded <Tirana> in 1912.", ("ASSAULT", "actual")),
    ("In 2014 [Oslo] signed a treaty with <Tirana>.", ("SUPPORT", "actual")),
    # plans that came to nothing
    ("[Oslo] had planned to expel <the Thai envoy>.", ("SANCTION", "negated")),
    ("[The premier], who had been expected in <Mali>, stayed at home.", ("AGREE", "negated")),
    ("[Oslo] has no plans to expel <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] has no intention of expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] stopped short of expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] fell short of expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] left the room without expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("Instead of expelling <the Thai envoy>, [Oslo] smiled.", ("SANCTION", "negated")),
    ("[Oslo] has yet to expel <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] has still not expelled <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] failed to expel <the Thai envoy>.", ("SANCTION", "negated")),
    # fixed or announced
    ("[Oslo] meets <the Thai envoy> next week.", ("AGREE", "planned")),
    ("[Oslo] is meeting <the Thai envoy> tomorrow.", ("AGREE", "planned")),
    ("[Oslo] will respond in kind to <Bangkok>.", ("THREATEN", "actual")),
    ("[Oslo] will meet <the Thai envoy> on Monday.", ("AGREE", "planned")),
    ("[Oslo] is due to meet <the Thai envoy> on Monday.", ("AGREE", "planned")),
    ("[Oslo] is to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] is set to impose sanctions on <Tirana>.", ("SANCTION", "planned")),
    ("[Oslo] is scheduled to meet <the Thai envoy>.", ("AGREE", "planned")),
    ("[Oslo] plans to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] intends to impose sanctions on <Tirana>.", ("SANCTION", "planned")),
    ("[Oslo] has decided to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] is going to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] is about to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] is preparing to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] said it would expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[Oslo] announced that it would impose sanctions on <Tirana>.", ("SANCTION", "planned")),
    ("[Oslo]'s decision to expel <the Thai envoy> surprised many.", ("SANCTION", "planned")),
    ("[Oslo] announced plans to expel <the Thai envoy>.", ("SANCTION", "planned")),
    ("[The Norwegian premier] to meet <the Thai envoy> on Monday.", ("AGREE", "planned")),
    (
        "[The Norwegian premier] is expected to meet <the Thai envoy> on Monday.",
        ("AGREE", "planned"),
    ),
    ("[Oslo] shall expel <the Thai envoy>.", ("SANCTION", "planned")),
    # put forward by one side
    ("[Oslo] offered to meet <the Thai envoy>.", ("AGREE", "proposed")),
    ("[Oslo] is ready to meet <the Thai envoy>.", ("AGREE", "proposed")),
    ("[Oslo] is willing to meet <the Thai envoy>.", ("AGREE", "proposed")),
    ("[Oslo] said it was prepared to hold talks with <the Thai envoy>.", ("AGREE", "proposed")),
    ("[Oslo] is open to talks with <the Thai envoy>.", ("AGREE", "proposed")),
    # it may be
    ("[Oslo] may impose sanctions on <Tirana>.", ("SANCTION", "possible")),
    ("[Oslo] could expel <the Thai envoy>.", ("SANCTION", "possible")),
    ("[Oslo] might have expelled <the Thai envoy>.", ("SANCTION", "possible")),
    ("[Oslo] is considering expelling <the Thai envoy>.", ("SANCTION", "possible")),
    ("[Oslo] is considering sanctions against <Tirana>.", ("SANCTION", "possible")),
    ("[Oslo] is weighing sanctions against <Tirana>.", ("SANCTION", "possible")),
    ("[Oslo] has not ruled out sanctions against <Tirana>.", ("SANCTION", "possible")),
    ("[Oslo] did not rule out expelling <the Thai envoy>.", ("SANCTION", "possible")),
    ("If [Oslo] expels <the Thai envoy>, trade will suffer.", ("SANCTION", "possible")),
    ("Should [Oslo] expel <the Thai envoy>, trade will suffer.", ("SANCTION", "possible")),
    ("Unless [Oslo] expels <the Thai envoy>, protests will go on.", ("SANCTION", "possible")),
    ("[Oslo] is considering whether to expel <the Thai envoy>.", ("SANCTION", "possible")),
    ("[Oslo] would expel <the Thai envoy> if the court agreed.", ("SANCTION", "possible")),
    ("[Oslo] has perhaps expelled <the Thai envoy>.", ("SANCTION", "possible")),
    ("There is a possibility of [Oslo] expelling <the Thai envoy>.", ("SANCTION", "possible")),
    # it did not or does not happen
    ("[Oslo] did not meet <the Thai envoy>.", ("CONSULT", "negated")),
    ("[Oslo] never signed a treaty with <Tirana>.", ("SUPPORT", "negated")),
    ("[Oslo] has never recognised <Tirana>.", ("SUPPORT", "negated")),
    ("[Oslo] failed to reach an agreement with <Tirana>.", ("AGREE", "negated")),
    ("[Oslo] left without meeting <the Thai envoy>.", ("CONSULT", "negated")),
    ("[Oslo] has yet to expel <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] has not yet expelled <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] stopped short of expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] refrained from expelling <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] held back from striking <the Thai convoy>.", ("ASSAULT", "negated")),
    ("[Oslo] avoided condemning <Tirana>.", ("ACCUSE", "negated")),
    ("Instead of expelling <the Thai envoy>, [Oslo] wrote a letter.", ("SANCTION", "negated")),
    ("[Oslo] wrote a letter rather than expel <the Thai envoy>.", ("SANCTION", "negated")),
    ("No sanctions were imposed on <Tirana> by [Oslo].", ("SANCTION", "negated")),
    ("There were no talks between [Oslo] and [Tirana].", ("CONSULT", "negated")),
    ("There was no meeting between [Oslo] and [Tirana].", ("CONSULT", "negated")),
    ("[Oslo] neither wrote a note nor expelled <the Thai envoy>.", ("SANCTION", "negated")),
    ("[Oslo] no longer trains <the Thai police>.", ("AID", "negated")),
    ("Had [Oslo] expelled <the Thai envoy>, trade would have suffered.", ("SANCTION", "negated")),
    (
        "[Oslo] would have expelled <the Thai envoy>, but the court forbade it.",
        ("SANCTION", "negated"),
    ),
    ("[Oslo] was unable to meet <the Thai envoy>.", ("CONSULT", "negated")),
    ("[Oslo] hardly condemned <Tirana>.", ("ACCUSE", "negated")),
    # what one will not do for another is refused
    ("[Oslo] said it would not lift sanctions on <Tirana>.", ("REJECT", "actual")),
    ("[Oslo] will not release <the Thai sailors>.", ("REJECT", "actual")),
    ("[Oslo] said that it will not talk to <the Thai envoy>.", ("REJECT", "actual")),
    ("[Oslo] will never recognise <Tirana>.", ("REJECT", "actual")),
    ("[Oslo] will not attack <Tirana>.", ("ASSAULT", "negated")),
    # again and again
    ("[Oslo] regularly meets <the Thai envoy>.", ("CONSULT", "habitual")),
    ("[Oslo] has long ignored <the Thai envoy>.", ("REJECT", "habitual")),
    ("[Oslo] often criticises <Tirana>.", ("ACCUSE", "habitual")),
    ("Every year [Oslo] holds drills with <Tirana>.", ("COOPERATE", "habitual")),
    ("[Oslo] has been shelling <Tirana> for years.", ("ASSAULT", "habitual")),
    ("Peace suits the talks that [Oslo] holds with <Tirana>.", ("CONSULT", "habitual")),
    ("[Oslo] traditionally opposes <Tirana>.", ("REJECT", "habitual")),
    ("[Oslo] used to train <the Thai police>.", ("AID", "habitual")),
    # no event
    ("{Oslo} wants to meet <the Thai envoy>.", None),
    ("{Oslo} hopes to sign a treaty with <Tirana>.", None),
    ("{Oslo} should expel <the Thai envoy>.", None),
    ("{Oslo} must expel <the Thai envoy>.", None),
    ("{Oslo} has to expel <the Thai envoy>.", None),
    ("{Oslo} needs to meet <the Thai envoy>.", None),
    ("{Oslo} is likely to meet <the Thai envoy>.", None),
    ("{Oslo} seeks to sign a treaty with <Tirana>.", None),
    ("{Oslo} would like to meet <the Thai envoy>.", None),
    ("{Analysts} believe that {Oslo} expelled <the Thai envoy>.", None),
    ("{Oslo} is thought to have expelled <the Thai envoy>.", None),
    ("Did {Oslo} expel <the Thai envoy>?", None),
    ("Why {Oslo} expelled <the Thai envoy>?", None),
    ("Nobody expects {Oslo} to expel <the Thai envoy>.", None),
    ("{Oslo} is able to shell <Tirana>.", None),
    ("{Oslo} fears that {Tirana} will attack <the Thai convoy>.", None),
    ("It is unclear whether {Oslo} expelled <the Thai envoy>.", None),
    ("{Oslo} declined to say whether it had met <the Thai envoy>.", None),
)


def acts(parsed, marked):
    example = examples.read_example(marked)
    return predicates.find(examples.reading_of(parsed(example.text), example.spans))


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_status(parsed, marked, expected):
    found = [(a.type, a.status) for a in acts(parsed, marked)]
    if expected is None:
        assert found == []
    else:
        assert expected in found


def test_an_accusation_is_one_act_and_its_content_none(parsed):
    [act] = acts(parsed, "[Baku] accused <Yerevan> of shelling {the village}")
    assert (act.type, [m.actors[0].code for m in act.target]) == ("ACCUSE", ["T1"])
    assert explain(act)["rule"] == "accuse/allege"
