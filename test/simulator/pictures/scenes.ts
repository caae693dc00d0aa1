import { type Brush, curve, HEIGHT, range, round, WIDTH } from './svg.ts'

/** A hall of racks in perspective, with small lamps. */
export function hall({ chance, palette: { night, line, glow, lamp } }: Brush): string {
  const [x, y] = [chance.between(480, 800), chance.between(250, 350)]
  const toward = (px: number, py: number, part: number): [number, number] => [
    px + (x - px) * part,
    py + (y - py) * part,
  ]
  const depths = range(13).map(index => 1 - 0.8 ** index)
  const wall = (edge: number) =>
    depths.slice(0, -1).map((near, index) => {
      const far = depths[index + 1] ?? 1
      const [a, b] = [toward(edge, -60, near), toward(edge, -60, far)]
      const [c, d] = [toward(edge, HEIGHT + 60, far), toward(edge, HEIGHT + 60, near)]
      const shade = round(0.16 + 0.62 * (1 - near))
      const lamps = range(26).flatMap(row => {
        if (chance.next() < 0.45) return []
        const at = (part: number): string => {
          const [px, top] = toward(edge, -60, near + (far - near) * part)
          const [, bottom] = toward(edge, HEIGHT + 60, near + (far - near) * part)
          return `${round(px)} ${round(top + ((bottom - top) * (row + 1)) / 28)}`
        }
        const isLamp = chance.next() < 0.12
        const [from, to] = [0.14, 0.14 + chance.between(0.1, 0.66)]
        return [
          `<path d="M${at(from)}L${at(to)}" stroke="${isLamp ? lamp : glow}" stroke-width="${round(4 * (1 - near) + 0.6)}" stroke-opacity="${round((isLamp ? 0.95 : 0.5) * (1 - near * 0.55))}" stroke-linecap="round"/>`,
        ]
      })
      const corners = [a, b, c, d].map(([px, py]) => `${round(px)},${round(py)}`).join(' ')
      return `<polygon points="${corners}" fill="${night}" fill-opacity="${shade}" stroke="${line}" stroke-opacity="0.5"/>${lamps.join('')}`
    })
  const floor = depths.map(part => {
    const [left, bottom] = toward(-260, HEIGHT + 60, part)
    return `<path d="M${round(left)} ${round(bottom)}H${round(toward(WIDTH + 260, 0, part)[0])}" stroke="${line}" stroke-opacity="${round(0.4 * (1 - part))}"/>`
  })
  return `${floor.join('')}${wall(-260).join('')}${wall(WIDTH + 260).join('')}<circle cx="${round(x)}" cy="${round(y)}" r="90" fill="${glow}" opacity="0.16"/><circle cx="${round(x)}" cy="${round(y)}" r="34" fill="${lamp}" opacity="0.3"/>`
}

/** A city by night over its water. */
export function skyline({ chance, palette: { night, deep, line, glow, lamp } }: Brush): string {
  const ground = chance.between(470, 540)
  const rows = [
    { fill: line, opacity: 0.32, height: 250, lit: 0 },
    { fill: deep, opacity: 0.8, height: 200, lit: 0.2 },
    { fill: night, opacity: 0.96, height: 165, lit: 0.32 },
  ]
  const town = rows.map(({ fill, opacity, height, lit }) => {
    const houses: string[] = []
    for (let x = -30; x < WIDTH; ) {
      const width = chance.between(34, 104)
      const top = ground - height * chance.between(0.28, 1)
      houses.push(
        `<rect x="${round(x)}" y="${round(top)}" width="${round(width)}" height="${round(ground - top)}" fill="${fill}" fill-opacity="${opacity}"/>`,
      )
      if (lit > 0)
        for (let wy = top + 12; wy < ground - 10; wy += 15)
          for (let wx = x + 8; wx < x + width - 8; wx += 13)
            if (chance.next() < lit)
              houses.push(
                `<rect x="${round(wx)}" y="${round(wy)}" width="5" height="7" fill="${lamp}" fill-opacity="${round(chance.between(0.25, 0.9))}"/>`,
              )
      x += width + chance.between(-8, 16)
    }
    return houses.join('')
  })
  const water = range(26).map(index => {
    const y = ground + 8 + index * 9
    const x = chance.between(0, WIDTH)
    return `<path d="M${round(x)} ${round(y)}h${round(chance.between(30, 190))}" stroke="${chance.next() < 0.3 ? lamp : glow}" stroke-opacity="${round(chance.between(0.08, 0.4))}" stroke-width="2"/>`
  })
  const [mx, my] = [chance.between(180, 1100), chance.between(90, 190)]
  return `<circle cx="${round(mx)}" cy="${round(my)}" r="46" fill="${glow}" opacity="0.85"/><circle cx="${round(mx + 17)}" cy="${round(my - 9)}" r="42" fill="${deep}" opacity="0.9"/>${town.join('')}<rect y="${round(ground)}" width="100%" height="${round(HEIGHT - ground)}" fill="${night}" fill-opacity="0.82"/>${water.join('')}`
}

