"""The driver and the keeper against a manager that speaks like Asterisk 22."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from rotation.errors import StoreFault, SwitchFault
from rotation.switch import Access
from rotation.switch.keeper import run_once
from rotation.switch.kinds.asterisk_ami import AsteriskManager
from rotation.switch.preflight import Preflight
from rotation.switch.progress import Memory
from rotation.switch.seats import ENDS, STARTS

from .call_centre import CallCentre, Member
from .fake_asterisk import FakeAsterisk, Manners
from .shifts import keeper, row, timetable
from .virtual_time import at, run

QUEUES = {"billing": 0.0, "sales": 10.0}


def members(fake: FakeAsterisk) -> dict[tuple[str, str], tuple[int, bool]]:
    return {key: (one.penalty, one.paused) for key, one in fake.centre.members.items()}


def test_a_run_makes_the_switch_right_and_a_second_sends_nothing() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            table, progress = timetable([row("E1", 0, 100), row("E2", 0, 50, "sales", 3)]), Memory()
            await run_once(keeper(fake.port, table, progress, at(10)))
            assert members(fake) == {
                ("billing", "Local/1@agents"): (0, False),
                ("sales", "Local/2@agents"): (3, False),
            }
            sent = len(fake.queue_actions())
            await run_once(keeper(fake.port, table, progress, at(11)))
            assert len(fake.queue_actions()) == sent == 2

    run(main())


def test_newcomers_wait_paused_ring_at_the_boundary_and_leavers_go_after() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            table, progress = timetable([row("E1", 0, 100), row("E2", 100, 200)]), Memory()
            one = keeper(fake.port, table, progress)
            daemon = asyncio.create_task(one.run())
            await asyncio.sleep(90)
            assert members(fake) == {
                ("billing", "Local/1@agents"): (0, False),
                ("billing", "Local/2@agents"): (0, True),
            }
            assert fake.centre.members["billing", "Local/2@agents"].reason == STARTS
            await asyncio.sleep(10.5)
            assert members(fake)["billing", "Local/2@agents"] == (0, False)
            assert fake.centre.members["billing", "Local/1@agents"].reason == ENDS
            await asyncio.sleep(5)
            assert set(members(fake)) == {("billing", "Local/2@agents")}
            daemon.cancel()
            verbs = [fields["Action"] for fields in fake.queue_actions()]
            assert verbs == ["QueueAdd", "QueueAdd", "QueuePause", "QueuePause", "QueueRemove"]

    run(main())


def test_somebody_who_stays_back_to_back_is_not_touched() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 0, 100), row("E1", 100, 200)])).run())
            await asyncio.sleep(150)
            daemon.cancel()
            assert [fields["Action"] for fields in fake.queue_actions()] == ["QueueAdd"]

    run(main())


def test_a_leaver_in_a_call_is_waited_for_and_never_cut() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 0, 100), row("E2", 100, 900)])).run())
            await asyncio.sleep(90)
            call = fake.centre.call("billing", 300)
            await asyncio.sleep(200)
            assert ("billing", "Local/1@agents") in fake.centre.members
            await asyncio.sleep(200)
            assert ("billing", "Local/1@agents") not in fake.centre.members
            assert call.ended and call.answered and not fake.centre.faults
            daemon.cancel()

    run(main())


def test_an_agents_own_break_stays_and_ends_by_the_agent() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 0, 200)])).run())
            await asyncio.sleep(20)
            member = fake.centre.members["billing", "Local/1@agents"]
            fake.centre.pause(member, True, "lunch")
            await asyncio.sleep(100)
            assert (member.paused, member.reason) == (True, "lunch")
            await asyncio.sleep(100)
            assert not fake.centre.members
            daemon.cancel()

    run(main())


def test_foreign_static_and_realtime_members_are_never_touched() -> None:
    async def main() -> None:
        centre = CallCentre(QUEUES)
        async with FakeAsterisk(centre) as fake:
            for number, membership in enumerate(("static", "realtime", "dynamic")):
                centre.add(Member("billing", f"PJSIP/foreign{number}", membership=membership))
            centre.add(Member("billing", "Local/1@agents", membership="static"))
            centre.add(Member("sales", "Local/2@agents"))
            before = members(fake)
            one = keeper(fake.port, timetable([row("E1", 0, 50), row("E2", 0, 50, "sales")]), instant=at(10))
            await run_once(one)
            await run_once(keeper(fake.port, timetable([row("E1", 0, 50)]), instant=at(60)))
            assert members(fake) == before
            assert fake.queue_actions() == []
            assert len(one.watch.alarms) == 2

    run(main())


def test_penalties_are_asserted_again_after_a_restart_and_old_members_go() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            rows = [row("E1", 0, 100), row("E1", 100, 900, penalty=3), row("E2", 0, 100)]
            daemon = asyncio.create_task(keeper(fake.port, timetable(rows)).run())
            await asyncio.sleep(50)
            revived = dict(fake.astdb)
            await asyncio.sleep(100)
            assert members(fake) == {("billing", "Local/1@agents"): (3, False)}
            fake.astdb |= revived
            await fake.restart()
            await asyncio.sleep(10)
            assert members(fake) == {("billing", "Local/1@agents"): (3, False)}
            daemon.cancel()

    run(main())


def test_a_switch_that_forgets_reasons_is_handed_over_all_the_same() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES), Manners(keeps_reasons=False)) as fake:
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 50, 100), row("E2", 100, 200)])).run())
            await asyncio.sleep(60)
            assert members(fake) == {("billing", "Local/1@agents"): (0, False)}
            await asyncio.sleep(50)
            assert members(fake) == {("billing", "Local/2@agents"): (0, False)}
            daemon.cancel()

    run(main())


def test_a_queue_is_not_emptied_before_somebody_else_rings_but_not_for_ever() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            fake.centre.telephone("Local/2@agents").registered = False
            one = keeper(fake.port, timetable([row("E1", 0, 100), row("E2", 100, 900)]))
            daemon = asyncio.create_task(one.run())
            await asyncio.sleep(150)
            assert not fake.centre.members["billing", "Local/1@agents"].paused
            assert any("past the shift" in text for text in one.watch.alarms)
            await asyncio.sleep(100)
            assert ("billing", "Local/1@agents") not in fake.centre.members
            daemon.cancel()

    run(main())


def test_the_drained_leave_at_once_and_are_not_added_again() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            progress = Memory()
            daemon = asyncio.create_task(
                keeper(fake.port, timetable([row("E1", 0, 500), row("E2", 0, 500)]), progress).run()
            )
            await asyncio.sleep(50)
            progress.drains["E1"] = at(500)
            await asyncio.sleep(60)
            assert set(members(fake)) == {("billing", "Local/2@agents")}
            daemon.cancel()

    run(main())


@pytest.mark.parametrize(
    ("manners", "words"),
    [
        (Manners(secret="other"), "refuses the login of roster"),
        (Manners(secret="other", refuses_in_silence=True), "at the login; check user and secret"),
        (Manners(greeting="SSH-2.0-OpenSSH_9.2"), "is no Asterisk manager"),
        (Manners(rights=()), "give it write=agent"),
        (Manners(answers=False), "the connection to the switch failed"),
        (Manners(half=True), "the connection to the switch failed"),
        (Manners(latency_s=100), "the connection to the switch failed"),
    ],
)
def test_a_switch_that_refuses_or_does_not_answer_is_told_in_words(manners: Manners, words: str) -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES), manners) as fake:
            with pytest.raises(SwitchFault, match=words) as caught:
                await run_once(keeper(fake.port, timetable([row("E1", 0, 100)]), instant=at(10)))
            assert "s3cret" not in str(caught.value)
            assert fake.centre.members == {}

    run(main())


def test_a_port_that_nobody_listens_on_is_told() -> None:
    async def main() -> None:
        with pytest.raises(SwitchFault, match="connection to the switch failed"):
            await run_once(keeper(1, timetable([row("E1", 0, 100)]), instant=at(10)))

    run(main())


def test_a_queue_that_the_switch_lacks_is_an_alarm_and_the_others_work() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            table = timetable([row("E1", 0, 100, "nosuch"), row("E2", 0, 100)], ("nosuch", "billing"))
            one = keeper(fake.port, table, instant=at(10))
            await run_once(one)
            assert set(members(fake)) == {("billing", "Local/2@agents")}
            assert one.watch.alarms == ("the switch has no queue nosuch",)

    run(main())


@pytest.mark.parametrize("rights", [("agent", "reporting"), ("agent",)])
def test_endpoints_are_checked_ten_minutes_before_the_shift(rights: tuple[str, ...]) -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES), Manners(rights=rights)) as fake:
            fake.centre.telephone("Local/1@agents").registered = False
            fake.centre.telephone("Local/2@agents")
            rows = [row("E1", 1000, 2000), row("E2", 1000, 2000), row("E3", 1000, 2000, phone="nonsense")]
            one = keeper(fake.port, timetable(rows))
            one._preflight = Preflight()
            daemon = asyncio.create_task(one.run())
            await asyncio.sleep(390)
            assert one.watch.alarms == ()
            await asyncio.sleep(100)
            told = "\n".join(one.watch.alarms)
            assert "Agent E3 (E3, nonsense) has no endpoint that the switch can ring" in told
            assert "E2" not in told
            if "reporting" in rights:
                assert "Agent E1 (E1, Local/1@agents) is not registered; the shift in billing begins at 08:16" in told
            else:
                assert "telephones cannot be checked before shifts" in told
            daemon.cancel()

    run(main())


def test_tls_checks_the_servers_certificate(tmp_path: Path) -> None:
    """In real time: the handshake needs a clock that agrees with the certificate."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate))
    subprocess.run([*made, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES), Manners(tls=context)) as fake:
            for trusted, good in ((str(certificate), True), ("", False)):
                access = Access("127.0.0.1", fake.port, "roster", "s3cret", tls=True, ca_file=trusted)
                driver = AsteriskManager(access)
                if good:
                    await driver.connect()
                    assert (await driver.read(["billing"])).queues == set(QUEUES)
                else:
                    with pytest.raises(ssl.SSLCertVerificationError):
                        await driver.connect()
                await driver.close()

    asyncio.run(main())


