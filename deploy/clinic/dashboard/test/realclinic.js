// The real clinic for a test: Mosquitto, and the receiver with a PostgreSQL of its own, accounts and sample data.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { Broker, DIST, HOME, ended, until } from './harness.js';

const ROOT = join(HOME, '..', '..', '..');
const LAUNCHER = join(ROOT, 'deploy', 'entrain-clinic');
const START_LIMIT_MS = 60_000;

export class RealClinic {
  clinician = { user: 'anna', password: 'seven tulips in the rain' };
  technician = { user: 'tom', password: 'a drill and nine screws' };

  static async start() {
    const clinic = new RealClinic();
    clinic.broker = await Broker.start();
    clinic.folder = await mkdtemp(join(tmpdir(), 'entrain-clinic-'));
    const database = ['--embedded', join(clinic.folder, 'database')];
    const account = ({ user, password }, role) => clinic.#run(['account', 'add', ...database, user, '--role', role], `${password}\n`);
    await account(clinic.clinician, 'clinician');
    await account(clinic.technician, 'technician');
    clinic.sampled = await clinic.#run(['sample-data', '--weeks', '12', ...database]);
    clinic.server = spawn(LAUNCHER, ['serve', '--broker', `tcp://127.0.0.1:${clinic.broker.port}`, ...database, '--listen', '127.0.0.1:0', '--admin', '0', '--insecure-loopback', '--dashboard', DIST], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    clinic.server.stdout.on('data', (text) => (said += text));
    clinic.server.stderr.on('data', (text) => (said += text));
    clinic.origin = await until(
      'the receiver',
      () => {
        if (clinic.server.exitCode !== null) {
          throw new Error(`the receiver ended: ${said}`);
        }
        return /^ready:.* page (http:\/\/[^\s;/]+)/m.exec(said)?.[1];
      },
      START_LIMIT_MS,
    );
    return clinic;
  }

  /** A unit's line: a real MQTT client with a last will. */
  async connect(unit, will) {
    const up = `gait/v1/${unit}/up/`;
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${this.broker.port}`, {
      protocolVersion: 5,
      clientId: `entrain-${unit}`,
      reconnectPeriod: 0,
      ...(will && { will: { topic: `${up}status`, payload: will, qos: 1, retain: true } }),
    });
    client.on('error', () => {});
    return {
      client,
      publish: (kind, payload, options) => (client.connected ? client.publishAsync(up + kind, payload, options).catch(() => {}) : undefined),
      vanish: async () => client.stream.destroy(),
      end: () => client.endAsync(true),
    };
  }

  /** Publishes messages of one boot and waits until the clinic has stored them all. */
  async store(unit, boot, messages, lastSeq) {
    const line = await this.connect(unit);
    let upTo = 0;
    line.client.on('message', (_, payload) => {
      const ack = JSON.parse(payload);
      upTo = ack.boot === boot ? Math.max(upTo, ack.up_to) : upTo;
    });
    await line.client.subscribeAsync(`gait/v1/${unit}/down/ack`, { qos: 1 });
    for (const [kind, body] of messages) {
      await line.publish(kind, JSON.stringify(body), { qos: 1 });
    }
    await until(`the clinic's word on ${lastSeq} records`, () => upTo >= lastSeq, START_LIMIT_MS);
    await line.end();
  }

  async close() {
    await ended(this.server, 'SIGTERM');
    await this.broker?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #run(args, input = '') {
    const child = spawn(LAUNCHER, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.stdin.end(input);
    const [status] = await once(child, 'exit');
    if (status !== 0) {
      throw new Error(`entrain-clinic ${args.join(' ')} ended with ${status}: ${said}`);
    }
    return said;
  }
}
