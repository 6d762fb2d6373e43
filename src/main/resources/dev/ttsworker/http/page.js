'use strict';

const $ = (id) => document.getElementById(id);
const RATE = 48000;
const POLL_MS = 1000;
/** Timeout of a status request; then the worker counts as not reachable. */
const TIMEOUT_MS = 5000;
const START_DELAY_S = 0.05; // play-out delay of the first sample, so that the next ones arrive in time
const SAMPLES_PER_POINT = 480; // of the waveform: 10 ms

// ---- Status --------------------------------------------------------------------------------

const milliseconds = (ms) => ms < 10000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

function cell(text, className) {
  const td = document.createElement('td');
  td.textContent = text;
  if (className) td.className = className;
  return td;
}

function row(...cells) {
  const tr = document.createElement('tr');
  tr.append(...cells);
  return tr;
}

function showCalls(status) {
  const doing = {starting: 'starting', queued: 'waits for capacity', speaking: 'speaking', awaiting_text: 'waits for text',
    awaiting_reader: 'waits for its reader', paused: 'paused'};
  $('calls').replaceChildren(...status.calls.map((call) => {
    const underrun = call.phase === 'speaking' && call.lead_ms < 0;
    return row(cell(call.protocol), cell(call.model_id), cell(doing[call.phase] ?? call.phase),
        cell(milliseconds(call.age_ms), 'number'),
        cell(call.phase === 'starting' ? '–' : milliseconds(Math.max(call.lead_ms, underrun ? -1e6 : 0)),
            underrun ? 'number bad' : 'number'));
  }));
  const more = status.running_calls - status.calls.length;
  $('calls-note').textContent =
      status.running_calls === 0 ? 'No call is running.' : more > 0 ? `and ${more} more` : '';
}

/** Button that speaks the text above with a voice. */
function playCell(id) {
  const td = document.createElement('td');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'play';
  button.textContent = '▶';
  button.setAttribute('aria-label', `Listen to ${id}`);
  button.addEventListener('click', () => {
    stop();
    $('voice').value = id;
    speak();
  });
  td.append(button);
  return td;
}

let modelsShown = '';

function showModels(models, speaks) {
  const now = JSON.stringify([models, speaks]);
  if (now === modelsShown) return; // a button that is pressed stays the same
  modelsShown = now;
  $('models').replaceChildren(...models.map((model) => row(
      cell(model.id), cell(model.languages.join(', ')), cell(model.state), cell(model.loaded ? model.device : '–'),
      cell(String(model.refcount), 'number'), speaks ? playCell(model.id) : cell('–'))));
  showInstallable(new Set(speaks ? models.map((model) => model.id) : []));
  const ids = models.map((model) => model.id);
  const voice = $('voice');
  const shown = [...voice.options].slice(1).map((option) => option.value);
  if (ids.join() !== shown.join()) {
    const chosen = voice.value;
    voice.replaceChildren(voice.options[0], ...ids.map((id) => new Option(id, id)));
    voice.value = ids.includes(chosen) ? chosen : '';
  }
}

let installable = [];
let playable = new Set();

/** Voices that can be installed, of the chosen language. */
function showInstallable(installed) {
  playable = installed;
  const language = $('language').value;
  const chosen = installable.filter((voice) => !language || voice.languages.includes(language));
  $('installable').replaceChildren(...chosen.map((voice) => {
    const forbidden = voice.commercial_use === 'no';
    const licence = cell(voice.licence + (forbidden ? ' (not for commercial use)' : ''), forbidden ? 'bad' : '');
    licence.title = voice.licence_note;
    return row(cell(voice.id), cell(voice.description), licence,
        cell(`${(voice.size_bytes / 1e6).toFixed(0)} MB`, 'number'),
        playable.has(voice.id) ? playCell(voice.id) : cell('–'));
  }));
  $('installable-note').textContent = `${chosen.length} of ${installable.length} voices`;
}

async function loadInstallable() {
  try {
    const answer = await fetch('voices.json', {signal: AbortSignal.timeout(TIMEOUT_MS)});
    if (!answer.ok) throw new Error((await answer.text()).trim());
    installable = await answer.json();
    const languages = [...new Set(installable.map((voice) => voice.languages[0]))].filter(Boolean).sort();
    $('language').append(...languages.map((language) => new Option(language, language)));
    showInstallable(playable);
  } catch (failure) {
    $('installable-note').textContent = failure.message;
  }
}

function bound(seconds) {
  return seconds < 1 ? String(Math.round(seconds * 1000)) : `${seconds} s`;
}

