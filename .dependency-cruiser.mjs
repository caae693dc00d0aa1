/** The one-way road: workers → Redis → server → client. Each room may import `shared/`, never another room. */
const room = (name, others) => ({
  name: `${name}-stands-alone`,
  comment: `${name}/ may import only itself and shared/`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: { path: `^(${others.join('|')})/` },
})

/**
 * The rooms of the page, lowest first. A room imports what stands below it, nothing beside it and nothing above it.
 * `words` and `ui` know nothing of clouds; `pages` compose rooms, and only `app` imports them.
 */
const storeys = [
  ['words', 'ui'],
  ['live', 'share'],
  ['timeline'],
  ['stacks'],
  ['regions'],
  ['incidents'],
  ['history', 'news', 'near', 'sources', 'ticker', 'globe', 'notifications', 'picker'],
  ['providers'],
  ['wall'],
  ['walls'],
  ['pages'],
  ['app'],
]
const clientRooms = storeys.flatMap((rooms, storey) =>
  rooms.map(name => {
    const others = storeys
      .slice(storey)
      .flat()
      .filter(other => other !== name && !(name === 'ui' && other === 'words'))
    return {
      name: `client-${name}-imports-downwards`,
      comment: `client/${name}/ imports only the rooms below it`,
      severity: 'error',
      from: { path: `^client/${name}/` },
      to: { path: `^client/(${others.join('|')})/` },
    }
  }),
)

export default {
  forbidden: [
    room('workers', ['ops', 'server', 'client', 'programs', 'test', 'bench', 'launch']),
    room('server', ['ops', 'workers', 'client', 'programs', 'test', 'bench', 'launch']),
    room('client', [
      'ops',
      'workers',
      'server',
      'programs',
      'test',
      'bench',
      'launch',
      'shared/redis',
      'shared/regions',
      'shared/yaml',
    ]),
    room('shared', ['ops', 'workers', 'server', 'client', 'programs', 'test', 'bench', 'launch']),
    room('ops', ['client', 'programs', 'test', 'bench', 'launch']),
    room('launch', ['server', 'workers', 'ops', 'client', 'programs', 'shared', 'test', 'bench']),
    room('programs', ['ops', 'workers', 'server', 'client', 'test', 'bench', 'launch', 'shared/redis']),
    ...clientRooms,
    {
      name: 'ops-knows-settings',
      comment:
        'ops/ looks at both roles from outside: it may import what they read, their settings, the sources file and the names in it, and nothing that runs',
      severity: 'error',
      from: { path: '^ops/' },
      to: {
        path: '^(workers|server)/',
        pathNot: '^(workers|server)/settings[.]ts$|^workers/config/(?:sources-file|known-names)[.]ts$',
      },
    },
    {
      name: 'the-package-stands-alone',
      comment: 'programs/client/ is published: it may import nothing but itself',
      severity: 'error',
      from: { path: '^programs/client/' },
      to: { pathNot: '^programs/client/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'shared/domain knows no Node, no DOM, no store and no catalogue: only zod',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { pathNot: '^(shared/domain/|node_modules/zod/)' },
    },
    {
      name: 'no-circles',
      comment: 'a ring of imports has no first file to read',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.svelte'] },
  },
}
