import type { KnipConfig } from 'knip'

/** Dead code: files, exports and packages that nothing reaches from these entries. */
const config: KnipConfig = {
  entry: [
    'src/main/index.ts',
    'src/preload/index.ts',
    'src/renderer/index.html',
    'src/server/cli.ts',
    'src/server/local/store/store-thread.ts',
    'src/server/local/executor/executor-process.ts',
    'src/server/local/executor/executor-thread.ts',
    'src/tasks/built-in.ts',
    'src/tasks/api.ts',
    'scripts/{start,serve,dev,build,test,check-types,check-borders}.mjs',
    'test/bench/bench.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,mjs}', 'scripts/**/*.mjs', '*.{ts,mjs}'],
  // A type that its own file's exports speak of may be exported with them.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // scripts/ runs these by their paths, as it must before anything is on the PATH.
  ignoreDependencies: ['dependency-cruiser', 'node', 'oxlint', 'oxlint-tsgolint'],
}

export default config
