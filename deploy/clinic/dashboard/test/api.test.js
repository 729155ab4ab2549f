import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { Api, ApiError } from '../src/api.js';

// The page asks its own origin by relative addresses; outside a page they need one.
const relative = globalThis.fetch;
let server;
let headers;

before(async () => {
  server = http.createServer((request, response) => {
    if (request.url.endsWith('/half')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"code":');
    } else if (request.url.endsWith('/portal')) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the guests’ network</h1>');
    } else {
      response.writeHead(204).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}/`;
  globalThis.fetch = async (path, options) => {
    const answer = await relative(new URL(path, origin), options);
    headers?.();
    return answer;
  };
});

after(async () => {
  globalThis.fetch = relative;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('should not take the answer of a page that was left for an empty one', async () => {
  const left = new AbortController();
  const asked = new Api(() => {}).get('half', left.signal);
  await new Promise((resolve) => (headers = resolve));
  await new Promise(setImmediate);
  left.abort();
  await assert.rejects(asked, { name: 'AbortError' });
});

test('should say so when a guests’ network answers in the clinic’s place', async () => {
  await assert.rejects(new Api(() => {}).get('portal'), (error) => error instanceof ApiError && /not the clinic/.test(error.message) && /network/.test(error.whatToDo));
});

test('should take an answer without words as done', async () => {
  assert.equal(await new Api(() => {}).post('done'), null);
});
