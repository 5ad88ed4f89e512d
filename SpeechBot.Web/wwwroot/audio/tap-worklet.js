// The last node before the loudspeaker. It lets everything through, and while it is on it hands out a copy, so that a test
// can transcribe what was really audible instead of what was meant to be.
class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.on = false;
    this.port.onmessage = ({ data }) => { this.on = data.on; };
  }

  process([[input]], [[output]]) {
    if (input) output.set(input);
    if (this.on) this.port.postMessage({ samples: output.slice(), time: currentTime });
    return true;
  }
}

registerProcessor('speechbot-tap', Tap);
