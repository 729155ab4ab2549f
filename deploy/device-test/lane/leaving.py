"""The last chapters: a newer package with the data kept, and the unit switched off."""

from .guest import Patience
from .story import Failed, until
from .trouble import nothing_waits


def kept(story):
    return story.guest.must("cd / && sha256sum etc/entrain/agent.toml var/lib/entrain/identity/current/key.pem | cut -c1-64").split()


def upgrade(story):
    refused = story.guest.run("dpkg -i /lane/newer.deb", 420)
    if refused or "session" not in refused.out + refused.err:
        raise Failed(f"dpkg -i was not refused for the session that ran, it ended with {refused.code}: {(refused.out + refused.err)[-200:]}")
    ended = lambda: [r for r in story.clinic.of_kind("session") if r.get("state") == "ended"]
    earlier = len(ended())
    story.press(2.2)  # A long press ends the session.
    if not until(lambda: len(ended()) > earlier, 40):
        raise Failed("a long press does not end the session: " + story.agent_lines())
    story.stand_still()
    before = kept(story)
    sessions = len(story.clinic.of_kind("session"))
    done = story.guest.run("dpkg -i /lane/newer.deb", 420)
    if not done:
        raise Failed(f"dpkg -i ended with {done.code}: {(done.err or done.out)[-300:]}")
    version = story.guest.must("dpkg-query -W -f '${Version}' entrain").strip()
    if not until(lambda: story.guest.run("systemctl is-active entrain-agent").out.strip() == "active", 90, 1):
        raise Failed("the agent does not come up after the upgrade: " + story.agent_lines())
    if kept(story) != before:
        raise Failed("configuration or key changed with the upgrade")
    if not until(lambda: nothing_waits(story), 60, 2):
        raise Failed(f"{story.waiting} records wait and do not go")
    return f"to {version}: refused while the session ran, done after it; configuration, key and journal kept, {sessions} session records at the clinic"


def shutdown(story):
    story.guest.start("systemctl poweroff")
    if not story.machine.wait_off(90 * Patience.times):
        raise Failed("the unit is not off 90 s after it was told: " + story.machine.console()[-200:])
    said = until(lambda: story.clinic.status.get("state") == "stopped", 10)
    holes = story.clinic.missing()
    if not said or holes:
        raise Failed(f"the clinic's last word is {story.clinic.status.get('state')}; {holes[:2]}")
    return f"in good order; the clinic knows it is stopped, and has {len(story.clinic.records)} records of {len(story.clinic.covered)} boots without a hole"
