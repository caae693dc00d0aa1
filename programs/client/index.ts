export type * from './records.ts'
export { fetchSnapshot, NephoscopeError, type ServerOptions } from './request.ts'
export { type Reset, type State, type Watch, type WatchOptions, watch } from './watch.ts'
