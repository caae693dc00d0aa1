import { expect, test } from 'vitest'
import { currentState } from '../../../server/live/current.ts'
import { checkChannels, knownNames } from '../../../server/live/known-channels.ts'
import { defaultSettings } from '../../../shared/domain/notice.ts'
import { emptyView } from '../../../shared/domain/view.ts'
import { region, source } from '../../support/builders.ts'

const current = currentState()
const view = {
  ...emptyView(),
  settings: { ...defaultSettings, stacks: [{ id: 'payments', name: 'Payments', uses: [] }] },
}
view.sources.set('intranet', source('intranet', { provider: 'intranet' }))
current.replace(view)
const known = knownNames({
  catalogue: { providers: new Map(), regions: new Map([['aws/us-east-1', region('aws/us-east-1')]]) },
  services: new Set(['aws/lambda', 'aws/ec2']),
  vendors: new Set(['stripe', 'github']),
  current,
})

test.each([
  'all',
  'region/aws/us-east-1',
  'region/aws/us-east-1/lambda',
  'service/aws/ec2',
  'vendor/stripe',
  'vendor/intranet',
  'provider/stripe',
  'provider/intranet',
  'country/nl',
  'stack/payments',
  'topic/anything',
])('%s exists', channel => expect(checkChannels([channel], known)).toEqual({ ok: true, value: [channel] }))

test.each([
  ['region/aws/us-esat-1', "there is no region 'aws/us-esat-1': did you mean aws/us-east-1?"],
  ['region/aws/mars', "there is no region 'aws/mars': GET /api/regions lists them"],
  ['region/aws/us-east-1/lamda', "there is no service 'aws/lamda': did you mean aws/lambda?"],
  ['region/aws/us-esat-1/lambda', "there is no region 'aws/us-esat-1': did you mean aws/us-east-1?"],
  ['service/aws/lamda', "there is no service 'aws/lamda': did you mean aws/lambda?"],
  ['vendor/strpie', "there is no vendor 'strpie': did you mean stripe?"],
  ['vendor/nobody-at-all', "there is no vendor 'nobody-at-all': GET /api/vendors lists them"],
  ['provider/strpie', "'strpie' is not watched here: did you mean stripe?"],
  ['provider/nobody', "'nobody' is not watched here: GET /api/sources lists the sources and their providers"],
  ['country/uk', "there is no country 'UK': did you mean gb?"],
  ['country/xx', "there is no country 'XX': use a code of ISO 3166-1, such as nl"],
  ['stack/payment', "there is no stack 'payment': did you mean payments?"],
])('%s is refused with the nearest that exists', (channel, error) =>
  expect(checkChannels(['all', channel], known)).toEqual({ ok: false, error }),
)
