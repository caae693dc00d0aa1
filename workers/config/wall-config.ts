import { z } from 'zod'
import type { OfficeSettings } from '../../shared/domain/notice.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import { parseWallLayout, wallExamples, wallRules } from '../../shared/domain/wall-layout.ts'

const MAX_WALLS = 50

const Scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'is not a setting of a wall: write a word, a number or a list of them',
})
/** A setting as an address writes it: lists with commas, booleans as on and off. */
const Setting = z
  .union([Scalar, z.array(Scalar)], { error: 'is not a setting of a wall: write a word, a number or a list of them' })
  .transform(value => [value].flat().map(asText).join(','))
const asText = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)

/** `walls:` of a sources file: each name with the settings that `/wall` takes in its address, by the same rules. */
export const Walls = z
  .record(z.string(), z.record(z.string(), Setting))
  .default({})
  .superRefine((walls, context) => {
    const names = Object.keys(walls)
    if (names.length > MAX_WALLS) context.addIssue(`names too many walls: use at most ${MAX_WALLS}`)
    for (const [name, settings] of Object.entries(walls)) {
      const message = 'is not the name of a wall: use up to 64 of a-z, 0-9 and inner hyphens'
      if (!Slug.safeParse(name).success) context.addIssue({ code: 'custom', path: [name], message })
      for (const { setting, rule } of parseWallLayout(Object.entries(settings)).problems)
        context.addIssue({ code: 'custom', path: [name, setting], message: wallRules[rule](wallExamples[rule]) })
    }
  }) satisfies z.ZodType<OfficeSettings['walls']>
