// A real broker and a real browser for tests, on this machine's loopback.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
export const DIST = join(HOME, 'dist');
export const TARGET = join(HOME, 'target');
const LIMIT_MS = 40_000;

/** Waits for something, at most 40 s unless told otherwise. */
export async function until(what, done, limitMs = LIMIT_MS) {
  const startMs = Date.now();
  let last;
  while (Date.now() - startMs < limitMs) {
    last = await done();
    if (last) {
      return last;
    }
    await pause(20);
  }
  throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
}

export function program(name, hint) {
  const folders = `${process.env.PATH ?? ''}${delimiter}/usr/sbin`.split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) {
    throw new Error(`these tests need ${name}: apt-get install ${hint}`);
  }
  return found;
}

export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A broker on loopback, as small as can be. */
export class Broker {
  static async start() {
    const broker = new Broker();
    broker.dir = await mkdtemp(join(tmpdir(), 'entrain-broker-'));
    broker.port = await freePort();
    const config = `user ${userInfo().username}\npersistence false\nlog_type error\nmax_queued_messages 100000\nmax_topic_alias 0\nlistener ${broker.port} 127.0.0.1\nallow_anonymous true\n`;
    await writeFile(join(broker.dir, 'mosquitto.conf'), config);
    broker.process = spawn(program('mosquitto', 'mosquitto'), ['-c', join(broker.dir, 'mosquitto.conf')], { stdio: 'ignore' });
    await until(`mosquitto on port ${broker.port}`, () => reachable(broker.port));
    return broker;
  }

  async close() {
    await ended(this.process);
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** Ends a process this test started, and waits for its end. */
export async function ended(child, signal = 'SIGKILL') {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
}

async function reachable(port) {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export function launchBrowser() {
  return chromium.launch({
    executablePath: program('chromium', 'chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
