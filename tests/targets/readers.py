"""Second readers of every target: what a telephone system makes of the files, written without the code that wrote them.

A state is ``{(queue, agent): rank}``: the agent as the target knows it, the rank by which it rings (lower first).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.exporters.asterisk_reader import read as read_queues_conf

State = dict[tuple[str, str], int]


@dataclass
class Switch:
    """Something that loads a snapshot and then takes steps."""

    state: State = field(default_factory=dict)

    def load(self, files: dict[str, bytes]) -> None:
        raise NotImplementedError

    def take(self, text: str) -> None:
        raise NotImplementedError


class AsteriskFiles(Switch):
    """queues.conf, then the console."""

    def load(self, files: dict[str, bytes]) -> None:
        for queue, section in read_queues_conf(files["queues.conf"]).items():
            for member in section.members.values():
                self.state[queue, member.interface] = member.penalty

    def take(self, text: str) -> None:
        for line in text.splitlines():
            words = shlex.split(line)
            if words[:3] == ["queue", "add", "member"]:
                assert (words[4], words[6], words[8], words[10]) == ("to", "penalty", "as", "state_interface")
                assert (words[5], words[3]) not in self.state and words[11] == words[3]
                assert not set(words[9]) & set(",;|")
                self.state[words[5], words[3]] = int(words[7])
            elif words[:3] == ["queue", "set", "penalty"]:
                assert (words[7], words[5]) in self.state
                self.state[words[7], words[5]] = int(words[3])
            else:
                assert words[:3] == ["queue", "remove", "member"]
                del self.state[words[5], words[3]]


class AsteriskManager(Switch):
    """Actions as the manager takes them apart."""

    def load(self, files: dict[str, bytes]) -> None:
        self.take(files["actions.ami"].decode())

    def take(self, text: str) -> None:
        for block in text.split("\r\n\r\n")[:-1]:
            action = dict(line.split(": ", 1) for line in block.split("\r\n"))
            key = (action["Queue"], action["Interface"])
            if action["Action"] == "QueueAdd":
                assert key not in self.state and action["Paused"] == "false"
                assert action["StateInterface"] == action["Interface"]
                assert 0 < len(action["MemberName"].encode()) <= 79
                self.state[key] = int(action["Penalty"])
            elif action["Action"] == "QueuePenalty":
                assert key in self.state
                self.state[key] = int(action["Penalty"])
            else:
                assert action["Action"] == "QueueRemove"
                del self.state[key]


class Realtime(Switch):
    """A database with the realtime tables; any database that runs a script."""

    def __init__(self) -> None:
        super().__init__()
        self.database = sqlite3.connect(":memory:")
        self.seen: dict[int, tuple[str, str]] = {}

    def run(self, text: str) -> None:
        self.database.executescript(text)

    def rows(self) -> list[tuple[Any, ...]]:
        found = self.database.execute(
            "SELECT queue_name, interface, penalty, uniqueid, ringinuse, paused FROM queue_members"
        )
        return list(found)

    def load(self, files: dict[str, bytes]) -> None:
        self.run(files["schema.sql"].decode())
        self.take(files["members.sql"].decode())

    def take(self, text: str) -> None:
        self.run(text)
        self.state = {}
        for queue, interface, penalty, number, ringinuse, paused in self.rows():
            assert (ringinuse, paused) == ("no", 0)
            assert self.seen.setdefault(number, (queue, interface)) == (queue, interface)
            self.state[queue, interface] = penalty


class FreeSwitch(Switch):
    """mod_callcenter: agents without type and tiers of unknown agents are dropped in silence."""

    def __init__(self) -> None:
        super().__init__()
        self.contacts: dict[str, str] = {}
        self.status: dict[str, str] = {}

    def load(self, files: dict[str, bytes]) -> None:
        root = ET.fromstring(files["callcenter.conf.xml"])
        queues = {one.get("name") for one in root.iter("queue")}
        for one in root.iter("agent"):
            assert one.get("status") is None
            if one.get("type") == "callback":
                self.contacts[str(one.get("name"))] = str(one.get("contact"))
                self.status[str(one.get("name"))] = "Available"
        for one in root.iter("tier"):
            if one.get("queue") in queues and one.get("agent") in self.contacts:
                place = (str(one.get("queue")), self.contacts[str(one.get("agent"))])
                self.state[place] = int(one.get("level") or 0)

    def take(self, text: str) -> None:
        tiers = {(queue, contact): level for (queue, contact), level in self.state.items()}
        for line in text.splitlines():
            words = shlex.split(line)
            assert words[0] == "callcenter_config"
            if words[1:3] == ["agent", "add"]:
                assert words[4] == "callback"
                self.contacts.setdefault(words[3], "")
            elif words[1:4] == ["agent", "set", "contact"]:
                self.contacts[words[4]] = words[5]
            elif words[1:4] == ["agent", "set", "status"]:
                self.status[words[4]] = words[5]
            elif words[1:3] == ["tier", "add"]:
                assert (words[3], self.contacts[words[4]]) not in tiers
                tiers[words[3], self.contacts[words[4]]] = int(words[5])
                assert int(words[6]) >= 1
            elif words[1:4] == ["tier", "set", "level"]:
                assert (words[4], self.contacts[words[5]]) in tiers
                tiers[words[4], self.contacts[words[5]]] = int(words[6])
            elif words[1:3] == ["tier", "del"]:
                del tiers[words[3], self.contacts[words[4]]]
        self.state = tiers
        ringing = {contact for _, contact in tiers}
        for name, contact in self.contacts.items():
            assert (self.status.get(name) == "Available") == (contact in ringing)


class Twilio(Switch):
    """Workers with attributes; the workflow's expressions say who is asked first."""

    def load(self, files: dict[str, bytes]) -> None:
        self.workers = {one["FriendlyName"]: one for one in json.loads(files["workers.json"])}
        routing = json.loads(files["workflow.json"])["task_routing"]
        self.filters = {one["filter_friendly_name"]: one for one in routing["filters"]}
        self._ask()

    def take(self, text: str) -> None:
        for line in text.splitlines():
            request = json.loads(line)
            assert request["headers"] == {"If-Match": "{etag}"}
            self.workers[request["worker"]] = request["form"]
        self._ask()

    def _ask(self) -> None:
        self.state = {}
        for worker in self.workers.values():
            assert isinstance(worker["Attributes"], str)
            about = json.loads(worker["Attributes"])
            assert (worker["ActivityName"] == "Available") == bool(about["queues"])
            for queue in about["queues"]:
                for number, target in enumerate(self.filters[queue]["targets"]):
                    wanted = re.findall(r'worker\.rings HAS "([^"]+)"', target["expression"])
                    if set(wanted) & set(about["rings"]):
                        self.state[queue, about["contact_uri"]] = number
                        break


