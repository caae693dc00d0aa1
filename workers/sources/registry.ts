import type { SourceKind } from '../../shared/domain/source.ts'
import { awsEvents } from './aws-events.ts'
import { awsRss } from './aws-rss.ts'
import { azureRss } from './azure-rss.ts'
import { feed } from './feed.ts'
import { googleIncidents } from './google-incidents.ts'
import type { Reader } from './reader.ts'
import { statuspage } from './statuspage.ts'

/** The reader of every wire format. */
export const readers: Readonly<Record<SourceKind, Reader>> = {
  'azure-rss': azureRss,
  'aws-events': awsEvents,
  'aws-rss': awsRss,
  'google-incidents': googleIncidents,
  statuspage,
  feed,
}
