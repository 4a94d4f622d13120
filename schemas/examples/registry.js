// Prints enhanced frames that the job writes in a registry's framing: node registry.js BOOTSTRAP REGISTRY STREAM.
const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

const [servers, url, stream] = process.argv.slice(2);

async function main() {
  const registry = new SchemaRegistry({ host: url });
  const kafka = new Kafka({ clientId: 'example', brokers: servers.split(','), logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({ groupId: `registry-${process.pid}-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic: 'clearline.frames.enhanced', fromBeginning: true });
  await new Promise((resolve, reject) => consumer.run({ eachMessage: async ({ message: { key, value } }) => {
    if (key.toString() !== stream) return;
    try {
      const { sequence, sampleRateHz, channels, enhanced, lastOfStream, payload } = await registry.decode(value);
      console.log(JSON.stringify({ sequence, sampleRateHz, channels, enhanced, payload: payload.toString('base64') }));
      if (lastOfStream) resolve();
    } catch (error) {
      reject(error);
    }
  } }));
  await consumer.disconnect();
}

main().catch((error) => { console.error(error); process.exit(1); });
