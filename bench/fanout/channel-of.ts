/** The `n`th of many channels. */
export const channelOf = (n: number): string => `topic/t${n}`
