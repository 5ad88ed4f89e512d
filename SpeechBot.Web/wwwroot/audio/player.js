import { sampleRate, toFloat } from './pcm.js';

// Speech by item → the playback worklet, and its reports as events: started, position, ended, flushed
// (detail: { item, ms, at, level }, where at is performance.now() at the loudspeaker, and level how loud it was since the last one).
export class Player extends EventTarget {
  #graph;
  item = null;

  constructor(graph) {
    super();
    this.#graph = graph;
    graph.playback.port.onmessage = ({ data }) => {
      this.item = data.type === 'ended' || data.type === 'flushed' ? null : data.item;
      const detail = { item: data.item, ms: data.samples * 1000 / sampleRate, at: graph.heardAt(data.time), level: data.level };
      this.dispatchEvent(new CustomEvent(data.type, { detail }));
    };
  }

  push(item, pcm16) {
    const samples = toFloat(pcm16);
    this.#graph.playback.port.postMessage({ type: 'push', item, samples }, [samples.buffer]);
  }

  end(item) {
    this.#post({ type: 'end', item });
  }

  flush() {
    this.#post({ type: 'flush' });
    this.hold(false);
  }

  hold(on) {
    this.#post({ type: 'hold', on });
  }

  set volume(volume) {
    this.#post({ type: 'level', volume });
  }

  #post(message) {
    this.#graph.playback.port.postMessage(message);
  }
}
