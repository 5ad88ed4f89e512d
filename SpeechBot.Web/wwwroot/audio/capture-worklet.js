// Microphone → frames of 20 ms, 24 kHz, 16 bit, with the level of each frame (root mean square, 0..1).
const rate = 24000;
const frameSamples = rate / 50;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.frame = new Int16Array(frameSamples);
    this.filled = 0;
    this.energy = 0;
    this.sum = 0;
    this.count = 0;
    this.phase = 0;
  }

  process([[input]]) {
    if (!input) return true;
    if (sampleRate === rate) {
      for (const sample of input) this.add(sample);
      return true;
    }
    // Firefox refuses to connect a 48 kHz microphone to a 24 kHz graph. There this node runs at the device's rate, and
    // averaging what falls into one output sample is filter enough for speech.
    for (const sample of input) {
      this.sum += sample;
      this.count++;
      this.phase += rate;
      if (this.phase < sampleRate) continue;
      this.phase -= sampleRate;
      this.add(this.sum / this.count);
      this.sum = this.count = 0;
    }
    return true;
  }

  add(sample) {
    const clipped = Math.max(-1, Math.min(1, sample));
    this.frame[this.filled++] = clipped * 32767;
    this.energy += clipped * clipped;
    if (this.filled < frameSamples) return;
    const level = Math.sqrt(this.energy / frameSamples);
    this.port.postMessage({ pcm16: this.frame, level }, [this.frame.buffer]);
    this.frame = new Int16Array(frameSamples);
    this.filled = 0;
    this.energy = 0;
  }
}

registerProcessor('speechbot-capture', Capture);
