import type { Silence } from '../en/sources.ts'
import type { Words } from '../words.ts'

export const sources: Words['sources'] = {
  answering: (answering, total) => `${answering} von ${total} Quellen ${answering === 1 ? 'antwortet' : 'antworten'}`,
  notAsked: n => `, ${n} noch nicht abgefragt`,
  more: n => `${n} weitere`,
  silence({ name, host, since, why, next }: Silence): string {
    const silent = since === null ? 'hat noch nie geantwortet' : `hat seit ${since} nicht geantwortet`
    return `${name} (${host}) ${silent}${why === null ? '' : `: ${why}`}.${next === null ? '' : ` Nächster Versuch ${next}.`}`
  },
}
