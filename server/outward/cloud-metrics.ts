import { Gauge, type GaugeConfiguration, type Registry } from 'prom-client'
import {
  type CloudFacts,
  type CloudMetric,
  type CloudSeries,
  cloudMetrics,
  cloudSeries,
  type Sample,
} from './cloud-series.ts'

export type CloudMetricsDeps = {
  /** Null until the view is loaded: nothing is told then. */
  facts: () => Promise<CloudFacts | null>
}

/** Registers the metrics of the clouds. They are computed when they are asked for, once for all of one scrape. */
export function registerCloudMetrics(registry: Registry, deps: CloudMetricsDeps): void {
  const read = cachedSeries(deps)
  // `Object.keys` returns plain text, but the table has no other keys.
  for (const name of Object.keys(cloudMetrics) as CloudMetric[]) {
    const { help, labels } = cloudMetrics[name]
    new ComputedGauge(
      { name, help, labelNames: labels, registers: [registry] },
      async () => (await read())?.[name] ?? [],
    )
  }
}

/** A gauge whose values are there already: set one by one, tens of thousands would cost more than to compute them. */
class ComputedGauge extends Gauge {
  readonly #read: () => Promise<Sample[]>

  constructor(configuration: GaugeConfiguration<string>, read: () => Promise<Sample[]>) {
    super(configuration)
    this.#read = read
  }

  override async get() {
    return { ...(await super.get()), values: await this.#read() }
  }
}

/** All gauges of a scrape ask at once and get one answer. It also serves further scrapes of the same second and head. */
function cachedSeries({ facts }: CloudMetricsDeps): () => Promise<CloudSeries | null> {
  let known: { key: string; series: CloudSeries } | undefined
  let reading: Promise<CloudSeries | null> | undefined
  const make = async () => {
    const now = await facts()
    if (now === null) return null
    const key = [now.view.head, now.workersAt, Math.floor(now.now / 1000)].join()
    if (known?.key !== key) known = { key, series: cloudSeries(now) }
    return known.series
  }
  return () => {
    reading ??= make().finally(() => {
      reading = undefined
    })
    return reading
  }
}
