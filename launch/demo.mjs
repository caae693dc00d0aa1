import { ensureBuilt } from './built.mjs'
import { command } from './command.mjs'
import { urlOf } from './ready.mjs'
import { forgetRedis } from './redis.mjs'
import { prepare, serve } from './run.mjs'
import { apart } from './settings.mjs'

/** `npm run demo`: all of Nephoscope on simulated providers. Each start begins the story anew. */
await command(async () => {
  const prepared = await prepare('npm run demo', apart(process.env, 'demo'))
  await ensureBuilt()
  forgetRedis(prepared.dataDir)
  await serve({ ...prepared, simulated: true })
  console.log(`Nephoscope is live at ${urlOf(prepared.address)}`)
})
