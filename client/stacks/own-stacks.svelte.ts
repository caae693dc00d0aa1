import { RegionId, Slug } from '../../shared/domain/primitives.ts'
import type { Region } from '../../shared/domain/region.ts'
import { formatUse, MAX_USES, type Stack, type Use, usesOf } from '../../shared/domain/stack.ts'
import { emptyStackCatalogue, type StackCatalogue } from '../live/stack-facts.ts'
import {
  formatStack,
  hasSameUses,
  parseRegions,
  parseStack,
  type StackFromLink,
  usesOfRegions,
} from './stack-addresses.ts'
import { standpointOf } from './standpoint.ts'

export type OwnStacks = ReturnType<typeof ownStacks>

/** Everything, the reader's own stack, and that of the link that they opened: no ids that a stack may have. */
export const [ALL, OWN, LINK] = ['*all', '*own', '*link']

const [STACK_KEY, CHOICE_KEY] = ['nephoscope.stack', 'nephoscope.choice']
/** Of releases that knew regions alone; read as long as nothing newer is stored. */
const [OLD_REGIONS_KEY, OLD_SCOPE_KEY] = ['nephoscope.mine', 'nephoscope.scope']
/** The stack that `mine` of a sources file stands for. */
const MINE_OF_SETTINGS = 'mine'

export type OwnStacksDeps = {
  /** Null where storage is forbidden. */
  storage: Storage | null
  fromSettings: () => readonly Stack[]
  /** Every region; empty until they are known. */
  known: () => ReadonlyMap<RegionId, Region>
  load: () => Promise<StackCatalogue>
}

/**
 * Whose stack the page speaks of: that of a link, one of the settings, or the reader's own, which stays on this device.
 * With All it speaks of everything, and puts first what concerns the link's, else the reader's own, else any of the
 * settings. A link's stack is stored only once the reader keeps it.
 */
export function ownStacks({ storage, fromSettings, known, load }: OwnStacksDeps) {
  const read = () => storage?.getItem(STACK_KEY) ?? textOfRegions(storage?.getItem(OLD_REGIONS_KEY))
  let ownText = $state(read())
  let choice = $state(storage?.getItem(CHOICE_KEY) ?? choiceOfScope(storage))
  /** The choice of an address, or while a link's stack is shown. It is not stored. */
  let passingChoice = $state<string | null>(null)
  let linkText = $state<string | null>(null)
  /** The link's uses after the reader added or removed some; null before. */
  let linkEdits = $state.raw<readonly Use[] | null>(null)
  let catalogue = $state.raw(emptyStackCatalogue)

  // without the regions a text cannot be read: they tell a region from a service
  const isReadable = $derived(known().size > 0)
  const own = $derived<Stack | null>(isReadable ? stackOf(OWN, parseStack(ownText, known())) : null)
  const link = $derived.by<StackFromLink | null>(() => {
    const opened = isReadable ? parseLink(linkText, known()) : null
    if (opened === null || bringsNothing(opened, own)) return null
    return linkEdits === null ? opened : { ...opened, uses: [...linkEdits] }
  })
  const linked = $derived(
    link !== null && link.uses.length > 0 && !hasSameUses(link.uses, own?.uses ?? []) ? stackOf(LINK, link) : null,
  )
  const choices = $derived<readonly Stack[]>([
    ...fromSettings(),
    ...(own !== null && own.uses.length > 0 ? [own] : []),
    ...(linked === null ? [] : [linked]),
  ])
  const chosen = $derived.by<Stack | null>(() => {
    const wanted = passingChoice ?? (linked === null ? (choice ?? (own === null ? ALL : OWN)) : LINK)
    return wanted === ALL ? null : (choices.find(({ id }) => id === wanted) ?? linked)
  })
  const stacks = $derived(new Map(choices.map(stack => [stack.id, stack])))
  /** What an added or removed use changes, where the reader has no stack of their own yet a copy of what is shown. */
  const editable = $derived(linked ?? own ?? chosen ?? anyOf(fromSettings()))
  const standpoint = $derived.by(() => {
    const stack = chosen ?? linked ?? own ?? anyOf(fromSettings())
    const isNamed = chosen !== null && chosen.id !== OWN && chosen.name !== ''
    return standpointOf(stack, { ...catalogue, stacks }, isNamed ? chosen.name : null)
  })
  const addressText = $derived(
    linked !== null ? formatStack(linked) : chosen === null ? '' : chosen.id === OWN ? formatStack(chosen) : chosen.id,
  )

  const closeLink = () => {
    linkText = null
    linkEdits = null
    passingChoice = null
  }
  const choose = (id: string) => {
    if (linked !== null && (id === ALL || id === LINK)) passingChoice = id
    else {
      closeLink()
      choice = id
      write(CHOICE_KEY, id)
    }
  }
  /** @returns whether it is kept: a storage may be forbidden, or full */
  const write = (key: string, text: string): boolean => {
    try {
      storage?.setItem(key, text)
    } catch {
      return false
    }
    return storage !== null
  }
  const store = (stack: Pick<Stack, 'name' | 'uses'>): boolean => {
    ownText = formatStack(stack)
    return write(STACK_KEY, ownText)
  }

  /** Keeps a stack as the reader's own, and shows it. @returns whether it outlasts this page */
  const save = (stack: Pick<Stack, 'name' | 'uses'>): boolean => {
    closeLink()
    const isKept = store(stack)
    choose(OWN)
    return isKept
  }

  return {
    /** The settings' stacks, the reader's own, and the link's, as far as there are any; beside All. */
    get choices() {
      return choices
    },
    /** The stack that alone is shown; null: everything is. */
    get chosen() {
      return chosen
    },
    choose,
    /** Whose stack the page speaks of, and what concerns it. */
    get standpoint() {
      return standpoint
    },
    /** The reader's own stack; null while they have none. */
    get own() {
      return own
    },
    get link() {
      return link
    },
    /** The link's stack where it differs from the reader's own. */
    get linked() {
      return linked
    },
    /** The choice as an address names it; empty for All. */
    get addressText() {
      return addressText
    },
    /** Whether the stack that `toggle` changes has this use. */
    has: (use: Use): boolean => editable?.uses.some(one => formatUse(one) === formatUse(use)) ?? false,
    /** Adds or removes a use. While a link's stack is shown it changes that one, which is not stored. */
    toggle(use: Use) {
      const isCopied = editable !== null && editable.id !== OWN && editable.id !== LINK
      const uses = isCopied ? flat(editable, stacks) : (editable?.uses ?? [])
      const rest = uses.filter(one => formatUse(one) !== formatUse(use))
      const next = rest.length < uses.length ? rest : [...uses, use].slice(0, MAX_USES)
      if (linked !== null) {
        linkEdits = next
        return
      }
      const isAll = chosen === null
      store({ name: own?.name ?? '', uses: next })
      // who looks at everything still does
      choose(isAll ? ALL : OWN)
    },
    save,
    keepLink() {
      if (linked !== null) save(linked)
    },
    closeLink,
    /** Takes over what another tab has saved. What each tab shows of it stays its own choice. */
    reread() {
      ownText = read()
    },
    /** Forgets the reader's own stack. */
    clear() {
      ownText = null
      for (const key of [STACK_KEY, OLD_REGIONS_KEY]) storage?.removeItem(key)
    },
    /** Opens what an address asks for: `stack=shop`, `stack=Shop:stripe`, or the older `mine=aws.eu-west-1`. */
    open(query: Pick<URLSearchParams, 'get'>) {
      const stack = query.get('stack')
      if (stack !== null && !stack.includes(':')) {
        if (!Slug.safeParse(stack).success || stack === addressText) return
        closeLink()
        passingChoice = stack
        return
      }
      const text = stack ?? asLink(query.get('mine'))
      if (text === null || text === addressText) return
      closeLink()
      linkText = text
    },
    /** Loads what is known of services and vendors. Where that fails, what is named exactly still concerns a stack. */
    async learn() {
      catalogue = await load()
    },
  }
}

