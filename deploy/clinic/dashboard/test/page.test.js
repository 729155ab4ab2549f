// The pages in a real Chromium against a fake clinic with made-up data: what they show, and that anybody can use them.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { LEFT, RIGHT } from '../src/colours.js';
import { FakeClinic } from './fakeclinic.js';
import { TARGET, launchBrowser, until } from './harness.js';
import { DESKTOP, PORTRAIT, TABLET, Viewer } from './viewer.js';

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

async function enter(route, { as = clinic.clinician, size = DESKTOP, ...more } = {}) {
  const viewer = await Viewer.open(browser, clinic, { size, route, ...more });
  await viewer.logIn(as);
  return viewer;
}

test('should let in only who knows user and password, and say no more', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic, { size: TABLET });
  await viewer.heading(/^Log in$/);
  assert.match(await viewer.text('footer'), /Research software, not a medical device/);
  await viewer.picture('login');
  const said = [];
  for (const user of ['anna', 'nobody']) {
    await viewer.logIn({ user, password: 'wrong' });
    await viewer.shows('.problem', /wrong/);
    said.push(await viewer.text('.problem'));
    assert.equal(await viewer.page.inputValue('#password'), '');
    await viewer.check();
  }
  assert.equal(said[0], said[1], 'who has an account is not told');
  await viewer.logIn(clinic.technician);
  await viewer.heading(/^Units$/);
  await viewer.page.click('#log-out');
  await viewer.heading(/^Log in$/);
  assert.equal(await viewer.page.$('#units'), null);
  await viewer.close();
});

