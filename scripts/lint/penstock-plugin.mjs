/**
 * Lint rules of our own, loaded by oxlint (`jsPlugins` in .oxlintrc.json).
 *
 * `hand-in-time-and-dice`: the time and random numbers arrive as parameters, so that tests can fix
 * them. Reports `Date.now()`, `Date()`, `new Date()` and `Math.random()`; `new Date(instant)` is fine.
 * Where it applies, and the few modules that are the clock and the dice, is set in .oxlintrc.json.
 */
const MESSAGE = 'Time and dice are handed in: take a Clock or a random() parameter instead.'

/** @typedef {any} Syntax a node of the ESTree that oxlint hands in; it publishes no type for it */

/** @type {(node: Syntax, name: string) => boolean} */
const isNamed = (node, name) => node.type === 'Identifier' && node.name === name

/** @type {(node: Syntax, object: string, property: string) => boolean} */
const isMember = (node, object, property) =>
  node.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property)

const handInTimeAndDice = {
  meta: { type: 'problem', messages: { handIn: MESSAGE } },
  /** @param {{ report: (finding: { node: Syntax, messageId: string }) => void }} context */
  create(context) {
    /** @param {Syntax} node */
    const report = (node) => context.report({ node, messageId: 'handIn' })
    return {
      /** @param {Syntax} node */
      MemberExpression(node) {
        if (isMember(node, 'Date', 'now') || isMember(node, 'Math', 'random')) report(node)
      },
      /** @param {Syntax} node */
      CallExpression(node) {
        if (isNamed(node.callee, 'Date')) report(node)
      },
      /** @param {Syntax} node */
      NewExpression(node) {
        if (isNamed(node.callee, 'Date') && node.arguments.length === 0) report(node)
      },
    }
  },
}

export default {
  meta: { name: 'penstock' },
  rules: { 'hand-in-time-and-dice': handInTimeAndDice },
}
