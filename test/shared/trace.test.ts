import { expect, test } from 'vitest'
import { startTracing, untraced } from '../../shared/trace.ts'
import { until } from '../support/temporary-redis.ts'
import { startTraceCollector } from '../support/trace-collector.ts'

test('without a collector the work is all that happens', async () => {
  const { trace, stop } = await startTracing(undefined, 'test', { warn: () => undefined })
  expect(trace).toBe(untraced)
  expect(trace('sum', {}, () => 1 + 1)).toBe(2)
  await stop()
})

test('a span has its attributes and those of its work, and ends with what the work returns or throws', async () => {
  const collector = await startTraceCollector()
  const { trace, stop } = await startTracing(collector.url, 'test', { warn: () => undefined })
  const work = (add: (more: { b: boolean }) => void) => {
    add({ b: true })
    return trace('inner', {}, () => 'done')
  }
  expect(trace('outer', { a: 1 }, work)).toBe('done')
  await expect(trace('late', {}, () => Promise.reject(new RangeError('a secret')))).rejects.toThrow('a secret')
  expect(() =>
    trace('at once', {}, () => {
      throw new TypeError('another')
    }),
  ).toThrow('another')
  await stop()
  await until(() => collector.spans.length === 4, 'all spans')
  const [inner, outer, ...failed] = collector.spans
  expect(outer).toMatchObject({ name: 'outer', service: 'test', attributes: { a: 1, b: true } })
  expect(inner).toMatchObject({ name: 'inner', parentSpanId: outer?.spanId, traceId: outer?.traceId })
  expect(JSON.stringify(failed)).toMatch(/RangeError.*TypeError|TypeError.*RangeError/)
  expect(JSON.stringify(failed)).not.toContain('a secret')
  collector.close()
})
