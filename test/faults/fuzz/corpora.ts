// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how templates refer to parameters

import { stateOf, stateResource } from '../../shared/import/states.ts'

/** A document of each form that an import reads. */
export const imports: readonly string[] = [
  JSON.stringify(
    stateOf([
      stateResource('aws_instance', {
        availability_zone: 'eu-west-1a',
        arn: 'arn:aws:ec2:eu-west-1:4242:instance/i-1',
      }),
      stateResource('azurerm_linux_web_app', { location: 'West Europe' }),
      stateResource('google_sql_database_instance', { region: 'europe-west4' }),
    ]),
  ),
  '{"format_version":"1.0","values":{"root_module":{"resources":[{"type":"aws_lambda_function","values":{"region":"eu-west-1"}}],"child_modules":[]}}}',
  'provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_instance" "one" {\n  ami = "x" # {\n}\nmodule "m" { source = "./m" }\n',
  'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties: { Name: !Sub "${AWS::Region}-x" }\nParameters: {}\n',
  '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"A":{"Type":"AWS::EC2::Instance","Properties":{"AvailabilityZone":"eu-west-1a"}}}}',
  '{"version":3,"deployment":{"resources":[{"type":"aws:lambda/function:Function","outputs":{"arn":"arn:aws:lambda:eu-west-1:42:function:f"}}]}}',
  '{"StackResourceSummaries":[{"ResourceType":"AWS::SQS::Queue","PhysicalResourceId":"x","ResourceStatus":"CREATE_COMPLETE"}]}',
  '{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","resources":[{"type":"Microsoft.Web/sites","location":"westeurope","resources":[]}]}',
  "param location string = 'westeurope'\nresource site 'Microsoft.Web/sites@2022-03-01' = {\n  name: 'x'\n  location: location\n}\n",
  '{"kind":"List","items":[{"kind":"Node","metadata":{"labels":{"topology.kubernetes.io/region":"eu-west-1"}},"spec":{"providerID":"aws:///eu-west-1a/i-1"}}]}',
  'NAME STATUS ROLES AGE VERSION REGION\nnode-1 Ready <none> 1d v1.30 eu-west-1\n',
  'NAME,TYPE,LOCATION\n"a, b",Microsoft.Web/sites,westeurope\nc,"Microsoft.Sql/servers",northeurope\n',
  'aws/lambda @ eu-west-1\nazure/app-service\nStripe, GitHub; S3 in Ireland\n',
]

/** Lists of feeds as readers export them. */
export const outlines: readonly string[] = [
  '<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="Clouds"><outline text="AWS" title="AWS" type="rss" xmlUrl="https://aws.example.com/feed"/></outline><outline text="B" xmlurl="https://b.example.com/atom.xml"/></body></opml>',
]
