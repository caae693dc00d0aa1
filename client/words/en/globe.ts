/** The globe and its table; `failed`, `tabs` stand around them. */
export const globe = {
  globe:
    'Regions of the earth. Arrow keys turn it, plus and minus bring it closer, Home resets it. The table that follows lists all regions.',
  globeOption: 'Globe',
  mapOption: 'Map',
  projection: 'Shape of the earth',
  closer: 'Closer',
  further: 'Further',
  reset: 'All of it',
  turn: 'Let it turn',
  rest: 'Stop turning',
  table: 'As a table',
  columns: { place: 'Region', status: 'State', since: 'Since' },
  mine: 'mine',
  announced: 'announced, not open yet',
  failed: 'The globe could not be loaded. Reload the page to try again.',
  /** What a small screen shows, one at a time. */
  tabs: { legend: 'View', lists: 'Lists', globe: 'Globe' },
}
