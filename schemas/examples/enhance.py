"""Sends a WAV file through Clearline: python enhance.py BOOTSTRAP IN.wav OUT.wav (16-bit PCM, up to 8 channels)."""

import io
import json
import sys
import time
import uuid
import wave
from pathlib import Path

import avro.io
import avro.schema
from confluent_kafka import Consumer, Producer

servers, source, target = sys.argv[1:4]
avsc = Path(__file__).parent.parent / "src/main/resources/avsc"
headers = json.loads((avsc / "headers.json").read_text())
audio_frame = avro.schema.parse((avsc / "AudioFrame.avsc").read_text())
enhanced_frame = avro.schema.parse((avsc / "EnhancedFrame.avsc").read_text())
stream = f"python-{uuid.uuid4()}"

producer = Producer({"bootstrap.servers": servers})
with wave.open(source) as wav:
    rate, channels, length = wav.getframerate(), wav.getnchannels(), wav.getnframes()
    samples, start, sequence = rate // 50, time.time_ns() // 1000, 0
    for at in range(0, length, samples):
        value = io.BytesIO()
        value.write(bytes.fromhex(headers["AudioFrame"]))
        frame = {
            "streamId": stream, "session": "", "sequence": sequence, "attributes": {},
            "captureTimeMicros": start + 1_000_000 * at // rate, "sampleRateHz": rate, "channels": channels,
            "encoding": "PCM_S16LE", "payload": wav.readframes(samples), "lastOfStream": at + samples >= length,
        }
        avro.io.DatumWriter(audio_frame).write(frame, avro.io.BinaryEncoder(value))
        producer.produce("clearline.frames.raw", key=stream, value=value.getvalue())
        producer.poll(0)
        sequence += 1
producer.flush()

consumer = Consumer({"bootstrap.servers": servers, "group.id": stream, "auto.offset.reset": "earliest"})
consumer.subscribe(["clearline.frames.enhanced"])
frames = {}
while len(frames) < sequence:
    record = consumer.poll(1)
    if record is None or record.error() or record.key() != stream.encode():
        continue
    if record.value()[:10].hex() != headers["EnhancedFrame"]:
        sys.exit(f"Another schema than {avsc}'s: {record.value()[:10].hex()}")
    body = avro.io.BinaryDecoder(io.BytesIO(record.value()[10:]))
    frame = avro.io.DatumReader(enhanced_frame).read(body)
    frames[frame["sequence"]] = frame["payload"]
consumer.close()
with wave.open(target, "wb") as wav:
    wav.setparams((channels, 2, rate, 0, "NONE", ""))
    wav.writeframes(b"".join(frames[each] for each in sorted(frames)))
