import { z } from 'zod'
import type { Office } from '../../shared/domain/notice.ts'
import { Slug } from '../../shared/domain/primitives.ts'
import { parseWallLayout, wallExamples, wallRules } from '../../shared/domain/wall-layout.ts'

/** Walls that one file may name. */
const MOST_WALLS = 50

const Scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'is not a setting of a wall: write a word, a number or a list of them',
})
/** As an address says it: lists with commas, yes and no as on and off. */
const Setting = z
  .union([Scalar, z.array(Scalar)], { error: 'is not a setting of a wall: write a word, a number or a list of them' })
  .transform(value => [value].flat().map(written).join(','))
const written = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)

/** `walls:` of a sources file: each name with the settings that `/wall` takes in its address, checked as there. */
export const Walls = z
  .record(z.string(), z.record(z.string(), Setting))
  .default({})
  .superRefine((walls, context) => {
    const names = Object.keys(walls)
    if (names.length > MOST_WALLS) context.addIssue(`names too many walls: use at most ${MOST_WALLS}`)
    for (const [name, settings] of Object.entries(walls)) {
      if (!Slug.safeParse(name).success)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is not the name of a wall: use up to 64 of a-z, 0-9 and inner hyphens',
        })
      for (const { setting, rule } of parseWallLayout(Object.entries(settings)).problems)
        context.addIssue({ code: 'custom', path: [name, setting], message: wallRules[rule](wallExamples[rule]) })
    }
  }) satisfies z.ZodType<Office['walls']>
