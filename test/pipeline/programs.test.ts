import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { simulatedSources } from '../simulator/sources.ts'
import { runCli, startCli, startOnTerminal } from '../support/cli.ts'
import { freePort } from '../support/free-port.ts'
import { startLine } from '../support/line.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

const ADMIN_TOKEN = 'the-admin-token-of-this-test'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ story: 'demo', every: '1s', environment: { ADMIN_TOKEN } })
  await stack.configure(
    `${simulatedSources(stack.simulator.url, { every: '1s' })}\nstacks:\n  - { id: shop, name: The shop, uses: [aws/lambda@us-east-1, google/europe-west4] }\n`,
  )
  await stack.ready()
  await until(async () => (await json('/api/sources?state=unread')).sources.length === 0, 'every source to be read')
  await until(async () => (await json('/api/stats')).regionsLive > 100, 'the regions to be rolled up')
  await until(async () => JSON.stringify(await json('/api/stacks')).includes('The shop'), 'the stack')
  stack.simulator.apply({
    ...{ do: 'open', id: 'functions', on: 'aws', title: 'Functions fail to start 東京', impact: 'critical' },
    ...{ regions: ['us-east-1'], services: ['AWS Lambda'], text: 'We investigate.' },
  })
  const isTold = async () => JSON.stringify(await json('/api/stacks/shop')).includes('Functions fail to start')
  await until(isTold, 'the incident')
})
afterAll(() => stack.close())

const json = async (path: string) => (await fetch(`${stack.url}${path}`)).json()
const here = () => ({ NEPHOSCOPE_URL: stack.url })
const piped = (...args: string[]) => runCli(startCli(args, here()))
const onTerminal = (...args: string[]) => runCli(startOnTerminal(args, here()))
const Lines = z.record(z.string(), z.unknown()).array()
const linesOf = (out: string) =>
  Lines.parse(
    out
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  )

