"""What ``sco-extract timeline --format json`` prints; ``schemas/timeline.schema.json`` is generated from here."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sco_extract.model.records import SCHEMA_VERSION, Edtf, Span


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TimelineStep(_Record):
    """One step, with the passage that says so."""

    step: str = Field(
        description="of a document: step of its life-cycle; of a series: outcome of the sitting; of a meeting: its status "
        "as that passage has it"
    )
    dates: list[Edtf]
    place: str | None
    ordinal: int | None
    meeting: str | None = Field(description="id of the sitting, in the thread of a series")
    source: str
    span: Span


class Timeline(_Record):
    """The thread of a document or of a series of meetings, or what each source says of one meeting."""

    schema_version: str = SCHEMA_VERSION
    type: Literal["document", "series", "meeting"]
    id: str = Field(description="id of the entity; of a series that no entity stands for, its name")
    name: str
    steps: list[TimelineStep]
