// A real broker, a static server and a real browser for one test, all on this machine's loopback.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
const TEMPLATE = join(HOME, '..', '..', 'broker', 'mosquitto-demo.conf.in');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const LIMIT_MS = 15_000;

/** Waits for something, at most 15 s. */
export async function until(what, done) {
  const startMs = Date.now();
  let last;
  while (Date.now() - startMs < LIMIT_MS) {
    last = await done();
    if (last) {
      return last;
    }
    await pause(20);
  }
  throw new Error(`waited ${LIMIT_MS / 1000} s in vain for ${what}`);
}

function program(name, hint) {
  const folders = `${process.env.PATH ?? ''}${delimiter}/usr/sbin`.split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) {
    throw new Error(`these tests need ${name}: apt-get install ${hint}`);
  }
  return found;
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The demo's broker, from the demo's template. */
export class Broker {
  static async start() {
    const broker = new Broker();
    broker.dir = await mkdtemp(join(tmpdir(), 'entrain-broker-'));
    broker.tcp = await freePort();
    broker.ws = await freePort();
    const config = (await readFile(TEMPLATE, 'utf8')).replaceAll('@TCP_PORT@', broker.tcp).replaceAll('@WS_PORT@', broker.ws)
      .replaceAll('@USER@', userInfo().username);
    await writeFile(join(broker.dir, 'mosquitto.conf'), config);
    await broker.launch();
    return broker;
  }

  async launch() {
    this.process = spawn(program('mosquitto', 'mosquitto'), ['-c', join(this.dir, 'mosquitto.conf')], { stdio: 'ignore' });
    for (const port of [this.tcp, this.ws]) {
      await until(`mosquitto on port ${port}`, () => reachable(port));
    }
  }

  async kill() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
  }

  async close() {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
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

/** Serves dist/ as any web server would. */
export async function servePage() {
  const root = join(HOME, 'dist');
  const server = http.createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    try {
      const body = await readFile(join(root, path === '/' ? 'index.html' : path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, close: () => server.close() };
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
