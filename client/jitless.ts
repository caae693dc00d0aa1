import { config } from 'zod'

// The content security policy forbids `eval`. Zod probes for it when the first schema is made, which would be reported:
// main.ts imports this module first.
config({ jitless: true })
