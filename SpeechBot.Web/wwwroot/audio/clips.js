import { join, sampleRate, toWav } from './pcm.js';

const keptSamples = 5 * 60 * sampleRate;

// What was said on both sides during this visit, for replay and download. It stays in the page: the server keeps no audio.
// After five minutes of sound (14 MB) the oldest goes, so that a page left open all day does not grow; an answer that is gone is spoken anew.
export class Clips {
  #clips = new Map();
  #samples = 0;

  append(id, pcm16) {
    if (!this.#clips.has(id)) this.#clips.set(id, []);
    this.#clips.get(id).push(pcm16);
    this.#samples += pcm16.length;
    for (const [oldest, chunks] of this.#clips) {
      if (this.#samples <= keptSamples || oldest === id) break;
      this.#clips.delete(oldest);
      this.#samples -= chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    }
  }

  has(id) {
    return this.#clips.has(id);
  }

  get(id) {
    return this.has(id) ? join(this.#clips.get(id)) : null;
  }

  remove(id) {
    this.#samples -= (this.#clips.get(id) ?? []).reduce((sum, chunk) => sum + chunk.length, 0);
    this.#clips.delete(id);
  }

  download(id, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(toWav(this.get(id)));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
