// Sends a WAV file through Clearline: node enhance.js BOOTSTRAP IN.wav OUT.wav (16-bit PCM, up to 8 channels).
const fs = require('fs');
const path = require('path');
const avro = require('avsc');
const { Kafka, logLevel } = require('kafkajs');

const [servers, source, target] = process.argv.slice(2);
const avsc = path.join(__dirname, '../src/main/resources/avsc');
const headers = JSON.parse(fs.readFileSync(path.join(avsc, 'headers.json')));
const type = (name) => avro.Type.forSchema(JSON.parse(fs.readFileSync(path.join(avsc, `${name}.avsc`))));
const [audioFrame, enhancedFrame] = [type('AudioFrame'), type('EnhancedFrame')];
const stream = `node-${process.pid}-${Date.now()}`;

function readWav(file) {
  const bytes = fs.readFileSync(file);
  const chunks = {};
  for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) % 2)) {
    chunks[bytes.toString('latin1', at, at + 4)] = bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4));
  }
  return { format: chunks['fmt '], channels: chunks['fmt '].readUInt16LE(2), rate: chunks['fmt '].readUInt32LE(4), data: chunks.data };
}

function writeWav(file, { format, data }) {
  const chunk = (id, body) => Buffer.concat([Buffer.from(id), Buffer.from(Uint32Array.of(body.length).buffer), body]);
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', data)]);
  fs.writeFileSync(file, chunk('RIFF', body));
}

async function main() {
  const wav = readWav(source);
  const kafka = new Kafka({ clientId: 'example', brokers: servers.split(','), logLevel: logLevel.ERROR });
  const [producer, consumer] = [kafka.producer(), kafka.consumer({ groupId: stream })];
  await producer.connect();
  const frameBytes = Math.floor(wav.rate / 50) * wav.channels * 2;
  const start = Date.now() * 1000;
  const messages = [];
  for (let sequence = 0, at = 0; at < wav.data.length; sequence++, at += frameBytes) {
    const frame = {
      streamId: stream, sequence, captureTimeMicros: start + Math.floor((at / 2 / wav.channels) * 1e6 / wav.rate),
      sampleRateHz: wav.rate, encoding: 'PCM_S16LE', channels: wav.channels, attributes: {}, session: '',
      payload: wav.data.subarray(at, at + frameBytes), lastOfStream: at + frameBytes >= wav.data.length,
    };
    messages.push({ key: stream, value: Buffer.concat([Buffer.from(headers.AudioFrame, 'hex'), audioFrame.toBuffer(frame)]) });
  }
  await producer.send({ topic: 'clearline.frames.raw', messages });
  const frames = new Map();
  await consumer.connect();
  await consumer.subscribe({ topic: 'clearline.frames.enhanced', fromBeginning: true });
  await new Promise((resolve) => consumer.run({ eachMessage: async ({ message: { key, value } }) => {
    if (key.toString() !== stream || value.toString('hex', 0, 10) !== headers.EnhancedFrame) return;
    const frame = enhancedFrame.fromBuffer(value.subarray(10));
    frames.set(frame.sequence, frame.payload);
    if (frames.size === messages.length) resolve();
  } }));
  await Promise.all([consumer.disconnect(), producer.disconnect()]);
  writeWav(target, { ...wav, data: Buffer.concat([...frames.keys()].sort((a, b) => a - b).map((each) => frames.get(each))) });
}

main().catch((error) => { console.error(error); process.exit(1); });
