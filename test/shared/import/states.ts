/** Texts that no result may hold, each of another kind of attribute. */
export const canaries = {
  password: 'canary-hunter2-password',
  privateKey: '-----BEGIN canary RSA PRIVATE KEY-----',
  name: 'canary-checkout-prod',
  account: '424242424242',
  token: 'ghp_canary0123456789abcdef',
  host: 'canary-db.internal.example.com',
  tag: 'canarycostcentre',
  output: 'canary-output-value',
  region: 'canary-region-secret',
}

/** Every kind of place where a state holds what is nobody's business. */
export const secretAttributes = {
  name: canaries.name,
  password: canaries.password,
  private_key_pem: canaries.privateKey,
  endpoint: canaries.host,
  tags: { [canaries.tag]: canaries.tag },
  settings: [{ nested: [{ token: canaries.token }] }],
  user_data: `TOKEN=${canaries.token}`,
}

type Attributes = Record<string, unknown>

/** A resource of a state: its type with its instances' attributes. */
export function stateResource(type: string, ...instances: Attributes[]) {
  const provider = { azurerm: 'azurerm', google: 'google', aws: 'aws' }[type.split('_')[0] ?? ''] ?? type.split('_')[0]
  return {
    module: `module.${canaries.name}`,
    mode: 'managed',
    type,
    name: canaries.name,
    provider: `provider["registry.terraform.io/hashicorp/${provider}"]`,
    instances: (instances.length === 0 ? [{}] : instances).map((attributes, at) => ({
      index_key: `${canaries.name}-${at}`,
      schema_version: 0,
      attributes: { ...secretAttributes, ...attributes },
      sensitive_attributes: [[{ type: 'get_attr', value: 'password' }]],
      private: canaries.token,
      dependencies: [`aws_instance.${canaries.name}`],
    })),
  }
}

export const stateOf = (resources: readonly unknown[]) => ({
  version: 4,
  terraform_version: '1.11.4',
  serial: 7,
  lineage: canaries.token,
  outputs: { secret: { value: canaries.output, type: 'string' } },
  resources,
  check_results: null,
})

export const arn = (service: string, region: string, rest: string) =>
  `arn:aws:${service}:${region}:${canaries.account}:${rest}`

const group = '/subscriptions/s-1/resourceGroups/shop'
const azure = (type: string) => `${group}/providers/Microsoft.${type}`

/** Forty types over three clouds, as a state has them. */
export const threeClouds = stateOf([
  stateResource('aws_lambda_function', { region: 'eu-west-1' }, { arn: arn('lambda', 'us-east-1', 'function:pay') }),
  stateResource('aws_lambda_permission', { region: 'eu-west-1' }),
  stateResource('aws_sqs_queue', { url: 'https://sqs.eu-west-1.amazonaws.com/424242424242/q' }),
  stateResource('aws_sns_topic', { arn: arn('sns', 'eu-west-1', 'topic') }),
  stateResource('aws_dynamodb_table', { arn: arn('dynamodb', 'eu-west-1', 'table/t') }),
  stateResource('aws_s3_bucket', { arn: 'arn:aws:s3:::b', bucket_region: 'eu-central-1' }),
  stateResource('aws_iam_role', { arn: arn('iam', '', 'role/r') }),
  stateResource('aws_route53_record', { zone_id: 'Z0123', records: [canaries.host] }),
  stateResource('aws_cloudfront_distribution', { region: 'us-east-1' }),
  stateResource('aws_subnet', { availability_zone: 'us-east-1a', availability_zone_id: 'use1-az4' }),
  stateResource('aws_instance', { availability_zone: 'us-east-1a' }, { availability_zone: 'us-east-1b' }),
  stateResource('aws_ebs_volume', { availability_zone_id: 'use1-az4' }),
  stateResource('aws_db_instance', { availability_zone: 'eu-west-1c', engine: 'postgres' }),
  stateResource('aws_rds_cluster', { region: 'eu-west-1', engine: 'aurora-postgresql' }),
  stateResource('aws_eks_cluster', { arn: arn('eks', 'eu-west-1', 'cluster/c') }),
  stateResource('aws_kms_key', { arn: arn('kms', 'us-gov-west-1', 'key/k') }),
  stateResource('azurerm_resource_group', { id: group, location: 'westeurope' }),
  stateResource('azurerm_kubernetes_cluster', {
    id: azure('ContainerService/managedClusters/c'),
    location: 'northeurope',
  }),
  stateResource('azurerm_kubernetes_cluster_node_pool', {
    id: azure('ContainerService/managedClusters/c/agentPools/p'),
    zones: ['1', '2'],
  }),
  stateResource('azurerm_mssql_server', { id: azure('Sql/servers/s'), location: 'westeurope' }),
  stateResource('azurerm_mssql_database', { id: azure('Sql/servers/s/databases/d') }),
  stateResource('azurerm_storage_account', { id: azure('Storage/storageAccounts/a'), location: 'West Europe' }),
  stateResource('azurerm_storage_container', {
    id: azure('Storage/storageAccounts/a/blobServices/default/containers/c'),
  }),
  stateResource('azurerm_key_vault_secret', { id: azure('KeyVault/vaults/v/secrets/s'), value: canaries.password }),
  stateResource('azurerm_cdn_frontdoor_profile', { id: azure('Cdn/profiles/f'), location: 'global' }),
  stateResource('azurerm_linux_web_app', { id: azure('Web/sites/w'), location: 'swedencentral' }),
  stateResource('azurerm_cognitive_account', { kind: 'OpenAI', location: 'eastus' }),
  stateResource('azurerm_dns_zone', { id: azure('Network/dnsZones/z') }),
  stateResource('azapi_resource', { type: 'Microsoft.App/containerApps@2024-03-01', location: 'westeurope' }),
  stateResource('google_compute_instance', { zone: 'europe-west4-a' }, { zone: 'europe-west4-b' }),
  stateResource('google_compute_disk', {
    self_link: 'https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-f/disks/d',
  }),
  stateResource('google_container_cluster', { location: 'europe-west4' }),
  stateResource('google_container_node_pool', { id: 'projects/p/locations/europe-west4/clusters/c/nodePools/n' }),
  stateResource('google_sql_database_instance', { region: 'europe-west1' }),
  stateResource('google_sql_database', { id: 'projects/p/instances/i/databases/d' }),
  stateResource('google_storage_bucket', { location: 'EU' }),
  stateResource('google_pubsub_topic', { id: 'projects/p/topics/t' }),
  stateResource('google_cloud_run_v2_service', { location: 'europe-west1' }),
  stateResource('google_bigquery_dataset', { location: 'europe-west1' }),
  stateResource('google_dns_managed_zone', { id: 'projects/p/managedZones/z' }),
  stateResource('cloudflare_record', { zone_id: 'z' }),
  stateResource('datadog_monitor', { api_key: canaries.token }),
  stateResource('random_password', { result: canaries.password }),
  stateResource('helm_release', { values: [canaries.token] }),
  { ...stateResource('aws_instance', { availability_zone: 'ap-south-1a' }), mode: 'data' },
])
