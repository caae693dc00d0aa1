/** Preloaded into every role, so that none outlives a killed launcher: a role that has not ended 4 s later is ended. */
const end = () => setTimeout(() => process.exit(1), 4_000).unref()

if (process.connected) process.once('disconnect', end)
else end()

// Without a launcher the log's pipe is broken, and pino would try for ever to write its last lines into it (`flushSync`
// of sonic-boom repeats after EPIPE). This listener is the first, so it is the last thing that happens.
process.once('exit', () => {
  if (!process.connected) process.kill(process.pid, 'SIGKILL')
})