const stackOf = (id: string, from: Pick<Stack, 'name' | 'uses'> | null): Stack | null =>
  from === null ? null : { id, name: from.name, uses: from.uses }

/** One stack as itself; several as one that stands on each; null for none. */
export function anyOf(stacks: readonly Stack[]): Stack | null {
  const [first, ...more] = stacks
  if (first === undefined) return null
  return more.length === 0 ? first : { id: ALL, name: '', uses: stacks.map(({ id }) => ({ kind: 'stack', stack: id })) }
}

const flat = (stack: Stack, stacks: ReadonlyMap<string, Stack>): Use[] => [
  ...new Map(usesOf(stack, stacks).map(({ use }) => [formatUse(use), use])).values(),
]

/** The older form is kept apart by what no stack's text begins with. */
const OLD_FORM = 'mine='
const asLink = (mine: string | null): string | null => (mine === null ? null : `${OLD_FORM}${mine}`)

const parseLink = (text: string | null, regions: ReadonlyMap<RegionId, Region>): StackFromLink | null =>
  text?.startsWith(OLD_FORM) ? parseRegions(text.slice(OLD_FORM.length), regions) : parseStack(text, regions)

/** A link to exactly the reader's own stack. */
const bringsNothing = ({ uses, unknown, over }: StackFromLink, own: Stack | null): boolean =>
  (uses.length === 0 && unknown.length === 0) ||
  (own !== null && hasSameUses(uses, own.uses) && unknown.length === 0 && over === 0)

const textOfRegions = (stored: string | null | undefined): string | null =>
  typeof stored === 'string'
    ? formatStack({ name: '', uses: usesOfRegions(stored.split(' ').filter(id => RegionId.safeParse(id).success)) })
    : null

function choiceOfScope(storage: Storage | null): string | null {
  const scope = storage?.getItem(OLD_SCOPE_KEY)
  if (scope === 'all') return ALL
  if (scope !== 'mine') return null
  return storage?.getItem(OLD_REGIONS_KEY) === null ? MINE_OF_SETTINGS : OWN
}
