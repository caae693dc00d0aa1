import { describe, expect, test } from 'vitest'
import { decodeImport } from '../../../shared/import/import.ts'
import { importReport, stackYaml } from '../../../shared/import/stack-yaml.ts'
import { importOf, importTexts, services, usesOf } from './knowledge.ts'
import { canaries } from './states.ts'

describe('nodes of Kubernetes', () => {
  const node = (providerID: string, labels: object, kubeletVersion = 'v1.30.0') => ({
    kind: 'Node',
    metadata: { name: canaries.name, labels: { 'kubernetes.io/hostname': canaries.host, ...labels } },
    spec: { providerID },
    status: { nodeInfo: { kubeletVersion } },
  })
  const place = (region: string, zone: string) => ({
    'topology.kubernetes.io/region': region,
    'topology.kubernetes.io/zone': zone,
  })

  test('are machines of their cloud in a cluster that it manages, where their labels or identifiers say', () =>
    expect(
      usesOf({
        kind: 'List',
        items: [
          node('aws:///us-east-1a/i-0abc', { 'eks.amazonaws.com/nodegroup': 'g' }),
          node(
            'azure:///subscriptions/s/resourceGroups/MC_g_c_westeurope/providers/Microsoft.Compute/virtualMachines/n',
            { 'kubernetes.azure.com/agentpool': 'p', ...place('westeurope', 'westeurope-1') },
          ),
          node('gce://project/europe-west4-a/n', { 'cloud.google.com/gke-nodepool': 'p' }),
          node('oci://ocid1.instance.oc1.iad.abc', {}),
          node('hcloud://1', place('fsn1', 'fsn1-dc14')),
          node('digitalocean://2', { 'doks.digitalocean.com/node-id': 'x', ...place('fra1', '') }),
          node('scaleway://instance/fr-par-1/3', {}),
          node('vsphere://4', {}),
        ],
      }),
    ).toEqual([
      'aws/ec2@us-east-1',
      'aws/eks@us-east-1',
      'azure/aks@westeurope',
      'azure/virtual-machines@westeurope',
      'digitalocean/droplets@fra1',
      'digitalocean/kubernetes@fra1',
      'google/compute-engine@europe-west4-a',
      'google/gke@europe-west4-a',
      'hetzner/cloud@fsn1',
      'oracle/compute@us-ashburn-1',
      'scaleway/instances@fr-par-1',
    ]))

  test('as a table are the same', () =>
    expect(
      usesOf(`NAME                 STATUS   ROLES    AGE   VERSION               REGION      ZONE
ip-10-0-0-1.internal   Ready    <none>   5d    v1.29.1-eks-508b6b3   eu-west-1   eu-west-1a
gke-x                  Ready    <none>   5d    v1.30.1-gke.1187000   europe-west4   europe-west4-a
aks-pool-1             Ready    agent    5d    v1.29.2               westeurope  westeurope-2
own-1                  Ready    <none>   5d    v1.29.2               us-west-2   us-west-2a
`),
    ).toEqual([
      'aws/ec2@eu-west-1,us-west-2 2',
      'aws/eks@eu-west-1',
      'azure/aks@westeurope',
      'azure/virtual-machines@westeurope',
      'google/compute-engine@europe-west4-a',
      'google/gke@europe-west4-a',
    ]))

  test('in YAML are the same', () =>
    expect(
      usesOf(
        'apiVersion: v1\nkind: List\nitems:\n- kind: Node\n  metadata: {labels: {topology.kubernetes.io/region: eu-west-1}}\n',
      ),
    ).toEqual(['aws/ec2@eu-west-1']))
})

