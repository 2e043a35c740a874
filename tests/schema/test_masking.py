"""Who is told what when something breaks."""

from graphql import GraphQLError, NameNode, VariableNode

from schema.masking import OUR_FAULT, told


def describe(error: Exception):
    return ("Somebody has it.", {"code": "SLOT_TAKEN"}) if isinstance(error, LookupError) else None


def one(error: GraphQLError) -> dict:
    return told([error], describe=describe, operation="Book")[0]


def located(cause: Exception) -> GraphQLError:
    return GraphQLError(str(cause), path=["book"], original_error=cause)


def test_what_broke_inside_is_not_told():
    for cause in (
        RuntimeError("password=hunter2"),
        GraphQLError("Int cannot represent 99999999999"),
        GraphQLError("wrapped", original_error=ValueError("password=hunter2")),
    ):
        error = one(located(cause))
        assert error["message"] == OUR_FAULT
        assert error["extensions"]["code"] == "INTERNAL"
        assert error["path"] == ["book"]


def test_what_was_meant_to_be_read_is_told():
    assert one(located(LookupError()))["extensions"] == {"code": "SLOT_TAKEN"}
    meant = GraphQLError("Not so fast.", extensions={"code": "SLOW"})
    assert one(located(meant)) == {
        "message": "Not so fast.",
        "path": ["book"],
        "extensions": {"code": "SLOW"},
    }


def test_an_expected_exception_is_found_however_often_it_was_wrapped():
    wrapped = GraphQLError("a", original_error=GraphQLError("b", original_error=LookupError()))
    assert one(located(wrapped))["message"] == "Somebody has it."


def test_what_is_wrong_with_the_request_is_told():
    error = GraphQLError("Variable '$id' got invalid value 'x'", original_error=ValueError("badly formed"))
    assert one(error)["message"] == "Variable '$id' got invalid value 'x'"
    assert one(error)["extensions"] == {"code": "BAD_VALUE"}
    node = VariableNode(name=NameNode(value="n"))
    cause = GraphQLError("Argument 'first' has invalid value", nodes=[node])
    argument = GraphQLError("Argument 'first' has invalid value", path=["book"], original_error=cause)
    assert one(argument)["extensions"] == {"code": "BAD_VALUE"}


def test_every_masked_error_has_an_id_of_its_own():
    ids = {one(located(RuntimeError()))["extensions"]["errorId"] for _ in range(3)}
    assert len(ids) == 3
