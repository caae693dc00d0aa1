export type Tone = {
  /** Gets ready to sound at the reader's next touch of the page: until then browsers let no page sound. */
  prepare(): void
  /** Sounds, or stays silent where the browser does not let it. */
  play(): void
}

/** Two falling notes, Hz, and when each begins, s. */
const NOTES = [
  [660, 0],
  [495, 0.18],
] as const
/** Of full loudness, at the loudest. */
const LOUDNESS = 0.06
/** How long a note fades, s. */
const FADE = 0.5

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
  const sound = (audio: AudioContext) => {
    for (const [frequency, after] of NOTES) {
      const at = audio.currentTime + after
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
    play() {
      const audio = context()
      if (audio === null) return
      if (audio.state === 'running') return sound(audio)
      // only inside a gesture does this come true soon; a tone that comes an hour late would be about nothing
      const asked = Date.now()
      audio.resume().then(
        () => Date.now() - asked < 1_000 && sound(audio),
        () => {},
      )
    },
  }
}
