// A room around a page, in a test's hands: window.bench speaks recordings into every stream that the page opens as its microphone, lets the
// microphone hear the page's loudspeaker, and notes what goes over the page's realtime connection. Between recordings there is silence.
(() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const microphone = context.createMediaStreamDestination();
  const silence = context.createConstantSource();
  silence.offset.value = 0;
  silence.connect(microphone);
  silence.start();

  navigator.mediaDevices.getUserMedia = async () => {
    await context.resume();
    return microphone.stream.clone();
  };

  // performance.now() when the context had the given time. Its clock moves in blocks, so the earliest of many readings is the truest.
  async function performanceTime(time) {
    let earliest = Infinity;
    for (let i = 0; i < 30; i++) {
      earliest = Math.min(earliest, performance.now() - context.currentTime * 1000);
      await new Promise(resolve => setTimeout(resolve, 3));
    }
    return earliest + time * 1000;
  }

  // Whatever the page connects to a loudspeaker can be heard in the room.
  const loudspeakers = [];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && this.context !== context) loudspeakers.push(this);
    return connect.call(this, target, ...rest);
  };

  const events = [];
  const open = new Set();
  // Of each answer, the milliseconds of audio that came so far. Its frames carry a number, and where in the answer they begin.
  const numbers = new Map();
  const received = new Map();
  const receive = frame => {
    const head = new DataView(frame);
    received.set(head.getUint32(0, true), (head.getUint32(4, true) + (frame.byteLength - 8) / 2) / 24);
  };
  const note = (data, sent) => {
    if (typeof data !== 'string') {
      if (!sent) receive(data);
      return;
    }
    const { type, item_id: item, played_ms: played, ended, response, marks, segments, item: added, speechbot } = JSON.parse(data);
    if (type === 'response.output_item.added') numbers.set(added.id, speechbot?.audio);
    const left = received.get(numbers.get(item)) - played;
    const stages = segments && Object.fromEntries(segments.map(({ name, start_ms, end_ms }) => [name, end_ms - start_ms]));
    events.push({ type, at: performance.now(), sent, item, played, left, ended, response: response?.id, status: response?.status, marks, stages });
    if (type === 'response.created') open.add(response.id);
    if (type === 'response.done') open.delete(response.id);
    if (events.length > 5000) events.splice(0, 1000);
  };
  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(address, ...rest) {
      super(address, ...rest);
      if (!String(address).includes('/v1/realtime')) return;
      this.isTalk = true;
      this.addEventListener('message', ({ data }) => note(data, false));
    }

    send(data) {
      if (this.isTalk) note(data, true);
      super.send(data);
    }
  };

  window.bench = {
    // What went over the realtime connection, audio left out: { type, at (performance.now()), sent, item, played, left (to play, of what came so far, in ms), ended, response, status, marks, stages (in ms) }.
    events,

    // How many answers have begun and not ended.
    open: () => open.size,

    // From now on the microphone hears the loudspeaker, softer and later.
    async echo(decibels, delayMs) {
      await context.resume();
      for (const loudspeaker of loudspeakers) {
        const heard = loudspeaker.context.createMediaStreamDestination();
        connect.call(loudspeaker, heard);
        const room = new DelayNode(context, { delayTime: delayMs / 1000, maxDelayTime: 1 });
        context.createMediaStreamSource(heard.stream).connect(room).connect(new GainNode(context, { gain: 10 ** (decibels / 20) })).connect(microphone);
      }
    },

    // Speaks a WAV file (base64); answers with the performance.now() at which its first sample is spoken.
    async say(base64) {
      const wav = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(wav.buffer);
      source.connect(microphone);
      const at = context.currentTime + 0.2;
      source.start(at);
      return performanceTime(at);
    },
  };
})();
