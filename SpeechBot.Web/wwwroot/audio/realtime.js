import { join } from './pcm.js';

// A fifth of a second.
const framesAtOnce = 10;

// The connection to /v1/realtime (docs/realtime.md): events in and out, audio as binary frames both ways, the session's clock,
// and a new attempt when it breaks. Server events are dispatched under their type; 'audio' carries { item, pcm16 },
// 'connection' carries true or false.
export class Realtime extends EventTarget {
  #address;
  #socket = null;
  #retry = 0;
  #timer = 0;
  #items = new Map();
  #pings = [];
  #waiting = [];
  #sentSamples = 0;
  #reportedAt = 0;

  constructor(sessionId) {
    super();
    this.#address = `${location.origin.replace(/^http/, 'ws')}/v1/realtime?session=${encodeURIComponent(sessionId)}`;
    this.#open();
  }

  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  // Milliseconds of all audio sent on this connection; the server's positions count from the same zero.
  get sentMs() {
    return this.#sentSamples / 24;
  }

  send(type, fields) {
    if (!this.connected) return;
    this.#flush();
    this.#socket.send(JSON.stringify({ type, ...fields }));
  }

  // Frames that can wait go out some at once: each message wakes two processes, which costs more than what they do with it.
  // Returns sentMs after it.
  sendAudio(pcm16, canWait = false) {
    if (!this.connected) return this.sentMs;
    this.#waiting.push(pcm16);
    this.#sentSamples += pcm16.length;
    if (!canWait || this.#waiting.length === framesAtOnce) this.#flush();
    const now = performance.now();
    if (now - this.#reportedAt >= 1000 && this.#pings.length) {
      this.#reportedAt = now;
      this.send('speechbot.capture', { audio_ms: this.sentMs, at: this.onSessionClock(now) });
    }
    return this.sentMs;
  }

  // Undefined, and so left out of an event, until the first answer to a ping.
  onSessionClock(now) {
    if (!this.#pings.length) return undefined;
    return now + this.#pings.reduce((best, ping) => (ping.trip < best.trip ? ping : best)).offset;
  }

  close() {
    clearTimeout(this.#timer);
    clearInterval(this.pinging);
    if (this.#socket) this.#socket.onclose = null;
    this.#socket?.close();
  }

  #flush() {
    if (this.#waiting.length) this.#socket.send(join(this.#waiting));
    this.#waiting = [];
  }

  #open() {
    const socket = new WebSocket(this.#address);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#event(JSON.parse(data)) : this.#audio(data));
    socket.onclose = ({ code }) => this.#closed(code);
    this.#socket = socket;
  }

  #opened() {
    this.#retry = 0;
    this.#items.clear();
    this.#pings = [];
    this.#waiting = [];
    this.#sentSamples = this.#reportedAt = 0;
    this.send('session.update', { session: { speechbot: { binary_audio: true } } });
    for (let i = 0; i < 3; i++) this.#ping();
    this.pinging = setInterval(() => this.#ping(), 5000);
    this.#tell('connection', true);
  }

  #closed(code) {
    clearInterval(this.pinging);
    this.#tell('connection', false);
    // 4001: another connection took this one's place, and a fight over the session would help nobody.
    if (code === 4001) return;
    // Half a second, doubled up to eight, spread a little so that many pages do not come back in one moment.
    const wait = Math.min(500 * 2 ** this.#retry++, 8000) * (0.8 + Math.random() * 0.4);
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #ping() {
    this.send('speechbot.ping', { client_time: performance.now() });
  }

  #event(event) {
    if (event.type === 'speechbot.pong') {
      const now = performance.now();
      const offset = event.server_time - (event.client_time + now) / 2;
      this.#pings = [...this.#pings.slice(-9), { trip: now - event.client_time, offset }];
    } else if (event.type === 'response.output_item.added') {
      this.#items.set(event.speechbot?.audio, event.item.id);
    }
    this.#tell(event.type, event);
  }

  #audio(frame) {
    const item = this.#items.get(new DataView(frame).getUint32(0, true));
    if (item) this.#tell('audio', { item, pcm16: new Int16Array(frame, 8) });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
