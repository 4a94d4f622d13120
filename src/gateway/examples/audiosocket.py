#!/usr/bin/env python3
"""An AudioSocket client: sends a WAV file (8 kHz, 16 bits, one channel) in real time and writes what comes back.

    python3 audiosocket.py HOST:PORT in.wav out.wav [UUID]

Each message has a byte for its kind, two bytes for its length (big-endian), and a payload. Asterisk sends the call's
UUID first, then 20 ms of samples each (little-endian), and at the end a hangup.
"""
import socket
import struct
import sys
import threading
import time
import uuid
import wave

HANGUP, UUID, AUDIO = 0x00, 0x01, 0x10
FRAME_BYTES = 320
FRAME_SECONDS = 0.02


def message(kind, payload=b""):
    return struct.pack(">BH", kind, len(payload)) + payload


def receive_exactly(connection, length):
    data = b""
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def listen(connection, heard):
    """Collects samples until the other side ends."""
    try:
        while True:
            kind, length = struct.unpack(">BH", receive_exactly(connection, 3))
            payload = receive_exactly(connection, length)
            if kind == AUDIO:
                heard.append(payload)
    except (EOFError, OSError):
        return


def call(address, samples, call_id, before_hangup=lambda: None):
    """Sends samples and returns what came back until a second after the last was sent."""
    heard = []
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.sendall(message(UUID, call_id.bytes))
        listener = threading.Thread(target=listen, args=(connection, heard), daemon=True)
        listener.start()
        begin = time.monotonic()
        for index in range(len(samples) // FRAME_BYTES):
            frame = samples[index * FRAME_BYTES : (index + 1) * FRAME_BYTES]
            connection.sendall(message(AUDIO, frame))
            time.sleep(max(0, begin + (index + 1) * FRAME_SECONDS - time.monotonic()))
        time.sleep(1)
        before_hangup()
        connection.sendall(message(HANGUP))
    return b"".join(heard)


def main():
    host, port = sys.argv[1].rsplit(":", 1)
    with wave.open(sys.argv[2]) as file:
        if (file.getframerate(), file.getsampwidth(), file.getnchannels()) != (8000, 2, 1):
            sys.exit(f"Expected 8000 Hz, 16 bits and one channel, found {file.getparams()}.")
        samples = file.readframes(file.getnframes())
    call_id = uuid.UUID(sys.argv[4]) if len(sys.argv) > 4 else uuid.uuid4()
    heard = call((host, int(port)), samples, call_id)
    with wave.open(sys.argv[3], "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(heard)
    print(f"{call_id}: sent {len(samples) // 2} samples, heard {len(heard) // 2}")


if __name__ == "__main__":
    main()
