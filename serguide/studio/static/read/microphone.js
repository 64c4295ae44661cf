/** The microphone: which one, whether it may be heard, and its sound in blocks of 48 kHz. */

import { RATE } from "./reel.js";
import { Resampler } from "./resampler.js";

const WANTED = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Told in place of what browsers call it. */
export class NoMicrophone extends Error {
  /** @param {"denied" | "missing"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * Open a microphone; raises NoMicrophone.
 *
 * @param {string} device - its id, empty for the usual one
 * @param {(block: Float32Array) => void} hear
 * @param {() => void} lost - called when it is unplugged or taken away
 */
export async function openMicrophone(device, hear, lost) {
  const stream = await asked(device);
  const { context, source } = joined(stream);
  const resampler = context.sampleRate === RATE ? null : new Resampler(context.sampleRate, RATE);
  await context.audioWorklet.addModule("/static/read/recorder.worklet.js");
  const recorder = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0 });
  const analyser = new AnalyserNode(context, { fftSize: 32_768, smoothingTimeConstant: 0 });
  recorder.port.onmessage = ({ data }) => hear(resampler?.push(data) ?? data);
  source.connect(recorder);
  source.connect(analyser);
  await context.resume();
  const track = stream.getAudioTracks()[0];
  track?.addEventListener("ended", lost);
  return {
    label: track?.label ?? "",
    device: track?.getSettings().deviceId ?? "",
    /** @returns {{ decibels: Float32Array, width: number }} */
    spectrum() {
      const decibels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(/** @type {any} */ (decibels));
      return { decibels, width: context.sampleRate / analyser.fftSize };
    },
    close() {
      for (const each of stream.getTracks()) each.stop();
      recorder.port.onmessage = null;
      return context.close();
    },
  };
}

/**
 * Join a microphone to a context of our rate, or of its own where a browser joins no others.
 *
 * @param {MediaStream} stream
 */
function joined(stream) {
  const context = new AudioContext({ sampleRate: RATE });
  try {
    return { context, source: context.createMediaStreamSource(stream) };
  } catch {
    void context.close();
    const own = new AudioContext();
    return { context: own, source: own.createMediaStreamSource(stream) };
  }
}

/** Return the microphones that there are; their names only once one may be heard. */
export async function microphones() {
  const found = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return found.filter(({ kind }) => kind === "audioinput");
}

/** Tell whether a microphone may be heard without asking. */
export async function allowed() {
  try {
    const name = /** @type {PermissionName} */ (/** @type {unknown} */ ("microphone"));
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
}

/** @param {string} device */
async function asked(device) {
  if (!navigator.mediaDevices) throw new NoMicrophone("missing");
  try {
    const audio = device ? { ...WANTED, deviceId: { exact: device } } : WANTED;
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "OverconstrainedError" && device) return asked("");
    throw new NoMicrophone(name === "NotAllowedError" ? "denied" : "missing");
  }
}
