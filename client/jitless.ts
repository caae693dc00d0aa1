import { config } from 'zod'

// The content security policy forbids `eval`; zod would probe for it as soon as a schema is made, and be reported.
// So this module is the first that `main.ts` imports.
config({ jitless: true })
