const { order } = require('./src/modules/order.ts')

/** One rule a module: it may import earlier modules only, and those only through their front door. */
const moduleRules = order.flatMap((name, place) => [
  {
    name: `${name}-imports-later`,
    severity: 'error',
    comment: `${name} comes before the module it imports (src/modules/order.ts). Move the shared word to the earlier module, or join the two in src/app.`,
    from: { path: `^src/modules/${name}/` },
    to: { path: `^src/modules/(${order.slice(place + 1).join('|') || 'none'})/` },
  },
  {
    name: `${name}-front-door`,
    severity: 'error',
    comment: `Other modules, and src/app, enter ${name} only by its front doors: index.ts, routes.tsx, tables.ts, example.ts. Export what you need from index.ts.`,
    from: { path: '^src/', pathNot: `^src/modules/${name}/` },
    to: {
      path: `^src/modules/${name}/`,
      pathNot: `^src/modules/${name}/(index\\.tsx?|routes\\.tsx?|tables\\.ts|example\\.ts)$`,
    },
  },
])

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or hide a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      comment: 'The kernel imports nothing: no I/O, no library.',
      from: { path: '^src/kernel/', pathNot: '\\.test\\.' },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'ui-knows-no-database',
      severity: 'error',
      comment: 'Components take plain props. Ask in the page’s query, pass what it found.',
      from: { path: '^src/ui/' },
      to: { path: '^src/(platform|modules|app)/' },
    },
    {
      name: 'platform-knows-no-school',
      severity: 'error',
      comment: 'The platform knows no school word: it may import the kernel and libraries.',
      from: { path: '^src/platform/', pathNot: '\\.test\\.' },
      to: { path: '^src/(modules|app|ui)/' },
    },
    {
      name: 'modules-know-no-app',
      severity: 'error',
      comment: 'The app joins modules, not the other way round.',
      from: { path: '^src/modules/', pathNot: '\\.test\\.' },
      to: { path: '^src/app/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'A rule is a pure function that takes the date: no database, no clock, no HTML in domain/.',
      from: { path: '/domain/', pathNot: '\\.test\\.' },
      to: { path: '^src/(platform|ui)/|^node:(fs|http|net)', pathNot: '^src/kernel' },
    },
    {
      name: 'product-needs-no-tests',
      severity: 'error',
      comment: 'What runs in production must not import what tests use.',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|example\\.ts$' },
      to: { path: '^(test|e2e|bench)/' },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      comment: 'What runs in production belongs in dependencies.',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    ...moduleRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
