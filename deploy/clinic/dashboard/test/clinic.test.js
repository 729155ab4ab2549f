// The pages in a real Chromium against the real clinic: receiver, PostgreSQL, Mosquitto, and a unit that publishes by the contract.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { TARGET, launchBrowser, until } from './harness.js';
import { longWalk } from './longwalk.js';
import { RealClinic } from './realclinic.js';
import { DESKTOP, PORTRAIT, TABLET, Viewer } from './viewer.js';
import { Walk, WalkingUnit } from './walk.js';

const LIMIT = { timeout: 150_000 };
const RECORDS = 10_000;
let clinic;
let browser;
let walk;
let unit;

before(async () => {
  await mkdir(TARGET, { recursive: true });
  [clinic, browser] = await Promise.all([RealClinic.start(), launchBrowser()]);
  walk = new Walk({ boot: '55555555-5a0e-4c52-9d55-0123456789ab' });
  unit = new WalkingUnit(clinic, 'unit-live', walk);
  await unit.start();
}, { timeout: 240_000 });

after(async () => {
  await unit?.close();
  await browser?.close();
  await clinic?.close();
});

async function enter(route, { as = clinic.clinician, size = DESKTOP } = {}) {
  const viewer = await Viewer.open(browser, clinic, { size, route });
  await viewer.logIn(as);
  return viewer;
}

test('should let in only who knows user and password, and out again', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic, { size: TABLET, route: '#/patients' });
  await viewer.heading(/^Log in$/);
  await viewer.logIn({ user: 'anna', password: 'wrong' });
  await viewer.shows('.problem', /User or password is wrong/);
  await viewer.logIn(clinic.clinician);
  await viewer.heading(/^Patients$/);
  await viewer.page.click('#log-out');
  await viewer.heading(/^Log in$/);
  await viewer.page.reload();
  await viewer.heading(/^Log in$/);
  await viewer.check();
  await viewer.close();
});

test('should go by keyboard from the log-in to a walk as it happens, then see it stop', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic, { size: TABLET });
  const { page } = viewer;
  await viewer.heading(/^Log in$/);
  await until('the field', () => page.evaluate(() => document.activeElement.id === 'user'));
  await page.keyboard.type(clinic.technician.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(clinic.technician.password);
  await page.keyboard.press('Enter');
  await viewer.heading(/^Units$/);
  await viewer.shows('[data-unit="unit-live"]', /online/);
  assert.doesNotMatch(await viewer.text('body'), /Patient/);
  await viewer.check();
  await viewer.picture('real-units');
  for (const name of ['unit-live', 'Watch live']) {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
    await viewer.heading(/unit-live/);
  }
  await viewer.shows('#fresh', /Live: walking/);
  await viewer.shows('#cadence', /^111$/);
  await viewer.shows('#asynchrony', /^−(2|3|4)\d$/);
  await viewer.shows('#locked', /● locked/);
  await viewer.shows('#sensor-right', /battery 12 % ▲ low/);
  await viewer.shows('#verdict', /yes, 804 cues/);
  const steps = Number(await viewer.text('#steps'));
  await until('more steps', async () => Number(await viewer.text('#steps')) > steps + 2);
  const phase = await page.getAttribute('#foot-left', 'data-phase');
  await until('the foot to move', async () => (await page.getAttribute('#foot-left', 'data-phase')) !== phase);
  await viewer.check();
  await viewer.picture('real-live');
  walk.gapS.right = 9;
  walk.locked = false;
  await viewer.shows('#sensor-right', /✗ no signal/);
  await viewer.shows('#locked', /○ not locked/);
  unit.fallSilent();
  await viewer.shows('#fresh', /Old data: \d+ s/);
  await unit.vanish();
  await viewer.shows('#status', /offline/);
  await viewer.picture('real-live-old');
  await viewer.check();
  await viewer.close();
});

async function tabTo(page, name) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((text) => document.activeElement.textContent === text, name)) {
      return;
    }
  }
  assert.fail(`80 tabs did not reach ${name}`);
}

test('should show a simulated patient over twelve weeks and his last session', LIMIT, async () => {
  const viewer = await enter('#/patients');
  const { page } = viewer;
  await viewer.heading(/^Patients$/);
  await viewer.check();
  await viewer.picture('real-patients');
  await page.locator('#patients th a').first().click();
  await viewer.shows('.simulated', /simulated: nobody walked/);
  await until('twelve weeks', async () => (await page.$$('.weeks li')).length === 12);
  assert.ok((await page.$$('.trend tbody tr')).length > 12);
  for (const [size, name] of [[DESKTOP, 'real-patient'], [TABLET, 'real-patient-tablet'], [PORTRAIT, 'real-patient-portrait']]) {
    await page.setViewportSize(size);
    await viewer.check();
    await viewer.picture(name);
  }
  assert.match(await viewer.text('#music .finding'), /more often with: .*Kettle march/);
  await viewer.shows('#music .ranking', /1\. Kettle march.*points \(.*: better than the other music/s);
  await page.setViewportSize(DESKTOP);
  await page.locator('#music').screenshot({ path: `${TARGET}/real-music.png` });
  await page.locator('.trend tbody th a').first().click();
  await viewer.heading(/^Session of/);
  await viewer.shows('#metrics', /Cadence/);
  await viewer.close();
});

test('should show a session of 10,000 records that came over the broker', { timeout: 150_000 }, async () => {
  const boot = '66666666-5a0e-4c52-9d55-0123456789ab';
  const long = longWalk('long-walk', boot, 1.06 * RECORDS);
  assert.ok(long.records >= RECORDS, `${long.records} records`);
  await clinic.store('unit-long', boot, long.messages, long.lastSeq);
  const viewer = await enter('#/sessions/long-walk');
  await viewer.heading(/^Session of/);
  await viewer.shows('#range', /^Whole session/);
  const ms = await viewer.page.evaluate(() => performance.getEntriesByName('session shown')[0].duration);
  console.log(`A session of ${long.records} records from the real clinic can be used ${Math.round(ms)} ms after it was asked for.`);
  assert.equal((await viewer.page.$$('.block')).length, 5);
  await viewer.shows('#kind', new RegExp(`Steps \\(${long.messages.flatMap(([, body]) => body.events ?? []).filter((one) => one.kind === 'step').length.toLocaleString('en-GB')}\\)`));
  await viewer.shows('.events', /Safety rule.*near fall/s);
  await viewer.shows('#songs', /Kettle march ♥ liked.*0\.93 \(n 19\).*<img src=x.*Song 44444444/s);
  await viewer.shows('#kind', /Songs \(4\)/);
  assert.equal((await viewer.page.$$('.strip .song')).length, 4);
  await viewer.page.focus('#plots');
  await viewer.page.keyboard.press('+');
  await viewer.shows('#range', / to /);
  await viewer.check();
  await viewer.picture('real-session');
  await viewer.close();
});

test('should give a technician no patient, whatever is asked for', LIMIT, async () => {
  const viewer = await enter('#/patients', { as: clinic.technician });
  await viewer.shows('.problem', /./);
  const status = await viewer.page.evaluate(async () => (await fetch('api/patients')).status);
  assert.equal(status, 403);
  assert.equal((await viewer.page.evaluate(async () => (await fetch('api/units')).text())).includes('"patient"'), false);
  await viewer.go('#/units/unit-live');
  await viewer.heading(/unit-live/);
  await viewer.shows('#timing', /Every cue within one audio frame/);
  assert.doesNotMatch(await viewer.text('main'), /Patient/);
  await viewer.picture('real-unit');
  await viewer.check();
  await viewer.close();
});