/** Cables in the deep, and the ship above them. */
export function cables({ chance, palette: { night, deep, line, glow, lamp } }: Brush): string {
  const surface = chance.between(170, 230)
  const swell = range(7).map(index => {
    const y = surface + index * 22
    const points = range(9).map(step => [step * 165 - 20, y + chance.between(-9, 9)] as const)
    return `<path d="${curve(points)}V${HEIGHT}H-20Z" fill="${index % 2 === 0 ? deep : night}" fill-opacity="${round(0.16 + index * 0.05)}"/>`
  })
  const lines = range(4).map(index => {
    const start = surface + 120 + index * 90
    const points = range(6).map(step => [step * 270 - 30, start + chance.between(-70, 70)] as const)
    const path = curve(points)
    const nodes = points
      .slice(1, -1)
      .map(
        ([x, y]) =>
          `<rect x="${round(x - 13)}" y="${round(y - 7)}" width="26" height="14" rx="7" fill="${night}" stroke="${glow}" stroke-width="2.5"/><circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${lamp}"/>`,
      )
    return `<path d="${path}" fill="none" stroke="${glow}" stroke-opacity="0.12" stroke-width="18"/><path d="${path}" fill="none" stroke="${index % 2 === 0 ? glow : line}" stroke-width="${round(4.6 - index * 0.6)}" stroke-opacity="0.9"/>${nodes.join('')}`
  })
  const x = chance.between(220, 940)
  const ship = `<g transform="translate(${round(x)} ${round(surface - 46)})" fill="${night}"><path d="M-20 26H176L154 58H8Z"/><rect x="96" y="-6" width="42" height="32"/><rect x="110" y="-30" width="12" height="26"/><path d="M12 26L46-28" stroke="${night}" stroke-width="5"/><circle cx="128" cy="8" r="3.4" fill="${lamp}"/><circle cx="108" cy="8" r="3.4" fill="${lamp}"/></g>`
  const down = `<path d="M${round(x + 46)} ${round(surface - 74)}L${round(x - 60)} ${round(surface + 210)}" stroke="${lamp}" stroke-opacity="0.6" stroke-width="2" stroke-dasharray="2 8"/>`
  return `${ship}${swell.join('')}${lines.join('')}${down}`
}

/** Round trips as arcs over a grid of places. */
export function arcs({ chance, palette: { line, glow, lamp } }: Brush): string {
  const dots = range(30).flatMap(column =>
    range(16).flatMap(row => {
      const [x, y] = [20 + column * 43, 22 + row * 45]
      const isLand =
        Math.sin(column * 0.62 + row * 0.31) + Math.cos(column * 0.27 - row * 0.8) + chance.between(-0.5, 0.5) > 0.1
      return isLand
        ? [
            `<circle cx="${x}" cy="${y}" r="${round(chance.between(3.2, 6))}" fill="${line}" fill-opacity="${round(chance.between(0.25, 0.75))}"/>`,
          ]
        : []
    }),
  )
  const places = range(8).map(() => [chance.between(90, 1190), chance.between(170, 640)] as const)
  const ways = places.slice(1).map(([x, y], index) => {
    const [fx, fy] = places[Math.floor(index / 2)] ?? [0, 0]
    const lift = Math.hypot(x - fx, y - fy) * 0.42
    const path = `M${round(fx)} ${round(fy)}Q${round((fx + x) / 2)} ${round(Math.min(fy, y) - lift)} ${round(x)} ${round(y)}`
    return `<path d="${path}" fill="none" stroke="${glow}" stroke-opacity="0.15" stroke-width="12"/><path d="${path}" fill="none" stroke="${index % 3 === 0 ? lamp : glow}" stroke-width="2.6"/>`
  })
  const ends = places.map(
    ([x, y]) =>
      `<circle cx="${round(x)}" cy="${round(y)}" r="17" fill="${lamp}" opacity="0.18"/><circle cx="${round(x)}" cy="${round(y)}" r="6" fill="${lamp}"/>`,
  )
  return dots.join('') + ways.join('') + ends.join('')
}

/** A measured day: an area, its line, and what stands out. */
export function chart({ chance, palette: { night, deep, line, glow, lamp } }: Brush): string {
  const grid = range(6).map(index => `<path d="M90 ${120 + index * 96}H1190" stroke="${line}" stroke-opacity="0.28"/>`)
  const columns = range(28).map(index => {
    const height = 40 + 190 * Math.abs(Math.sin(index * 0.37 + chance.between(0, 0.8)))
    return `<rect x="${96 + index * 39.4}" y="${round(600 - height)}" width="22" height="${round(height)}" rx="3" fill="${deep}" fill-opacity="0.95" stroke="${line}" stroke-opacity="0.5"/>`
  })
  const lines = [glow, line].map((colour, index) => {
    const base = 330 - index * 90
    const points = range(12).map(step => [90 + step * 100, base + chance.between(-85, 85)] as const)
    const path = curve(points)
    const [px, py] = points[4 + index * 3] ?? [0, 0]
    const mark = `<circle cx="${round(px)}" cy="${round(py)}" r="20" fill="${lamp}" opacity="0.22"/><circle cx="${round(px)}" cy="${round(py)}" r="7" fill="${lamp}"/>`
    return `<path d="${path}L1190 600H90Z" fill="${colour}" fill-opacity="0.1"/><path d="${path}" fill="none" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>${index === 0 ? mark : ''}`
  })
  return `${grid.join('')}${columns.join('')}${lines.join('')}<rect y="600" width="100%" height="120" fill="${night}" fill-opacity="0.4"/>`
}

