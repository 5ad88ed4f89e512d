import { join } from './pcm.js';

const keptMs = 5000;

// The last seconds of what was sent to the ears, by position, so that a recording can be cut out once it is known where the
// person began and ended. While somebody speaks it keeps everything from there on.
export class Recorder {
  #frames = [];
  #from = null;
  #to = null;

  add(pcm16, endMs) {
    this.#frames.push({ pcm16, endMs });
    const oldest = (this.#from ?? endMs) - keptMs;
    while (this.#frames[0].endMs < oldest) this.#frames.shift();
  }

  begin(ms) {
    this.#from ??= ms;
    this.#to = null;
  }

  end(ms) {
    this.#to = ms;
  }

  get lengthMs() {
    return this.#from === null ? 0 : (this.#to ?? this.#frames.at(-1)?.endMs ?? 0) - this.#from;
  }

  // What was said since begin(), and a new start. Null when nothing was recorded.
  take() {
    const to = this.#to ?? Infinity;
    const frames = this.#from === null ? [] : this.#frames.filter(frame => frame.endMs > this.#from && frame.endMs <= to + 40);
    this.#from = this.#to = null;
    return frames.length ? join(frames.map(frame => frame.pcm16)) : null;
  }

  clear() {
    this.#frames = [];
    this.#from = this.#to = null;
  }
}
