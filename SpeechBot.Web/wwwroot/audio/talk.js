import { bindButton } from './button.js';
import { Clips } from './clips.js';
import { Graph } from './graph.js';
import { Listener } from './listener.js';
import { MicrophoneError, devices } from './microphone.js';
import { Onset } from './onset.js';
import { Player } from './player.js';
import { Realtime } from './realtime.js';
import { Tap } from './tap.js';

export { devices };

const tap = new Tap();
window.speechBot = { tap };

export async function start(page) {
  const talk = new Talk(page, await Graph.open());
  tap.attach(talk.graph);
  return talk;
}

const reportMs = 200;
// The ears say so by then when it was a voice.
const surelyMs = 400;
// After a noise the ears alone decide for a while: a keyboard should not chop an answer up.
const calmMs = 3000;
// Softer than any voice at arm's length.
const quiet = 0.003;
const replayed = 'replay:';

// The page's side of a talk: what the button does, which audio goes where, and what the page is told (AudioState).
class Talk {
  #page;
  #player;
  #listener;
  #clips = new Clips();
  #onset = new Onset();
  #ducking = 0;
  #yielding = false;
  #voice = false;
  #calmUntil = 0;
  #realtime = null;
  #button = null;
  #unbind = () => {};
  #settings = { mode: 'PushToTalk' };
  #state = { microphone: false, recording: false, playing: null, connected: null, message: null };
  #reportedAt = 0;

