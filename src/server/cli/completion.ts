import type { Command } from 'commander'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** The visible commands with their long options, `connections add` as one of them. */
export function listCommands(
  program: Command,
  prefix = '',
): readonly { readonly name: string; readonly description: string; readonly options: readonly string[] }[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => {
      const name = `${prefix}${command.name()}`
      const options = command
        .createHelp()
        .visibleOptions(command)
        .flatMap(({ long }) => (long === undefined || long === null ? [] : [long]))
      return [{ name, description: command.description(), options }, ...listCommands(command, `${name} `)]
    })
}

/** A script for a shell, made from the commands as they are. */
export function renderCompletion(program: Command, shell: Shell): string {
  const commands = listCommands(program)
  const first = commands.filter(({ name }) => !name.includes(' ')).map(({ name }) => name)
  const below = (parent: string) =>
    commands.flatMap(({ name }) => (name.startsWith(`${parent} `) ? [name.slice(parent.length + 1)] : []))
  const cases = commands.map(({ name, options }) => ({ name, words: [...below(name), ...options].join(' ') }))
  switch (shell) {
    case 'bash':
    case 'zsh':
      return [
        ...(shell === 'zsh' ? ['#compdef penstock', 'autoload -U +X bashcompinit && bashcompinit'] : []),
        '_penstock() {',
        '  local current="${COMP_WORDS[COMP_CWORD]}" command="${COMP_WORDS[1]}" words',
        `  case "$command $\{COMP_WORDS[2]}" in`,
        ...cases
          .filter(({ name }) => name.includes(' '))
          .map(({ name, words }) => `    "${name}") words="${words}" ;;`),
        '    *) case "$command" in',
        ...cases
          .filter(({ name }) => !name.includes(' '))
          .map(({ name, words }) => `      ${name}) words="${words}" ;;`),
        '    esac ;;',
        '  esac',
        `  [ "$COMP_CWORD" -le 1 ] && words="${first.join(' ')}"`,
        '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
        '}',
        'complete -F _penstock penstock',
        '',
      ].join('\n')
    case 'fish':
      return [
        'complete -c penstock -f',
        ...commands
          .filter(({ name }) => !name.includes(' '))
          .map(
            ({ name, description }) =>
              `complete -c penstock -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
          ),
        ...commands.flatMap(({ name, description, options }) => {
          const [parent, child] = name.split(' ')
          const inside = `__fish_seen_subcommand_from ${child ?? parent}`
          const asWord =
            child === undefined
              ? []
              : [
                  `complete -c penstock -n '__fish_seen_subcommand_from ${parent}' -a ${child} -d ${quoted(description)}`,
                ]
          return [
            ...asWord,
            ...options.map((option) => `complete -c penstock -n '${inside}' -l ${option.slice(2)}`),
          ]
        }),
        '',
      ].join('\n')
  }
}

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
