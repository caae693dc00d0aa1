import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canaries, secretAttributes, stateOf, stateResource, threeClouds } from '../shared/import/states.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { until } from '../support/temporary-redis.ts'

let stack: Stack
let browser: Browser
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'neph-import-'))
  ;[stack, browser] = await Promise.all([startStack({ story: 'demo', every: '1s' }), startBrowser()])
  await stack.ready()
})
afterAll(async () => {
  await browser.close()
  await stack.close()
  await rm(dir, { recursive: true, force: true })
})

const search = (page: Page) => page.getByRole('searchbox', { name: 'Find services, regions and vendors' })
const chosen = (page: Page) =>
  page.locator('[data-use]').evaluateAll(rows => rows.map(row => row.getAttribute('data-use')))
const choosesSoon = (page: Page, wanted: string[]) =>
  until(async () => JSON.stringify(await chosen(page)) === JSON.stringify(wanted), `${wanted} to be chosen`)

test('a reader chooses by keys what they run on, sees what it would have told, saves it and copies it', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/stack`)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByText('Tick something to see it.').waitFor()
  await search(page).fill('stripe')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await choosesSoon(page, ['stripe'])
  await page.keyboard.press('Space')
  await choosesSoon(page, [])
  for (const words of ['fra', 'lambda', 'GH', 'são paulo']) {
    await search(page).fill(words)
    await page.keyboard.press('Enter')
  }
  await choosesSoon(page, ['aws/eu-central-1', 'aws/lambda@eu-central-1', 'github', 'aws/sa-east-1'])
  await page.getByText(/^This would have concerned you (?:once|\d+ times) in the last 90 days\.$/).waitFor()
  await page.getByText('Concerns you: ', { exact: false }).first().waitFor()
  await search(page).fill('kuberntes')
  await page.getByText("Nothing is called so. Shown is 'kubernetes'.").waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Say more about AWS Lambda: eu-central-1' }).press('Enter')
  await page.getByRole('checkbox', { name: 'us-east-1 (Ashburn)' }).press('Space')
  await page.getByRole('button', { name: 'Say more about GitHub: all of it' }).press('Enter')
  await page.getByLabel('Another part').fill('Actions')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove AWS sa-east-1' }).press('Enter')
  const wanted = ['aws/eu-central-1', 'aws/lambda@eu-central-1,us-east-1', 'github[Actions]']
  await choosesSoon(page, wanted)
  await page.getByLabel('Name', { exact: true }).fill('Shop')
  await page.getByRole('link', { name: 'Sources', exact: true }).click()
  await page.getByRole('heading', { name: 'Sources' }).first().waitFor()
  await page.getByRole('link', { name: 'Edit my stack' }).click()
  await choosesSoon(page, wanted)

  await page.getByRole('button', { name: 'Copy as YAML' }).press('Enter')
  await page.getByText('Copied: paste it under stacks: in the sources file.').waitFor()
  expect(await clipboard()).toContain('- id: shop\n  name: Shop\n  uses:\n')
  await page.getByRole('button', { name: 'Copy a link' }).press('Enter')
  await page.getByText('Link copied. Whoever opens it sees this stack.').waitFor()
  const link = await clipboard()

  await page.getByRole('button', { name: 'Save in this browser' }).press('Enter')
  await page.getByText('Saved in this browser.').waitFor()
  expect(await page.evaluate(() => localStorage.getItem('nephoscope.stack'))).toBe(`Shop:${wanted.join(';')}`)
  await page.getByRole('link', { name: 'Show it on a wall' }).click()
  await page.waitForURL(`**/wall?stack=Shop:aws/eu-central-1;aws/lambda@eu-central-1,us-east-1;*`)
  await page.getByText('live line', { exact: true }).waitFor()
  await page.goBack()
  await choosesSoon(page, wanted)
  await page.getByRole('link', { name: 'Nephoscope', exact: true }).click()
  await page.getByRole('heading', { name: 'My stack' }).waitFor()
  await page.getByRole('link', { name: 'Edit my stack' }).click()
  await choosesSoon(page, wanted)
  expect(complaints.filter(line => !line.includes('404'))).toEqual([])
  await page.context().close()

  const other = await openPage(browser, link)
  await other.page.getByText('The stack Shop came with a link.').waitFor()
  await other.page.getByRole('link', { name: 'Edit my stack' }).click()
  await choosesSoon(other.page, wanted)
  await other.page.getByText('Not saved yet.').waitFor()
  await other.page.context().close()
})

test('what is saved is at once in every tab of the browser', async () => {
  const { page } = await openPage(browser, `${stack.url}/stack`)
  const tabs = await Promise.all([page.context().newPage(), page.context().newPage()])
  const [picker, dashboard] = tabs
  await picker.goto(`${stack.url}/stack`)
  await picker.getByText('Tick something to see it.').waitFor()
  await dashboard.goto(stack.url)
  await search(page).fill('vercel')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save in this browser' }).press('Enter')
  await choosesSoon(picker, ['vercel'])
  await dashboard
    .getByRole('link', { name: /^Vercel/ })
    .first()
    .waitFor()
  await page.context().close()
})

test('a state that is given holds secrets, and none of them is anywhere afterwards', async () => {
  const file = path.join(dir, 'terraform.tfstate')
  await writeFile(file, JSON.stringify(threeClouds))
  const { page, complaints } = await openPage(browser, `${stack.url}/stack`)
  const sent: string[] = []
  page.context().on('request', request => sent.push(request.url() + (request.postData() ?? '')))
  page.on('websocket', socket => socket.on('framesent', ({ payload }) => sent.push(payload.toString())))
  await page.getByText('States hold secrets.', { exact: false }).waitFor()
  await page.reload()
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByText(/^Read a state of Terraform: \d+ things that you use/).waitFor()
  await page.getByText('Left out, as what it is is not known').click()
  const uses = await chosen(page)
  expect(uses).toContain('aws/lambda@eu-west-1,us-east-1')
  expect(uses.length).toBeGreaterThan(20)

  // the other ways in, with secrets of their own
  await page.getByLabel('Or paste one, or write one thing a line').evaluate(field => {
    const data = new DataTransfer()
    data.setData('text/plain', `stripe.com\ntoken: ${['pasted', 'canary'].join('-')}`)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await page.getByText(/^Read a list of words: one thing that you use/).waitFor()
  expect(await page.getByLabel('Or paste one, or write one thing a line').inputValue()).toBe('')
  // what the page does keep is found by the same search
  await page.getByLabel('Name', { exact: true }).fill('kept-canary')
  await page.getByRole('button', { name: 'Save in this browser' }).click()
  await page.getByText('Saved in this browser.').waitFor()

  const secrets = [...Object.values(canaries), 'pasted-canary']
  const places = { ...(await textsOf(page)), sent: sent.join('\n'), memory: await memoryOf(page) }
  for (const place of ['shown', 'storage', 'memory'] as const) expect(places[place]).toContain('kept-canary')
  for (const [place, text] of Object.entries(places))
    expect([place, secrets.filter(secret => text.includes(secret))]).toEqual([place, []])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a state of 20 MB is dropped, read beside the page, and taken out again; what is none is refused in one line', async () => {
  const { page, complaints } = await openPage(browser, `${stack.url}/stack`)
  await page.getByText('States hold secrets.', { exact: false }).waitFor()
  await page.keyboard.press('Tab')
  const many = Array.from({ length: 12_000 }, (_, at) =>
    stateResource('aws_sqs_queue', { ...secretAttributes, region: 'eu-west-1', note: `${at}`.repeat(200) }),
  )
  const file = path.join(dir, 'large.tfstate')
  await writeFile(file, JSON.stringify(stateOf(many)))
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByText('said 12,000 times', { exact: false }).waitFor()
  await choosesSoon(page, ['aws/sqs@eu-west-1'])
  await page.getByRole('button', { name: 'Take them out again' }).click()
  await choosesSoon(page, [])

  await drop(page, 'main.go', 'package main\nfunc main() { }\n')
  await page.getByText(/^Not read: main\.go is in no form that is known/).waitFor()
  await drop(page, 'list.txt', 'GH Actions\nlambda frankfurt\n')
  await choosesSoon(page, ['aws/lambda@eu-central-1', 'github[Actions]'])
  expect(complaints).toEqual([])
  await page.context().close()
})

const drop = (page: Page, name: string, text: string) =>
  page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], name))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text] as const,
  )

/** What the page shows and has stored. */
const textsOf = (page: Page): Promise<{ shown: string; storage: string }> =>
  page.evaluate(async () => {
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
    const shown = document.documentElement.outerHTML + fields.map(field => field.value).join('\n')
    const stored: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames)
        stored.push(await settled(database.transaction(store).objectStore(store).getAll()))
      database.close()
    }
    for (const name of await caches.keys())
      stored.push((await (await caches.open(name)).keys()).map(request => request.url))
    return { shown, storage: JSON.stringify(stored) }
  })

/** Everything that is alive in the page's memory, as the debugger writes it out. */
async function memoryOf(page: Page): Promise<string> {
  const debug = await page.context().newCDPSession(page)
  const chunks: string[] = []
  debug.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await debug.send('HeapProfiler.enable')
  await debug.send('HeapProfiler.collectGarbage')
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await debug.detach()
  return chunks.join('')
}
