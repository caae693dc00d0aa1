import { describe, expect, test } from 'vitest'
import { importOf, importTexts, usesOf } from './knowledge.ts'
import { canaries, secretAttributes } from './states.ts'

describe('Pulumi', () => {
  const provider = (cloud: string, inputs: object) => ({
    urn: `urn:pulumi:prod::shop::pulumi:providers:${cloud}::default`,
    type: `pulumi:providers:${cloud}`,
    custom: true,
    id: 'p-1',
    inputs,
  })
  const resource = (type: string, outputs: object, more: object = {}) => ({
    urn: `urn:pulumi:prod::shop::${type}::${canaries.name}`,
    type,
    custom: true,
    id: canaries.name,
    provider: `urn:pulumi:prod::shop::pulumi:providers:${type.split(':')[0]}::default::p-1`,
    inputs: secretAttributes,
    outputs: {
      ...secretAttributes,
      secret: { '4dabf18193072939515e22adb298388d': 'x', ciphertext: canaries.token },
      ...outputs,
    },
    ...more,
  })
  const exported = (...resources: object[]) => ({ version: 3, deployment: { manifest: {}, resources } })

  test('is the uses of its resources, placed by themselves or by their provider', () =>
    expect(
      usesOf(
        exported(
          { urn: 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod', type: 'pulumi:pulumi:Stack', custom: false },
          provider('aws', { region: 'eu-west-1' }),
          resource('aws:lambda/function:Function', { arn: 'arn:aws:lambda:us-east-1:1:function:f' }),
          resource('aws:ec2/vpc:Vpc', {}),
          resource('aws:rds/instance:Instance', { availabilityZone: 'eu-west-1a' }),
          resource('aws:s3/bucketV2:BucketV2', {}),
          resource('aws:ec2/instance:Instance', { availabilityZone: 'us-east-1b' }, { external: true }),
          resource('aws-native:s3:Bucket', { arn: 'arn:aws:s3:::b' }),
          resource('azure:core/resourceGroup:ResourceGroup', { location: 'westeurope' }),
          resource('azure-native:network:Subnet', {}),
          resource('azure-native:containerservice:ManagedCluster', { location: 'westeurope' }),
          resource('azure-native:web:WebApp', { location: 'westeurope', kind: 'functionapp,linux' }),
          resource('gcp:artifactregistry/repository:Repository', { location: 'europe-west4' }),
          resource('gcp:compute/instance:Instance', { zone: 'europe-west4-a' }),
          resource('datadog:index/monitor:Monitor', {}),
          resource('my:shop:Component', {}, { custom: false }),
        ),
      ),
    ).toEqual([
      'aws/lambda@us-east-1',
      'aws/rds@eu-west-1',
      'aws/s3@eu-west-1 2',
      'aws/vpc@eu-west-1',
      'azure/aks@westeurope',
      'azure/functions@westeurope',
      'azure/resource-manager',
      'azure/virtual-network',
      'google/artifact-registry@europe-west4',
      'google/compute-engine@europe-west4-a',
      'datadog',
    ]))

  test('gives away nothing but the uses', () => {
    const shown = JSON.stringify(importOf(exported(resource('aws:sqs/queue:Queue', {}), resource('acme:x/y:Z', {}))))
    for (const canary of Object.values(canaries)) expect(shown).not.toContain(canary)
    expect(shown).toContain('acme:x/y:Z')
  })
})

describe('CloudFormation', () => {
  const yaml = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters: { Password: { Type: String, Default: ${canaries.password} } }
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties: { Role: !GetAtt Role.Arn, Environment: { Variables: { TOKEN: !Sub '\${Token}-${canaries.token}' } } }
  Queue:
    Type: AWS::SQS::Queue
    Condition: !Equals [!Ref Env, prod]
  Disk:
    Type: AWS::EC2::Volume
    Properties: { AvailabilityZone: !Select [0, !GetAZs ''] }
  Database:
    Type: AWS::RDS::DBCluster
    Properties: { Engine: postgres, MasterUserPassword: ${canaries.password} }
  Made:
    Type: Custom::${canaries.name}
`

  test('in YAML with its own tags is services without a place', () =>
    expect(usesOf(yaml)).toEqual(['aws/ebs', 'aws/lambda', 'aws/rds', 'aws/sqs']))

  test('in JSON is the same', () =>
    expect(
      usesOf({
        Resources: {
          a: { Type: 'AWS::Lambda::Function' },
          b: { Type: 'AWS::CDK::Metadata' },
          c: { Type: 'AWS::EC2::VPC' },
        },
      }),
    ).toEqual(['aws/lambda', 'aws/vpc']))

  test('of a deployed stack is placed by any of its names', () =>
    expect(
      usesOf({
        StackResourceSummaries: [
          {
            LogicalResourceId: 'a',
            PhysicalResourceId: canaries.name,
            ResourceType: 'AWS::SQS::Queue',
            ResourceStatus: 'CREATE_COMPLETE',
          },
          { LogicalResourceId: 'b', PhysicalResourceId: 'arn:aws:sns:eu-west-1:1:t', ResourceType: 'AWS::SNS::Topic' },
        ],
      }),
    ).toEqual(['aws/sns@eu-west-1', 'aws/sqs@eu-west-1']))

  test('gives away nothing but the uses', () => {
    const shown = JSON.stringify(importOf(yaml))
    for (const canary of Object.values(canaries)) expect(shown).not.toContain(canary)
  })

  test('that repeats itself without end is refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`)}]`),
    ]
    expect(importTexts(`Resources:\n  x: 1\n${bomb.join('\n')}`)).toEqual({
      ok: false,
      error: 'it is YAML that nests or repeats too much: give it as JSON',
    })
  })
})

describe('Azure', () => {
  test('templates have nested and child resources, and only places that are written out', () =>
    expect(
      usesOf({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { password: { defaultValue: canaries.password } },
        resources: [
          {
            type: 'Microsoft.Sql/servers',
            name: canaries.name,
            location: 'West Europe',
            properties: { administratorLoginPassword: canaries.password },
            resources: [{ type: 'databases', location: '[resourceGroup().location]' }],
          },
          { type: 'Microsoft.Web/sites', kind: 'functionapp', location: 'westeurope', zones: ['1'] },
          {
            type: 'Microsoft.Resources/deployments',
            properties: { template: { resources: [{ type: 'Microsoft.KeyVault/vaults', location: 'uksouth' }] } },
          },
        ],
      }),
    ).toEqual(['azure/functions@westeurope', 'azure/key-vault@uksouth', 'azure/sql-database@westeurope 2']))

  test('templates with symbolic names leave out what exists already', () =>
    expect(
      usesOf({
        contentVersion: '1.0.0.0',
        languageVersion: '2.0',
        resources: {
          a: { type: 'Microsoft.Storage/storageAccounts', location: 'uksouth' },
          b: { existing: true, type: 'Microsoft.Web/sites' },
        },
      }),
    ).toEqual(['azure/storage@uksouth']))

  test('Bicep has its resources, and the places that are written out', () =>
    expect(
      usesOf(`param password string = '${canaries.password}'
resource account 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: '${canaries.name}'
  location: 'westeurope'
}
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = { name: 'x' }
resource app 'Microsoft.App/containerApps@2024-03-01' = if (isProd) {
  location: resourceGroup().location
}
`),
    ).toEqual(['azure/container-apps', 'azure/storage@westeurope']))
})
