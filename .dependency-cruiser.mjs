/**
 * Who may import whom (docs/architecture.md, "Borders"). One rule per border; `npm run check` enforces
 * them, and test/tooling/borders.test.ts shows for each that breaking it is reported.
 *
 * Rules see modules as paths from the project's folder: our own as src/…, Node's as their bare name,
 * packages as node_modules/…. Test files may reach further: only the rules about runtimes bind them.
 */
const TEST = '\\.test\\.tsx?$'
const PACKAGE = '^node_modules/'
const ELECTRON = '^(electron$|electron/|node_modules/electron/)'
/** The programs: the command line and Electron main. */
const ENTRIES = '^src/(server/cli(\\.ts$|/)|main/)'
const BUILT_IN = 'core'

/** @param {string} folder */
const inside = (folder) => ({ path: `^${folder}/`, pathNot: TEST })

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two modules are one, or that something between them has no name yet.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable-imports-only',
      comment: 'An import that cannot be found would escape every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^penstock/tasks$', '^electron$'] },
    },
    {
      name: 'shared-imports-shared-only',
      comment: 'src/shared runs anywhere, so it stands on nothing of ours.',
      severity: 'error',
      from: inside('src/shared'),
      to: { path: '^(src|test|scripts)/', pathNot: '^src/shared/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'src/shared/domain imports only itself: no package, no Node, no contract.',
      severity: 'error',
      from: inside('src/shared/domain'),
      to: { pathNot: '^src/shared/domain/' },
    },
    {
      name: 'contract-packages',
      comment: 'src/shared/contract may use zod and @orpc/contract, and no other package.',
      severity: 'error',
      from: inside('src/shared/contract'),
      to: { path: PACKAGE, pathNot: '^node_modules/(zod|@orpc/contract)/' },
    },
    {
      name: 'shared-without-packages',
      comment: 'Outside src/shared/contract, src/shared uses no package at all.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: [TEST, '^src/shared/contract/'] },
      to: { path: PACKAGE },
    },
    {
      name: 'shared-without-node',
      comment: 'src/shared runs in a browser page too.',
      severity: 'error',
      from: inside('src/shared'),
      to: { dependencyTypes: [BUILT_IN] },
    },
    {
      name: 'renderer-imports-renderer-and-shared',
      comment: 'The window talks to the server through the contract, never by importing it.',
      severity: 'error',
      from: inside('src/renderer'),
      to: { path: '^(src|test|scripts)/', pathNot: '^src/(renderer|shared)/' },
    },
    {
      name: 'renderer-without-node',
      comment: 'The window is a browser page.',
      severity: 'error',
      from: inside('src/renderer'),
      to: { dependencyTypes: [BUILT_IN] },
    },
    {
      name: 'renderer-without-server-packages',
      comment: "The server's packages would drag Node into the window.",
      severity: 'error',
      from: inside('src/renderer'),
      to: {
        path: '^node_modules/(better-sqlite3|commander|esbuild|fastify|@fastify|@orpc/server|pino|piscina)/',
      },
    },
    {
      name: 'server-imports-server-shared-tasks',
      comment: 'The server knows no window and no Electron: it also runs headless.',
      severity: 'error',
      from: inside('src/server'),
      to: { path: '^(src|test|scripts)/', pathNot: '^src/(server|shared|tasks)/' },
    },
    {
      name: 'electron-in-main-and-preload-only',
      comment: 'Only the two folders that run inside Electron may touch it, types included.',
      severity: 'error',
      from: { pathNot: ['^src/(main|preload)/', '^test/e2e/', '^node_modules/'] },
      to: { path: ELECTRON },
    },
    {
      name: 'preload-imports-shared-only',
      comment: 'The bridge is one small file: itself, what is shared, and Electron.',
      severity: 'error',
      from: inside('src/preload'),
      to: { path: '^(src|test|scripts)/', pathNot: '^src/(preload|shared)/' },
    },
    {
      name: 'main-never-imports-the-window',
      comment: 'Electron main loads the built window; it does not import it, nor the bridge.',
      severity: 'error',
      from: inside('src/main'),
      to: { path: '^(src/(renderer|preload)|test|scripts)/' },
    },
    {
      name: 'dialects-apart',
      comment: 'A dialect is one folder: its words exist nowhere else, and it borrows none.',
      severity: 'error',
      from: { path: '^src/server/dialects/([^/]+)/', pathNot: TEST },
      to: { path: '^src/server/dialects/([^/]+)/', pathNot: '^src/server/dialects/$1/' },
    },
    {
      name: 'faces-never-reach-inside-a-broker',
      comment: 'Dialects, rpc and http do everything through the Broker port.',
      severity: 'error',
      from: { path: '^src/server/(dialects|rpc|http)/', pathNot: TEST },
      to: { path: '^src/server/(local|connections|app)/' },
    },
    {
      name: 'only-app-opens-the-local-broker',
      comment: 'src/server/app alone constructs: everything else is given what it needs.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TEST, '^src/server/(local|app)/', ENTRIES] },
      to: { path: '^src/server/local/' },
    },
    {
      name: 'entries-choose-the-executor-only',
      comment:
        'How the executor process is started, and whether memory is given back, differs between the programs; the rest is for app.',
      severity: 'error',
      from: { path: ENTRIES, pathNot: TEST },
      to: { path: '^src/server/local/(?!executor/|release-start-memory\\.ts$)' },
    },
    {
      name: 'only-entries-import-app',
      comment: 'The composition root is used by the programs: the command line and Electron main.',
      severity: 'error',
      from: { path: '^src/', pathNot: [TEST, '^src/server/app/', ENTRIES] },
      to: { path: '^src/server/app/' },
    },
    {
      name: 'local-imports-no-face',
      comment: 'The local broker does not know who serves it.',
      severity: 'error',
      from: inside('src/server/local'),
      to: { path: '^src/server/(?!local/)' },
    },
    {
      name: 'tasks-import-tasks-and-shared',
      comment: 'src/tasks is what task authors import; it drags in nothing else of ours.',
      severity: 'error',
      from: inside('src/tasks'),
      to: { path: '^(src|test|scripts)/', pathNot: '^src/(tasks|shared)/' },
    },
    {
      name: 'sqlite-in-the-store-only',
      comment: 'One folder speaks SQL.',
      severity: 'error',
      from: { pathNot: ['^src/server/local/store/', '^test/', '^node_modules/'] },
      to: { path: '^node_modules/(@types/)?better-sqlite3/' },
    },
    {
      name: 'piscina-in-the-executor-only',
      comment: 'The thread pool belongs to the executor process.',
      severity: 'error',
      from: { pathNot: ['^src/server/local/executor/', '^test/', '^node_modules/'] },
      to: { path: '^node_modules/piscina/' },
    },
    {
      name: 'tests-are-imported-by-tests-only',
      comment: 'What ships never leans on test code.',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: TEST },
      to: { path: ['^test/', TEST] },
    },
  ],
  options: {
    doNotFollow: { path: ['^node_modules/'] },
    exclude: { path: ['^(out|dist|test-results)/'] },
    // Type-only imports count: a border crossed by a type is crossed.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json', '.css'],
    },
  },
}
