import {
  type GeoProjection,
  type GeoRawProjection,
  geoClipAntimeridian,
  geoClipCircle,
  geoEqualEarthRaw,
  geoOrthographicRaw,
  geoProjection,
} from 'd3-geo'

/** Half the width and height of the Equal Earth map of a globe of radius 1. @see https://doi.org/10.1080/13658816.2018.1504949 */
export const MAP_HALF_WIDTH = 2.70663
export const MAP_HALF_HEIGHT = 1.31736

/** Least growth of the map's x with longitude, as a share of the globe's in its middle: at the poles. */
const STRETCH = 0.51

/** The globe (0) becomes the map (1): every point goes straight from the one to the other. Radians in, radii out. */
export function unrolled(flatness: number): GeoRawProjection {
  if (flatness === 0) return geoOrthographicRaw
  if (flatness === 1) return geoEqualEarthRaw
  return (lambda, phi) => {
    const [globeX, globeY] = geoOrthographicRaw(lambda, phi)
    const [mapX, mapY] = geoEqualEarthRaw(lambda, phi)
    return [globeX + flatness * (mapX - globeX), globeY + flatness * (mapY - globeY)]
  }
}

/** How far from the middle is seen, radians: what is farther would still be folded behind the front. */
export function horizon(flatness: number): number {
  const cosine = flatness === 1 ? -1 : (-STRETCH * flatness) / (1 - flatness)
  return cosine <= -1 ? Math.PI : Math.acos(cosine)
}

export type Frame = {
  flatness: number
  /** Where the middle of the projection stands, degrees. */
  lon: number
  lat: number
  /** Radius of the globe, px. */
  scale: number
  /** Where the projection's middle is on the screen, px. */
  x: number
  y: number
}

/** The same as a projection of d3-geo, clipped at the horizon. */
export function projectionOf({ flatness, lon, lat, scale, x, y }: Frame): GeoProjection {
  const projection = geoProjection(unrolled(flatness)).rotate([-lon, -lat]).scale(scale).translate([x, y]).precision(1)
  const reach = horizon(flatness)
  if (flatness === 0) return projection.preclip(geoClipCircle(reach))
  if (reach === Math.PI) return projection.preclip(geoClipAntimeridian)
  const rim = geoClipCircle(reach)
  return projection.preclip(stream => geoClipAntimeridian(rim(stream)))
}
