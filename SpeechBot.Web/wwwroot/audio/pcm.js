// Sample formats. On the wire and in clips: 16-bit mono at 24 kHz, which is what the Realtime protocol speaks.
export const sampleRate = 24000;

export function toFloat(pcm16) {
  const samples = new Float32Array(pcm16.length);
  for (let i = 0; i < pcm16.length; i++) samples[i] = pcm16[i] / 32768;
  return samples;
}

export function toPcm16(samples) {
  const pcm16 = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) pcm16[i] = Math.max(-1, Math.min(1, samples[i])) * 32767;
  return pcm16;
}

export function fromBase64(text) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  return new Int16Array(bytes.buffer, 0, bytes.length >> 1);
}

export function toBase64(pcm16) {
  const bytes = new Uint8Array(pcm16.buffer, pcm16.byteOffset, pcm16.byteLength);
  let text = '';
  // In pieces: String.fromCharCode takes its bytes as arguments, and a call takes only so many.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export function join(chunks) {
  const whole = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

export function toWav(pcm16) {
  const header = new DataView(new ArrayBuffer(44));
  const text = (at, word) => [...word].forEach((c, i) => header.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  header.setUint32(4, 36 + pcm16.byteLength, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sampleRate, true);
  header.setUint32(28, sampleRate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, pcm16.byteLength, true);
  return new Blob([header, pcm16], { type: 'audio/wav' });
}
