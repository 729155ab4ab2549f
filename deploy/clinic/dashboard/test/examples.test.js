// The examples of "Write your own dashboard", run against a real broker with messages of the contract.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import mqtt from 'mqtt';
import { Broker, HOME, TARGET, ended, until } from './harness.js';
import { Walk } from './walk.js';

const EXAMPLES = join(HOME, '..', '..', 'telemetry', 'examples');
const PAGE = join(HOME, '..', '..', 'handbook', 'write-your-own-dashboard.md');
const PYTHON = ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import paho.mqtt.client']).status === 0);
let broker;
let sender;

before(async () => {
  assert.ok(PYTHON, 'these tests need the Python library paho-mqtt: apt-get install python3-paho-mqtt');
  broker = await Broker.start();
  sender = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5, reconnectPeriod: 0 });
});

after(async () => {
  await sender?.endAsync(true);
  await broker?.close();
});

/** Starts a subscriber and collects its lines. */
function run(command, file) {
  const child = spawn(command, [file, '127.0.0.1', String(broker.port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { child, out: '', err: '' };
  child.stdout.on('data', (text) => (heard.out += text));
  child.stderr.on('data', (text) => (heard.err += text));
  return heard;
}

async function subscribed() {
  const file = join(TARGET, 'subscriber.mjs');
  await mkdir(TARGET, { recursive: true });
  // Where its library is found; every byte is the example's.
  await copyFile(join(EXAMPLES, 'subscriber.mjs'), file);
  return { python: run(PYTHON, join(EXAMPLES, 'subscriber.py')), javascript: run(process.execPath, file) };
}

test('should print each step once in Python and in JavaScript, whatever else comes', { timeout: 150_000 }, async () => {
  const walk = new Walk();
  const batch = walk.events();
  const steps = JSON.parse(batch).events.filter((event) => event.kind === 'step');
  const newer = JSON.parse(batch);
  newer.of_a_later_version = { x: 1 };
  newer.events.forEach((event) => (event.unheard_of = [1, 2]));
  newer.events.push({ seq: 1e6, kind: 'kind_of_a_later_version', t_ns: 1 });
  const other = { boot: '22222222-5a0e-4c52-9d55-0123456789ab' };
  const alone = { seq: 1, kind: 'step', foot: 'R', t_ns: 7_250_000_000, decided_ns: 7_300_000_000 };
  const subscribers = await subscribed();
  try {
    const publish = (unit, body) => sender.publishAsync(`gait/v1/${unit}/up/ev`, body, { qos: 1 });
    // A marker until both listen: nothing of it is a step.
    const marker = JSON.stringify({ v: 3, boot: walk.boot, events: [{ seq: 1, kind: 'step' }] });
    for (const heard of Object.values(subscribers)) {
      await until('the subscriber', async () => {
        await publish('marker', marker);
        await publish('marker', 'no JSON');
        return /skipped/.test(heard.err);
      });
    }
    await publish('unit-a', batch);
    await publish('unit-a', JSON.stringify(newer));
    await publish('unit-a', batch);
    await publish('unit-b', JSON.stringify({ v: 3, ...other, after_seq: 0, events: [alone] }));
    for (const [language, heard] of Object.entries(subscribers)) {
      await until(`the last step in ${language}`, () => /unit-b/.test(heard.out));
      const lines = heard.out.trim().split('\n').filter((line) => !/ marker /.test(line)).map((line) => line.split(' '));
      assert.deepEqual(lines.at(-1), ['7.250', 'unit-b', 'R', '-'], language);
      assert.deepEqual(lines.slice(0, -1).map(([time, unit, foot]) => [time, unit, foot]), steps.map((step) => [(step.t_ns / 1e9).toFixed(3), 'unit-a', step.foot]), language);
      lines.slice(0, -1).forEach((line, i) => assert.ok(Math.abs(Number(line[3]) - steps[i].asynchrony_ms) < 1e-6, `${language}: ${line}`));
      assert.equal(heard.child.exitCode, null, `${language} goes on`);
    }
  } finally {
    await Promise.all(Object.values(subscribers).map(({ child }) => ended(child)));
  }
});

test('should compute cadence and asynchrony from records as the unit did', { timeout: 150_000 }, async () => {
  const walk = new Walk({ strideS: 1.08 });
  const { events } = JSON.parse(walk.events());
  const doubled = [...events, ...events.slice(0, 20)];
  const { stdout, stderr } = spawnSync(PYTHON, [join(EXAMPLES, 'recompute.py')], { input: doubled.map((event) => JSON.stringify(event)).join('\n'), encoding: 'utf8' });
  const told = Object.fromEntries(stdout.trim().split('\n').map((line) => [line.split(' ')[0], line.split(' ').slice(1).map(Number)]));
  const steps = events.filter((event) => event.kind === 'step');
  const mean = steps.reduce((sum, step) => sum + step.asynchrony_ms, 0) / steps.length;
  assert.equal(stderr, '');
  assert.ok(Math.abs(told.cadence_spm[0] - 120 / 1.08) < 1e-4, stdout);
  assert.ok(Math.abs(told.asynchrony_ms[0] - mean) < 1e-4 && told.asynchrony_ms[1] === steps.length, `${stdout}, not ${mean}`);
});

test('should show on the page what is run here', async () => {
  const page = await readFile(PAGE, 'utf8');
  for (const [file, language] of [['subscriber.py', 'python'], ['subscriber.mjs', 'js'], ['recompute.py', 'python']]) {
    const text = await readFile(join(EXAMPLES, file), 'utf8');
    assert.ok(page.includes(`\`\`\`${language}\n${text}\`\`\``), `${file} stands in the page as it is`);
  }
  for (const [, link] of page.matchAll(/\]\(([^)#]+)\)/g)) {
    assert.ok(/^https?:/.test(link) || existsSync(join(PAGE, '..', link)), `${link} is there`);
  }
});