  constructor(page, graph) {
    this.#page = page;
    this.graph = graph;
    this.#listener = new Listener(graph.context, (pcm16, level) => this.#send(pcm16, level), level => this.#button?.style.setProperty('--level', level.toFixed(3)));
    this.#player = new Player(graph);
    for (const type of ['started', 'position', 'ended', 'flushed']) {
      this.#player.addEventListener(type, ({ detail }) => this.#played(type, detail));
    }
    // Typing is a gesture too: whatever is pressed first lets the sound out.
    for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, () => graph.resume(), { capture: true });
  }

  bind(button) {
    this.#unbind();
    this.#button = button;
    this.#unbind = bindButton(button, () => this.#pressed(), () => this.#released());
  }

  async configure(settings) {
    const before = this.#settings;
    this.#settings = settings;
    this.#player.volume = settings.volume ?? 1;
    if (settings.loudspeaker !== before.loudspeaker) {
      await this.graph.useLoudspeaker(settings.loudspeaker)
        .catch(() => this.#tell({ message: 'The chosen loudspeaker is gone; the system\'s own is used.' }));
    }
    if (settings.microphone !== before.microphone || settings.mode !== before.mode) this.#closeMicrophone();
  }

  connect(sessionId) {
    this.#realtime?.close();
    this.#closeMicrophone();
    this.#silence();
    const realtime = this.#realtime = new Realtime(sessionId);
    const on = (type, handler) => realtime.addEventListener(type, ({ detail }) => handler(detail));
    on('connection', connected => this.#connection(connected));
    on('audio', ({ item, pcm16 }) => this.#answer(item, pcm16));
    on('response.output_audio.done', ({ item_id }) => this.#player.end(item_id));
    on('output_audio_buffer.cleared', () => this.#silence());
    on('speechbot.output_audio.duck', () => this.#yield());
    on('speechbot.output_audio.resume', () => this.#resume());
    on('conversation.item.deleted', ({ item_id }) => this.#clips.remove(item_id));
    on('input_audio_buffer.speech_started', ({ audio_start_ms }) => this.#begin(audio_start_ms));
    on('input_audio_buffer.speech_stopped', ({ audio_end_ms }) => this.#listener.end(audio_end_ms));
    on('input_audio_buffer.committed', ({ item_id }) => this.#keep(item_id));
    on('input_audio_buffer.cleared', () => this.#forget());
    on('error', ({ error }) => this.#tell({ message: error.message }));
  }

  // Plays a clip, or stops it when it is the one that plays. False when the page does not have it.
  replay(id) {
    const again = this.#player.item === replayed + id;
    if (this.#player.item !== null) this.stop();
    if (again || !this.#clips.has(id)) return again;
    this.graph.resume();
    this.#player.push(replayed + id, this.#clips.get(id));
    this.#player.end(replayed + id);
    return true;
  }

  download(id, name) {
    if (!this.#clips.has(id)) return false;
    this.#clips.download(id, name);
    return true;
  }

  stop() {
    // An answer that is held for a voice over it is not over either.
    const answering = this.#busy || (this.#player.item !== null && !this.#replaying);
    this.#player.flush();
    if (answering) this.#realtime?.send('response.cancel');
  }

  close() {
    this.#unbind();
    this.#realtime?.close();
    this.#closeMicrophone();
    return this.graph.close();
  }

  get #handsFree() {
    return this.#settings.mode !== 'PushToTalk';
  }

  get #replaying() {
    return this.#player.item?.startsWith(replayed) ?? false;
  }

  // The answer is on its way or being spoken: the session's state stands on the button.
  get #busy() {
    return ['thinking', 'deciding', 'speaking'].includes(this.#button?.dataset.state);
  }

  #pressed() {
    this.graph.resume();
    this.#tell({ message: null });
    if (this.#player.item !== null || this.#busy) this.stop();
    else if (this.#state.recording) this.#finish();
    else this.#listen();
  }

  #released() {
    if (this.#state.recording && !this.#handsFree) this.#finish();
  }

  async #listen() {
    if (!this.#realtime?.connected) {
      this.#tell({ message: 'There is no connection to SpeechBot right now. It is being tried again.' });
      return;
    }
    this.#tell({ recording: true });
    try {
      await this.#listener.start(this.#settings.microphone, () => {
        this.#closeMicrophone();
        this.#tell({ message: 'The microphone was disconnected.' });
      });
      if (!this.#handsFree) this.#listener.begin(this.#realtime.sentMs);
      this.#tell({ microphone: true });
    } catch (error) {
      this.#tell({ recording: false, message: error instanceof MicrophoneError ? error.message : String(error) });
    }
  }

  #finish() {
    if (this.#handsFree) {
      this.#closeMicrophone();
      return;
    }
    this.#listener.pause();
    this.#listener.end(this.#realtime.sentMs);
    const complaint = this.#listener.complaint;
    this.#tell({ recording: false, message: complaint });
    if (complaint) {
      this.#listener.take();
      this.#realtime.send('input_audio_buffer.clear');
    } else {
      this.#realtime.send('input_audio_buffer.commit');
      this.#realtime.send('response.create');
    }
  }

  // The ears are sure of a voice: from here on they tell when the answer goes on.
  #yield() {
    this.#yielding = true;
    this.#hold(true);
  }

  // It was only a cough or a "mhm": the answer goes on, and the sound of it belongs to no turn.
  #resume() {
    this.#yielding = false;
    this.#hold(false);
    this.#listener.take();
  }

  // Hands free, the ears listen to everything but a clip of this visit: it would be answered.
  #send(pcm16, level) {
    const begins = this.#onset.heard(level, performance.now());
    if (begins && this.#handsFree && this.#player.item !== null && !this.#replaying) this.#duck();
    const canWait = this.#handsFree && level < quiet && !this.#voice && !this.#busy && this.#player.item === null;
    return this.#realtime.sendAudio(this.#handsFree && this.#replaying ? new Int16Array(pcm16.length) : pcm16, canWait);
  }

  #begin(ms) {
    this.#voice = true;
    this.#listener.begin(ms);
  }

  // Somebody seems to begin. Unless the ears find a voice in it, the answer goes on.
  #duck() {
    if (this.#yielding || performance.now() < this.#calmUntil) return;
    this.#hold(true);
    this.#ducking = setTimeout(() => {
      this.#player.hold(false);
      this.#calmUntil = performance.now() + calmMs;
    }, surelyMs);
  }

  #hold(on) {
    clearTimeout(this.#ducking);
    this.#player.hold(on);
  }

  #silence() {
    this.#yielding = false;
    clearTimeout(this.#ducking);
    this.#player.flush();
  }

  // It was a noise, or nothing to be answered. By button the page itself knows what it throws away.
  #forget() {
    this.#voice = false;
    if (this.#handsFree) this.#listener.take();
  }

  #keep(item) {
    this.#voice = false;
    const recording = this.#listener.take();
    if (recording) this.#clips.append(item, recording);
  }

  #answer(item, pcm16) {
    this.#player.push(item, pcm16);
    this.#clips.append(item, pcm16);
    if (this.graph.context.state !== 'running') this.#tell({ message: 'Press anywhere to hear the answer: browsers keep pages silent until then.' });
  }

  #played(type, { item, ms, at, level }) {
    this.#onset.played(level, at);
    if (item.startsWith(replayed)) {
      this.#tell({ playing: this.#player.item?.slice(replayed.length) ?? null });
      return;
    }
    if (type === 'position' && at - this.#reportedAt < reportMs) return;
    this.#reportedAt = at;
    const ended = type === 'ended' || type === 'flushed';
    this.#realtime?.send('speechbot.playback', { item_id: item, played_ms: ms, at: this.#realtime.onSessionClock(at), ended });
  }

  #connection(connected) {
    this.#listener.clear();
    this.#voice = false;
    // Hands free, the microphone stays open meanwhile: who talks without hands should not have to press again.
    if (!connected && !this.#handsFree) this.#closeMicrophone();
    this.#tell({ connected, message: connected ? null : this.#state.message });
  }

  #closeMicrophone() {
    // Ears that are told nothing would wait for the rest of the sentence, and an answer under it with them.
    if (this.#state.recording && this.#handsFree) this.#realtime?.send('input_audio_buffer.clear');
    this.#listener.close();
    this.#tell({ microphone: false, recording: false });
  }

  #tell(change) {
    const next = { ...this.#state, ...change };
    if (Object.keys(next).every(key => next[key] === this.#state[key])) return;
    this.#state = next;
    this.#page.invokeMethodAsync('OnAudioChanged', next).catch(() => {});
  }
}
