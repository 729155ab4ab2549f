// The live stream of one unit: server-sent events, on the page's own origin.

const KINDS = ['birth', 'status', 'state', 'ev', 'timing', 'session'];
const AGAIN_MS = 3000;

/**
 * Listens to a unit until the signal ends it. The browser connects again by itself; where the server refused, the page asks
 * why (a log-in that ran out leads back to the log-in) and tries again.
 * @param {string} unit
 * @param {(kind: string, data: string) => void} onMessage
 * @param {(state: 'connecting'|'up'|'down') => void} onState
 * @param {() => Promise<unknown>} onRefused asks the server who we are
 * @param {AbortSignal} signal
 */
export function listen(unit, onMessage, onState, onRefused, signal) {
  let source = null;
  let timer = null;

  function connect() {
    source = new EventSource(`api/units/${encodeURIComponent(unit)}/live`);
    KINDS.forEach((kind) => source.addEventListener(kind, (event) => onMessage(kind, event.data)));
    // The server ends the stream of a log-in that ran out; asking who we are leads back to the log-in.
    source.addEventListener('logged_out', () => onRefused().catch(() => {}));
    // A viewer who is too slow loses the oldest; the server says how many.
    source.addEventListener('lost', (event) => onMessage('lost', event.data));
    source.addEventListener('open', () => onState('up'));
    source.addEventListener('error', () => {
      onState('down');
      if (source.readyState === EventSource.CLOSED && !signal.aborted) {
        onRefused().catch(() => {});
        timer = setTimeout(connect, AGAIN_MS);
      }
    });
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    source?.close();
  });
  onState('connecting');
  connect();
}
