import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Broker, HOME, launchBrowser, servePage, until } from './harness.js';
import { Walk, WalkingUnit } from './walk.js';

const TARGET = join(HOME, 'target');
let broker;
let server;
let browser;

before(async () => {
  await mkdir(TARGET, { recursive: true });
  broker = await Broker.start();
  server = await servePage();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
  await broker?.close();
});

async function openPage(size = { width: 1280, height: 800 }, address = `?ws=${broker.ws}`) {
  const page = await browser.newPage({ viewport: size });
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && page.faults.push(line.text()));
  await page.goto(`http://127.0.0.1:${server.port}/${address}`);
  return page;
}

const text = (page, name) => page.textContent(`#${name}`);
const shows = (page, name, pattern) => until(`${pattern} in #${name}`, async () => pattern.test(await text(page, name)));

/** Tells whether a chart has ink of a colour. */
function inked(page, chart, [r, g, b]) {
  return page.$eval(
    `#${chart} canvas`,
    (canvas, colour) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (colour.every((value, channel) => Math.abs(data[i + channel] - value) < 8) && data[i + 3] > 200) {
          count++;
        }
      }
      return count > 100;
    },
    [r, g, b],
  );
}

test('should show a walk live, then old, then offline', { timeout: 60_000 }, async () => {
  const walk = new Walk();
  const unit = new WalkingUnit(broker, 'unit-a', walk);
  const page = await openPage();
  try {
    await shows(page, 'broker', /connected/);
    await unit.start();
    await shows(page, 'status', /online/);
    await shows(page, 'fresh', /Live: walking/);
    await shows(page, 'cadence', /^111$/);
    await shows(page, 'tempo', /^111$/);
    await shows(page, 'asynchrony', /^−(2|3|4)\d$/);
    await shows(page, 'cue', /^#\d+$/);
    await until('a hundred steps', async () => Number(await text(page, 'steps')) >= 100);
    assert.equal(await text(page, 'gaps'), '1');
    await until('left steps in the cadence chart', () => inked(page, 'cadence-chart', [0x0b, 0x4e, 0xa2]));
    await until('right steps in the asynchrony chart', () => inked(page, 'asynchrony-chart', [0xc2, 0x41, 0x0c]));
    await shows(page, 'verdict', /^✓ Every cue within one audio frame: yes, 804 cues\.$/);
    await assertFeetFollow(page, walk);
    await page.waitForSelector('#lamp.on', { timeout: 20000 });
    await page.waitForSelector('#lamp:not(.on)', { timeout: 20000 });
    await page.screenshot({ path: join(TARGET, 'live.png') });
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight);
    assert.ok(fits, 'the page fits a tablet without scrolling');

    unit.fallSilent();
    await shows(page, 'fresh', /Old data: \d+ s/);
    assert.match(await text(page, 'status'), /online/);
    assert.equal(await page.getAttribute('#foot-left', 'data-part'), 'unknown');
    unit.vanish();
    await shows(page, 'status', /offline/);
    await page.screenshot({ path: join(TARGET, 'offline.png') });
    assert.deepEqual(page.faults, []);
  } finally {
    await unit.close();
    await page.close();
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

test('should let the viewer choose among several units by keyboard', { timeout: 60_000 }, async () => {
  const units = [
    new WalkingUnit(broker, 'unit-b', new Walk()),
    new WalkingUnit(broker, 'unit-c', new Walk({ strideS: 1.5, boot: '22222222-5a0e-4c52-9d55-0123456789ab' })),
  ];
  const page = await openPage({ width: 820, height: 1180 });
  try {
    await units[0].start();
    await shows(page, 'cadence', /^111$/);
    await units[1].start();
    await until('both units', async () => /unit-b.*unit-c/.test(await text(page, 'unit')));
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'unit');
    for (const key of 'unit-c') {
      await page.keyboard.press(key);
    }
    await shows(page, 'cadence', /^80$/);
    await page.screenshot({ path: join(TARGET, 'portrait.png') });
    assert.deepEqual(page.faults, []);
  } finally {
    await Promise.all(units.map((unit) => unit.close()));
    await page.close();
  }
});

/** Places of the boxes a viewer sees, to notice when one jumps. */
const boxes = (page) =>
  page.$$eval('.feet, .numbers, .charts, .timing, .timing dl, #onsets', (all) =>
    all.map((one) => ['x', 'y', 'width', 'height'].map((side) => Math.round(one.getBoundingClientRect()[side]))),
  );

test('should show that a unit proves its timing, and why it is silent, without moving anything', { timeout: 60_000 }, async () => {
  const walk = new Walk({ boot: '33333333-5a0e-4c52-9d55-0123456789ab' });
  const unit = new WalkingUnit(broker, 'unit-e', walk);
  const page = await openPage();
  try {
    await shows(page, 'broker', /connected/);
    const before = await boxes(page);
    await unit.start();
    await until('the unit', () => page.selectOption('#unit', 'unit-e', { timeout: 500 }).then(() => true, () => false));
    await shows(page, 'verdict', /yes, 804 cues/);
    await shows(page, 'onset-p50', /^8\.0 µs$/);
    await shows(page, 'onset-p99', /^9\.5 µs$/);
    await shows(page, 'onset-max', /^10\.4 µs$/);
    await shows(page, 'ppm', /^\+37\.5$/);
    await shows(page, 'told', /^told \d+ s ago$/);
    assert.equal(await page.$$eval('#onsets .bar', (bars) => bars.length), 5);
    assert.match(await page.getAttribute('#onsets', 'aria-label'), /803 cues: half within 8.0 µs, 99 of 100 within 9.5 µs, the largest 10.4 µs/);
    assert.deepEqual(await boxes(page), before);
    await page.screenshot({ path: join(TARGET, 'timing.png') });

    const nowNs = Math.round(walk.nowS() * 1e9);
    const text = "There is no sound card 'hw:CARD=Headphones'. Plug one in, see 'aplay -L' for the names this host knows, and set audio.device to one of them.";
    const output = { state: 'waiting', state_since_ns: nowNs, text, kind: 'card', device: 'hw:CARD=Headphones', offset_ms: 0, offset_source: 'unknown' };
    await unit.publish('timing', walk.timing({ output }), { qos: 1, retain: true });
    await shows(page, 'verdict', /^✗ No sound since \d\d:\d\d:\d\d, because: There is no sound card/);
    assert.equal(await page.getAttribute('#verdict', 'role'), 'status');
    assert.deepEqual(await boxes(page), before);
    await page.screenshot({ path: join(TARGET, 'silent.png') });

    await page.setViewportSize({ width: 360, height: 740 });
    await until('the narrow page', () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.screenshot({ path: join(TARGET, 'phone.png'), fullPage: true });
    assert.deepEqual(page.faults, []);
  } finally {
    await unit.close();
    await page.close();
  }
});

test('should count unreadable messages and never run what they carry', { timeout: 60_000 }, async () => {
  const walk = new Walk();
  const unit = new WalkingUnit(broker, 'unit-d', walk);
  const page = await openPage();
  try {
    await unit.start();
    await unit.publish('birth', walk.birth('<img src=x onerror="window.harmed=1">'), { qos: 1, retain: true });
    await page.selectOption('#unit', 'unit-d').catch(() => {});
    await until('the unit', async () => {
      await page.selectOption('#unit', 'unit-d', { timeout: 500 }).catch(() => {});
      return /<img/.test(await text(page, 'agent'));
    });
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.$('#agent img'), null);
    const before = Number(await text(page, 'malformed'));
    await unit.publish('ev', Buffer.from('{"boot":"x","events":[{]}'), { qos: 1 });
    await unit.publish('state', Buffer.from([0, 1, 2, 0xff]), { qos: 1 });
    await until('two more', async () => Number(await text(page, 'malformed')) === before + 2);
    await shows(page, 'fresh', /Live/);
    assert.deepEqual(page.faults, []);
  } finally {
    await unit.close();
    await page.close();
  }
});

test('should say when the broker is gone and come back by itself', { timeout: 60_000 }, async () => {
  const page = await openPage();
  try {
    await shows(page, 'broker', /connected/);
    await broker.kill();
    await shows(page, 'broker', /not reached/);
    await broker.launch();
    await shows(page, 'broker', /: connected/);
  } finally {
    await page.close();
  }
});

test('should say what to do without a broker address', { timeout: 60_000 }, async () => {
  const page = await openPage(undefined, '');
  try {
    await shows(page, 'problem', /\?ws=PORT/);
    assert.match(await page.textContent('footer'), /Research software, not a medical device/);
  } finally {
    await page.close();
  }
});
