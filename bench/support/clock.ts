/** ms of a clock that all processes of a machine share and that never jumps; its zero means nothing. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6
