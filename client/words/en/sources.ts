/** A source that does not answer; the times as they are told. */
export type Silence = {
  name: string
  host: string
  /** Null where it never answered. */
  since: string | null
  why: string | null
  next: string | null
}

export const sources = {
  answering: (answering: number, total: number) => `${answering} of ${total} sources answer`,
  /** After it. */
  notAsked: (n: number) => `, ${n} not asked yet`,
  more: (n: number) => `${n} more`,
  /** 'GitHub (githubstatus.com) has not answered since 13:40: timeout after 10 s. Next try 14:05.' */
  silence({ name, host, since, why, next }: Silence): string {
    const silent = since === null ? 'has never answered' : `has not answered since ${since}`
    return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Next try ${next}.`}`
  },
}
