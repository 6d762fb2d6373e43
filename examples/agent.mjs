// An agent's half of a conversation: text as it is made, speech as it comes, an interruption.
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const address = process.argv[2] ?? "localhost:7001";
const proto = loader.loadSync(new URL("../proto/tts.proto", import.meta.url).pathname, { keepCase: true, longs: Number });
const { TTSService } = grpc.loadPackageDefinition(proto).tts;
const worker = new TTSService(address, grpc.credentials.createInsecure());
const unary = (method) => promisify(worker[method].bind(worker));
const session = randomUUID();

async function* tokens() { // what a language model makes, piece by piece
  for (const token of ["Good ", "morning! ", "Your table ", "for four is booked ", "at 7:30 p.m. ", "Anything else?"]) {
    yield token;
    await sleep(50);
  }
}

const options = { speed: "1.1", max_lead_ms: "500" }; // at most half a second ahead of the listener
const started = await unary("StartSession")({ session_id: session, options });
if (!started.success) throw new Error(started.message);

const call = worker.Synthesize();
(async () => {
  for await (const text of tokens()) call.write({ session_id: session, text });
  call.end();
})();
const audio = createWriteStream("agent.raw"); // 48 kHz, mono, signed 16 bit
for await (const frame of call) {
  audio.write(frame.audio_data ?? Buffer.alloc(0)); // 20 ms; to the loudspeaker
  for (const word of frame.words ?? []) console.log(`${word.start_ms ?? 0} ms  ${word.text}`);
  if (frame.sequence_number === 100) { // after 2 s the user begins to speak
    const { receipts } = await unary("Control")({ session_id: session, command: "STOP" });
    console.log(`stopped: heard up to '${receipts[0].last_word}', ${receipts[0].context_end} characters`);
  }
}
audio.end();
await unary("EndSession")({ session_id: session });
worker.close();
