import type { Silence } from '../en/sources.ts'
import type { Words } from '../words.ts'

export const sources: Words['sources'] = {
  answering: (answering, total) => `情報源${total}件中${answering}件が応答`,
  notAsked: n => `、${n}件は未取得`,
  more: n => `ほか${n}件`,
  silence({ name, host, since, why, next }: Silence): string {
    const silent = since === null ? 'まだ一度も応答していません' : `${since}から応答していません`
    return `${name}（${host}）は${silent}${why === null ? '' : `（${why}）`}。${next === null ? '' : `次回の試行は${next}。`}`
  },
}
