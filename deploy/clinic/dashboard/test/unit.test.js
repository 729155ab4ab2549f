// The page against a real unit: deploy/demo's agent walks on emulated insoles, and answers what the page asked the clinic to sign.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HOME, TARGET, launchBrowser, until } from './harness.js';
import { Viewer } from './viewer.js';

const DEMO = join(HOME, '..', '..', 'demo');
const LIMIT = { timeout: 120_000 };
let browser;
let demo;
let said = '';
const clinic = {};

before(async () => {
  await mkdir(TARGET, { recursive: true });
  browser = await launchBrowser();
  demo = spawn(DEMO, ['--headless', '--seconds', '300'], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  demo.stdout.on('data', (text) => (said += text));
  demo.stderr.on('data', (text) => (said += text));
  const found = (pattern) => pattern.exec(said)?.[1];
  await until(
    'the demo',
    () => {
      assert.equal(demo.exitCode, null, said);
      return /connected to tcp/.test(said) && /log in as technician/.test(said);
    },
    280_000,
  );
  clinic.origin = found(/at (http:\/\/[^/\s]+)/);
  clinic.clinician = { user: 'clinician', password: found(/clinician, password (\S+)/) };
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  if (demo && demo.exitCode === null) {
    process.kill(-demo.pid, 'SIGINT');
    await once(demo, 'exit');
  }
});

test('should be answered by a real unit: refused while somebody walks, done when it may be', LIMIT, async () => {
  const viewer = await Viewer.open(browser, clinic, { route: '#/units/demo' });
  await viewer.logIn(clinic.clinician);
  await viewer.heading(/demo/);
  await until('a walk', () => viewer.page.evaluate(async () => (await (await fetch('api/units/demo')).json()).walking === true));
  await viewer.page.click('[data-command="identify"]');
  await viewer.shows('#answers', /Identify.*refused.*somebody walks/s);
  await viewer.page.click('[data-command="stop"]');
  await viewer.page.click('#confirm');
  await viewer.shows('#answers', /Stop.*done/s);
  assert.match(said, /The clinic asks: stop/);
  await viewer.page.click('[data-command="send_logs"]');
  await viewer.shows('#answers', /logs.*done/s);
  await viewer.page.click('#show-log');
  await viewer.shows('#log', /The clinic asks: stop/);
  await viewer.check();
  await viewer.picture('unit-answers');
  await viewer.close();
});
