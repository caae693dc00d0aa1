/** The page of a provider. */
export const providerPage = {
  noProvider: (id: string) => `No provider '${id}' is watched here.`,
  state: (name: string, state: string) => `${name}: ${state}.`,
  noRegions: 'It has no regions here, so no days are counted.',
  troubles: 'In trouble now',
  noTroubles: 'No region and no part is reported to be in trouble.',
  unnamed: 'no service named',
  parts: 'Parts of no region',
  ownFigures: 'What it says of itself',
  /** Where a figure stands and when it was read. */
  readAt: (host: string, date: string) => `${host}, read ${date}`,
  counted: 'What is counted here',
  sources: 'Sources',
  noSources: 'No source tells of it.',
  lastRead: (ago: string) => `read ${ago}`,
  home: 'Its site',
  statusPage: 'Its status page',
  asStatuspage: 'In the format of a Statuspage',
}