test('should not look logged out while the server does not know', LIMIT, async () => {
  const viewer = await enter('');
  await viewer.heading(/^Units$/);
  await viewer.page.route('**/api/logout', (route) => route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":"The database does not answer.","what_to_do":"Try again in a minute."}' }));
  await viewer.page.click('#log-out');
  await viewer.shows('#not-out', /still logged in.*Try again in a minute/s);
  await viewer.page.unroute('**/api/logout');
  await viewer.page.click('#log-out');
  await viewer.heading(/^Log in$/);
  assert.equal(await viewer.page.$('#not-out'), null);
  await viewer.close();
});

test('should come back to the page one wanted when the log-in ran out', LIMIT, async () => {
  const viewer = await enter('#/units/unit-7f3a');
  await viewer.heading(/unit-7f3a/);
  await viewer.page.click('[data-command="stop"]');
  clinic.forget();
  await viewer.heading(/^Log in$/);
  assert.equal(await viewer.page.$('dialog'), null);
  await viewer.logIn(clinic.clinician);
  await viewer.heading(/unit-7f3a/);
  await viewer.close();
});

test('should list units with their health, and no patient to a technician', LIMIT, async () => {
  const viewer = await enter('');
  for (const [size, name] of [[DESKTOP, 'units'], [TABLET, 'units-tablet'], [PORTRAIT, 'units-portrait']]) {
    await viewer.page.setViewportSize(size);
    await viewer.shows('[data-unit="unit-b2c9"]', /offline.*There is no sound card.*18,204.*± 4 s.*revision 3 refused: tempo above 160/s);
    await viewer.shows('[data-unit="unit-7f3a"]', /P-017.*online.*nothing.*left 74 %.*✓ revision 4 runs/s);
    await viewer.check();
    await viewer.picture(name);
  }
  await viewer.page.check('#trouble');
  await until('only one with trouble', async () => (await viewer.page.$$('[data-unit]')).length === 1);
  await viewer.close();
  const technician = await enter('', { as: clinic.technician });
  await technician.heading(/^Units$/);
  assert.doesNotMatch(await technician.text('body'), /P-0|Patient/);
  for (const route of ['#/patients', '#/patients/P-017']) {
    await technician.go(route);
    await technician.shows('.problem', /Only a clinician/);
    assert.doesNotMatch(await technician.text('main'), /P-017/);
  }
  await technician.go('#/sessions/small');
  await technician.heading(/^Session of/);
  await technician.shows('#range', /^Whole session/);
  await technician.shows('#songs', /Song 11111111/);
  assert.doesNotMatch(await technician.text('main'), /Kettle/);
  assert.doesNotMatch(await technician.text('main'), /P-0|Patient/);
  await technician.go('#/units/unit-7f3a');
  await technician.heading(/unit-7f3a/);
  await technician.shows('#commands-title', /Ask/);
  assert.deepEqual(await technician.page.$$eval('[data-command]', (all) => all.map((one) => one.dataset.command)), ['identify', 'send_logs']);
  assert.doesNotMatch(await technician.text('main'), /Patient|P-017/);
  await technician.check();
  await technician.close();
});

test('should ask a unit, a second time where somebody may be walking, and show the answer', LIMIT, async () => {
  const viewer = await enter('#/units/unit-7f3a');
  const { page } = viewer;
  await viewer.heading(/unit-7f3a/);
  await viewer.shows('#timing', /Every cue within one audio frame: yes, 804 cues.*Before: the latest 9/s);
  await viewer.check();
  await page.click('[data-command="identify"]');
  await viewer.shows('#command-said', /Identify was sent as number 1/);
  await viewer.shows('#answers', /Identify.*done/);
  await page.click('#show-log');
  await viewer.shows('#log', /1 of 2 parts have not come.*<b>walks<\/b>/s);
  await viewer.picture('unit');
  await viewer.shows('#log', /Log sent [^;]*<b>walks<\/b>.*sits/s);
  await page.setViewportSize(PORTRAIT);
  await viewer.check();
  await viewer.picture('unit-portrait');
  await page.setViewportSize(DESKTOP);
  await page.click('[data-command="stop"]');
  await viewer.shows('dialog', /Stop unit-7f3a\?.*Somebody may be walking/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Leave it');
  await viewer.picture('confirm', false);
  await viewer.check();
  await page.keyboard.press('Escape');
  await until('the question to go', async () => (await page.$('dialog')) === null);
  assert.doesNotMatch(await viewer.text('#answers'), /Stop/);
  await page.click('[data-command="stop"]');
  await page.click('#confirm');
  await viewer.shows('#answers', /Stop.*done/);
  await page.fill('#code', 'P-099');
  await page.click('text=Assign from now on');
  await viewer.shows('#assigned', /P-099/);
  await page.fill('#code', clinic.patient);
  await page.click('text=Assign from now on');
  await viewer.shows('#assigned', /P-017/);
  await viewer.close();
});

test('should go from log-in over a unit to its live page by keyboard alone', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic, { size: TABLET });
  const { page } = viewer;
  await viewer.heading(/^Log in$/);
  await until('the field', () => page.evaluate(() => document.activeElement.id === 'user'));
  await page.keyboard.type(clinic.clinician.user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(clinic.clinician.password);
  await page.keyboard.press('Enter');
  await viewer.heading(/^Units$/);
  await until('the heading in focus', () => page.evaluate(() => document.activeElement.tagName === 'H1'));
  await tabTo(page, (element) => element.textContent === 'unit-7f3a');
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
  assert.equal(ring, '4px', 'what is in focus is seen');
  await page.keyboard.press('Enter');
  await viewer.heading(/unit-7f3a/);
  await tabTo(page, (element) => element.textContent === 'Watch live');
  await page.keyboard.press('Enter');
  await viewer.heading(/unit-7f3a live/);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Tab');
  await until('the skip link', () => page.evaluate(() => document.activeElement.id === 'skip' && document.activeElement.getBoundingClientRect().top >= 0));
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  assert.deepEqual(await viewer.wrong(), []);
  await viewer.close();
});

async function tabTo(page, wanted) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`(${wanted})(document.activeElement)`)) {
      return;
    }
  }
  assert.fail(`60 tabs did not reach ${wanted}`);
}

