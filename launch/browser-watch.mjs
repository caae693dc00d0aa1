/** How often the page is asked whether it lives, and how long it may take to say so, in ms. */
const ASK_EVERY = 15_000
const PATIENCE = 60_000

/**
 * Watches the page of a kiosk from outside, for a page that has crashed or hangs cannot reload itself.
 * @param {import('./devtools-pipe.mjs').DevTools} devtools
 * @param {(why: string) => void} onLost told once: `has crashed`, `hangs`
 * @returns {() => void} ends the watch
 */
export function browserWatch(devtools, onLost) {
  /** @type {string | undefined} */
  let session
  let answeredAt = Date.now()
  let over = false

  const lost = (/** @type {string} */ why) => {
    if (over) return
    end()
    onLost(why)
  }
  const attach = async () => {
    const { targetInfos } = await devtools.send('Target.getTargets')
    const page = targetInfos?.find((/** @type {{ type: string }} */ one) => one.type === 'page')
    if (page)
      session = (await devtools.send('Target.attachToTarget', { targetId: page.targetId, flatten: true })).sessionId
  }
  const ask = async () => {
    if (session === undefined) await attach()
    else await devtools.send('Runtime.evaluate', { expression: '1' }, session)
    answeredAt = Date.now()
  }
  // whoever refuses has ended or goes on to another page; only silence is held against it
  const begin = () =>
    ask().catch(() => {
      session = undefined
    })

  devtools.on((method, params) => {
    if (method === 'Target.targetCrashed') lost('has crashed')
    if (method === 'Target.detachedFromTarget' && params.sessionId === session) session = undefined
  })
  devtools.send('Target.setDiscoverTargets', { discover: true }).catch(() => undefined)
  let lookedAt = Date.now()
  const asking = setInterval(() => {
    // after a sleep of the machine everything is late
    if (Date.now() - lookedAt > 2 * ASK_EVERY) answeredAt = Date.now()
    lookedAt = Date.now()
    if (Date.now() - answeredAt > PATIENCE) lost('hangs')
    else void begin()
  }, ASK_EVERY)
  const end = () => {
    over = true
    clearInterval(asking)
  }
  return end
}
