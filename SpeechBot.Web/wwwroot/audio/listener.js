import { Microphone } from './microphone.js';
import { Recorder } from './recorder.js';

const quiet = 0.006;
const shortestMs = 250;
const keptOpenMs = 60_000;

// The eye needs no more; every change of the ring is drawn by the cores that the answer needs.
const shownEveryMs = 80;
const shownSteps = 16;

// The microphone's side of a talk: open or closed, what of it goes to the ears, and the recording of that for replay.
export class Listener {
  #context;
  #send;
  #level;
  #microphone = null;
  #recorder = new Recorder();
  #loudest = 0;
  #sending = false;
  #closing = 0;
  #shown = 0;
  #shownAt = 0;

  // send: pcm16 and its level → milliseconds sent so far; level: 0..1, for the eye.
  constructor(context, send, level) {
    this.#context = context;
    this.#send = send;
    this.#level = level;
  }

  async start(deviceId, onLost) {
    clearTimeout(this.#closing);
    this.#loudest = 0;
    this.#sending = true;
    try {
      this.#microphone ??= await Microphone.open(this.#context, deviceId, (pcm16, level) => this.#heard(pcm16, level));
      this.#microphone.onended = onLost;
    } catch (error) {
      this.#sending = false;
      throw error;
    }
  }

  // The microphone stays open for a while, so that the next turn begins without its first word cut off, but not for ever:
  // the browser shows a red dot as long as it does.
  pause() {
    this.#sending = false;
    this.#show(0);
    this.#closing = setTimeout(() => this.close(), keptOpenMs);
  }

  close() {
    this.#sending = false;
    this.#show(0);
    clearTimeout(this.#closing);
    this.#microphone?.close();
    this.#microphone = null;
  }

  // Where the person began and ended, in milliseconds of all audio sent.
  begin(ms) {
    this.#recorder.begin(ms);
  }

  end(ms) {
    this.#recorder.end(ms);
  }

  take() {
    return this.#recorder.take();
  }

  clear() {
    this.#recorder.clear();
  }

  // In words for the person, why the recording is not worth sending; null when it is.
  get complaint() {
    if (this.#loudest < quiet) return 'I heard nothing. Is the right microphone chosen, and is it on?';
    if (this.#recorder.lengthMs < shortestMs) return 'That was very short. Hold the button while you talk, or press once to begin and once to send.';
    return null;
  }

  #heard(pcm16, level) {
    if (!this.#sending) return;
    this.#loudest = Math.max(this.#loudest, level);
    // A loudness that the eye follows: speech at arm's length fills the ring about half.
    if (performance.now() - this.#shownAt >= shownEveryMs) this.#show(Math.min(1, Math.sqrt(level) * 1.8));
    this.#recorder.add(pcm16, this.#send(pcm16, level));
  }

  #show(level) {
    const shown = Math.round(level * shownSteps) / shownSteps;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#shownAt = performance.now();
    this.#level(shown);
  }
}
