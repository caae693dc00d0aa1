import { io } from 'socket.io-client'
import { mount } from 'svelte'
import type { Article } from '../../shared/domain/article.ts'
import type { Event } from '../../shared/domain/events.ts'
import type { Incident } from '../../shared/domain/incident.ts'
import List from './List.svelte'

/** As many rows as the dashboard draws of each. */
const SHOWN = 60

const snapshot = await (await fetch('/api/snapshot')).json()
const incidents = new Map<string, Incident>(snapshot.incidents.map((one: Incident) => [one.id, one]))
const articles = new Map<string, Article>(snapshot.articles.map((one: Article) => [one.id, one]))

const newest = <T>(records: Iterable<T>, at: (record: T) => string): T[] =>
  [...records].sort((a, b) => (at(a) < at(b) ? 1 : -1)).slice(0, SHOWN)

mount(List, {
  target: document.body,
  props: {
    follow(show: (incidents: Incident[], articles: Article[]) => void) {
      const showNewest = () =>
        show(
          newest(incidents.values(), one => one.updatedAt),
          newest(articles.values(), one => one.publishedAt),
        )
      let isAsked = false
      io({ transports: ['websocket'], auth: { channels: ['all'], since: snapshot.head } }).on(
        'event',
        (event: Event) => {
          if (event.type.startsWith('incident.')) incidents.set((event.data as Incident).id, event.data as Incident)
          if (event.type.startsWith('article.')) articles.set((event.data as Article).id, event.data as Article)
          if (isAsked) return
          isAsked = true
          requestAnimationFrame(() => {
            isAsked = false
            showNewest()
          })
        },
      )
      showNewest()
    },
  },
})
