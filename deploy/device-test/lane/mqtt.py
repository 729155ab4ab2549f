"""As much of MQTT 3.1.1 as a receiver in a test needs: TLS, subscribe, take QoS 1, publish QoS 0."""

import socket
import ssl
import struct
import threading


def _text(value):
    data = value.encode()
    return struct.pack(">H", len(data)) + data


def _packet(kind, body):
    size, length = b"", len(body)
    while True:
        length, low = length // 128, length % 128
        size += bytes((low | (0x80 if length else 0),))
        if not length:
            return bytes((kind,)) + size + body


class Client:
    """One connection; calls take(self, topic, payload) on its own thread for each message, and ends when the broker does."""

    def __init__(self, port, identity, host_name, topics, take):
        context = ssl.create_default_context(cafile=str(identity / "ca.pem"))
        context.load_cert_chain(str(identity / "certificate.pem"), str(identity / "key.pem"))
        self._line = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10), server_hostname=host_name)
        self._line.settimeout(None)
        self._read = self._line.makefile("rb")
        self._sending = threading.Lock()
        self._take = take
        self._send(_packet(0x10, _text("MQTT") + bytes((4, 2, 0, 0)) + _text("lane")))
        kind, body = self._next()
        if kind != 0x20 or body[1]:
            raise OSError(f"the broker refused the receiver: {body[1] if len(body) > 1 else body}")
        self._send(_packet(0x82, b"\0\1" + b"".join(_text(topic) + b"\1" for topic in topics)))
        self._thread = threading.Thread(target=self._loop, daemon=True)
        self._thread.start()

    def publish(self, topic, payload):
        self._send(_packet(0x30, _text(topic) + payload))

    def alive(self):
        return self._thread.is_alive()

    def close(self):
        self._line.close()

    def _send(self, data):
        with self._sending:
            self._line.sendall(data)

    def _next(self):
        kind = self._read.read(1)
        if not kind:
            raise OSError("the broker closed the line")
        length, shift = 0, 0
        while True:
            byte = self._read.read(1)[0]
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return kind[0], self._read.read(length)

    def _loop(self):
        try:
            while True:
                kind, body = self._next()
                if kind & 0xF0 != 0x30:
                    continue
                size = struct.unpack(">H", body[:2])[0]
                topic, rest = body[2 : 2 + size].decode(), body[2 + size :]
                if kind & 0x06:
                    number, rest = rest[:2], rest[2:]
                    self._take(self, topic, rest)
                    self._send(_packet(0x40, number))
                else:
                    self._take(self, topic, rest)
        except (OSError, IndexError, ValueError):
            return
