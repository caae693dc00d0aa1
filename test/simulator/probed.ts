/** An endpoint of a region that is measured, not read: it answers, or fails as a step says. */
export type Probed = { source: string; title: string; provider: string; region: string; path: string }

export const probed: readonly Probed[] = [
  {
    source: 'azure-weu-blob',
    title: 'Blob storage, West Europe',
    provider: 'azure',
    region: 'azure/westeurope',
    path: '/reach/azure-weu-blob',
  },
  {
    source: 'aws-dublin-s3',
    title: 'S3, Ireland',
    provider: 'aws',
    region: 'aws/eu-west-1',
    path: '/reach/aws-dublin-s3',
  },
]