function quantile(latency, share) {
  const all = latency.counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let i = 0; i < latency.counts.length; i++) {
    seen += latency.counts[i];
    if (seen >= share * all) {
      return i < latency.bounds_seconds.length
          ? `within ${milliseconds(latency.bounds_seconds[i] * 1000)}` : 'later than all bounds';
    }
  }
  return '';
}

function histogram(latency) {
  const titles = {tts_first_audio_latency_seconds: 'First audio of all calls',
    tts_first_audible_latency_seconds: 'First audible sound of all calls',
    tts_control_latency_seconds: 'Commands (PAUSE, RESUME, STOP)'};
  const card = document.createElement('section');
  card.className = 'card';
  const title = document.createElement('h2');
  title.textContent = titles[latency.name] ?? latency.help;
  const all = latency.counts.reduce((sum, count) => sum + count, 0);
  const words = document.createElement('p');
  words.className = 'quiet';
  words.textContent = all === 0 ? 'None yet.'
      : `${all} in all: half ${quantile(latency, 0.5)}, 95 % ${quantile(latency, 0.95)}.`;
  card.append(title);
  if (all > 0) {
    const bars = document.createElement('div');
    bars.className = 'bars';
    bars.setAttribute('role', 'img');
    bars.setAttribute('aria-label', words.textContent);
    const most = Math.max(...latency.counts);
    latency.counts.forEach((count, i) => {
      const bar = document.createElement('div');
      bar.className = count > 0 ? 'bar some' : 'bar';
      const number = document.createElement('b');
      number.textContent = count > 0 ? count : '';
      const column = document.createElement('i');
      column.style.height = `${70 * count / most}%`;
      const label = document.createElement('span');
      label.textContent = i < latency.bounds_seconds.length ? bound(latency.bounds_seconds[i]) : '>';
      bar.append(number, column, label);
      bars.append(bar);
    });
    words.textContent += ' Each column: up to this many ms or s.';
    card.append(bars);
  }
  card.append(words);
  return card;
}

let drawn = '';

function show(status) {
  document.title = `${status.name} – ${status.state}`;
  $('name').textContent = status.name;
  $('state').textContent = status.state;
  $('state').className = status.state === 'SERVING' ? 'pill good' : status.state === 'UNABLE' ? 'pill bad' : 'pill';
  $('reason').textContent = status.reason;
  $('device').textContent = status.device;
  $('device-reason').textContent = status.device_reason;
  $('protocols').textContent = status.protocols.join(', ');
  $('capacity').textContent = `${Math.round(status.capacity_used * 100)} %`;
  $('running').textContent = status.running_calls;
  $('sessions').textContent = status.open_sessions;
  $('queue').textContent = status.queue_depth;
  $('say').hidden = status.longest_text === 0;
  $('silent').hidden = status.longest_text !== 0;
  $('text').maxLength = status.longest_text;
  showCalls(status);
  showModels(status.models, status.longest_text > 0);
  const latencies = JSON.stringify(status.latencies);
  if (latencies !== drawn) {
    drawn = latencies;
    $('latencies').replaceChildren(...status.latencies.map(histogram));
  }
}

async function poll() {
  try {
    if (!document.hidden) {
      const answer = await fetch('status.json', {signal: AbortSignal.timeout(TIMEOUT_MS)});
      if (!answer.ok) throw new Error(await answer.text());
      show(await answer.json());
    }
  } catch (failure) {
    $('state').textContent = 'NOT REACHABLE';
    $('state').className = 'pill bad';
    $('reason').textContent = String(failure.message ?? failure);
  }
  setTimeout(poll, POLL_MS);
}

// ---- Synthesis -----------------------------------------------------------------------------

/** Waveform: peak of each 10 ms, drawn as bars over the width. */
class Waveform {
  constructor(canvas) {
    this.canvas = canvas;
    this.clear();
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  clear() {
    this.points = [];
    this.filled = 0;
    this.played = 0;
    this.draw();
  }

  add(samples) {
    for (const sample of samples) {
      if (this.filled === 0) this.points.push(0);
      const last = this.points.length - 1;
      this.points[last] = Math.max(this.points[last], Math.abs(sample));
      this.filled = (this.filled + 1) % SAMPLES_PER_POINT;
    }
  }

  draw() {
    const scale = devicePixelRatio || 1;
    const width = this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * scale));
    const height = this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * scale));
    const context = this.canvas.getContext('2d');
    const colours = getComputedStyle(document.documentElement);
    const step = 4 * scale;
    const bars = Math.floor(width / step);
    const perBar = Math.max(this.points.length, 100) / bars; // at least a second across
    for (let i = 0; i < bars; i++) {
      const from = Math.floor(i * perBar);
      const part = this.points.slice(from, Math.max(from + 1, Math.floor((i + 1) * perBar)));
      const peak = part.length ? Math.max(...part) : 0;
      const tall = Math.max(2 * scale, peak * height * 0.92);
      context.fillStyle = colours.getPropertyValue(
          part.length && from < this.played * 100 ? '--accent' : part.length ? '--quiet' : '--line');
      context.fillRect(i * step, (height - tall) / 2, step - 1.5 * scale, tall);
    }
  }
}

