// A server with the clinic's HTTP API and made-up data, for tests of the page alone. The real one has tests of its own.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { extname, join, normalize } from 'node:path';
import { DIST } from './harness.js';
import { detail, music, trend } from './madeup.js';
import { Walk } from './walk.js';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.txt': 'text/plain' };
const HEADERS = { 'content-security-policy': "default-src 'self'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' };
const ACCOUNTS = { anna: { password: 'correct horse battery', role: 'clinician' }, tom: { password: 'staple gun in a shed', role: 'technician' } };
const PATIENT = 'P-017';
const EV = ['birth', 'status', 'state', 'ev', 'timing', 'session', 'reported'];

export class FakeClinic {
  kind = 'fake';
  patient = PATIENT;
  bigSession = 'big';
  clinician = { user: 'anna', password: ACCOUNTS.anna.password };
  technician = { user: 'tom', password: ACCOUNTS.tom.password };
  #units = new Map();
  #cookies = new Map();
  #streams = new Set();
  #answers = [];
  #logsAsked = 0;

  static async start() {
    const clinic = new FakeClinic();
    const at = (agoS) => new Date(Date.now() - agoS * 1e3).toISOString();
    clinic.#put('unit-7f3a', { online: true, state: 'online', last_seen: at(2), agent: '0.1.0', patient: PATIENT, battery: { left_pct: 74, right_pct: 71 }, clock_error_s: 0.004, waiting: 0, faults: [], reported: { rx: { rev: 4, state: 'applied' }, cfg: { rev: 1, state: 'applied' } }, timing: JSON.parse(new Walk().timing()) });
    clinic.#put('unit-b2c9', { online: false, state: 'offline', last_seen: at(93_000), agent: '0.1.0', patient: 'P-004', battery: { left_pct: 12, right_pct: 55 }, clock_error_s: 4.2, waiting: 18_204, faults: [{ code: 'no_sound', text: 'There is no sound card', cleared: false }], reported: { rx: { rev: 2, state: 'applied', refused: { rev: 3, code: 'bounds', reason: 'tempo above 160 beats a minute' } } } });
    clinic.#put('unit-e001', { online: false, state: 'stopped', last_seen: at(4000), agent: '0.1.0', waiting: 0, clock_error_s: 0.02, faults: [], reported: { rx: { state: 'none' } } });
    clinic.server = http.createServer((request, response) => clinic.#serve(request, response).catch((error) => response.writeHead(500).end(String(error))));
    clinic.server.listen(0, '127.0.0.1');
    await once(clinic.server, 'listening');
    clinic.origin = `http://127.0.0.1:${clinic.server.address().port}`;
    return clinic;
  }

  /** A unit's line to the clinic, as the real one has it through a broker. */
  async connect(unit, will) {
    this.#put(unit, { online: true, state: 'online', agent: '0.1.0', faults: [], reported: {} });
    const publish = async (kind, payload) => this.#hear(unit, kind, payload.toString());
    return { publish, vanish: () => publish('status', will), end: async () => {} };
  }

  /** Ends every stream, as a server that restarts does; until told otherwise new ones are refused. */
  cutStreams(refuse) {
    this.refusing = refuse;
    this.#streams.forEach(({ response }) => response.destroy());
  }

  /** Forgets all log-ins. */
  forget() {
    this.#cookies.clear();
  }

  async close() {
    this.#streams.forEach(({ response }) => response.destroy());
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #put(unit, more) {
    this.#units.set(unit, { unit, ...this.#units.get(unit), ...more });
  }

  #hear(unit, kind, text) {
    const known = this.#units.get(unit);
    known.last_seen = new Date().toISOString();
    let body = null;
    try {
      body = JSON.parse(text);
    } catch {
      // The page must bear what no unit should send.
    }
    if (body && kind === 'birth') {
      known.agent = body.agent;
      known.birth = body;
    } else if (body && kind === 'status') {
      Object.assign(known, { state: body.state, online: body.state === 'online' });
    } else if (body && kind === 'state') {
      Object.assign(known, { waiting: body.waiting, battery: { left_pct: body.left?.battery_pct, right_pct: body.right?.battery_pct } });
    } else if (body && kind === 'timing') {
      known.timing = body;
    }
    if (EV.includes(kind)) {
      this.#streams.forEach((stream) => stream.unit === unit && stream.response.write(`event: ${kind}\ndata: ${text.replaceAll('\n', ' ')}\n\n`));
    }
  }

  async #serve(request, response) {
    const url = new URL(request.url, 'http://page');
    if (!url.pathname.startsWith('/api/')) {
      await file(url.pathname, response);
      return;
    }
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
    const me = this.#cookies.get(/(?:^|; )entrain=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]);
    const answer = (status, json, headers = {}) => response.writeHead(status, { ...HEADERS, 'content-type': 'application/json', ...headers }).end(json === undefined ? '' : JSON.stringify(json));
    const path = url.pathname.slice(5).split('/').map(decodeURIComponent);
    if (request.method === 'POST' && request.headers['x-entrain'] !== '1') {
      return answer(403, { error: 'No.', what_to_do: 'Use the page.' });
    }
    if (path[0] === 'login') {
      return this.#logIn(body, answer);
    }
    if (!me) {
      return answer(401, { error: 'You are not logged in.', what_to_do: 'Log in.' });
    }
    if (path[0] === 'logout') {
      this.#cookies.clear();
      return answer(204);
    }
    return this.#ask(request.method, path, url.searchParams, body, me, answer, response);
  }

  #logIn({ user, password }, answer) {
    if (!Object.hasOwn(ACCOUNTS, user ?? '') || ACCOUNTS[user].password !== password) {
      return answer(401, { error: 'User or password is wrong.', what_to_do: 'Type both again.' });
    }
    const cookie = `c${Math.random().toString(36).slice(2)}`;
    this.#cookies.set(cookie, { user, role: ACCOUNTS[user].role });
    return answer(204, undefined, { 'set-cookie': `entrain=${cookie}; HttpOnly; SameSite=Strict; Path=/` });
  }

  #ask(method, [what, name, part], query, body, me, answer, response) {
    const clinician = me.role === 'clinician';
    const refused = () => answer(403, { error: 'Only a clinician may see this.', what_to_do: 'Ask a clinician.' });
    const shown = ({ patient, timing, ...unit }) => ({ ...unit, ...(clinician && patient && { patient }) });
    if (what === 'me') {
      return answer(200, me);
    }
    if (what === 'units' && !name) {
      return answer(200, [...this.#units.values()].map(shown));
    }
    if (what === 'units') {
      const unit = this.#units.get(name);
      return unit ? this.#unit(method, unit, part, body, { me, clinician, refused, shown, answer, response }) : answer(404, { error: 'There is no such unit.', what_to_do: 'Choose one of the list.' });
    }
    if (what === 'patients' && !clinician) {
      return refused();
    }
    if (what === 'patients') {
      const weeks = Number(query.get('weeks') ?? 12);
      if (part === 'music') {
        return answer(200, name === PATIENT ? music(name, weeks) : { code: name, weeks, sessions: 0, sessions_with_music: 0, minutes: 0, fewest_sessions: 3, fewest_min: 10, ranked: 0, songs: [], plays: [] });
      }
      return answer(200, part === 'trend' ? trend(name, weeks, Date.now(), { simulated: name === PATIENT }) : [{ code: PATIENT, units: ['unit-7f3a'], last_session: '2026-11-20T09:30:00Z', sessions: 24, adherence_pct: 71 }, { code: 'P-004', units: ['unit-b2c9'], sessions: 0 }]);
    }
    if (what === 'sessions' && name) {
      const made = detail(name, name === this.bigSession ? 10_000 : 4000);
      const { patient, ...session } = made.session;
      if (!clinician) {
        [...session.songs, ...made.records.songs].forEach((song) => delete song.title);
      }
      return answer(200, part === 'records' ? made.records : { ...session, ...(clinician && { patient }), timing: this.#units.get('unit-7f3a').timing });
    }
    return answer(200, trend(PATIENT, 3, Date.now()).sessions.map(({ metrics, ...one }) => ({ ...one, unit: query.get('unit'), ...(clinician && { patient: PATIENT }) })));
  }

  #unit(method, unit, part, body, { clinician, refused, shown, answer, response }) {
    if (part === 'live') {
      return this.#stream(unit.unit, response, answer);
    }
    if (part === 'timing') {
      const history = Array.from({ length: 9 }, (_, i) => ({ utc: new Date(Date.now() - i * 60_000).toISOString(), played: 900 - 90 * i, late: 0, underruns: i < 2 ? 1 : 0, worst_frames: 1, p99_ns: 9500 + 400 * i }));
      return answer(200, { latest: unit.timing ?? null, history: unit.timing ? history : [] });
    }
    if (part === 'answers') {
      return answer(200, this.#answers.filter((one) => one.unit === unit.unit));
    }
    if (part === 'logs') {
      // Its second part comes while somebody looks at the first.
      this.#logsAsked += 1;
      const came = this.#logsAsked < 3 ? 1 : 2;
      return answer(200, [{ boot: 'b', id: 1, parts: 2, came, received: new Date().toISOString(), text: ['12:00 agent: <b>walks</b>\n', '12:01 agent: sits\n'].slice(0, came).join('') }]);
    }
    if (part === 'commands') {
      if (!clinician && ['start', 'stop'].includes(body.command)) {
        return refused();
      }
      const id = this.#answers.length + 1;
      this.#answers.unshift({ unit: unit.unit, id, command: body.command, result: unit.online ? 'done' : 'expired', answered: new Date().toISOString() });
      return answer(200, { id });
    }
    if (part === 'patient') {
      if (!clinician) {
        return refused();
      }
      if (method === 'POST') {
        unit.patient = body.code;
      }
      return answer(200, unit.patient ? { code: unit.patient } : {});
    }
    return answer(200, { ...shown(unit), lost: { stride: 12 }, counters: { sensor_gaps: 3, journal_records_lost: 0, messages_refused: 0, samples_late: 12 } });
  }

  #stream(unit, response, answer) {
    if (this.refusing) {
      return answer(503, { error: 'The server is starting.', what_to_do: 'Wait a minute.' });
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' }).write(': here\n\n');
    const stream = { unit, response };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    return undefined;
  }
}

async function file(path, response) {
  try {
    const body = await readFile(join(DIST, normalize(path === '/' ? '/index.html' : path)));
    response.writeHead(200, { ...HEADERS, 'content-type': TYPES[path === "/" ? ".html" : extname(path)] ?? 'text/html; charset=utf-8' }).end(body);
  } catch {
    response.writeHead(404, HEADERS).end();
  }
}
