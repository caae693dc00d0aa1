import { Argument, type Command } from 'commander'
import type { AddCommand } from '../command.ts'

export const addCompletion: AddCommand = program =>
  program
    .command('completion')
    .summary('completions for your shell')
    .description('Prints a script that completes commands and options.')
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
  bash  echo 'source <(nephoscope completion bash)' >> ~/.bashrc
  zsh   nephoscope completion zsh > "\${fpath[1]}/_nephoscope"
  fish  nephoscope completion fish > ~/.config/fish/completions/nephoscope.fish
`,
    )
    .action((shell: keyof typeof scripts) => void process.stdout.write(scripts[shell](commandsOf(program))))

type Completed = { name: string; what: string; options: { flag: string; what: string }[] }

const commandsOf = (program: Command): Completed[] =>
  program.commands.map(command => ({
    name: command.name(),
    what: command.summary(),
    options: [...command.options, ...program.options, helpOption].map(option => ({
      flag: option.long ?? '',
      what: option.description,
    })),
  }))

const helpOption = { long: '--help', description: 'what it does' }

const names = (commands: readonly Completed[]): string => commands.map(({ name }) => name).join(' ')
const flags = ({ options }: Completed): string => options.map(({ flag }) => flag).join(' ')
/** Between single quotes. */
const quoted = (text: string): string => text.replaceAll("'", '’').replaceAll(':', ' –')

const scripts = {
  bash: (commands: readonly Completed[]): string => `_nephoscope() {
  local word=\${COMP_WORDS[COMP_CWORD]} choices
  case \${COMP_WORDS[1]} in
${commands.map(one => `    ${one.name}) choices='${flags(one)}' ;;`).join('\n')}
  esac
  ((COMP_CWORD == 1)) && choices='${names(commands)} --help --version'
  COMPREPLY=($(compgen -W "$choices" -- "$word"))
}
complete -o default -F _nephoscope nephoscope
`,
  zsh: (commands: readonly Completed[]): string => `#compdef nephoscope
_nephoscope() {
  if ((CURRENT == 2)); then
    local -a commands=(
${commands.map(({ name, what }) => `      '${name}:${quoted(what)}'`).join('\n')}
    )
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map(one => `    ${one.name}) compadd -- ${flags(one)} ;;`).join('\n')}
  esac
}
(( $+functions[compdef] )) && compdef _nephoscope nephoscope
`,
  fish: (commands: readonly Completed[]): string =>
    [
      'complete -c nephoscope -f',
      ...commands.flatMap(({ name, what, options }) => [
        `complete -c nephoscope -n __fish_use_subcommand -a ${name} -d '${quoted(what)}'`,
        ...options.map(
          ({ flag, what }) =>
            `complete -c nephoscope -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d '${quoted(what)}'`,
        ),
      ]),
      '',
    ].join('\n'),
} satisfies Record<string, (commands: readonly Completed[]) => string>
