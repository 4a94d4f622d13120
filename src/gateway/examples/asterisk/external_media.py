#!/usr/bin/env python3
"""Sends a channel of Asterisk through the gateway by ARI's external media (RTP), and what comes back into the channel.

    python3 external_media.py --ari http://127.0.0.1:8088/ari --user NAME:PASSWORD --gateway 127.0.0.1:4000 ENDPOINT

ENDPOINT is what is called, such as PJSIP/100 or Local/100@default. Python's own library is enough.
"""
import argparse
import base64
import json
import os
import socket
import struct
import urllib.parse
import urllib.request

APP = "clearline"


class Events:
    """The events of an application by WebSocket; it exists for Asterisk as long as this is connected."""

    def __init__(self, ari, user):
        url = urllib.parse.urlsplit(ari)
        self.socket = socket.create_connection((url.hostname, url.port or 80))
        query = urllib.parse.urlencode({"app": APP, "api_key": user})
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET {url.path}/events?{query} HTTP/1.1\r\nHost: {url.netloc}\r\nUpgrade: websocket\r\n"
                            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
                            .encode())
        self.file = self.socket.makefile("rb")
        status = self.file.readline().decode()
        if " 101 " not in status:
            raise SystemExit(f"Expected a WebSocket of ARI, found {status.strip()}.")
        while self.file.readline().strip():
            pass

    def __iter__(self):
        while True:
            kind, length = self.file.read(2)
            length &= 0x7f
            if length == 126:
                length, = struct.unpack(">H", self.file.read(2))
            elif length == 127:
                length, = struct.unpack(">Q", self.file.read(8))
            payload = self.file.read(length)
            if kind & 0x0f == 9:
                # A pong, as each frame of a client masked; with zeros, which change nothing.
                self.socket.sendall(bytes((0x8a, 0x80 | length)) + bytes(4) + payload)
            elif kind & 0x0f == 8:
                return
            else:
                yield json.loads(payload)


class Ari:
    def __init__(self, options):
        self.base = options.ari
        self.authorization = "Basic " + base64.b64encode(options.user.encode()).decode()

    def post(self, path, **query):
        return self.ask("POST", path, query)

    def ask(self, method, path, query):
        request = urllib.request.Request(f"{self.base}{path}?{urllib.parse.urlencode(query)}", method=method,
                                         headers={"Authorization": self.authorization})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"{}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ari", default="http://127.0.0.1:8088/ari")
    parser.add_argument("--user", required=True, help="NAME:PASSWORD of ari.conf")
    parser.add_argument("--gateway", default="127.0.0.1:4000", help="an RTP port of the gateway")
    parser.add_argument("--format", default="ulaw", help="ulaw, alaw, g722 or slin16")
    parser.add_argument("endpoint")
    options = parser.parse_args()
    ari, events = Ari(options), Events(options.ari, options.user)
    bridge = ari.post("/bridges", type="mixing")["id"]
    media = ari.post("/channels/externalMedia", app=APP, external_host=options.gateway, format=options.format)["id"]
    call = ari.post("/channels", endpoint=options.endpoint, app=APP)["id"]
    for event in events:
        channel = event.get("channel", {}).get("id")
        if event["type"] == "StasisStart":
            ari.post(f"/bridges/{bridge}/addChannel", channel=channel)
        elif event["type"] == "StasisEnd" and channel == call:
            break
    ari.ask("DELETE", f"/channels/{media}", {})
    ari.ask("DELETE", f"/bridges/{bridge}", {})


if __name__ == "__main__":
    main()
