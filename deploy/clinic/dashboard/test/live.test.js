// The live page in a real Chromium: a walk that goes on, loses a sensor, falls silent; and what must not harm it.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { LEFT, RIGHT } from '../src/colours.js';
import { FakeClinic } from './fakeclinic.js';
import { TARGET, launchBrowser, until } from './harness.js';
import { DESKTOP, PORTRAIT, TABLET, Viewer } from './viewer.js';
import { Walk, WalkingUnit } from './walk.js';

const LIMIT = { timeout: 150_000 };
let clinic;
let browser;

before(async () => {
  await mkdir(TARGET, { recursive: true });
  clinic = await FakeClinic.start();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await clinic?.close();
});

async function enter(route, size = DESKTOP) {
  const viewer = await Viewer.open(browser, clinic, { size, route });
  await viewer.logIn(clinic.clinician);
  return viewer;
}

/** Places of the boxes a viewer sees, to notice when one jumps. */
const boxes = (page) =>
  page.$$eval('.feet, .numbers, .charts, .timing, .timing dl, #onsets', (all) =>
    all.map((one) => ['x', 'y', 'width', 'height'].map((side) => Math.round(one.getBoundingClientRect()[side]))),
  );

test('should show a walk live, a sensor lost, then old data, then offline', LIMIT, async () => {
  const walk = new Walk();
  const unit = new WalkingUnit(clinic, 'unit-a', walk);
  await unit.start();
  const viewer = await enter('#/units/unit-a/live', TABLET);
  const { page } = viewer;
  try {
    await viewer.shows('#stream', /connected/);
    await viewer.shows('#status', /online/);
    await viewer.shows('#fresh', /Live: walking/);
    await viewer.shows('#cadence', /^111$/);
    await viewer.shows('#tempo', /^111$/);
    await viewer.shows('#asynchrony', /^−(2|3|4)\d$/);
    await viewer.shows('#locked', /● locked/);
    await viewer.shows('#block', /^Match$/);
    await viewer.shows('#target', /block 3, target 112\/min$/);
    walk.song = '0123456789abcdef';
    await viewer.shows('#target', /target 112\/min, ♪ Song 01234567$/);
    await viewer.shows('#sensor-left', /✓ signal, 0.2 % lost · battery 82 %$/);
    await viewer.shows('#sensor-right', /battery 12 % ▲ low/);
    await until('a hundred steps', async () => Number(await viewer.text('#steps')) >= 100);
    await viewer.shows('#verdict', /^✓ Every cue within one audio frame: yes, 804 cues\.$/);
    await viewer.shows('#onset-p50', /^8\.0 µs$/);
    assert.equal(await page.$$eval('#onsets .bar', (bars) => bars.length), 5);
    await until('left steps in the cadence chart', () => viewer.inked('#cadence-chart', LEFT));
    await until('right steps in the asynchrony chart', () => viewer.inked('#asynchrony-chart', RIGHT));
    await assertFeetFollow(page, walk);
    await page.waitForSelector('#lamp.on', { timeout: 20_000 });
    await page.waitForSelector('#lamp:not(.on)', { timeout: 20_000 });
    await viewer.check();
    await viewer.picture('live-tablet');
    await page.setViewportSize(PORTRAIT);
    await viewer.picture('live-portrait');
    await viewer.check();
    await page.setViewportSize(DESKTOP);
    const before = await boxes(page);
    await viewer.picture('live');

    walk.gapS.right = 12;
    walk.locked = false;
    await viewer.shows('#sensor-right', /✗ no signal for 12 s/);
    await viewer.shows('#locked', /○ not locked/);
    await viewer.shows('#foot-right figcaption', /sensor lost/);
    assert.equal(await page.getAttribute('#foot-right', 'data-part'), 'unknown');
    const output = { state: 'waiting', state_since_ns: Math.round(walk.nowS() * 1e9), text: "There is no sound card 'hw:CARD=Headphones'. Plug one in, see 'aplay -L' for the names this host knows, and set audio.device to one of them.", kind: 'card', device: 'hw:CARD=Headphones', offset_ms: 0, offset_source: 'unknown' };
    await unit.publish('timing', walk.timing({ output }));
    await viewer.shows('#verdict', /^✗ No sound since \d\d:\d\d:\d\d, because: There is no sound card/);
    // A box between two pixels may be rounded either way.
    const now = await boxes(page);
    assert.ok(now.flat().every((place, i) => Math.abs(place - before.flat()[i]) <= 1), `${now} not ${before}`);
    await viewer.picture('live-lost');

    unit.fallSilent();
    await viewer.shows('#fresh', /Old data: \d+ s/);
    await viewer.shows('#said', /old data/);
    assert.equal(await page.getAttribute('#foot-left', 'data-part'), 'unknown');
    await viewer.check();
    await viewer.picture('live-old');
    await unit.vanish();
    await viewer.shows('#status', /offline/);
    assert.deepEqual(await viewer.wrong(), []);
  } finally {
    await unit.close();
    await viewer.close();
  }
});

/** Both feet move forward without jumps, at the walker's pace and near the walker's phase. */
async function assertFeetFollow(page, walk) {
  const frames = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = [];
        const look = (nowMs) => {
          const phase = (side) => Number(document.getElementById(`foot-${side}`).dataset.phase);
          seen.push([nowMs, phase('left'), phase('right')]);
          if (seen.length > 1 && nowMs - seen[0][0] > 2000) {
            resolve(seen);
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      }),
  );
  const nowS = walk.nowS();
  for (const [column, side] of [[1, 'left'], [2, 'right']]) {
    let advanced = 0;
    for (let i = 1; i < frames.length; i++) {
      const part = (((frames[i][column] - frames[i - 1][column]) % 1) + 1) % 1;
      assert.ok(part < 0.5, `${side} foot never runs backwards`);
      advanced += part;
    }
    const strides = (frames.at(-1)[0] - frames[0][0]) / 1e3 / walk.strideS;
    assert.ok(Math.abs(advanced - strides) < 0.2, `${side} made ${advanced} of ${strides} strides`);
    const error = ((((frames.at(-1)[column] - walk.phase(side, nowS)) % 1) + 1.5) % 1) - 0.5;
    assert.ok(Math.abs(error) < 0.25, `${side} phase is off by ${error}`);
  }
}

test('should count unreadable messages, never run what they carry, and come back when the server does', LIMIT, async () => {
  const walk = new Walk();
  const unit = new WalkingUnit(clinic, 'unit-d', walk);
  await unit.start();
  await unit.publish('birth', walk.birth('<img src=x onerror="window.harmed=1">'));
  const viewer = await enter('#/units/unit-d/live');
  try {
    await viewer.shows('#agent', /<img/);
    await viewer.shows('#fresh', /Live/);
    await unit.publish('ev', Buffer.from('{"boot":"x","events":[{]}'));
    await unit.publish('state', Buffer.from('[1]'));
    await viewer.shows('#malformed', /^2$/);
    assert.equal(await viewer.page.evaluate(() => window.harmed), undefined);
    clinic.cutStreams(true);
    await viewer.shows('#stream', /not reached/);
    clinic.cutStreams(false);
    await viewer.shows('#stream', /: connected/);
    await viewer.shows('#fresh', /Live/);
    assert.deepEqual(await viewer.wrong(), []);
  } finally {
    await unit.close();
    await viewer.close();
  }
});