/** Wind over hills. */
export function hills({ chance, palette: { night, deep, line, glow, lamp } }: Brush): string {
  const [sx, sy] = [chance.between(220, 1060), chance.between(210, 330)]
  const sun = `<circle cx="${round(sx)}" cy="${round(sy)}" r="150" fill="${lamp}" opacity="0.1"/><circle cx="${round(sx)}" cy="${round(sy)}" r="66" fill="${lamp}" opacity="0.82"/>`
  const layers = [line, deep, night].map((fill, index) => {
    const base = 430 + index * 95
    const points = range(7).map(step => [step * 225 - 40, base + chance.between(-62, 62)] as const)
    const mills = points.slice(1, -1).flatMap(([x, y], nth) => {
      if (index === 2 || (nth + index) % 2 === 0) return []
      const [height, turn] = [chance.between(130, 190) * (1 - index * -0.12), chance.between(0, 120)]
      const blade = `<path d="M0 0C7-22 7-44 0-${round(height * 0.5)}C-5-44-4-22 0 0Z" fill="${glow}"/>`
      const blades = [0, 120, 240].map(angle => `<g transform="rotate(${round(turn + angle)})">${blade}</g>`)
      return [
        `<g transform="translate(${round(x)} ${round(y - height)})"><path d="M-3 0L-6 ${round(height + 30)}H6L3 0Z" fill="${glow}" fill-opacity="0.85"/>${blades.join('')}<circle r="6" fill="${lamp}"/></g>`,
      ]
    })
    return `${mills.join('')}<path d="${curve(points)}V${HEIGHT}H-40Z" fill="${fill}" fill-opacity="${round(0.62 + index * 0.16)}"/>`
  })
  return sun + layers.join('')
}

/** Cells of a cluster, some of them awake. */
export function cells({ chance, palette: { night, deep, line, glow, lamp } }: Brush): string {
  const size = 62
  const [wide, high] = [size * Math.sqrt(3), size * 1.5]
  const centre = [chance.between(420, 860), chance.between(260, 460)] as const
  return range(9)
    .flatMap(row =>
      range(14).map(column => {
        const [x, y] = [column * wide + (row % 2) * (wide / 2) - 40, row * high - 10]
        const distance = Math.hypot(x - centre[0], y - centre[1]) / 620
        const corners = range(6).map(corner => {
          const angle = (Math.PI / 3) * corner + Math.PI / 6
          return `${round(x + Math.cos(angle) * (size - 6))},${round(y + Math.sin(angle) * (size - 6))}`
        })
        const isAwake = chance.next() > distance + 0.25
        const fill = isAwake
          ? chance.next() < 0.1
            ? lamp
            : chance.next() < 0.4
              ? glow
              : line
          : chance.next() < 0.5
            ? deep
            : night
        return `<polygon points="${corners.join(' ')}" fill="${fill}" fill-opacity="${round(isAwake ? Math.max(0.16, 0.8 - distance * 0.7) : 0.5)}" stroke="${line}" stroke-opacity="0.45" stroke-width="2"/>`
      }),
    )
    .join('')
}

/** A lock of rings: turns of a key. */
export function rings({ chance, palette: { night, line, glow, lamp } }: Brush): string {
  const [x, y] = [chance.between(460, 820), chance.between(320, 400)]
  const turns = range(9).map(index => {
    const radius = 70 + index * 47
    const length = 2 * Math.PI * radius
    const gap = chance.between(0.06, 0.34) * length
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="none" stroke="${index % 3 === 1 ? glow : line}" stroke-opacity="${round(0.95 - index * 0.085)}" stroke-width="${round(chance.between(6, 24))}" stroke-dasharray="${round(length - gap)} ${round(gap)}" transform="rotate(${round(chance.between(0, 360))} ${round(x)} ${round(y)})"/>`
  })
  return `${turns.join('')}<circle cx="${round(x)}" cy="${round(y)}" r="46" fill="${night}"/><circle cx="${round(x)}" cy="${round(y - 9)}" r="13" fill="${lamp}"/><path d="M${round(x - 8)} ${round(y - 4)}H${round(x + 8)}L${round(x + 13)} ${round(y + 28)}H${round(x - 13)}Z" fill="${lamp}"/>`
}
