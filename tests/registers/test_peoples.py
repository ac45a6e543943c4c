from detente.registers import load, peoples


def test_every_people_is_of_a_state_and_no_state_has_its_adjective():
    register = load()
    found = peoples.load()
    assert set(found.values()) <= register.states
    assert found["Tibetan"] == "CHN"
    named = {
        adjective
        for adjective in found
        if any(s.kind == "adjective" for s in register.surfaces.get(adjective, ()))
    }
    assert named == set()
