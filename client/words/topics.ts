/** Topic → what it is called; one of somebody's own sources file by its own words. */
export const topicIn =
  (names: Readonly<Record<string, string>>) =>
  (topic: string): string =>
    Object.hasOwn(names, topic) ? (names[topic] ?? topic) : topic.replaceAll('-', ' ')

/** Primary language subtag → the language's name where `locale` is spoken; the tag itself where it is unknown. */
export function languagesIn(locale: string): (tag: string) => string {
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  return tag => names.of(tag) ?? tag
}
