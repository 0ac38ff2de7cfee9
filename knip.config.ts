import type { KnipConfig } from 'knip'

/** Dead code: what nothing reaches from these entries and from those of the build and of package.json. */
const config: KnipConfig = {
  entry: [
    'src/renderer/index.html',
    'src/server/cli.ts',
    'src/server/local/store/store-thread.ts',
    'src/server/local/executor/executor-process.ts',
    'src/server/local/executor/executor-thread.ts',
    'src/tasks/built-in.ts',
    'scripts/{start,serve,penstock,dev,build,package,bench,test,torture,check-types,check-borders}.mjs',
    'build/{package,make-icons,try-package}.ts',
    // Started as programs of their own by tests.
    'test/e2e/electron-stand-in/{run,electron}.ts',
    'test/bench/{bench,bare-fastify}.ts',
    // Loaded by a broker, and by people.
    'examples/{tasks,workers}/*.ts',
  ],
  project: [
    'src/**/*.{ts,tsx}',
    'test/**/*.{ts,mjs}',
    'scripts/**/*.mjs',
    'build/**/*.ts',
    'examples/**/*.ts',
    '*.{ts,mjs}',
  ],
  // A type that its own file's exports speak of may be exported with them.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // scripts/ runs these by their paths, as it must before anything is on the PATH.
  // The fonts are imported by src/renderer/ui/fonts.css.
  ignoreDependencies: ['dependency-cruiser', 'oxlint', 'oxlint-tsgolint', '@fontsource-variable/*'],
  // Of Linux; a test makes a small disk with them.
  ignoreBinaries: ['mount', 'umount'],
}

export default config
