export type Tone = {
  /** Gets ready to sound at the reader's next touch of the page: until then browsers let no page sound. */
  prepare(): void
  /** Sounds so many times (1 where it is not said), or stays silent where the browser does not let it. */
  play(times?: number): void
}

/** Two falling notes, Hz, and when each begins, s. */
const NOTES = [
  [660, 0],
  [495, 0.18],
] as const
/** Of full loudness, at the loudest. */
const LOUDNESS = 0.06
/** How long a note fades, and the tone until it comes again, s. */
const [FADE, AGAIN] = [0.5, 0.8]

/** A soft tone. @see https://www.w3.org/TR/webaudio/ */
export function softTone(document: Document, newContext: () => AudioContext): Tone {
  let made: AudioContext | null = null
  const context = (): AudioContext | null => {
    try {
      made ??= newContext()
    } catch {
      // a machine without sound
    }
    return made
  }
  const sound = (audio: AudioContext, begin: number) => {
    for (const [frequency, after] of NOTES) {
      const at = begin + after
      const note = new OscillatorNode(audio, { type: 'sine', frequency })
      const gain = new GainNode(audio, { gain: 0 })
      gain.gain.setValueAtTime(0, at)
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.0001, at + FADE)
      note.connect(gain).connect(audio.destination)
      note.start(at)
      note.stop(at + FADE)
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
        for (let n = 0; n < times; n++) sound(audio, audio.currentTime + n * AGAIN)
      }
      if (audio.state === 'running') return all()
      // only inside a gesture does this come true soon; a tone that comes an hour late would be about nothing
      const asked = Date.now()
      audio.resume().then(
        () => Date.now() - asked < 1_000 && all(),
        () => {},
      )
    },
  }
}
