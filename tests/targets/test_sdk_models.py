"""What we write for clouds is what their own libraries take: botocore, twilio, PureCloudPlatformClientV2."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import json
import os
from typing import Any

import pytest

from rotation.routing import RoutingRow
from rotation.targets import targets, timeline
from tests.routing.tables import HALF_HOUR, NOON

from .books import book_with
from .test_golden import _files

FAMILY = targets()


def library(name: str) -> Any:
    """A cloud's own library; missing it is a visible skip, but a failure on CI, which installs it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"{name} is not installed")


def requests_of(name: str) -> list[dict[str, Any]]:
    """Every line of every file of requests."""
    files = _files(name)
    return [json.loads(line) for path, text in files.items() if path.endswith(".jsonl") for line in text.splitlines()]


def test_botocore_finds_every_call_of_connect_valid() -> None:
    session = library("botocore.session").Session()
    validate = library("botocore.validate")
    model = session.get_service_model("connect")
    calls = requests_of("connect")
    assert {call["operation"] for call in calls} >= {
        "CreateRoutingProfile",
        "UpdateUserRoutingProfile",
        "AssociateUserProficiencies",
        "DisassociateUserProficiencies",
    }
    for call in calls:
        shape = model.operation_model(call["operation"]).input_shape
        report = validate.ParamValidator().validate(call["parameters"], shape)
        assert not report.has_errors(), report.generate_report()
        for config in call["parameters"].get("QueueConfigs", ()):
            assert 1 <= config["Priority"] <= 99
        assert len(call["parameters"].get("QueueConfigs", ())) <= 10
        assert len(call["parameters"].get("Name", "")) <= 127


def test_twilios_client_takes_workers_queues_and_workflow() -> None:
    worker = library("twilio.rest.taskrouter.v1.workspace.worker")
    workflow = library("twilio.rest.taskrouter.v1.workspace.workflow")
    task_queue = library("twilio.rest.taskrouter.v1.workspace.task_queue")
    files = _files("twilio")

    def snake(key: str) -> str:
        return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in key).lstrip("_")

    takes = set(inspect.signature(worker.WorkerContext.update).parameters)
    for request in requests_of("twilio"):
        assert {snake(key) for key in request["form"]} - {"activity_name"} <= takes
        assert "if_match" in takes and list(request["headers"]) == ["If-Match"]
    queues = set(inspect.signature(task_queue.TaskQueueList.create).parameters)
    for one in json.loads(files["task_queues.json"]):
        assert {snake(key) for key in one} <= queues
        assert "worker." not in one["TargetWorkers"]
    assert "configuration" in inspect.signature(workflow.WorkflowList.create).parameters
    routing = json.loads(files["workflow.json"])["task_routing"]
    assert set(routing) == {"filters", "default_filter"}
    known = {"queue", "expression", "priority", "timeout", "skip_if", "order_by"}
    for one in routing["filters"]:
        assert one["expression"].startswith("task.")
        assert all(set(target) <= known and target["expression"].startswith("worker.") for target in one["targets"])


def _model(models: Any, name: str, document: dict[str, Any]) -> None:
    """Fill a model of PureCloud with a document: unknown keys and values out of range are refused."""
    one = getattr(models, name)()
    back = {json_key: key for key, json_key in one.attribute_map.items()}
    for key, value in document.items():
        kind = one.swagger_types[back[key]]
        setattr(one, back[key], value)
        if kind.startswith("list["):
            for part in value:
                _model(models, kind[5:-1], part)
        elif kind == "datetime":
            assert dt.datetime.fromisoformat(value).utcoffset() == dt.timedelta(0)
        else:
            assert isinstance(value, {"str": str, "int": int, "float": float, "bool": bool}[kind])


def test_genesys_models_take_skills_members_and_schedule() -> None:
    models = library("PureCloudPlatformClientV2").models
    _model(models, "ImportScheduleUploadSchema", json.loads(_files("genesys")["schedule.json"]))
    for request in requests_of("genesys"):
        if "routingskills" in request["path"]:
            name = "UserRoutingSkillPost"
            assert all(0 <= one["proficiency"] <= 5 for one in request["body"])
        else:
            name = "QueueMember" if request["method"] == "PATCH" else "WritableEntity"
        for one in request["body"]:
            _model(models, name, one)


def test_genesys_members_go_a_hundred_a_call() -> None:
    rows = [
        RoutingRow("q", f"E{n:03d}", "Ann", f"PJSIP/{n}", 5, 0, 1, NOON, NOON + HALF_HOUR, f"E{n}", 3)
        for n in range(250)
    ]
    steps = timeline(FAMILY["genesys"], book_with(rows), NOON, NOON + HALF_HOUR)["20261026T120000Z-apply.jsonl"]
    bodies = [json.loads(line) for line in steps.decode().splitlines()]
    assert [len(one["body"]) for one in bodies if one["method"] == "POST"] == [100, 100, 50]
