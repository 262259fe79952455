export type Point = { lon: number; lat: number }
/** The size of the drawing, in its own units. */
export const WIDE = 400
export const HIGH = 260

/** Metres of the drawing's width by step of zoom. */
export const WIDTHS_M = [200, 400, 800, 1600, 4000, 12000] as const

const LAT_M = 111_132.92

/** Longitude and latitude to the drawing and back, with a point in the middle; true to a metre over some kilometres. */
export function projection(middle: Point, widthM: number) {
  const scale = WIDE / widthM
  const lonM = 111_412.84 * Math.cos((middle.lat * Math.PI) / 180)
  return {
    to: (lon: number, lat: number): [number, number] => [WIDE / 2 + (lon - middle.lon) * lonM * scale, HIGH / 2 - (lat - middle.lat) * LAT_M * scale],
    back: (x: number, y: number): Point => ({
      lon: Number((middle.lon + (x - WIDE / 2) / (lonM * scale)).toFixed(7)),
      lat: Number((middle.lat - (y - HIGH / 2) / (LAT_M * scale)).toFixed(7)),
    }),
  }
}

/** A length of round metres for the bar below, a fifth to a third of the width. */
export function barM(widthM: number): number {
  const most = widthM / 3
  const power = 10 ** Math.floor(Math.log10(most))
  return [5, 2, 1].map((one) => one * power).find((one) => one <= most)!
}
