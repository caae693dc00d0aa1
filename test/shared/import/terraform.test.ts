import { describe, expect, test } from 'vitest'
import { importReport, stackYaml } from '../../../shared/import/stack-yaml.ts'
import { importOf, importTexts, usesOf } from './knowledge.ts'
import { arn, canaries, secretAttributes, stateOf, stateResource, threeClouds } from './states.ts'

describe('a state of forty types over three clouds', () => {
  test('is exactly the uses in it, each with its regions and their number', () =>
    expect(usesOf(threeClouds)).toEqual([
      'aws/aurora@eu-west-1',
      'aws/cloudfront',
      'aws/dynamodb@eu-west-1',
      'aws/ebs@use1-az4',
      'aws/ec2@us-east-1 2',
      'aws/eks@eu-west-1',
      'aws/iam',
      'aws/kms@us-gov-west-1',
      'aws/lambda@eu-west-1,us-east-1 3',
      'aws/rds@eu-west-1',
      'aws/route53',
      'aws/s3@eu-central-1',
      'aws/sns@eu-west-1',
      'aws/sqs@eu-west-1',
      'aws/vpc@use1-az4',
      'azure/aks@northeurope 2',
      'azure/app-service@swedencentral',
      'azure/azure-dns',
      'azure/container-apps@westeurope',
      'azure/front-door',
      'azure/key-vault@westeurope',
      'azure/openai@eastus',
      'azure/resource-manager',
      'azure/sql-database@westeurope 2',
      'azure/storage@westeurope 2',
      'google/bigquery@europe-west1',
      'google/cloud-dns',
      'google/cloud-run@europe-west1',
      'google/cloud-sql@europe-west1 2',
      'google/cloud-storage',
      'google/compute-engine@europe-west4-a,europe-west4-b 2',
      'google/gke@europe-west4 2',
      'google/persistent-disk@us-central1-f',
      'google/pubsub',
      'cloudflare',
      'datadog',
    ]))

  test('names types that are not known, and types in regions that are not', () =>
    expect(importOf(threeClouds)).toMatchObject({
      kinds: ['terraform-state'],
      notUnderstood: [{ kind: 'type', what: 'helm_release', count: 1 }],
    }))

  test('gives away nothing but the uses', () => {
    const imported = importOf(threeClouds)
    const shown = JSON.stringify(imported) + stackYaml('shop', 'Shop', imported.uses) + importReport(imported)
    for (const canary of Object.values(canaries)) expect(shown).not.toContain(canary)
    expect(JSON.stringify(threeClouds)).toContain(canaries.password)
  })
})

/** The secret of every attribute, also where a place, a type or a number should stand. */
test.each(Object.values(canaries))('%s leaves from no attribute', canary => {
  const attributes =
    'region,location,zone,availability_zone,availability_zone_id,availability_domain,zone_id,datacenter,bucket_region,arn,crn,self_link,url,id,kind,engine,sku_name,type'
  const everywhere = Object.fromEntries(attributes.split(',').map(name => [name, canary]))
  const types = [
    'aws_instance',
    'azurerm_linux_web_app',
    'google_compute_instance',
    'azapi_resource',
    'oci_core_instance',
  ]
  const imported = importOf(stateOf(types.map(type => stateResource(type, everywhere))))
  expect(JSON.stringify(imported)).not.toContain(canary)
})

test.each([canaries.token, canaries.password, canaries.host, 'x'.repeat(199)])(
  '%s as a type is not repeated',
  canary => {
    const { notUnderstood } = importOf(stateOf([stateResource(canary), stateResource('aws_sqs_queue')]))
    expect(notUnderstood).toEqual([{ kind: 'type', what: '?', count: 1 }])
  },
)

