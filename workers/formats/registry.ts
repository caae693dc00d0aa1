import type { WireFormat } from '../../shared/domain/source.ts'
import { feed } from '../feeds/feed.ts'
import { awsEvents } from './aws-events.ts'
import { awsRss } from './aws-rss.ts'
import { azureDevops } from './azure-devops.ts'
import { azureRss } from './azure-rss.ts'
import { betterstack } from './betterstack.ts'
import { cachet } from './cachet.ts'
import { cstate } from './cstate.ts'
import { firehydrant } from './firehydrant.ts'
import { gatus } from './gatus.ts'
import { googleIncidents } from './google-incidents.ts'
import { heroku } from './heroku.ts'
import { instatus } from './instatus.ts'
import { m365 } from './m365.ts'
import { okta } from './okta.ts'
import { oracleComponents } from './oracle.ts'
import { pagerduty } from './pagerduty.ts'
import type { Reader } from './reader.ts'
import { rootly } from './rootly.ts'
import { rssStatus } from './rss-status.ts'
import { salesforceTrust } from './salesforce-trust.ts'
import { slack } from './slack.ts'
import { statusio } from './statusio.ts'
import { statuspage } from './statuspage.ts'
import { statuspal } from './statuspal.ts'
import { upptime } from './upptime.ts'
import { uptimeKuma } from './uptime-kuma.ts'
import { zendesk } from './zendesk.ts'

export const readers: Readonly<Record<WireFormat, Reader>> = {
  'azure-rss': azureRss,
  'aws-events': awsEvents,
  'aws-rss': awsRss,
  'google-incidents': googleIncidents,
  'oracle-components': oracleComponents,
  statuspage,
  instatus,
  statusio,
  betterstack,
  cachet,
  'uptime-kuma': uptimeKuma,
  gatus,
  upptime,
  slack,
  heroku,
  'rss-status': rssStatus,
  'azure-devops': azureDevops,
  'salesforce-trust': salesforceTrust,
  zendesk,
  pagerduty,
  firehydrant,
  okta,
  statuspal,
  cstate,
  rootly,
  m365,
  feed,
}
