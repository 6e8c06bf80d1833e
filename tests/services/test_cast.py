"""The cast that other tests rely on: everybody is there and can sign in."""

from tests.cast import PEOPLE, TOWNSHIP, VILLAGE, sign_in


def test_everybody_of_the_cast_signs_in_with_the_fixed_password(cast, app):
    for login, (_, _, _, roles) in PEOPLE.items():
        client = app.test_client()
        sign_in(client, login)
        with app.app_context():
            assert cast.actor(login).roles == roles


def test_a_role_holds_in_its_unit_and_below(cast, app):
    from quizapp.services import scope

    with app.app_context():
        village, township = scope.get_unit(VILLAGE).id, scope.get_unit(TOWNSHIP).id
        assert scope.covers(cast.actor("township_leader"), "people.view", village)
        assert not scope.covers(cast.actor("village_leader"), "people.view", township)
        assert not scope.covers(cast.actor("stranger_leader"), "people.view", village)