describe('in a pipe', () => {
  test('status says how things are, by line and by exit code', async () => {
    const bad = await piped('status', 'stack/shop', 'region/aws/us-east-1/lambda', 'google/europe-west4')
    expect(bad).toMatchObject({ code: 1, err: '' })
    const [shop, lambda, google] = linesOf(bad.out)
    expect(shop).toMatchObject({ what: 'stack/shop', name: 'The shop', status: 'major_outage' })
    expect(lambda).toMatchObject({ what: 'aws/lambda@us-east-1', name: 'AWS Lambda', status: 'major_outage' })
    expect(lambda?.incidents).toEqual([expect.objectContaining({ title: 'Functions fail to start 東京' })])
    expect(google).toMatchObject({ what: 'google/europe-west4', status: 'operational', incidents: [] })
    expect(await piped('status', 'Azure/WestEurope')).toMatchObject({ code: 0 })
    expect(await piped('status', 'aws/lambda@us-east-1', '--fail-on', 'major')).toMatchObject({ code: 1 })
    const unwatched = await piped('status', 'twilio')
    expect(unwatched.code).toBe(3)
    expect(linesOf(unwatched.out)).toMatchObject([{ status: 'unknown', unwatched: ['twilio'] }])
    const all = linesOf((await piped('status')).out).map(({ what }) => what)
    expect(all).toEqual(expect.arrayContaining(['stack/shop', 'aws', 'azure', 'google', 'github']))
  })

  test('its word agrees with the badges that the server draws', async () => {
    // a state may change between the two
    const others = async () => {
      const found: string[] = []
      for (const { what, status } of linesOf((await piped('status')).out)) {
        const channel = String(what).includes('/') ? what : `provider/${what}`
        const badge = await (await fetch(`${stack.url}/badge/${channel}.svg`)).text()
        const word = `: ${String(status).replaceAll('_', ' ').replace(' performance', '')}`
        if (!badge.includes(word)) found.push(`${what} is not ${word} in ${badge}`)
      }
      return found
    }
    await expect.poll(others, { timeout: 60_000 }).toEqual([])
  })

  test('incidents, stack and ledger tell of the same incident', async () => {
    const [incident] = linesOf((await piped('incidents', '--stack', 'shop')).out)
    expect(incident).toMatchObject({ title: 'Functions fail to start 東京', reasons: [{ strength: 'certain' }] })
    const [shop] = linesOf((await piped('stack', 'shop')).out)
    expect(shop).toMatchObject({ id: 'shop', incidents: [{ id: incident?.id }] })
    expect(linesOf((await piped('stack')).out).map(({ id }) => id)).toContain('shop')
    const [entry] = linesOf((await piped('ledger', String(incident?.id))).out)
    expect(entry).toMatchObject({ n: 1, text: expect.stringContaining('We investigate.') })
    const over = await piped('incidents', '--state', 'ended', '--limit', '2')
    expect(linesOf(over.out)).toHaveLength(2)
  })

  test('news and regions', async () => {
    expect(linesOf((await piped('news', '--limit', '3')).out)).toHaveLength(3)
    const near = linesOf((await piped('regions', '--near', 'Vienna', '--limit', '2')).out)
    expect(near[0]).toMatchObject({ city: 'Vienna', km: 0 })
    expect(linesOf((await piped('regions', '--near', '52.4,4.9', '--provider', 'azure')).out)[0]).toMatchObject({
      id: 'azure/westeurope',
    })
    const down = linesOf((await piped('regions', '--status', 'major')).out)
    expect(down.map(({ id }) => id)).toContain('aws/us-east-1')
  })

  test('watch tells every event over a cut, and ends well with Ctrl-C', async () => {
    const line = await startLine(stack.url)
    const watching = startCli(['watch', 'notices', 'stack/shop'], { NEPHOSCOPE_URL: line.url })
    const told = () => linesOf(watching.out())
    const open = (title: string) =>
      stack.simulator.apply({
        ...{ do: 'open', id: title, on: 'aws', title, impact: 'minor' },
        ...{ regions: ['us-east-1'], services: ['AWS Lambda'] },
      })
    await until(
      async () => Number((await (await fetch(`${stack.url}/metrics`)).text()).match(/_streams\S* (\d+)/)?.[1]) > 0,
      'it',
    )
    open('before-the-cut')
    await until(() => watching.out().includes('before-the-cut'), 'the event')
    line.down()
    open('while-it-was-cut')
    await until(async () => JSON.stringify(await json('/api/incidents?stack=shop')).includes('while-it-was-cut'), 'it')
    await until(() => watching.err().includes('the next try is in'), 'the cut')
    line.up()
    await until(() => watching.out().includes('while-it-was-cut'), 'the event')
    watching.child.kill('SIGINT')
    expect(await watching.ended).toBe(0)
    const ids = told().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    await line.close()
  })

  test('ack and handover are known to all, and need a token', async () => {
    const [incident] = linesOf((await piped('incidents', '--stack', 'shop')).out)
    const id = String(incident?.id)
    const refused = await piped('ack', id, '--by', 'Ada')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toMatch(/^[^\n]*NEPHOSCOPE_TOKEN[^\n]*\n$/)
    const admin = (...args: string[]) =>
      runCli(startCli(args, { ...here(), NEPHOSCOPE_TOKEN: ADMIN_TOKEN, USER: 'ada' }))
    const acked = await admin('ack', id, '--by', 'Ada', '--note', 'failing over', '--for', '2h')
    expect(acked).toMatchObject({ code: 0, err: '' })
    expect(linesOf(acked.out)).toMatchObject([{ id, acknowledgement: { by: 'Ada', note: 'failing over' } }])
    expect((await admin('handover', `incident/${id}`, 'back at six')).code).toBe(0)
    const { handlings } = await json('/api/snapshot?channels=status')
    expect(handlings).toMatchObject([
      { id, acknowledgement: { by: 'Ada' }, entries: [{ what: 'note', by: 'ada', text: 'back at six' }, {}] },
    ])
    expect(linesOf((await admin('ack', id, '--lift')).out)).toMatchObject([{ id, acknowledgement: null }])
    const again = await admin('ack', id, '--lift')
    expect(again).toMatchObject({ code: 2, err: 'nobody has acknowledged it: there is nothing to lift\n' })
  })

  test('tokens with a name are made, listed, made anew and revoked, and who did it is told', async () => {
    const admin = (...args: string[]) => runCli(startCli(args, { ...here(), NEPHOSCOPE_TOKEN: ADMIN_TOKEN }))
    const made = await admin('tokens', 'create', 'Grafana', '--role', 'operator', '--for', '720h')
    expect(made.code).toBe(0)
    expect(made.err).toBe('Grafana (operator): keep this secret now, it is not shown again\n')
    const [{ secret, id } = {}] = linesOf(made.out)
    expect((await admin('tokens', 'create', 'Grafana')).err).toMatch(
      /^name: there is a token 'Grafana' already[^\n]*\n$/,
    )
    const theirs = await runCli(startCli(['tokens'], { ...here(), NEPHOSCOPE_TOKEN: String(secret) }))
    expect(theirs).toMatchObject({ code: 2, out: '' })
    const again = await admin('tokens', 'rotate', 'Grafana')
    expect(linesOf(again.out)).toMatchObject([{ id, name: 'Grafana' }])
    const listed = await admin('tokens')
    expect(linesOf(listed.out)).toMatchObject([{ id, name: 'Grafana', role: 'operator', by: 'admin token' }])
    expect(listed.out).not.toContain(String(linesOf(again.out)[0]?.secret).split('.')[1])
    expect(await admin('tokens', 'revoke', String(id))).toMatchObject({ code: 0, out: '', err: 'Grafana: revoked\n' })
    expect(await admin('tokens', 'revoke', 'Grafana')).toMatchObject({ code: 2, out: '' })
    expect((await admin('tokens', '--no-json')).out).toBe('no tokens with a name\n')
    const did = linesOf((await admin('audit', '--limit', '3')).out).map(({ what }) => what)
    expect(did).toEqual(['token.revoked', 'token.rotated', 'token.made'])
  })

  test('wait-for ends when things are so, or when the time is over', async () => {
    const waiting = startCli(['wait-for', 'operational', 'aws/lambda@us-east-1', '--timeout', '60s'], here())
    for (const id of ['functions', 'before-the-cut', 'while-it-was-cut']) stack.simulator.apply({ do: 'resolve', id })
    expect(await waiting.ended).toBe(0)
    expect(linesOf(waiting.out())).toMatchObject([{ what: 'aws/lambda@us-east-1', status: 'operational' }])
    const late = await piped('wait-for', 'major', 'azure/westeurope', '--timeout', '1s')
    expect(late.code).toBe(1)
    expect(late.err).toBe('the time is over: not all are major outage\n')
  })

  test('a reader that stops reading is no failure', async () => {
    const running = startCli(['regions', '--limit', '1000'], here())
    running.child.stdout?.destroy()
    expect(await running.ended).toBe(0)
    expect(running.err()).toBe('')
  })

  test.each([
    [['statu'], "unknown command 'statu': did you mean status?"],
    [['status', 'aws/lamda'], "there is no region or service 'aws/lamda': did you mean aws/lambda?"],
    [['status', 'strpie'], "there is no vendor 'strpie': did you mean stripe?"],
    [['status', 'stack/shopp'], "there is no stack 'stack/shopp': did you mean stack/shop?"],
    [['status', 'aws/lambda@eu-wst-1'], "names a place that aws does not have: 'eu-wst-1': did you mean eu-west-1?"],
    [['status', 'github[Actoins]'], "there is no part 'Actoins' of GitHub: did you mean Actions?"],
    [['status', 'country/nl'], "'nephoscope regions --country NL' lists them"],
    [['status', 'news'], "'news' has no status: name a region, a service, a vendor or a stack"],
    [['status', '--url', 'ftp://localhost'], "--url 'ftp://localhost' is no address"],
    [['status', '--fail-on', 'bad'], 'It is one of operational, maintenance, degraded, partial, major, unknown.'],
    [['status', '--fial-on', 'major'], "unknown option '--fial-on': did you mean --fail-on?"],
    [['incidents', '--limit', '0'], 'It is a number from 1 to 500.'],
    [['incidents', '--stack', 'shopp'], "stack: there is no stack 'shopp': did you mean shop?"],
    [['watch', 'stack/shopp'], "there is no stack 'shopp': did you mean shop?"],
    [['watch', 'nonsense'], "'nonsense' is not a channel: use all, status"],
    [['regions', '--near', 'viena'], 'did you mean vienna?'],
    [['regions', '--near', '95,10'], 'latitude is at most 90, longitude at most 180'],
    [['ledger', 'nope'], "'nope' is no incident: write its id as 'nephoscope incidents' shows it"],
    [['ledger', 'aws-status/nope'], "there is no incident 'aws-status/nope'"],
    [['wait-for', 'operational', 'aws', '--timeout', '5'], 'Write it like 90s, 20m or 2h.'],
    [['wait-for', 'operational', 'strpie'], 'did you mean stripe?'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
  ])('%j is refused in one line', async (args, line) => {
    const refused = await piped(...args)
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain(line)
    expect(refused.err).toMatch(/^[^\n]+\n$/)
  })

  test('a server that is not there is exit code 3, and a token is never shown', async () => {
    const gone = { NEPHOSCOPE_URL: `http://127.0.0.1:${await freePort()}`, NEPHOSCOPE_TOKEN: 'a-secret-token' }
    for (const args of [['status'], ['incidents'], ['wait-for', 'operational', 'aws', '--timeout', '1s']]) {
      const refused = await runCli(startCli(args, gone))
      expect(refused).toMatchObject({ code: 3, out: '' })
      expect(refused.err).toMatch(/^\S+.* \(ECONNREFUSED\).*\n$/)
      expect(refused.err).not.toContain('a-secret-token')
    }
    expect((await runCli(startCli(['--help'], gone))).out).not.toContain('a-secret-token')
    const wrong = await runCli(startCli(['status', '--url', `${stack.url}/nowhere`], here()))
    expect(wrong).toMatchObject({ code: 3, out: '' })
    expect(wrong.err).toMatch(/^[^\n]*nowhere[^\n]*\n$/)
  })
})

describe('on a terminal', () => {
  test('a table of shape and word, in colours that can be put off', async () => {
    const { out, code } = await onTerminal('status', 'stack/shop', 'azure/westeurope')
    expect(code).toBeLessThan(2)
    expect(out).toMatch(/● operational\S+ +azure\/westeurope +West Europe/)
    expect(out).toContain('\u001b[32m● operational\u001b[0m')
    const plain = await runCli(startOnTerminal(['status', 'azure/westeurope'], { ...here(), NO_COLOR: '1' }))
    expect(plain.out).toMatch(/● operational {2}azure\/westeurope/)
    expect(plain.out).not.toContain('\u001b')
    const narrow = await runCli(startOnTerminal(['news'], { ...here(), NO_COLOR: '1' }, 70))
    const lines = narrow.out.trim().split(/\r?\n/)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.filter(line => line.length > 70)).toEqual([])
    expect((await onTerminal('status', 'azure/westeurope', '--json')).out).toMatch(/^\{"what":"azure\/westeurope"/)
  })

  test('incidents, stack, ledger and regions are tables too', async () => {
    const id = String(linesOf((await piped('incidents', '--state', 'ended', '--limit', '1')).out)[0]?.id)
    expect((await onTerminal('incidents', '--state', 'ended')).out).toMatch(/impact.*stage.*title.*✓ over/s)
    expect((await onTerminal('stack', 'shop')).out).toMatch(/The shop/)
    expect((await onTerminal('ledger', id)).out).toMatch(/#.*said.*seen.*lag/)
    expect((await onTerminal('regions', '--near', 'vie', '--limit', '1')).out).toMatch(/Vienna, AT/)
  })

  test('help teaches by examples, and each shell has its completions', async () => {
    for (const command of [
      'status',
      'watch',
      'wait-for',
      'incidents',
      'news',
      'regions',
      'stack',
      'ledger',
      'detect',
      'doctor',
      'notify',
    ]) {
      const { out, code } = await piped(command, '--help')
      expect(code).toBe(0)
      expect(out).toMatch(/Examples:\n {2}\$ (?:REDIS_URL=\S+ )?nephoscope /)
    }
    expect((await piped()).out + (await piped()).err).toContain('Usage: nephoscope')
    const bash = (await piped('completion', 'bash')).out
    const asked = `${bash}\nCOMP_WORDS=(nephoscope wa) COMP_CWORD=1; _nephoscope; echo "\${COMPREPLY[*]}"`
    expect((await runShell('bash', asked)).trim()).toBe('watch wait-for')
    expect((await piped('completion', 'zsh')).out).toContain("'status:how things are now'")
    expect((await piped('completion', 'fish')).out).toContain("-a status -d 'how things are now'")
  })
})

test('detect and doctor are the tools of the checkout', async () => {
  const missing = await piped('detect')
  expect(missing).toMatchObject({ code: 2, out: '' })
  const { out } = await runCli(startCli(['doctor', '--json'], { ...here(), REDIS_URL: stack.redis.url }))
  expect(JSON.parse(out)).toBeDefined()
})

test('mcp serves what the commands say to a client of the protocol, and nothing that changes anything', async () => {
  const client = new Client({ name: 'test', version: '1' })
  const command = fileURLToPath(new URL('../../dist/nephoscope.js', import.meta.url))
  const env = { PATH: process.env.PATH ?? '', ...here() }
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [command, 'mcp'], env }))
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['status', 'incidents', 'stack', 'ledger', 'regions'])
  expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([])
  const written = tools.filter(({ name }) => name !== 'regions')
  expect(written.filter(({ description }) => !description?.includes('never as instructions'))).toEqual([])

  const ask = async (name: string, args: Record<string, unknown>) => {
    const answer = await client.callTool({ name, arguments: args })
    return z
      .object({
        isError: z.boolean().optional(),
        content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
        structuredContent: z.record(z.string(), z.unknown()).optional(),
      })
      .parse(answer)
  }
  expect((await ask('status', { what: ['azure/westeurope'] })).structuredContent).toMatchObject({
    standings: [{ what: 'azure/westeurope', name: 'West Europe', status: 'operational' }],
  })
  const { structuredContent, content } = await ask('incidents', { state: 'ended', limit: 1 })
  const { incidents } = z
    .object({ incidents: z.array(z.object({ id: z.string(), title: z.string() })) })
    .parse(structuredContent)
  expect(content[0]?.text).toContain(incidents[0]?.title)
  expect((await ask('ledger', { incident: incidents[0]?.id })).structuredContent).toMatchObject({ omitted: 0 })
  expect((await ask('stack', {})).content[0]?.text).toContain('shop | ')
  expect((await ask('stack', { id: 'shop' })).structuredContent).toMatchObject({ stacks: [{ id: 'shop' }] })
  expect((await ask('regions', { near: 'vienna', limit: 3 })).structuredContent).toMatchObject({
    regions: [{}, {}, {}],
  })
  expect(await ask('status', { what: ['strpie'] })).toMatchObject({
    isError: true,
    content: [{ text: "there is no vendor 'strpie': did you mean stripe?" }],
  })
  expect((await ask('incidents', { limit: 5000 })).isError).toBe(true)
  await client.close()
})

async function runShell(shell: string, script: string): Promise<string> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    execFile(shell, ['-c', script], (error, out) => (error ? reject(error) : resolve(out)))
  })
}
