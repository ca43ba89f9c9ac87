"""The fake manager answers a recorded session of Asterisk 22 as the real one did, field by field, in order."""

from __future__ import annotations

import asyncio
from pathlib import Path

from .call_centre import CallCentre, Member
from .fake_asterisk import FakeAsterisk, Manners
from .virtual_time import run

SESSION = Path(__file__).with_name("asterisk22_session.txt")
VOLATILE = {"LastCall", "LastPause", "LoginTime", "Uptime", "LastReload", "Strategy"}
Message = list[tuple[str, str]]


def blocks(lines: list[str]) -> list[Message]:
    """Messages of a list of lines, without what depends on the hour."""
    found: list[Message] = []
    current: Message = []
    for line in [*lines, ""]:
        key, sign, value = line.partition(":")
        if sign:
            current.append((key, "" if key in VOLATILE else value.strip()))
        elif current:
            found.append(current)
            current = []
    return [one for one in found if ("Event", "DeviceStateChange") not in one]


def exchanges() -> list[tuple[str, list[Message]]]:
    """What the client sent after the good login, each with the messages that came back."""
    found: list[tuple[list[str], list[str]]] = []
    text = SESSION.read_text("utf-8")
    for line in text[text.index("C: ActionID: 1\n") :].splitlines()[1:]:
        side, content = line[0], line[3:]
        if side == "C":
            if not found or found[-1][1]:
                found.append(([], []))
            found[-1][0].append(content)
        elif found:
            found[-1][1].append(content)
    return [("".join(f"{line}\r\n" for line in sent) + "\r\n", blocks(came)) for sent, came in found]


def test_the_fake_answers_a_recorded_session_as_asterisk_did() -> None:
    async def main() -> None:
        centre = CallCentre({"billing": 0.0, "sales": 0.0})
        centre.add(Member("sales", "Local/2001@agents", "Static Sam", membership="static"))
        async with FakeAsterisk(centre, Manners(secret="SECRET", rights=("agent", "system"))) as fake:
            reader, writer = await asyncio.open_connection("127.0.0.1", fake.port)
            writer.write(b"Action: Login\r\nUsername: roster\r\nSecret: SECRET\r\nActionID: 1\r\n\r\n")
            await asyncio.sleep(1)
            await reader.read(10_000)
            told = exchanges()
            assert len(told) == 14
            for sent, expected in told:
                writer.write(sent.encode())
                await asyncio.sleep(1)
                came = (await reader.read(100_000)).decode().split("\r\n")
                assert blocks(came) == expected, sent
            writer.close()

    run(main())
