const echoMs = 600;
const learnedFrames = 250;
const enoughFrames = 100;
const firstGuess = 0.125;
const margin = 3;
const audible = 0.006;
const overNoise = 4;
const quietFrames = 5;

// Loudness of loudspeaker and microphone → whether somebody begins to speak over an answer. The ears know voice from noise, but they
// need a vowel for that: here a sharp rise is enough, so that the answer is silent within the first consonant. What is no louder than
// the answer's echo, or than the room, is not somebody.
export class Onset {
  #played = [];
  #learned = [];
  #floor = audible;
  #loud = 0;
  #quiet = quietFrames;

  // What left the loudspeaker at this time (performance.now()), root mean square.
  played(level, now) {
    this.#played = this.#played.filter(({ at }) => now - at < echoMs);
    this.#played.push({ level, at: now });
  }

  // The next 20 ms of the microphone. True once for each rise: two frames in a row, after some that were quiet.
  heard(level, now) {
    const loudest = this.#played.reduce((most, { level: played, at }) => (now - at < echoMs ? Math.max(most, played) : most), 0);
    const share = this.#learned.length < enoughFrames ? firstGuess : Math.min(firstGuess, Math.max(...this.#learned));
    const isLoud = level > Math.max(audible, this.#floor * overNoise, loudest * share * margin);
    if (!isLoud && loudest > audible) this.#learned = [...this.#learned.slice(1 - learnedFrames), level / loudest];
    // The room's own noise: falls at once, and rises by a decibel in a second, so that words do not count as noise.
    this.#floor = Math.max(1e-4, Math.min(level, this.#floor * 1.0025));
    if (!isLoud) {
      this.#quiet++;
      this.#loud = 0;
      return false;
    }
    const begins = ++this.#loud === 2 && this.#quiet >= quietFrames;
    if (this.#loud === 2) this.#quiet = 0;
    return begins;
  }
}
