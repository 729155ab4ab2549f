"""Prints every step of every unit once: python3 subscriber.py HOST PORT. Wants paho-mqtt, 1.6 or 2."""
import json, sys
import paho.mqtt.client as mqtt

seen = {}  # (unit, boot, seq) of what was printed, oldest first

def on_connect(client, *_):
    client.subscribe("gait/v1/+/up/ev", qos=1)  # here, so that it is done again after every lost connection

def on_message(client, userdata, message):
    try:
        unit, batch = message.topic.split("/")[2], json.loads(message.payload)
        for record in batch["events"]:
            name = (unit, batch["boot"], record["seq"])
            if record["kind"] == "step" and name not in seen:
                seen[name] = True
                print(f"{record['t_ns'] / 1e9:.3f} {unit} {record['foot']} {record.get('asynchrony_ms', '-')}", flush=True)
            if len(seen) > 100_000:
                seen.pop(next(iter(seen)))
    except (ValueError, KeyError, TypeError) as wrong:
        print(f"skipped a message of {message.topic}: {wrong!r}", file=sys.stderr, flush=True)

newer = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []  # paho 2 asks for it
client = mqtt.Client(*newer, protocol=mqtt.MQTTv5)
client.on_connect, client.on_message = on_connect, on_message
client.connect(sys.argv[1], int(sys.argv[2]))
client.loop_forever()
