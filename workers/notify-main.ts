import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import type { Event } from '../shared/domain/events.ts'
import { didYouMean } from '../shared/domain/nearest.ts'
import { parseEnvironment, SERVER_SECRETS } from '../shared/environment.ts'
import { refuse } from '../shared/process.ts'
import { connectRedis, untilReady } from '../shared/redis/connect.ts'
import { readEvents } from '../shared/redis/event-stream.ts'
import { loadView } from '../shared/redis/load-view.ts'
import { redisTarget } from '../shared/redis/redis-settings.ts'
import { countryOf, loadCatalogue } from '../shared/regions/catalogue.ts'
import { loadServices } from '../shared/services/service-table.ts'
import { cleanLines } from '../shared/terminal.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'
import type { LiveTarget } from './config/notify-config.ts'
import { loadSources } from './config/sources-file.ts'
import { withoutSecrets } from './config/url-secrets.ts'
import { newVapidKey } from './notify/push/vapid.ts'
import { rehearse } from './notify/rehearse.ts'
import { createSenders } from './notify/send-deps.ts'
import type { SendDeps } from './notify/target.ts'
import { targetKinds } from './notify/targets/registry.ts'
import { sampleMessage } from './notify/words/sample.ts'
import { wordingOf } from './notify/words/wording.ts'
import { worldOf } from './notify/world.ts'
import { Settings } from './settings.ts'

const usage = `Use: npm run notify -- test <target>      sends a sample, and says what came back
     npm run notify -- vapid              makes a key for pushes to browsers
     npm run notify -- list               the targets and rules of the sources file
     npm run notify -- --dry-run [days]   what the events of the last days (7) would have sent`

const [command, argument] = process.argv.slice(2)
const print = (line: string) => process.stdout.write(`${cleanLines(line)}\n`)
const commands = ['test', 'vapid', 'list', '--dry-run']
if (command === '--help') {
  print(usage)
  process.exit()
}
if (command === undefined) refuse(usage)
if (!commands.includes(command)) refuse(`there is no '${command}'${didYouMean(command, commands)}\n${usage}`)
// needs no sources file
if (command === 'vapid') {
  print(`VAPID_PRIVATE_KEY=${newVapidKey()}`)
  process.exit()
}

for (const name of SERVER_SECRETS) delete process.env[name]
const parsed = parseEnvironment(Settings, process.env)
if (!parsed.ok) refuse(parsed.error)
const settings = parsed.value
const shared = new URL('../shared/', import.meta.url)
const catalogue = await loadCatalogue(new URL('regions/', shared))
const services = await loadServices(new URL('services/', shared))
const vendors = await loadVendors(new URL('vendors/', shared))
const readText = (fileName: string) => readFile(fileName, 'utf8')
const known = { regions: catalogue.regions, services, vendors: vendors.vendors, targets: targetKinds }
const { sources } = await loadSources(settings.NEPHOSCOPE_CONFIG, process.env, readText, known)
if (!sources.ok) refuse(sources.error)
const { notify, stacks } = sources.value
const { targets, rules } = notify
const publicUrl = settings.PUBLIC_URL ?? null
if (command === 'test') await test(argument)
else if (command === 'list') list()
else await dryRun(argument)

function list(): void {
  if (targets.length + rules.length === 0)
    print(`${settings.NEPHOSCOPE_CONFIG} names no targets and no rules: docs/notify.md says how`)
  for (const { id, kind } of targets) print(`target ${id}: ${kind.kind}`)
  for (const { id, stack, channels, what, to } of rules)
    print(`rule ${id}: ${stack ?? channels.join(', ')}, ${what.join(', ') || 'digests alone'}, to ${to.join(', ')}`)
}

/** What came back, in one line; the exit code is 1 where the message was not taken. */
async function test(id = ''): Promise<void> {
  const target = targets.find(one => one.id === id) ?? refuse(noTarget(id))
  const senders = createSenders(Date.now)
  const sent = await told(target, senders.for(target.isPrivate))
  const mend =
    sent?.endsWith('a private address') && target.isPrivate === undefined
      ? ': write private: true into its line if it is in your own network'
      : ''
  print(sent === null ? `${id}: taken` : `${id}: not taken: ${withoutSecrets(sent, target.secrets)}${mend}`)
  process.exitCode = sent === null ? 0 : 1
  await target.kind.close()
  await senders.close()
}

/** Null where it was taken, else why not. */
async function told({ kind, config }: LiveTarget, send: SendDeps): Promise<string | null> {
  try {
    const sent = await kind.tell(sampleMessage(Date.now(), publicUrl), config, null, send)
    return sent.kind === 'sent' ? null : sent.why
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function noTarget(id: string): string {
  const ids = targets.map(target => target.id)
  const mend =
    didYouMean(id, ids) || (ids.length === 0 ? ': docs/notify.md says how to add one' : `: use ${ids.join(', ')}`)
  return id === '' ? `a test goes to one target${mend}` : `the sources file names no target '${id}'${mend}`
}

async function dryRun(given = '7'): Promise<void> {
  const days = Number(given)
  if (!(days > 0 && days <= 400)) refuse(`'${given}' is not a number of days: use 1 to 400`)
  const target = await redisTarget(settings, readText)
  if (!target.ok) refuse(target.error)
  const redis = connectRedis(target.value, 'notify', pino({ level: 'silent' }))
  await untilReady(redis)
  const onInvalid = () => undefined
  const until = Date.now()
  const events: Event[] = []
  for (let from = `${until - days * 86_400_000}-0`; ; ) {
    const page = await readEvents(redis, from, 1_000, onInvalid)
    events.push(...page.filter(({ type }) => !type.startsWith('article.')))
    const last = page.at(-1)
    if (last === undefined) break
    from = last.id
  }
  const view = await loadView(redis, onInvalid)
  redis.disconnect()
  const world = worldOf(catalogue, services, vendors)
  // the stacks of the file as it is now
  const office = { ...view.settings, stacks: [...stacks] }
  const rehearsal = { events, settings: office, rules, world, countryOf: countryOf(catalogue), publicUrl, until }
  const messages = rehearse(rehearsal)
  for (const { rule, message } of messages) {
    const { at, occasion, also } = message
    const more = also.length === 0 ? '' : ` (and ${also.length} more)`
    print(
      `${at.slice(0, 16).replace('T', ' ')}  ${rule.id} → ${rule.to.join(', ')}  ${occasion}  ${wordingOf(message).headline}${more}`,
    )
  }
  print(
    `messages: ${messages.length}, of ${events.length} events in ${days === 1 ? 'a day' : `${days} days`}; nothing was sent`,
  )
}