def test_a_store_that_fails_for_a_while_leaves_the_switch_alone() -> None:
    class Failing(Memory):
        broken = True

        def record(self, changed: object) -> None:
            if self.broken:
                raise StoreFault("the store is in use")
            super().record(changed)  # type: ignore[arg-type]

    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            progress = Failing()
            daemon = asyncio.create_task(keeper(fake.port, timetable([row("E1", 0, 500)]), progress).run())
            await asyncio.sleep(5)
            assert members(fake) == {}
            progress.broken = False
            await asyncio.sleep(5)
            assert members(fake) == {("billing", "Local/1@agents"): (0, False)}
            daemon.cancel()

    run(main())


@pytest.mark.parametrize("others", [True, False])
def test_a_newcomer_whom_the_switch_refuses_keeps_nobody_on_the_phone_but_the_last(others: bool) -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES), Manners(refuses=frozenset({"Local/2@agents"}))) as fake:
            rows = [row("E1", 0, 100), row("E2", 100, 900), *([row("E3", 100, 900)] if others else [])]
            one = keeper(fake.port, timetable(rows))
            daemon = asyncio.create_task(one.run())
            await asyncio.sleep(101)
            paused = {key[1]: paused for key, (_, paused) in members(fake).items()}
            assert paused == (
                {"Local/1@agents": True, "Local/3@agents": False} if others else {"Local/1@agents": False}
            )
            assert any("E2 Local/2@agents" in text and "Invalid" in text for text in one.watch.alarms)
            await asyncio.sleep(150)
            assert set(members(fake)) == ({("billing", "Local/3@agents")} if others else set())
            daemon.cancel()

    run(main())


def test_who_sits_in_a_queue_that_the_table_no_longer_has_comes_out() -> None:
    async def main() -> None:
        async with FakeAsterisk(CallCentre(QUEUES)) as fake:
            progress = Memory()
            await run_once(keeper(fake.port, timetable([row("E1", 0, 100, "sales")]), progress, at(10)))
            without = timetable([row("E1", 0, 100)], ["billing"])
            await run_once(keeper(fake.port, without, progress, at(20)), wait_s=10)
            assert set(members(fake)) == {("billing", "Local/1@agents")}

    run(main())