class Connect(Switch):
    """Calls of the API."""

    def load(self, files: dict[str, bytes]) -> None:
        self.profiles: dict[str, list[tuple[str, int]]] = {}
        self.skills: dict[str, set[str]] = {}
        for line in files["profiles.jsonl"].decode().splitlines():
            call = json.loads(line)["parameters"]
            configs = [(one["QueueReference"]["QueueId"], one["Priority"]) for one in call.get("QueueConfigs", [])]
            assert call["Name"].casefold() not in self.profiles
            self.profiles[call["Name"].casefold()] = configs
        self.users: dict[str, str] = {}
        self.take(files["users.jsonl"].decode())

    def take(self, text: str) -> None:
        for line in text.splitlines():
            call = json.loads(line)
            parameters = call["parameters"]
            user = parameters["UserId"]
            if call["operation"] == "UpdateUserRoutingProfile":
                self.users[user] = parameters["RoutingProfileId"].casefold()
                continue
            queues = {one["AttributeValue"] for one in parameters["UserProficiencies"]}
            if call["operation"] == "AssociateUserProficiencies":
                self.skills[user] = self.skills.get(user, set()) | queues
            else:
                self.skills[user] -= queues
        self.state = {
            (queue, user): priority for user, name in self.users.items() for queue, priority in self.profiles[name]
        }
        assert {(queue, user) for user, found in self.skills.items() for queue in found} == set(self.state)


class Genesys(Switch):
    """Requests."""

    def load(self, files: dict[str, bytes]) -> None:
        self.take(files["requests.jsonl"].decode())

    def take(self, text: str) -> None:
        for line in text.splitlines():
            request = json.loads(line)
            path = request["path"].split("/")
            if path[3] == "users":
                continue
            assert len(request["body"]) <= 100
            for one in request["body"]:
                key = (path[5], one["id"])
                if request["path"].endswith("?delete=true"):
                    del self.state[key]
                elif request["method"] == "POST":
                    self.state.setdefault(key, 0)
                else:
                    assert key in self.state
                    self.state[key] = one["ringNumber"]


class Uccx(Switch):
    """Resources replace their skills."""

    def load(self, files: dict[str, bytes]) -> None:
        self.take(files["resources.xml"].decode())

    def take(self, text: str) -> None:
        for resource in ET.fromstring(text):
            name = str(resource.findtext("userID"))
            self.state = {key: rank for key, rank in self.state.items() if key[1] != name}
            for one in resource.iter("skillCompetency"):
                pair = one.find("skillNameUriPair")
                assert pair is not None
                level = int(one.findtext("competencelevel") or 0)
                assert 1 <= level <= 10
                self.state[str(pair.get("name")), name] = -level


class Csv(Switch):
    """Tables."""

    def load(self, files: dict[str, bytes]) -> None:
        for row in csv.DictReader(io.StringIO(files["who.csv"].decode(), newline="")):
            self.state[row["queue_id"], row["employee_id"] + row["endpoint"]] = int(row["penalty"])

    def take(self, text: str) -> None:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            key = (row["queue_id"], row["employee_id"] + row["endpoint"])
            if row["action"] == "remove":
                del self.state[key]
            else:
                assert (row["action"] == "set") == (key in self.state)
                self.state[key] = int(row["penalty"])


class Json(Switch):
    """Documents."""

    def load(self, files: dict[str, bytes]) -> None:
        for row in json.loads(files["who.json"])["rows"]:
            self.state[row["queue_id"], row["employee_id"] + row["endpoint"]] = row["penalty"]

    def take(self, text: str) -> None:
        for row in json.loads(text):
            key = (row["queue_id"], row["employee_id"] + row["endpoint"])
            if row["action"] == "remove":
                del self.state[key]
            else:
                assert (row["action"] == "set") == (key in self.state)
                self.state[key] = row["penalty"]


class Crm(Switch):
    """Who has access for which queues."""

    def load(self, files: dict[str, bytes]) -> None:
        self.take(files["access.csv"].decode())

    def take(self, text: str) -> None:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            self.state = {key: rank for key, rank in self.state.items() if key[1] != row["login"]}
            if row["action"] == "grant":
                self.state |= {(queue, row["login"]): 0 for queue in row["queues"].split()}


READERS: dict[str, Callable[[], Switch]] = {
    "asterisk": AsteriskFiles,
    "asterisk-ami": AsteriskManager,
    "asterisk-realtime": Realtime,
    "connect": Connect,
    "crm": Crm,
    "csv": Csv,
    "freeswitch": FreeSwitch,
    "genesys": Genesys,
    "json": Json,
    "twilio": Twilio,
    "uccx": Uccx,
}