test('should show a patient over twelve weeks, with what is insufficient and what is simulated', LIMIT, async () => {
  const viewer = await enter('#/patients');
  await viewer.heading(/^Patients$/);
  await viewer.shows('#patients', /P-017.*24.*71 %/s);
  await viewer.check();
  await viewer.picture('patients');
  await viewer.page.click(`text=${clinic.patient}`);
  for (const [size, name] of [[DESKTOP, 'patient'], [TABLET, 'patient-tablet'], [PORTRAIT, 'patient-portrait']]) {
    await viewer.page.setViewportSize(size);
    await viewer.heading(new RegExp(clinic.patient));
    await viewer.shows('.simulated', /simulated: nobody walked/);
    assert.equal((await viewer.page.$$('.weeks li')).length, 12);
    assert.match(await viewer.text('.weeks li'), /Week of \d+ \w+: \d+ cued minutes of 39 prescribed, \d+ %/);
    await until('the cadences', () => viewer.inked('[data-trend="cadence"]', LEFT));
    await viewer.shows('[data-trend="cadence-change"]', /cued minus uncued/);
    await viewer.shows('.trend .cards:not(.ranking)', /insufficient/);
    await viewer.shows('#music .finding', /kept to the beat more often with: Kettle march\. Less often with: =SUM/);
    await viewer.shows('#music .ranking', /1\. Kettle march.*\+7\.9 points \(\+3\.1 to \+12\.7\): better.*not told apart.*Song 44444444.*not ranked: 2 of 3 sessions with other songs, 7\.5 of 10 min/s);
    await viewer.shows('#music', /Observed, not a trial.*Only this patient’s own sessions/s);
    assert.equal((await viewer.page.$$('#music .interval')).length, 3, 'no interval without a rank');
    await viewer.check();
    await viewer.picture(name);
  }
  await viewer.page.setViewportSize(DESKTOP);
  await viewer.page.locator('#music').scrollIntoViewIfNeeded();
  await viewer.page.locator('#music').screenshot({ path: `${TARGET}/music-ranking.png` });
  assert.equal(await viewer.page.$('#music img'), null, 'a title is text');
  const file = async (button) => {
    const [download] = await Promise.all([viewer.page.waitForEvent('download'), viewer.page.click(button)]);
    return readFile(await download.path(), 'utf8');
  };
  const ranks = await file('#save-music');
  assert.match(ranks, /^hash,title,.*difference_pp,difference_low_pp,difference_high_pp,verdict\r\n/);
  assert.match(ranks, /"'=SUM\(A1:A9\) ""quoted"""/, 'no formula for a spreadsheet');
  assert.match(await file('#save-plays'), /locked_fraction,locked_fraction_n/);
  await viewer.page.selectOption('#weeks', '4');
  await until('four weeks', async () => (await viewer.page.$$('.weeks li')).length === 4);

  // An answer that comes after a newer one is not drawn over it.
  let late = false;
  await viewer.page.route('**/trend?weeks=26', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue().catch(() => {});
    late = true;
  });
  await viewer.page.selectOption('#weeks', '26');
  await viewer.page.selectOption('#weeks', '12');
  await until('twelve weeks', async () => (await viewer.page.$$('.weeks li')).length === 12);
  await until('the late answer', () => late);
  await viewer.page.waitForTimeout(300);
  assert.equal((await viewer.page.$$('.weeks li')).length, 12);
  await viewer.close();
});

