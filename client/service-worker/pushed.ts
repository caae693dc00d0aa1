import type { PushNotice } from '../../shared/domain/push.ts'
import { noticeTitles as de } from '../words/de/push.ts'
import { noticeTitles as en } from '../words/en/push.ts'
import { noticeTitles as ja } from '../words/ja/push.ts'

export type ShownNotice = { title: string; options: NotificationOptions & { renotify: boolean } }

const titles: Readonly<Record<string, typeof en>> = { en, de, ja }

/**
 * What was pushed → what is shown, in the reader's language. Only our own server can push, with its key; what an older
 * or newer one sends is read as far as it is understood. @param basePath of the page
 */
export function shownNotice(pushed: unknown, basePath: string): ShownNotice {
  const notice = typeof pushed === 'object' && pushed !== null ? (pushed as Partial<PushNotice>) : {} // each is looked at
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const place = text(notice.place) || 'Nephoscope'
  const language = text(notice.language)
  const say = Object.hasOwn(titles, language) ? (titles[language] ?? en) : en
  const isLoud = notice.isLoud === true
  const title = titleOf(say, text(notice.what), place, text(notice.by), text(notice.state))
  const why = language === 'en' ? text(notice.why) : ''
  return {
    title: notice.isSimulated === true ? say.simulated(title) : title,
    options: {
      body: [text(notice.title), why].filter(line => line !== '').join('\n'),
      lang: language === '' ? 'en' : language,
      tag: text(notice.tag) || 'nephoscope',
      renotify: isLoud,
      silent: !isLoud,
      icon: `${basePath}/icons/icon-192.png`,
      data: text(notice.incident) === '' ? `${basePath}/` : `${basePath}/incident/${text(notice.incident)}`,
    },
  }
}

function titleOf(say: typeof en, what: string, place: string, by: string, state: string): string {
  switch (what) {
    case 'opened':
    case 'worsened':
    case 'resolved':
      return say[what](place)
    case 'acknowledged':
      return say.acknowledged(place, by)
    default:
      return state === '' ? place : `${place}: ${state}`
  }
}
