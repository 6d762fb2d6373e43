// Speaks with a worker by the npm package openai; exit code 1 when something is wrong.
//
//   node scripts/clients/openai_client.mjs http://localhost:9090/v1 [TOKEN]
//
// It looks for the package in target/node, where `npm install --prefix target/node openai` puts it.
import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(new URL("../../target/node/", import.meta.url));
const { OpenAI } = require("openai");
const [baseURL, apiKey = "none"] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const input = "Good morning. The quick brown fox jumps over the lazy dog, and then it goes back to sleep.";
let wrong = 0;

function check(fact, what) {
  console.log(`${fact ? "ok    " : "WRONG "} ${what}`);
  wrong += fact ? 0 : 1;
}

const began = performance.now();
const response = await client.audio.speech.create({ model: "tts-1", voice: "alloy", input, response_format: "pcm" });
let first;
let bytes = 0;
for await (const piece of response.body) {
  first ??= performance.now() - began;
  bytes += piece.length;
}
const seconds = bytes / 2 / 24000;
console.log(`pcm, streamed: first sound ${first.toFixed(0)} ms, ${seconds.toFixed(2)} s at 24000 Hz`);
check(seconds > 3 && seconds < 10, "it lasts as long as the text");
for (const format of ["mp3", "opus", "wav"]) {
  const whole = await client.audio.speech.create({ model: "tts-1", voice: "nova", input, response_format: format });
  const size = (await whole.arrayBuffer()).byteLength;
  check(size > 10000, `${format}: ${size} bytes, ${whole.headers.get("content-type")}`);
}
try {
  await client.audio.speech.create({ model: "tts-1", voice: "nobody", input });
  check(false, "an unknown voice is refused");
} catch (refused) {
  console.log(`unknown voice: ${refused.status} ${refused.param} ${refused.error?.message?.slice(0, 80)}`);
  check(refused.status === 400 && refused.param === "voice", "an unknown voice is refused");
}
process.exit(wrong ? 1 : 0);
