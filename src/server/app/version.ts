import packageJson from '../../../package.json' with { type: 'json' }

/** Of the product, as every face tells it. */
export const VERSION: string = packageJson.version
