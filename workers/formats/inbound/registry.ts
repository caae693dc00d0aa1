import type { InboundFormat } from '../../../shared/domain/source.ts'
import { alertmanager, grafana } from './alerts.ts'
import { awsHealth } from './aws-health.ts'
import { azureServiceHealth } from './azure-service-health.ts'
import { googleServiceHealth } from './google-service-health.ts'
import type { InboundReader } from './inbound-reader.ts'
import { mappedJson } from './mapped-json.ts'

export const inboundReaders: Readonly<Record<InboundFormat, InboundReader>> = {
  'azure-service-health': azureServiceHealth,
  'aws-health': awsHealth,
  'google-service-health': googleServiceHealth,
  alertmanager,
  grafana,
  json: mappedJson,
}
