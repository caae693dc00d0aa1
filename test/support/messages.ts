import type { Mention, Message } from '../../workers/notify/words/message.ts'
import { minutesAgo } from './builders.ts'

/** The first message of an incident that opened ten minutes before noon. */
export const message = (more: Partial<Message> = {}): Message => ({
  id: '1764000000000-0/shop',
  rule: 'shop',
  conversation: 'shop/aws/use1-errors',
  n: 1,
  occasion: 'opened',
  at: minutesAgo(0),
  status: 'partial_outage',
  isOver: false,
  isMaintenance: false,
  incident: 'aws/use1-errors',
  place: 'AWS us-east-1',
  title: 'Increased error rates',
  since: { theirs: minutesAgo(14), ours: minutesAgo(10) },
  until: null,
  window: null,
  words: 'We are investigating increased error rates.',
  why: 'Shop uses AWS Lambda in us-east-1.',
  also: [],
  alsoOmitted: 0,
  url: 'https://clouds.example.com/incidents/aws/use1-errors',
  acknowledgeUrl: 'https://clouds.example.com/acknowledge/aws/use1-errors?key=k1',
  acknowledged: null,
  timeZone: 'Europe/Berlin',
  isSimulated: false,
  ...more,
})

/** Opened, worse, acknowledged, resolved: one conversation. */
export const conversation = (more: Partial<Message> = {}): [Message, Message, Message, Message] => [
  message(more),
  message({ id: '1764000000001-0/shop', n: 2, occasion: 'worse', status: 'major_outage', at: minutesAgo(-5), ...more }),
  message({
    id: '1764000000002-0/shop',
    n: 3,
    occasion: 'acknowledged',
    status: 'major_outage',
    at: minutesAgo(-10),
    acknowledged: { by: 'Ann', at: minutesAgo(-10), until: null, note: 'Moving to eu-west-1' },
    ...more,
  }),
  message({
    id: '1764000000003-0/shop',
    n: 4,
    occasion: 'resolved',
    status: 'operational',
    isOver: true,
    at: minutesAgo(-68),
    until: minutesAgo(-68),
    words: 'The error rates are back to normal.',
    acknowledgeUrl: null,
    ...more,
  }),
]

export const mention = (n: number, more: Partial<Mention> = {}): Mention => ({
  place: `Azure region ${n}`,
  title: `Latency of service ${n}`,
  status: 'degraded_performance',
  url: `https://clouds.example.com/incidents/azure/${n}`,
  ...more,
})

export const digest = (mentions: number, more: Partial<Message> = {}): Message =>
  message({
    id: 'digest/shop/2026-11-24',
    conversation: 'digest/shop/2026-11-24',
    occasion: 'digest',
    status: 'degraded_performance',
    incident: null,
    place: 'Shop',
    title: 'the last 24 hours',
    since: { theirs: null, ours: null },
    words: null,
    why: null,
    also: Array.from({ length: mentions }, (_, n) => mention(n)),
    acknowledgeUrl: null,
    ...more,
  })

/** As long as each text may be, and hostile to every markup that a service knows. */
export const hostile = `<!channel> <@U1> <script>alert(1)</script> & </b> @everyone @here [x](javascript:alert) *b* _i_ \`c\` | ~s~`
