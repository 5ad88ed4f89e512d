// Queue of speech → loudspeaker. Every chunk belongs to an item (one answer), so that the page can say how much of which
// answer was really heard. Volume changes, holds and stops are ramps of at most 10 ms: they feel instant and do not click.
const rampSamples = sampleRate / 100;
const reportSamples = sampleRate / 20;

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = [];
    this.fading = null;
    this.held = false;
    this.volume = this.gain = this.target = 1;
    this.step = 1 / rampSamples;
    this.item = null;
    this.played = 0;
    this.reported = 0;
    this.energy = 0;
    this.samples = 0;
    this.port.onmessage = ({ data }) => this[data.type](data);
  }

  push({ item, samples }) {
    this.queue.push({ item, samples, at: 0 });
  }

  end({ item }) {
    this.queue.push({ item, samples: null, at: 0 });
  }

  level({ volume }) {
    this.volume = volume;
    this.rampTo(this.held ? 0 : volume);
  }

  // Fades out and keeps the place, or goes on from there.
  hold({ on }) {
    this.held = on;
    this.rampTo(on ? 0 : this.volume);
  }

  flush() {
    if (this.item !== null) {
      // Out of a hold there is nothing to fade, and the hold ends with the flush: a fade would be heard.
      this.fading = this.gain > 0 ? { entries: this.queue, left: rampSamples } : null;
      this.tell('flushed');
    }
    this.item = null;
    this.queue = [];
  }

  // From where the gain is now, so that a change within another's ramp does not jump.
  rampTo(gain) {
    this.target = gain;
    this.step = Math.max(Math.abs(gain - this.gain) / rampSamples, 1e-6);
  }

  tell(type) {
    const level = Math.sqrt(this.energy / Math.max(1, this.samples));
    this.port.postMessage({ type, item: this.item, samples: this.played, time: currentTime, level });
    this.reported = this.played;
    this.energy = this.samples = 0;
  }

  process(_, [[output]]) {
    for (let i = 0; i < output.length; i++) {
      const gain = this.ramp();
      if (this.fading) output[i] = this.fade() * gain;
      else if (!this.held || gain > 0) output[i] = this.next() * gain;
      this.energy += output[i] * output[i];
    }
    this.samples += output.length;
    if (this.item !== null && this.played - this.reported >= reportSamples) this.tell('position');
    return true;
  }

  next() {
    for (let entry = this.queue[0]; entry; entry = this.queue[0]) {
      if (entry.item !== this.item) {
        this.item = entry.item;
        this.played = 0;
        this.tell('started');
      }
      if (entry.samples && entry.at < entry.samples.length) {
        this.played++;
        return entry.samples[entry.at++];
      }
      this.queue.shift();
      if (entry.samples === null) {
        this.tell('ended');
        this.item = null;
      }
    }
    return 0;
  }

  // What was playing goes on for the length of a ramp; what was queued behind it is never heard.
  fade() {
    const { entries, left } = this.fading;
    while (entries.length && (!entries[0].samples || entries[0].at >= entries[0].samples.length)) entries.shift();
    if (left <= 0 || !entries.length) {
      this.fading = null;
      return 0;
    }
    this.fading.left--;
    return entries[0].samples[entries[0].at++] * (left / rampSamples);
  }

  ramp() {
    if (this.gain < this.target) this.gain = Math.min(this.target, this.gain + this.step);
    else if (this.gain > this.target) this.gain = Math.max(this.target, this.gain - this.step);
    return this.gain;
  }
}

registerProcessor('speechbot-playback', Playback);