describe('a state', () => {
  test('of one configuration in one region places what says none', () =>
    expect(
      usesOf(
        stateOf([
          stateResource('aws_sns_topic', { arn: arn('sns', 'eu-west-1', 't') }),
          stateResource('aws_lambda_permission', { id: 'x' }),
        ]),
      ),
    ).toEqual(['aws/lambda@eu-west-1', 'aws/sns@eu-west-1']))

  test('of a configuration in two regions does not', () =>
    expect(
      usesOf(
        stateOf([
          stateResource('aws_sns_topic', { region: 'eu-west-1' }, { region: 'us-east-1' }),
          stateResource('aws_lambda_permission'),
        ]),
      ),
    ).toEqual(['aws/lambda', 'aws/sns@eu-west-1,us-east-1 2']))

  test('places a child by what was only looked up', () => {
    const group = { id: '/subscriptions/s/resourceGroups/g', location: 'westeurope' }
    const rule = { id: '/subscriptions/s/resourcegroups/G/providers/Microsoft.KeyVault/vaults/v/secrets/x' }
    expect(
      usesOf(
        stateOf([
          { ...stateResource('azurerm_resource_group', group), mode: 'data' },
          stateResource('azurerm_key_vault_secret', rule),
        ]),
      ),
    ).toEqual(['azure/key-vault@westeurope'])
  })

  test('says where a region is none that is known', () =>
    expect(importOf(stateOf([stateResource('aws_instance', { region: 'us-mars-1' })]))).toEqual({
      kinds: ['terraform-state'],
      uses: [{ use: { kind: 'service', service: 'aws/ec2', regions: [], zones: [] }, count: 1, isUnplaced: true }],
      notUnderstood: [{ kind: 'place', what: 'aws_instance', count: 1 }],
    }))

  test('of a vendor that no pattern has is known by its provider', () => {
    const resource = {
      ...stateResource('acme_thing'),
      provider: 'module.x.provider["registry.opentofu.org/acme/stripe"].eu',
    }
    expect(usesOf(stateOf([resource]))).toEqual(['stripe'])
  })

  test('of other clouds has their regions', () =>
    expect(
      usesOf(
        stateOf([
          stateResource('digitalocean_droplet', { region: 'nyc3' }),
          stateResource('hcloud_server', { location: 'fsn1' }, { datacenter: 'nbg1-dc3' }),
          stateResource('ovh_cloud_project_kube', { region: 'GRA11' }),
          stateResource('scaleway_k8s_cluster', { region: 'fr-par' }),
          stateResource('oci_core_instance', {
            id: 'ocid1.instance.oc1.iad.abc',
            availability_domain: 'Uocm:US-ASHBURN-AD-1',
          }),
          stateResource('alicloud_instance', { availability_zone: 'cn-hangzhou-h' }),
          stateResource('ibm_is_instance', { zone: 'us-south-2' }),
          stateResource('linode_instance', { region: 'eu-central' }),
        ]),
      ),
    ).toEqual([
      'alibaba/ecs@cn-hangzhou-h',
      'digitalocean/droplets@nyc3',
      'hetzner/cloud@fsn1,nbg1 2',
      'ibm/vpc@us-south',
      'linode/compute@eu-central',
      'oracle/compute@us-ashburn-1',
      'ovh/kubernetes@gra',
      'scaleway/kapsule@fr-par',
    ]))

  test('that is encrypted, old, cut off or empty is refused with what to do', () => {
    const reason = (text: string) => importTexts(text)
    expect(reason(JSON.stringify({ encrypted_data: 'x', meta: {} }))).toEqual({
      ok: false,
      error: 'it is an encrypted state: import what `tofu show -json` prints',
    })
    expect(reason(JSON.stringify({ version: 3, modules: [] }))).toMatchObject({ ok: false })
    expect(reason(JSON.stringify(threeClouds).slice(0, 500))).toEqual({
      ok: false,
      error: 'it is JSON that is cut off or broken: write it out again',
    })
    expect(reason(' \n')).toMatchObject({ ok: false })
  })

  test('with records of any form is read as far as it goes', () => {
    const odd = [
      null,
      7,
      'x',
      [],
      { type: 'aws_instance' },
      { ...stateResource('aws_sqs_queue'), instances: [null, 3, { attributes: [] }] },
    ]
    expect(usesOf(stateOf([...odd, stateResource('aws_instance', { region: 'eu-west-1' })]))).toEqual([
      'aws/ec2@eu-west-1',
      'aws/sqs@eu-west-1 3',
    ])
  })
})

describe('what terraform show prints', () => {
  const resource = (type: string, values: object, mode = 'managed') => ({
    address: `${type}.x`,
    mode,
    type,
    name: canaries.name,
    provider_name: `registry.terraform.io/hashicorp/${type.split('_')[0]}`,
    values: { ...secretAttributes, ...values },
  })
  const root_module = {
    resources: [resource('aws_lambda_function', { region: 'eu-west-1' }), resource('aws_ami', {}, 'data')],
    child_modules: [
      { child_modules: [{ resources: [resource('google_storage_bucket', { location: 'EUROPE-WEST1' })] }] },
    ],
  }

  test('of a state has the uses of modules at any depth', () => {
    const shown = { format_version: '1.0', terraform_version: '1.11.4', values: { root_module, outputs: {} } }
    expect(usesOf(shown)).toEqual(['aws/lambda@eu-west-1', 'google/cloud-storage@europe-west1'])
  })

  test('of a plan has the region of the only configuration of a provider', () => {
    const plan = {
      format_version: '1.2',
      planned_values: { root_module: { resources: [resource('aws_sqs_queue', {})] } },
      configuration: {
        provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: 'eu-north-1' } } } },
      },
    }
    expect(usesOf(plan)).toEqual(['aws/sqs@eu-north-1'])
  })

  test('nested a hundred thousand modules deep is read to its end', () => {
    const deep = `${'{"child_modules":['.repeat(100_000)}{"resources":[${JSON.stringify(resource('aws_sqs_queue', { region: 'eu-west-1' }))}]}${']}'.repeat(100_000)}`
    expect(usesOf(`{"format_version":"1.0","values":{"root_module":${deep}}}`)).toEqual(['aws/sqs@eu-west-1'])
  })
})

test("Terraform's own language tells types, and the region of its provider", () =>
  expect(
    usesOf(`
provider "aws" {
  profile = "${canaries.name}"
  region  = "eu-west-1"
}
resource "aws_lambda_function" "${canaries.name}" {
  environment { variables = { PASSWORD = "${canaries.password}" } }
}
data "aws_ami" "x" {}
resource "github_repository" "x" {}
`),
  ).toEqual(['aws/lambda@eu-west-1', 'github']))
