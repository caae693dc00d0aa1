import type { Feed } from './feed.ts'

/** @see https://www.jsonfeed.org/version/1.1/ */
export const jsonFeed = (feed: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: feed.self,
    items: feed.items.map(item => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_text: item.text,
      date_published: item.publishedAt,
      date_modified: item.updatedAt,
      ...(item.author === null ? {} : { authors: [{ name: item.author }] }),
      ...(item.image === null ? {} : { image: item.image }),
      tags: item.tags,
    })),
  })
