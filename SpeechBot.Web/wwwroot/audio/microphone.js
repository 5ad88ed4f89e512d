import { sampleRate } from './pcm.js';

// Opens a microphone and calls back with frames of 20 ms. Throws a MicrophoneError whose message is written for the user.
export class Microphone {
  #context;
  #stream;
  #source;
  #node;
  #own;

  static async open(context, deviceId, onFrame) {
    const microphone = new Microphone();
    microphone.#stream = await request(deviceId);
    microphone.#context = context;
    await microphone.#connect(onFrame);
    return microphone;
  }

  // Calls back when the microphone is unplugged or taken away.
  set onended(callback) {
    this.#stream.getAudioTracks()[0].onended = callback;
  }

  async #connect(onFrame) {
    try {
      this.#source = this.#context.createMediaStreamSource(this.#stream);
    } catch {
      // Firefox: the graph's rate is not the device's. A second context runs at the device's rate; the worklet resamples.
      this.#context = this.#own = new AudioContext({ latencyHint: 'interactive' });
      await this.#own.audioWorklet.addModule(new URL('capture-worklet.js', import.meta.url).href);
      this.#source = this.#own.createMediaStreamSource(this.#stream);
    }
    this.#node = new AudioWorkletNode(this.#context, 'speechbot-capture', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    this.#node.port.onmessage = ({ data }) => onFrame(data.pcm16, data.level);
    this.#source.connect(this.#node);
  }

  close() {
    this.#node.port.onmessage = null;
    this.#source.disconnect();
    this.#stream.getTracks().forEach(track => track.stop());
    this.#own?.close();
  }
}

export class MicrophoneError extends Error {}

async function request(deviceId) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new MicrophoneError('Your browser gives the microphone only to secure pages. On this PC open http://localhost:'
      + `${location.port || 80}; for a phone start SpeechBot with its "lan" profile, which serves https.`);
  }
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        deviceId: deviceId ? { ideal: deviceId } : undefined,
        sampleRate,
        channelCount: 1,
        // The answer comes out of a loudspeaker next to the microphone: without this the bot would hear itself.
        echoCancellation: true,
        // Made for people on the telephone: Whisper hears "asked" for "ask" in what it leaves of a voice, and knows noise by itself.
        noiseSuppression: false,
        autoGainControl: true,
      },
    });
  } catch (error) {
    throw new MicrophoneError(words[error.name] ?? `The microphone could not be opened (${error.message || error.name}). Typing works meanwhile.`);
  }
}

const words = {
  NotAllowedError: 'I can\'t hear you: your browser blocks the microphone. Allow it with the icon beside the address, then press again.',
  NotFoundError: 'I can\'t hear you: no microphone is connected. Plug one in and press again, or type.',
  NotReadableError: 'I can\'t hear you: another program is using the microphone. Close it and press again, or type.',
  OverconstrainedError: 'The chosen microphone is gone. Choose another one in the settings.',
  SecurityError: 'I can\'t hear you: this page may not use the microphone. Open it directly, not inside another page.',
};

export async function devices() {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  const of = kind => all.filter(device => device.kind === kind && device.deviceId)
    .map((device, i) => ({ id: device.deviceId, label: device.label || `${kind === 'audioinput' ? 'Microphone' : 'Loudspeaker'} ${i + 1}` }));
  return { microphones: of('audioinput'), loudspeakers: of('audiooutput') };
}
