/**
 * Preloaded into every role, so that none outlives a launcher that was killed: a role that has not put itself away 4 s
 * later, such as one that was still starting and never heard of it, ends all the same.
 */
const end = () => setTimeout(() => process.exit(1), 4_000).unref()

if (process.connected) process.once('disconnect', end)
else end()

// Without a launcher nobody reads the log, and pino would try for ever to write its last lines into the broken pipe
// (`flushSync` of sonic-boom repeats after EPIPE). So this, the first listener, is the last thing that happens.
process.once('exit', () => {
  if (!process.connected) process.kill(process.pid, 'SIGKILL')
})
