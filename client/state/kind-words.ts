import type { SourceKind } from '../../shared/domain/source.ts'

/** What a source is, as people call it. */
export const kindWords: Readonly<Record<SourceKind, string>> = {
  'azure-rss': 'Azure status feed',
  'aws-events': 'AWS current events',
  'aws-rss': 'AWS status feed',
  'google-incidents': 'Google incident list',
  'oracle-components': 'Oracle Cloud status',
  statuspage: 'Statuspage',
  instatus: 'Instatus',
  statusio: 'Status.io',
  betterstack: 'Better Stack',
  cachet: 'Cachet',
  'uptime-kuma': 'Uptime Kuma',
  gatus: 'Gatus',
  upptime: 'Upptime',
  slack: 'Slack status',
  heroku: 'Heroku status',
  'rss-status': 'status feed',
  feed: 'news feed',
  probe: 'probe',
}
