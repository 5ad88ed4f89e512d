import { sampleRate } from './pcm.js';

const module = name => new URL(name, import.meta.url).href;

// The page's one audio graph: playback → tap → loudspeaker, and the clock that they share. Browsers start it only after
// the user has pressed something, so it is built by the first press and not by the page's load.
export class Graph {
  static async open() {
    const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
    await Promise.all(['playback-worklet.js', 'tap-worklet.js', 'capture-worklet.js']
      .map(name => context.audioWorklet.addModule(module(name))));
    return new Graph(context);
  }

  constructor(context) {
    this.context = context;
    const mono = { numberOfInputs: 0, outputChannelCount: [1] };
    this.playback = new AudioWorkletNode(context, 'speechbot-playback', mono);
    this.tap = new AudioWorkletNode(context, 'speechbot-tap', { outputChannelCount: [1] });
    this.playback.connect(this.tap).connect(context.destination);
  }

  resume() {
    return this.context.state === 'running' ? Promise.resolve() : this.context.resume();
  }

  // performance.now() at which a sample with this context time leaves the loudspeaker.
  heardAt(contextTime) {
    const stamp = this.context.getOutputTimestamp?.();
    if (stamp?.performanceTime) return stamp.performanceTime + (contextTime - stamp.contextTime) * 1000;
    const latency = this.context.outputLatency || this.context.baseLatency || 0;
    return performance.now() + (contextTime - this.context.currentTime + latency) * 1000;
  }

  async useLoudspeaker(deviceId) {
    // Only Chromium can choose; elsewhere the system's choice stands.
    if (this.context.setSinkId) await this.context.setSinkId(deviceId ?? '');
  }

  close() {
    return this.context.close();
  }
}
