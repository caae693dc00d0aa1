import { slugOf } from './slug.ts'

/** AWS service names and the codes that stand for them in ARNs and service keys. */
const codes: Readonly<Record<string, string>> = {
  'Amazon API Gateway': 'apigateway',
  'Amazon CloudFront': 'cloudfront',
  'Amazon CloudWatch': 'cloudwatch',
  'Amazon Cognito': 'cognito',
  'Amazon DynamoDB': 'dynamodb',
  'Amazon Elastic Block Store': 'ebs',
  'Amazon Elastic Compute Cloud': 'ec2',
  'Amazon Elastic Container Service': 'ecs',
  'Amazon Elastic Kubernetes Service': 'eks',
  'Amazon Kinesis Data Streams': 'kinesis',
  'Amazon Relational Database Service': 'rds',
  'Amazon Route 53': 'route53',
  'Amazon Simple Queue Service': 'sqs',
  'Amazon Simple Storage Service': 's3',
  'Amazon Virtual Private Cloud': 'vpc',
  'AWS Direct Connect': 'directconnect',
  'AWS Identity and Access Management': 'iam',
  'AWS Lambda': 'lambda',
}

export const serviceCode = (name: string): string => codes[name] ?? slugOf(name).replaceAll('-', '')
