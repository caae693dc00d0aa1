import { describe, expect, test } from 'vitest'
import { parseTypes } from '../../../shared/import/type-table.ts'
import { services, targets, types, vendors } from './knowledge.ts'

const terraform = `aws_lambda_function aws/lambda
aws_vpc aws/vpc
aws_nat_gateway aws/natgateway
aws_db_instance aws/rds
aws_ebs_volume aws/ebs
aws_cloudwatch_log_group aws/cloudwatch-logs
aws_eks_cluster aws/eks
aws_s3_bucket aws/s3
aws_route53_record aws/route53
aws_sqs_queue aws/sqs
aws_dynamodb_table aws/dynamodb
aws_iam_role aws/iam
aws_cloudfront_distribution aws/cloudfront
aws_kinesis_firehose_delivery_stream aws/firehose
aws_opensearch_domain aws/opensearch
aws_wafv2_web_acl aws/waf
aws_secretsmanager_secret aws/secretsmanager
azurerm_kubernetes_cluster_node_pool azure/aks
azurerm_linux_web_app azure/app-service
azurerm_mssql_database azure/sql-database
azurerm_storage_account azure/storage
azurerm_cdn_frontdoor_profile azure/front-door
azurerm_key_vault azure/key-vault
azurerm_postgresql_flexible_server azure/postgresql
azurerm_cosmosdb_account azure/cosmos-db
azurerm_virtual_network_gateway azure/vpn-gateway
azurerm_express_route_circuit azure/expressroute
azurerm_cognitive_account azure/ai-services
google_storage_bucket google/cloud-storage
google_compute_router_nat google/cloud-nat
google_container_cluster google/gke
google_cloudfunctions2_function google/cloud-functions
google_sql_database_instance google/cloud-sql
google_bigquery_dataset google/bigquery
google_dns_managed_zone google/cloud-dns
google_secret_manager_secret google/secret-manager
google_spanner_instance google/spanner
google_artifact_registry_repository google/artifact-registry
google_vertex_ai_endpoint google/vertex-online-prediction
digitalocean_kubernetes_cluster digitalocean/kubernetes
linode_lke_cluster linode/kubernetes
scaleway_k8s_cluster scaleway/kapsule
ovh_cloud_project_kube ovh/kubernetes
oci_containerengine_cluster oracle/oke
oci_database_autonomous_database oracle/autonomous-database
alicloud_instance alibaba/ecs
cloudflare_record cloudflare
github_repository github
mongodbatlas_cluster mongodb
ec_deployment elastic
aws_rds_cluster aws/aurora
aws_rds_cluster:postgres aws/rds
aws_rds_cluster:aurora-mysql aws/aurora
aws_ami_copy aws/ec2
azurerm_cognitive_account:OpenAI azure/openai
google_container_registry google/container-registry`

const cloudformation = `AWS::EC2::Instance aws/ec2
AWS::EC2::VPC aws/vpc
AWS::EC2::VPCEndpoint aws/privatelink
AWS::EC2::Volume aws/ebs
AWS::EC2::NatGateway aws/natgateway
AWS::RDS::DBCluster aws/aurora
AWS::ElasticLoadBalancingV2::LoadBalancer aws/elb
AWS::Events::Rule aws/eventbridge
AWS::S3::Bucket aws/s3
AWS::Serverless::Function aws/lambda`

const arm = `Microsoft.ContainerService/managedClusters azure/aks
Microsoft.Web/sites azure/app-service
Microsoft.Web/sites:functionapp,linux azure/functions
Microsoft.App/containerApps azure/container-apps`

const cases = { terraform, cloudformation, arm }

describe.each(['terraform', 'cloudformation', 'arm'] as const)('%s', name => {
  test.each(cases[name].split('\n').map(line => line.split(' ')))('%s is of %s', (written = '', target) => {
    const [, type = '', variant] = /^(.+?)(?:(?<!:):(?!:)([\w,-]+))?$/.exec(written) ?? []
    expect(types[name](type, variant)).toEqual([target])
  })
})

test('a type that no pattern fits is of nothing', () => {
  expect(types.terraform('kubernetes_deployment')).toEqual([])
  expect(types.terraform('x'.repeat(100_000))).toEqual([])
})

test('a vault is of both services that it serves', () =>
  expect(types.arm('Microsoft.RecoveryServices/vaults')).toEqual(['azure/recovery-services', 'azure/site-recovery']))

test('a table with a wrong line says which, and what to write', () =>
  expect(() => parseTypes('x.tsv', 'target\ttypes\nAWS Lambda\taws_lambda_*')).toThrow(
    "x.tsv line 2: 'target: AWS Lambda' is neither a service nor a vendor: write it like aws/lambda or stripe",
  ))

test('every target of the tables is a service of the catalogue or a vendor of the list', () =>
  expect([...targets].filter(target => !services.has(target) && !vendors.has(target))).toEqual([]))
