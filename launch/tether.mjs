/**
 * Preloaded into every role: a role whose launcher is gone and that has not put itself away 4 s later, such as one that
 * was still starting and never heard of it, ends all the same.
 */
const end = () => setTimeout(() => process.exit(1), 4_000).unref()

if (process.connected) process.once('disconnect', end)
else end()
