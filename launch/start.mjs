import { ensureBuilt } from './built.mjs'
import { command } from './command.mjs'
import { urlOf } from './ready.mjs'
import { prepare, serve } from './run.mjs'

/** `npm start`: installs what is missing, builds, and runs all of Nephoscope until it is told to stop. */
await command(async () => {
  const prepared = await prepare('npm start', process.env)
  await ensureBuilt()
  await serve({ ...prepared, simulated: false })
  console.log(`Nephoscope is live at ${urlOf(prepared.address)}`)
})
