/** `look`: it works and should be looked at. `wrong`: something does not work, or soon will not. */
export type Mark = 'ok' | 'look' | 'wrong'

export type Finding = {
  /** What was checked, in a word or two. */
  check: string
  mark: Mark
  says: string
  mend?: string
}

export const fine = (check: string, says: string): Finding => ({ check, mark: 'ok', says })
export const look = (check: string, says: string, mend: string): Finding => ({ check, mark: 'look', says, mend })
export const wrong = (check: string, says: string, mend: string): Finding => ({ check, mark: 'wrong', says, mend })

/** `93 s`, `14 min`, `5 h`, `3 days`. @param ms not negative */
export function span(ms: number): string {
  const s = Math.round(ms / 1000)
  if (s < 120) return `${s} s`
  if (s < 7_200) return `${Math.round(s / 60)} min`
  return s < 172_800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`
}

export const size = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