const wave = new Waveform($('wave'));
let audio = null;
let running = null;

/** Player of 16-bit PCM chunks, gapless while they arrive in time. */
class Player {
  constructor(context) {
    this.context = context;
    this.next = 0;
    this.started = 0;
    this.seconds = 0;
    this.underruns = 0;
    this.remainder = new Uint8Array(0);
    this.sources = new Set();
  }

  /** Appends PCM bytes; an odd byte waits for the next chunk. */
  append(bytes) {
    const all = new Uint8Array(this.remainder.length + bytes.length);
    all.set(this.remainder);
    all.set(bytes, this.remainder.length);
    const count = all.length >> 1;
    this.remainder = all.slice(count * 2);
    if (count === 0) return;
    const view = new DataView(all.buffer);
    const buffer = this.context.createBuffer(1, count, RATE);
    const samples = buffer.getChannelData(0);
    for (let i = 0; i < count; i++) samples[i] = view.getInt16(2 * i, true) / 32768;
    this.play(buffer);
    wave.add(samples);
  }

  play(buffer) {
    const now = this.context.currentTime;
    if (this.seconds === 0) {
      this.next = this.started = now + START_DELAY_S;
    } else if (this.next < now) {
      this.underruns++;
      this.started += now + START_DELAY_S - this.next;
      this.next = now + START_DELAY_S;
    }
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    source.onended = () => this.sources.delete(source);
    source.start(this.next);
    this.sources.add(source);
    this.next += buffer.duration;
    this.seconds += buffer.duration;
  }

  get played() {
    return this.seconds === 0 ? 0 : Math.min(this.seconds, Math.max(0, this.context.currentTime - this.started));
  }

  stop() {
    this.sources.forEach((source) => source.stop());
  }
}

function showPlayback(player) {
  $('length').textContent = `${player.seconds.toFixed(2)} s`;
  $('underruns').textContent = player.underruns;
  $('wave').setAttribute('aria-label', `Waveform of ${player.seconds.toFixed(1)} seconds`);
}

/** Moves the play position until all audio is played. */
function follow(mine) {
  if (running !== mine) return;
  wave.played = mine.player.played;
  wave.draw();
  if (mine.done && wave.played >= mine.player.seconds) {
    finish(mine);
  } else {
    requestAnimationFrame(() => follow(mine));
  }
}

function finish(mine) {
  if (running !== mine) return;
  running = null;
  $('go').disabled = false;
  $('stop').disabled = true;
}

function begin() {
  audio ??= new AudioContext({sampleRate: RATE, latencyHint: 'interactive'});
  audio.resume(); // it may have been created before a user gesture
  const mine = {abort: new AbortController(), player: new Player(audio), done: false};
  running = mine;
  $('go').disabled = true;
  $('stop').disabled = false;
  $('problem').textContent = '';
  for (const id of ['first', 'length', 'underruns']) $(id).textContent = '–';
  wave.clear();
  requestAnimationFrame(() => follow(mine));
  return mine;
}

async function speak() {
  const mine = begin();
  const requestedAt = performance.now();
  try {
    const answer = await fetch('speak', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({text: $('text').value, model: $('voice').value}),
      signal: mine.abort.signal,
    });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    const reader = answer.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (mine.player.seconds === 0) $('first').textContent = milliseconds(performance.now() - requestedAt);
      mine.player.append(piece.value);
      showPlayback(mine.player);
    }
    if (mine.player.seconds === 0) throw new Error('There is nothing to say in this text.');
    mine.done = true;
  } catch (failure) {
    if (failure.name !== 'AbortError') $('problem').textContent = failure.message;
    finish(mine);
  }
}

function stop() {
  const mine = running;
  if (!mine) return;
  mine.abort.abort();
  mine.player.stop();
  finish(mine);
}

function showLength() {
  $('left').textContent = `${$('text').value.length} of ${$('text').maxLength} characters`;
}

$('speak').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!running) speak();
});
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('speak').requestSubmit();
  }
});
$('text').addEventListener('input', showLength);
$('stop').addEventListener('click', stop);
$('language').addEventListener('change', () => showInstallable(playable));
showLength();
loadInstallable();
poll();