describe('an inventory', () => {
  test('of AWS is read by its names', () =>
    expect(
      usesOf(
        {
          Resources: [
            {
              Arn: `arn:aws:ec2:eu-west-1:${canaries.account}:volume/vol-1`,
              Region: 'eu-west-1',
              ResourceType: 'ec2:volume',
              Service: 'ec2',
            },
          ],
        },
        {
          ResourceTagMappingList: [
            { ResourceARN: 'arn:aws:s3:::b', Tags: [{ Key: canaries.tag, Value: canaries.tag }] },
            { ResourceARN: 'arn:aws:lambda:eu-west-1:1:function:f' },
          ],
        },
        { resourceIdentifiers: [{ resourceType: 'AWS::EC2::Instance', resourceId: canaries.name }] },
        { Results: [JSON.stringify({ resourceType: 'AWS::SQS::Queue', awsRegion: 'us-east-1' })] },
        'Identifier,Service,Type,Region,Tag: Name\n"vpc-1","EC2","ec2:vpc","eu-west-1","a ""b"", c"\n',
      ),
    ).toEqual([
      'aws/ebs@eu-west-1',
      'aws/ec2',
      'aws/lambda@eu-west-1',
      'aws/s3',
      'aws/sqs@us-east-1',
      'aws/vpc@eu-west-1',
    ]))

  test('of Azure is read by types, with counts where it has them', () =>
    expect(
      usesOf(
        [
          {
            id: '/subscriptions/s',
            type: 'Microsoft.Compute/virtualMachines',
            location: 'westeurope',
            name: canaries.name,
            zones: ['1'],
          },
        ],
        [{ type: 'Microsoft.Cdn/profiles', location: 'global', sku: { name: 'Standard_AzureFrontDoor' } }],
        {
          count: 2,
          data: [{ type: 'microsoft.storage/storageaccounts', location: 'uksouth', n: 12 }],
          total_records: 2,
        },
        'NAME,TYPE,RESOURCE GROUP,LOCATION,SUBSCRIPTION\nx,Virtual machine,g,North Europe,s\ny,Kubernetes service,g,North Europe,s\n',
      ),
    ).toEqual([
      'azure/aks@northeurope',
      'azure/front-door',
      'azure/storage@uksouth 12',
      'azure/virtual-machines@northeurope,westeurope 2',
    ]))

  test('does not take a thing that it does not know for all of its region', () =>
    expect(importOf('NAME,TYPE,LOCATION\nx,Thingamajig,West Europe\ny,Key vault,West Europe\n')).toMatchObject({
      uses: [{ use: { service: 'azure/key-vault' } }],
      notUnderstood: [{ kind: 'type', what: '?', count: 1 }],
    }))

  test('of Google is read by asset types, also one a line', () =>
    expect(
      usesOf(
        [
          { assetType: 'compute.googleapis.com/Instance', location: 'europe-west4-a', project: 'p' },
          { assetType: 'compute.googleapis.com/Disk', location: 'europe-west4-a' },
        ],
        '{"assetType":"run.googleapis.com/Service","location":"europe-west1"}\n{"assetType":"run.googleapis.com/Revision","location":"europe-west1"}\n',
        'name;assetType;location\nx;pubsub.googleapis.com/Topic;global\n',
      ),
    ).toEqual([
      'google/cloud-run@europe-west1 2',
      'google/compute-engine@europe-west4-a',
      'google/persistent-disk@europe-west4-a',
      'google/pubsub',
    ]))
})

