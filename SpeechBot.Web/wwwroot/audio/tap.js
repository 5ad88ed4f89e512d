import { join, toBase64, toPcm16 } from './pcm.js';

const audible = 0.01;
const longest = 120 * 24000;

// window.speechBot.tap: what left the page's audio graph, for tests and for measuring. Costs nothing until reset() is called.
export class Tap {
  #graph = null;
  #chunks = [];
  #samples = 0;
  #out = null;
  #first = null;
  #last = null;
  #began = null;

  // Called when the audio graph is built, which needs a click first; a reset() before that is remembered.
  attach(graph) {
    this.#graph = graph;
    graph.tap.port.onmessage = ({ data }) => this.#collect(data);
    if (this.on) graph.tap.port.postMessage({ on: true });
  }

  on = false;

  // Forgets what was collected and collects from now on.
  reset() {
    this.#chunks = [];
    this.#samples = 0;
    this.#out = this.#first = this.#last = this.#began = null;
    this.on = true;
    this.#graph?.tap.port.postMessage({ on: true });
  }

  // { pcm16: base64 of 24 kHz mono from the first audible sample on (at most two minutes), began: when its first sample,
  //   firstOut: by when the first audible one had left the graph, firstAudible, lastAudible: when the audible ones were at the
  //   loudspeaker (performance.now()), or null when all was silence }
  read() {
    return { pcm16: toBase64(join(this.#chunks)), began: this.#began, firstOut: this.#out, firstAudible: this.#first, lastAudible: this.#last };
  }

  #collect({ samples, time }) {
    if (!this.on) return;
    const first = samples.findIndex(sample => Math.abs(sample) > audible);
    if (first < 0 && this.#first === null) return;
    if (first >= 0) {
      const at = this.#graph.heardAt(time + first / 24000);
      this.#out ??= performance.now();
      this.#first ??= at;
      this.#began ??= at - first / 24;
      this.#last = at;
    }
    if (this.#samples >= longest) return;
    this.#chunks.push(toPcm16(samples));
    this.#samples += samples.length;
  }
}
