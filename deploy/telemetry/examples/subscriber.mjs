// Prints every step of every unit once: node subscriber.mjs HOST PORT. Wants mqtt from npm.
import mqtt from 'mqtt';

const seen = new Set(); // unit, boot and seq of what was printed, oldest first
const client = mqtt.connect(`mqtt://${process.argv[2]}:${process.argv[3]}`, { protocolVersion: 5, resubscribe: false });
client.on('error', (error) => console.error(`${error.message}; trying again`));
client.on('connect', () => client.subscribe('gait/v1/+/up/ev', { qos: 1 })); // again after every lost connection
client.on('message', (topic, payload) => {
  try {
    const unit = topic.split('/')[2];
    const { boot, events } = JSON.parse(payload);
    for (const { seq, kind, t_ns, foot, asynchrony_ms } of events) {
      const name = `${unit} ${boot} ${seq}`;
      if (kind === 'step' && !seen.has(name)) {
        seen.add(name);
        console.log((t_ns / 1e9).toFixed(3), unit, foot, asynchrony_ms ?? '-');
      }
      if (seen.size > 100_000) seen.delete(seen.values().next().value);
    }
  } catch (wrong) {
    console.error(`skipped a message of ${topic}: ${wrong.message}`);
  }
});
