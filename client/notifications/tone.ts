export type Tone = {
  /** Enables sound at the reader's next click or key: browsers allow a page no sound before. */
  prepare(): void
  /** Plays the tone `times` times; silent where the browser forbids it. */
  play(times?: number): void
}

/** Two falling notes: frequency in Hz, start in s. */
const NOTES = [
  [660, 0],
  [495, 0.18],
] as const
/** Peak gain, 0 to 1. */
const PEAK_GAIN = 0.06
const FADE_S = 0.5
const REPEAT_INTERVAL_S = 0.8

/** @see https://www.w3.org/TR/webaudio/ */
export function softTone(document: Document, newContext: () => AudioContext): Tone {
  let made: AudioContext | null = null
  const context = (): AudioContext | null => {
    try {
      made ??= newContext()
    } catch {
      // the machine has no sound
    }
    return made
  }
  const sound = (audio: AudioContext, begin: number) => {
    for (const [frequency, after] of NOTES) {
      const at = begin + after
      const note = new OscillatorNode(audio, { type: 'sine', frequency })
      const gain = new GainNode(audio, { gain: 0 })
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(PEAK_GAIN, at + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.0001, at + FADE_S)
      note.connect(gain).connect(audio.destination)
      note.start(at)
      note.stop(at + FADE_S)
    }
  }
  return {
    prepare() {
      const unlock = () => void context()?.resume()
      for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, unlock, { once: true })
    },
    play(times = 1) {
      const audio = context()
      if (audio === null) return
      const all = () => {
        for (let n = 0; n < times; n++) sound(audio, audio.currentTime + n * REPEAT_INTERVAL_S)
      }
      if (audio.state === 'running') return all()
      // outside a gesture this may resolve much later: a late tone would announce nothing
      const asked = Date.now()
      audio.resume().then(
        () => Date.now() - asked < 1_000 && all(),
        () => {},
      )
    },
  }
}