test('should show every stride and cue of a session of 10,000 records, near and far', { timeout: 150_000 }, async () => {
  const viewer = await enter(`#/sessions/${clinic.bigSession}`);
  const { page } = viewer;
  await viewer.heading(/^Session of/);
  await viewer.shows('#range', /^Whole session/);
  const ms = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(performance.getEntriesByName('session shown')[0].duration))));
  console.log(`A session of 10,000 records can be used ${Math.round(ms)} ms after it was asked for.`);
  for (const colour of [LEFT, RIGHT]) {
    await until('steps', () => viewer.inked('.session-plots', colour));
  }
  await viewer.check();
  await viewer.picture('session');
  await viewer.shows('#songs', /1\s*Kettle march ♥ liked.*320.*0\.93 \(n 19\).*−38 \(n 320\).*<img src=x.*skipped.*Song 44444444.*insufficient \(n 2\)/s);
  assert.equal(await page.$('#songs img, .strip img'), null, 'a title is text');
  assert.equal((await page.$$('.strip .song')).length, 4);
  await page.locator('#plots').screenshot({ path: `${TARGET}/session-songs.png` });
  await page.locator('.strip .song').nth(1).click();
  await viewer.shows('#range', / to /);
  await viewer.picture('session-song');
  const [songs] = await Promise.all([page.waitForEvent('download'), page.click('#save-songs')]);
  assert.match(await readFile(await songs.path(), 'utf8'), /^hash,title,.*asynchrony_sd_ms,asynchrony_sd_ms_n/);
  await page.focus('#plots');
  await page.keyboard.press('Home');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await viewer.shows('#range', /^\d+:\d\d\.\d to \d+:\d\d\.\d$/);
  const [near] = [await viewer.text('#range')];
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await viewer.text('#range'), near);
  await page.keyboard.press('Home');
  await viewer.shows('#range', /^Whole session/);
  const box = await page.locator('.session-plots .u-over').first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await viewer.shows('#range', / to /);
  await page.locator('.block').nth(2).click();
  await viewer.picture('session-block');
  await page.locator('.events button').nth(7).click();
  await viewer.shows('#metrics', /Cadence.*steps\/min.*\(n \d+\)/s);
  await page.check('#shown-only');
  await page.selectOption('#kind', 'cues');
  await viewer.shows('#rows-told', /1 to \d+ of \d+ rows/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  assert.match(lines[0], /^t_s,foot,cue_id,frame,period_s,voice$/);
  assert.ok(lines.length > 1000, `${lines.length} lines`);
  await viewer.check();
  await viewer.close();
});

test('should zoom a session with fingers', LIMIT, async () => {
  const viewer = await enter('#/sessions/small', { size: PORTRAIT, options: { hasTouch: true } });
  const { page } = viewer;
  await viewer.shows('#range', /^Whole session/);
  await page.locator('.session-plots').scrollIntoViewIfNeeded();
  const box = await page.locator('.session-plots .u-over').first().boundingBox();
  const [y, middle] = [box.y + box.height / 2, box.x + box.width / 2];
  const cdp = await viewer.context.newCDPSession(page);
  const touch = (type, ...xs) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x, y, id })) });
  await touch('touchStart', middle - 40, middle + 40);
  for (let i = 1; i <= 8; i++) {
    await touch('touchMove', middle - 40 - 10 * i, middle + 40 + 10 * i);
  }
  await touch('touchEnd');
  await viewer.shows('#range', / to /);
  await viewer.picture('session-portrait');
  await viewer.check();
  await page.setViewportSize(TABLET);
  await viewer.picture('session-tablet');
  await viewer.close();
});

test('should say what to do when the server does not answer, and on a page that is not there', LIMIT, async () => {
  const viewer = await enter('#/nowhere');
  await viewer.heading(/no such page/);
  await viewer.go('#/units/unit-zz');
  await viewer.shows('.problem', /no such unit.*Choose one/);
  await viewer.page.route('**/api/**', (route) => route.abort());
  await viewer.go('#/units');
  await viewer.shows('.problem', /does not answer.*Check the network/);
  await viewer.check();
  await viewer.picture('problem', false);
  await viewer.close();
});

test('should stand still for those who want no motion', LIMIT, async () => {
  const viewer = await enter('#/units/unit-7f3a/live', { options: { reducedMotion: 'reduce' } });
  await viewer.heading(/live/);
  assert.equal(await viewer.page.$eval('.lift', (element) => getComputedStyle(element).transitionDuration), '0s');
  assert.equal(await viewer.page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await viewer.close();
});


test('should ask no more on a page that nobody uses, until somebody does', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic);
  const { page } = viewer;
  await page.clock.install();
  await page.reload();
  await viewer.logIn(clinic.technician);
  await viewer.heading(/^Units$/);
  const asked = () => viewer.requests.filter((url) => url.endsWith('/api/units')).length;
  const first = asked();
  await page.clock.fastForward(6000);
  await until('the list asked for again', () => asked() > first);
  await page.clock.fastForward(21 * 60_000);
  await page.clock.runFor(6000);
  const forgotten = asked();
  await page.clock.runFor(60_000);
  assert.equal(asked(), forgotten);
  await page.keyboard.press('Tab');
  await page.clock.runFor(6000);
  await until('the list asked for once more', () => asked() > forgotten);
  await viewer.close();
});
