const audible = 0.01;

// The last node before the loudspeaker. It lets everything through, and while it is on it hands out a copy from the first audible
// sample on, so that a test can transcribe what was really audible instead of what was meant to be.
class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.on = this.heard = false;
    this.port.onmessage = ({ data }) => {
      this.on = data.on;
      this.heard = false;
    };
  }

  process([[input]], [[output]]) {
    if (input) output.set(input);
    if (!this.on) return true;
    // A message for each block of silence would take time from the answer that is waited for.
    this.heard ||= output.some(sample => Math.abs(sample) > audible);
    if (this.heard) this.port.postMessage({ samples: output.slice(), time: currentTime });
    return true;
  }
}

registerProcessor('speechbot-tap', Tap);