describe('a list of words', () => {
  test.each([
    ['GH Actions', 'github[Actions]'],
    ['github', 'github'],
    ['Copilot', 'github[Copilot]'],
    ['incident.io', 'incident-io'],
    ['lambda frankfurt', 'aws/lambda@eu-central-1'],
    ['- AWS Lambda in Frankfurt', 'aws/lambda@eu-central-1'],
    ['stripe.com', 'stripe'],
    ['Stripe (stripe.com)', 'stripe'],
    ['https://www.stripe.com', 'stripe'],
    ['datadog us1', 'datadog@us1'],
    ['OpenAI API', 'openai'],
    ['Elastic Cloud aws eu-west-1', 'elastic@aws-eu-west-1'],
    ['MongoDB Atlas eu-west-1', 'mongodb'],
    ['eu-west-1', 'aws/eu-west-1'],
    ['azure functions westeurope', 'azure/functions@westeurope'],
    ['Functions (OCI) eu-frankfurt-1', 'oracle/functions@eu-frankfurt-1'],
    ['AWS frankfurt', 'aws/eu-central-1'],
    ['gcp', 'google'],
    ['grafana', 'grafana'],
    ['aws grafana', 'aws/grafana'],
    ['aws/lambda@eu-west-1,us-east-1', 'aws/lambda@eu-west-1,us-east-1'],
    ['    - aws/ec2@use1-az4 # 12', 'aws/ec2@use1-az4'],
    ['github[Actions,Packages]', 'github[Actions,Packages]'],
    ['Virtual Machine UK South', 'azure/virtual-machines@uksouth'],
    ['Container App UK South', 'azure/container-apps@uksouth'],
    ['RDS', 'aws/rds'],
    ['SQS us-east-1', 'aws/sqs@us-east-1'],
  ])('%s is %s', (line, use) => expect(usesOf(line)).toEqual([use]))

  test('tells the lines that it did not understand by their numbers', () =>
    expect(
      importOf(
        `# ours\nstripe\n${canaries.password}\n\nfoo bar\nobject storage\nwe like hunter2 and lambda very much\ngithub\n`,
      ),
    ).toMatchObject({ notUnderstood: [3, 5, 6, 7].map(line => ({ kind: 'line', what: `${line}`, count: 1 })) }))

  test.each([
    'hello',
    'MySQL',
    'frankfurt',
    'load balancer',
    'DB_PASSWORD=hunter2',
    'aws/lamda',
    'Azure subscription',
    '<html></html>',
    '{"a":1}',
    '"x"',
    `${'a b '.repeat(100_000)}`,
  ])('%j is in no known form', text =>
    expect(importTexts(text)).toMatchObject({
      ok: false,
      error: expect.stringContaining('is in no form that is known'),
    }),
  )
})

test('files of several forms are one stack, whose uses are read back as they are', () => {
  const { kinds, uses } = importOf({ version: 4, resources: [] }, 'GH Actions\nlambda frankfurt\nlambda ireland')
  expect(kinds).toEqual(['terraform-state', 'words'])
  const yaml = stackYaml('shop', 'Shop', uses)
  expect(yaml).toBe(`- id: shop
  name: Shop
  uses:
    # aws
    - aws/lambda@eu-central-1,eu-west-1 # 2
    # vendors
    - "github[Actions]" # 1
`)
  expect(usesOf(yaml.replaceAll('"', ''))).toEqual(['aws/lambda@eu-central-1,eu-west-1', 'github[Actions]'])
})

test('uses that were chosen by hand are written without numbers, and any name is a text of YAML', () => {
  const use = { kind: 'region', region: 'aws/eu-west-1' } as const
  expect(stackYaml('shop', 'Shop: "all"', [{ use }])).toBe(`- id: shop
  name: "Shop: \\"all\\""
  uses:
    # regions
    - aws/eu-west-1
`)
  expect(stackYaml('no', 'No', [])).toBe('- id: no\n  name: "No"\n  uses: []\n')
})

test('a file of PowerShell is in UTF-16', () => {
  const bytes = new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('stripe', 'utf16le')]))
  expect(decodeImport(bytes)).toEqual({ ok: true, value: 'stripe' })
})

test('a file that is too large is refused', () =>
  expect(decodeImport(new Uint8Array(64 * 1024 * 1024 + 1))).toMatchObject({ ok: false }))

test('what one stack has no room for is left out, and told', () => {
  const imported = importOf([...services.keys()].slice(0, 510).join('\n'))
  expect(imported.uses).toHaveLength(510)
  expect(stackYaml('all', 'All', imported.uses).match(/^ {4}- /gm)).toHaveLength(500)
  expect(importReport(imported)).toContain('A stack has room for 500: 10 were left out')
})

test('who imported something is told where it goes, and how it gets on a wall', () => {
  const told = 'Put it under stacks: in the sources file. A wall shows it at /wall?stack=<its id>\n'
  expect(importReport(importOf('stripe'))).toContain(told)
})
