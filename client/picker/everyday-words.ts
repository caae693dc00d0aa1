import { foldName } from '../../shared/services/service-names.ts'

/** Words that people use for the same thing of any cloud, each with the services that it may mean. */
const words = `
kubernetes, k8s: aws/eks azure/aks google/gke oracle/oke digitalocean/kubernetes linode/kubernetes ibm/kubernetes alibaba/ack ovh/kubernetes scaleway/kapsule vultr/kubernetes
vm, vms, virtual machine, server, instance: aws/ec2 azure/virtual-machines google/compute-engine oracle/compute digitalocean/droplets linode/compute hetzner/cloud scaleway/instances vultr/compute
container, containers, docker: aws/ecs aws/fargate azure/container-apps google/cloud-run scaleway/containers oracle/container-instances
bucket, object storage, blob: aws/s3 azure/storage google/cloud-storage oracle/object-storage digitalocean/spaces linode/object-storage ibm/cos alibaba/oss scaleway/object-storage vultr/object-storage
disk, volume, block storage: aws/ebs azure/managed-disks google/persistent-disk oracle/block-volume digitalocean/volumes hetzner/volumes linode/block-storage
serverless, faas, functions: aws/lambda azure/functions google/cloud-functions google/cloud-run oracle/functions digitalocean/functions alibaba/fc
postgres, postgresql: aws/rds aws/aurora azure/postgresql google/cloud-sql google/alloydb oracle/postgresql digitalocean/databases
mysql, mariadb: aws/rds aws/aurora azure/mysql google/cloud-sql oracle/mysql digitalocean/databases
sql, database: aws/rds azure/sql-database google/cloud-sql oracle/database ibm/databases digitalocean/databases
nosql, document database: aws/dynamodb azure/cosmos-db google/firestore oracle/nosql
redis, cache, valkey: aws/elasticache azure/redis google/memorystore oracle/cache alibaba/redis
kafka: aws/msk azure/event-hubs google/managed-kafka ibm/event-streams oracle/streaming
queue, queues: aws/sqs azure/service-bus google/pubsub oracle/queue
dns: aws/route53 azure/azure-dns google/cloud-dns oracle/dns digitalocean/dns linode/dns hetzner/dns vultr/dns alibaba/dns
cdn: aws/cloudfront azure/front-door google/cloud-cdn digitalocean/spaces-cdn alibaba/cdn vultr/cdn
load balancer, lb: aws/elb azure/load-balancer google/cloud-load-balancing oracle/load-balancer digitalocean/load-balancers hetzner/load-balancers
network, vnet, vpc: aws/vpc azure/virtual-network google/vpc oracle/networking ibm/vpc alibaba/vpc
login, sso, iam, permissions: aws/iam azure/entra-id google/iam oracle/iam ibm/iam
secrets, vault: aws/secretsmanager azure/key-vault google/secret-manager oracle/vault ibm/secrets-manager
keys, kms: aws/kms azure/key-vault google/cloud-kms ibm/key-protect
registry, image registry: aws/ecr azure/container-registry google/artifact-registry ibm/container-registry
logs, logging: aws/cloudwatch-logs azure/log-analytics google/cloud-logging oracle/logging
metrics, monitoring: aws/cloudwatch azure/monitor google/cloud-monitoring oracle/monitoring
llm, llms, ai model: aws/bedrock azure/openai google/vertex-ai oracle/generative-ai ibm/watsonx
firewall, waf: aws/waf azure/firewall google/cloud-armor oracle/waf
warehouse, data warehouse: aws/redshift azure/synapse google/bigquery
`

/** The airports by which people name the cities of regions. */
const airports = `
FRA: Frankfurt
LHR, LON: London
CDG, PAR: Paris
AMS: Amsterdam
DUB: Dublin
ARN, STO: Stockholm
ZRH: Zurich
MXP, MIL: Milan
MAD: Madrid
WAW: Warsaw
IAD, DCA: Ashburn
ORD, CHI: Chicago
DFW, DAL: Dallas
ATL: Atlanta
PDX: Boardman, Hillsboro
SFO: San Francisco
LAX: Los Angeles
YYZ: Toronto
YUL: Montréal
GRU, SAO: São Paulo
SCL: Santiago
NRT, HND, TYO: Tokyo
KIX, OSA: Osaka
ICN, SEL: Seoul
SIN: Singapore
SYD: Sydney
MEL: Melbourne
BOM: Mumbai
HYD: Hyderabad
HKG: Hong Kong
CGK, JKT: Jakarta
JNB: Johannesburg
CPT: Cape Town
DXB: Dubai
TLV: Tel Aviv
`

/** Each service → the words that may mean it. */
export const wordsOfServices: ReadonlyMap<string, readonly string[]> = inverted(words, /\s+/)

/** Each city → its airports. */
export const airportsOfCities: ReadonlyMap<string, readonly string[]> = inverted(airports, /,\s*/)

function inverted(table: string, between: RegExp): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const line of table.trim().split('\n')) {
    const [names = '', things = ''] = line.split(': ')
    for (const thing of things.split(between)) {
      const known = found.get(thing) ?? []
      found.set(thing, [...known, ...names.split(', ').map(foldName)])
    }
  }
  return found
}
