"""A job crosses to another process whole, and is what the loaders' write is (two layers)."""

from dataclasses import fields

import pytest

from loaders.writing import write
from service.writes import job
from service.writes.job import JOB, Action, Part, WriteJob, decode_job


@pytest.mark.parametrize("name", ["WriteJob", "Part", "Written"])
def test_the_two_layers_say_the_same_of_a_write(name: str) -> None:
    ours, theirs = getattr(job, name), getattr(write, name.removesuffix("Job"))
    assert [(each.name, each.default) for each in fields(ours)] == [
        (each.name, each.default) for each in fields(theirs)
    ]


def test_the_two_layers_have_the_same_actions() -> None:
    assert [each.name for each in job.Action] == [each.name for each in write.Action]


@pytest.mark.parametrize(
    "asked",
    [
        WriteJob(
            Action.UPDATE,
            "a",
            "steward",
            "r-1",
            text="INSERT DATA { <urn:ü> <urn:p> 1 }",
            using=("urn:g",),
            using_named=("urn:h", "urn:i"),
            base="urn:base/",
            if_release="20260101T000000Z-00000001",
        ),
        WriteJob(
            Action.PUT,
            "a",
            "administrator",
            "r-2",
            graph="urn:g",
            parts=(Part("text/turtle", b"\x00\xff", "urn:b"), Part("text/turtle", b"")),
            if_exists=False,
        ),
    ],
)
def test_a_job_is_the_same_on_the_other_side(asked: WriteJob) -> None:
    frame = asked.encoded()
    size, head_size = JOB.unpack_from(frame)
    payload = frame[JOB.size :]
    assert len(payload) == size
    assert decode_job(payload, head_size) == asked
