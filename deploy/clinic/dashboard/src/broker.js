import mqtt from 'mqtt';

/**
 * Finds the broker: the address bar's ?ws=PORT (or #ws=PORT) on the page's own host, else config.json beside the page,
 * {"broker": "wss://host/path"}. The address bar may name a port only: a link must not lead a clinic to a foreign broker.
 * @returns {Promise<string|null>} the WebSocket address, null when there is none
 */
export async function findBroker(location) {
  const port = Number(
    new URLSearchParams(location.search).get('ws') ?? new URLSearchParams(location.hash.slice(1)).get('ws') ?? 0,
  );
  if (Number.isInteger(port) && port > 0 && port < 65536) {
    return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.hostname}:${port}/mqtt`;
  }
  try {
    const answer = await fetch('config.json', { cache: 'no-store' });
    const { broker } = await answer.json();
    return /^wss?:\/\//.test(broker) ? broker : null;
  } catch {
    return null;
  }
}

/**
 * Listens to all units until the page closes, and connects again by itself.
 * @param {string} address
 * @param {(topic: string, bytes: Uint8Array) => void} onMessage
 * @param {(state: 'connecting'|'up'|'down') => void} onState
 */
export function listen(address, onMessage, onState) {
  const client = mqtt.connect(address, {
    protocolVersion: 5,
    clean: true,
    keepalive: 20,
    connectTimeout: 5000,
    reconnectPeriod: 1000,
    resubscribe: false,
  });
  client.on('connect', () => {
    onState('up');
    client.subscribe({
      'gait/v1/+/up/birth': { qos: 1 },
      'gait/v1/+/up/status': { qos: 1 },
      'gait/v1/+/up/state': { qos: 0 },
      'gait/v1/+/up/ev': { qos: 1 },
      'gait/v1/+/up/timing': { qos: 1 },
    });
  });
  client.on('message', (topic, bytes) => onMessage(topic, bytes));
  client.on('close', () => onState('down'));
  // A failed attempt is followed by 'close' and another attempt; without a listener it would end the page's script.
  client.on('error', () => onState('down'));
}
