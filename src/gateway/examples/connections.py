#!/usr/bin/env python3
"""Connects programs to a running gateway and prints a line of a table for each; README.md says how."""
import argparse
import json
import socket
import tempfile
import urllib.request
import wave
from pathlib import Path

import numpy

import peers

SCORED_RATE_HZ = 8000
HEADER_BYTES = 44


class Run:
    """One program's call."""

    def __init__(self, options, name, folder):
        self.noisy, self.http, self.stream = options.noisy.resolve(), options.http, name
        self.audiosocket, self.websocket = options.audiosocket, options.websocket
        self.bootstrap_servers, self.clearline = options.bootstrap_servers, options.clearline
        self.token = options.token_file.read_text().strip() if options.token_file else ""
        self.folder, self.heard, self.status = folder, folder / "heard.wav", {}
        with wave.open(str(self.noisy)) as file:
            self.seconds = file.getnframes() / file.getframerate()

    def file(self, name):
        return self.folder / name

    @staticmethod
    def free_port():
        """An even UDP port whose neighbour, for RTCP, is free too."""
        while True:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, \
                    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                one.bind(("127.0.0.1", 0))
                port = one.getsockname()[1]
                try:
                    other.bind(("127.0.0.1", port + 1))
                except OSError:
                    continue
                if port % 2 == 0:
                    return port

    def ask(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {self.token}",
                                                  "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def signal(self, sdp, return_port, **keys):
        """Describes the call, for SRTP with its keys, and returns the gateway's port."""
        wish = {"stream": self.stream, "sdp": sdp} | keys
        if return_port:
            wish["returnTo"] = f"127.0.0.1:{return_port}"
        return self.ask("POST", "/sessions", wish)["rtpPort"]

    def remember_status(self):
        self.status = self.ask("GET", f"/sessions/{self.stream}")

    def write_heard(self, samples):
        with wave.open(str(self.heard), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(samples)


def read(path):
    """Samples at the rate that is scored; a header may be unfinished."""
    data = path.read_bytes()
    if len(data) < HEADER_BYTES:
        return numpy.zeros(0)
    rate = int.from_bytes(data[24:28], "little")
    channels = int.from_bytes(data[22:24], "little")
    start = data.find(b"data") + 8
    samples = numpy.frombuffer(data[start:len(data) - (len(data) - start) % (2 * channels)], "<i2")
    samples = samples.reshape(-1, channels)[:, 0].astype(float)
    if rate == SCORED_RATE_HZ:
        return samples
    # Through the spectrum: nothing is shifted.
    length = len(samples) * SCORED_RATE_HZ // rate
    spectrum = numpy.fft.rfft(samples)[:length // 2 + 1]
    return numpy.fft.irfft(spectrum, length)


def sdr_db(signal, clean):
    """Of what is not clean speech, at any level (SI-SDR), after the delay has been taken out."""
    size = 1 << (len(signal) + len(clean)).bit_length()
    correlation = numpy.fft.irfft(numpy.fft.rfft(signal, size) * numpy.conj(numpy.fft.rfft(clean, size)))
    shift = int(numpy.argmax(correlation))
    shift = shift - size if shift > size // 2 else shift
    begin, end = max(0, -shift), min(len(clean), len(signal) - shift)
    wanted, found = clean[begin:end], signal[begin + shift:end + shift]
    target = wanted * (found @ wanted) / (wanted @ wanted)
    return 10 * numpy.log10((target @ target) / ((found - target) @ (found - target)))


def play(options, name):
    programs, connect = peers.ALL[name]
    if not peers.installed(*programs):
        print(f"| {name} | not installed |")
        return
    folder = Path(tempfile.mkdtemp(prefix=f"clearline-{name}-", dir=options.out))
    run = Run(options, name, folder)
    connect(run)
    if not run.status:
        run.remember_status()
        run.ask("DELETE", f"/sessions/{run.stream}")
    status = run.status
    clean, noisy = read(options.clean), read(options.noisy)
    heard = read(run.heard) if run.heard.exists() else numpy.zeros(0)
    gain = f"{sdr_db(heard, clean) - sdr_db(noisy, clean):+.1f}" if len(heard) else "nothing heard"
    delay = status.get("delay") or f"{status['addedDelayP50Millis']} / {status['addedDelayP99Millis']}"
    played = status["framesEnhanced"] + status["framesDry"] + status["framesBypassed"]
    print(f"| {name} | {status['format']} | {status['packetsReceived']} | {played} | {len(heard) / SCORED_RATE_HZ:.1f} s "
          f"| {100 * status['dryShare']:.1f} % | {delay} ms "
          f"| {gain} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--noisy", type=Path, required=True, help="WAV, 8 kHz, 16 bits, one channel")
    parser.add_argument("--clean", type=Path, required=True, help="the same speech without noise")
    parser.add_argument("--http", type=int, default=8091)
    parser.add_argument("--audiosocket", type=int, default=9090)
    parser.add_argument("--websocket", type=int, default=8080)
    parser.add_argument("--bootstrap-servers", default="localhost:9092", help="of Kafka, for srt")
    parser.add_argument("--clearline", default="clearline", help="the launcher, for srt")
    parser.add_argument("--token-file", type=Path)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()), help="what each heard is kept here")
    parser.add_argument("--only", help="names, separated by commas: " + ", ".join(peers.ALL))
    options = parser.parse_args()
    print("| peer | format | packets in | packets out | heard | dry | added delay p50 / p99 | SI-SDR gain, dB |")
    print("|---|---|---|---|---|---|---|---|")
    for name in options.only.split(",") if options.only else peers.ALL:
        play(options, name)


if __name__ == "__main__":
    main()
