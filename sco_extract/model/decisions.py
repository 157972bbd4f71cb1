"""What people may write into ``decisions.toml``; ``schemas/decisions.schema.json`` is generated from here.

Field descriptions are the published documentation.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator

from sco_extract.model.records import (
    SCHEMA_VERSION,
    Action,
    Instrument,
    IsoDay,
    Meeting,
    Participant,
    Span,
    Strength,
)

RecordType = Literal["meetings", "documents", "participants", "actions"]
Value = str | int | bool | list[str] | dict[str, str | None]
MODELS: dict[RecordType, type[Meeting | Instrument | Participant | Action]] = {
    "meetings": Meeting,
    "documents": Instrument,
    "participants": Participant,
    "actions": Action,
}
# Where a record stands and what found it is no matter of opinion.
_FIXED = {"span", "rule", "mentions", "corrected"}

# A quotation is there to be found again, not to copy pages; a longer one also breaks with every edit inside it.
MAX_QUOTE = 1_000


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(_Entry):
    """A passage of a source, told by its words: spaces, width of characters and script make no difference."""

    source: str = Field(min_length=1, description="id of the source, or its path below the corpus")
    quote: str = Field(min_length=1, max_length=MAX_QUOTE, description="the words of the passage")
    before: str = Field("", max_length=MAX_QUOTE, description="words that stand right before it")
    after: str = Field("", max_length=MAX_QUOTE, description="words that stand right behind it")
    nth: int | None = Field(None, ge=1, description="which one of several such passages, from 1")
    has: dict[str, Value] = Field(
        {}, description="values that the record has as the program found it; tells records of one passage apart"
    )


class _Decision(_Entry):
    id: str = Field(pattern=r"^[\w.:-]{1,80}$", description="chosen by the person, used once")
    reason: str = Field(min_length=1, description="why, for those who come later")
    by: str | None = Field(None, description="who decided")
    on: IsoDay | None = Field(None, description="when")


class _Pair(_Decision):
    type: RecordType
    one: Passage
    other: Passage


class Merge(_Pair):
    """Two records are one thing."""

    do: Literal["merge"]


class Split(_Pair):
    """Two records are two things."""

    do: Literal["split"]


class Correct(_Decision):
    """A field of a record has another value."""

    do: Literal["correct"]
    type: RecordType
    passage: Passage
    field: str
    value: Value | None = Field(None, description="the value, as the schema of the record has it")
    clear: bool = Field(False, description="the field is to have no value (null)")

    @model_validator(mode="after")
    def _one_of_both(self) -> Correct:
        if (self.value is not None) == self.clear:
            raise ValueError("either value or clear = true is needed")
        return self


class Accept(_Decision):
    """A passage is evidence for a measure of an action plan."""

    do: Literal["accept"]
    measure: Passage
    evidence: Passage
    strength: Strength


class Reject(_Decision):
    """A passage is no evidence for a measure of an action plan."""

    do: Literal["reject"]
    measure: Passage
    evidence: Passage


Decision = Merge | Split | Correct | Accept | Reject


class DecisionsFile(_Entry):
    """``decisions.toml``."""

    decision: list[Annotated[Decision, Field(discriminator="do")]] = []


class Link(_Entry):
    """What a person decided about a passage and a measure, as a run found them."""

    decision: str = Field(description="id of the decision")
    reason: str
    plan: str = Field(description="source of the measure")
    action: int = Field(description="index of the measure among the actions of the plan, from 0")
    source: str
    span: Span
    strength: Strength | None = Field(description="null: it is no evidence")


class Decided(_Entry):
    """``decisions.json``: the decisions of a run, and the links that could be found."""

    schema_version: str = SCHEMA_VERSION
    decision: list[Annotated[Decision, Field(discriminator="do")]]
    links: list[Link]


def fields_of(type_: RecordType) -> tuple[str, ...]:
    """The fields of a record of ``type_`` that a decision may correct."""
    return tuple(name for name in MODELS[type_].model_fields if name not in _FIXED)


def field_value(type_: RecordType, field: str, value: Value | None) -> object:
    """``value`` as the record of ``type_`` holds it in ``field``; ``ValueError`` says why it cannot."""
    info = MODELS[type_].model_fields[field]
    holder = create_model("Value", value=(info.annotation or object, info))
    try:
        return dict(holder.model_validate({"value": value}, strict=isinstance(value, bool | int)))["value"]
    except ValidationError as error:
        raise ValueError(error.errors(include_url=False)[0]["msg"]) from error
