/** Where a device keeps what its reader chose of notices. */
export const NOTICES_KEY = 'nephoscope.notices'
export const SOUND_KEY = 'nephoscope.sound'
/** The id at the server, and what it was told: `<id> <JSON>`. */
export const PUSH_KEY = 'nephoscope.push'
