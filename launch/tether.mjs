/**
 * Preloaded into every role: a role whose launcher is gone and that has not put itself away 4 s later, such as one that
 * is still starting, ends all the same.
 */
process.once('disconnect', () => setTimeout(() => process.exit(1), 4_000).unref())
